"""Articles that users add in the page: files that they drop, addresses that they paste; read one by one."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from assistant.assistant import Assistant
from assistant.errors import AssistantError, IndexLocked, SourceError, WorkspaceError
from assistant.index import ArticleSummary, IngestEvent
from assistant.ingest.formats.kinds import format_of, why_skipped
from assistant.ingest.sources import is_address
from assistant.redaction import without_password
from assistant.types import Failure, IngestReport, Skipped

NAME_BYTES = 150
MOST_WAITING = 200
MOST_JOBS = 500
FOLDER = "added"
ARRIVING = ".arriving-"
WAITING = "waits"
# How long to wait for another that writes to the index, and between two tries.
INDEX_WAIT_SECONDS = 300.0
PAUSE_SECONDS = 0.5

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addition:
    """One file or address that a user adds, and what became of it; ``share`` is how much of it is read, 0 to 1.

    Of an address nobody knows its share before its end: ``added`` and ``updated`` grow meanwhile.
    ``article`` and ``title`` are the id and the title of the article where there is only one, or empty.
    """

    id: str
    user: str
    name: str
    state: Literal["waiting", "reading", "done"] = "waiting"
    share: float = 0.0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    article: str = ""
    title: str = ""


class Adding:
    """Reads what users add, in one thread; files are kept in ``FOLDER`` of the workspace, as the index needs them.

    What was waiting when the server stopped is lost, and half a file is removed at the next start.
    """

    def __init__(self, assistant: Assistant, workspace: Path | None) -> None:
        self._assistant = assistant
        self.folder = workspace / FOLDER / "uploads" if workspace is not None else None
        self._jobs: OrderedDict[str, Addition] = OrderedDict()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: queue.SimpleQueue[tuple[str, str | Path]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        if self.folder is not None and self.folder.is_dir():
            for left in self.folder.glob(f"{ARRIVING}*"):
                left.unlink(missing_ok=True)

    def arriving(self, name: str) -> Path:
        """Return where to write a file that arrives, so that no reader sees half of it.

        Raises:
            WorkspaceError: files cannot be kept here, or too many wait already.
            SourceError: no reader takes a file of this name.
        """
        if self.folder is None:
            raise WorkspaceError(
                "an index in a database needs a folder for files; name one with ASSISTANT_WORKSPACE"
            )
        if format_of(name) is None:
            raise SourceError(why_skipped(name))
        self._check_room()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(f"{self.folder} cannot be written ({error.strerror})") from None
        return self.folder / f"{ARRIVING}{time.time_ns()}-{next(self._numbers)}"

    def file(self, user: str, name: str, arrived: Path) -> Addition:
        """Take a file that has arrived; one of the same name and other contents gets a number."""
        waiting = arrived.with_name(f"{arrived.name}-{WAITING}")
        arrived.replace(waiting)
        return self._begin(user, own_name(name), waiting)

    def address(self, user: str, address: str) -> Addition:
        """Take an address: of an article, a feed, or a file on the web.

        Raises:
            SourceError: it is no http(s) address.
        """
        address = address.strip()
        if not is_address(address) or not address.lower().startswith(("http://", "https://")):
            raise SourceError("an address begins with http:// or https://")
        self._check_room()
        return self._begin(user, without_password(address), address)

    def jobs(self, user: str) -> list[Addition]:
        """List what a user added since the server started, or since ``forget``, newest first."""
        with self._lock:
            return [one for one in reversed(self._jobs.values()) if one.user == user]

    def forget(self, user: str) -> None:
        """List what a user added and what was read, or failed, no longer; the articles stay."""
        with self._lock:
            done = [one.id for one in self._jobs.values() if one.user == user and one.state == "done"]
            for job in done:
                del self._jobs[job]

    def _check_room(self) -> None:
        with self._lock:
            waiting = sum(one.state != "done" for one in self._jobs.values())
        if waiting >= MOST_WAITING:
            raise WorkspaceError(
                f"{MOST_WAITING} files and addresses wait already; try again when some are read"
            )

    def _begin(self, user: str, name: str, source: str | Path) -> Addition:
        with self._lock:
            job = Addition(str(next(self._numbers)), user, name)
            self._jobs[job.id] = job
            while len(self._jobs) > MOST_JOBS:
                self._jobs.popitem(last=False)
            self._waiting.put((job.id, source))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
                self._thread.start()
        return job

    def _run(self) -> None:
        while True:
            with self._lock:
                try:
                    job, source = self._waiting.get_nowait()
                except queue.Empty:
                    self._thread = None
                    return
            self._update(job, state="reading")
            try:
                if isinstance(source, Path):
                    self._read_file(job, source)
                else:
                    self._read_address(job, source)
            except Exception as error:
                known = isinstance(error, AssistantError)
                if not known:
                    _log.exception("what was added could not be read")
                reason = str(error) if known else f"could not be read: {type(error).__name__}"
                self._update(job, failures=(Failure(self._jobs[job].name, reason),))
            self._update(job, state="done", share=1.0)

    def _read_file(self, job: str, waiting: Path) -> None:
        """Give a file its name and read the folder above, so that its id holds the folder's name too."""
        kept = _kept_as(waiting, self._jobs[job].name)
        waiting.replace(kept)
        self._update(job, name=kept.name)
        report = self._ingest(job, str(kept.parent.parent))
        mine = str(kept)
        failures = tuple(one for one in report.failures if one.path.startswith(mine))
        skipped = tuple(one for one in report.skipped if one.path.startswith(mine))
        taken = [one for one in self._assistant.index.articles() if one.path.startswith(mine)]
        known = int(bool(taken) and not report.added and not report.updated)
        counts = _report_counts(report) | {"unchanged": known, "failures": failures, "skipped": skipped}
        self._update(job, **counts, **_only_one(taken))
        if not taken:  # a file that holds no article would be read, and fail, with every later one
            kept.unlink(missing_ok=True)

    def _read_address(self, job: str, address: str) -> None:
        report = self._ingest(job, address)
        taken = [one for one in self._assistant.index.articles() if one.id == address]
        self._update(job, **_report_counts(report), **_only_one(taken))

    def _ingest(self, job: str, source: str) -> IngestReport:
        def tell(event: IngestEvent) -> None:
            self._count(job, event)

        return when_free(lambda: self._assistant.ingest([source], on_event=tell), INDEX_WAIT_SECONDS)

    def _count(self, job: str, event: IngestEvent) -> None:
        """Tell how far an ingest is: its share where the bytes are known, and the articles so far."""
        counts: dict[str, Any] = {}
        if event.total_bytes:
            counts["share"] = event.done_bytes / event.total_bytes
        if event.kind in {"added", "updated"}:
            counts[event.kind] = getattr(self._jobs[job], event.kind) + 1
        self._update(job, **counts)

    def _update(self, job: str, **changes: Any) -> None:
        with self._lock:
            if job in self._jobs:
                self._jobs[job] = dataclasses.replace(self._jobs[job], **changes)


def when_free(work: Callable[[], T], seconds: float) -> T:
    """Do what writes to the index, after another process or thread that writes has finished.

    Raises:
        IndexLocked: it has not finished within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return work()
        except IndexLocked:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)


def _report_counts(report: IngestReport) -> dict[str, Any]:
    names = ("added", "updated", "unchanged", "failures", "skipped")
    return {name: getattr(report, name) for name in names}


def _only_one(articles: Sequence[ArticleSummary]) -> dict[str, str]:
    """Return the id and the title of an article that is the only one."""
    if len(articles) != 1:
        return {}
    return {"article": articles[0].id, "title": articles[0].title or ""}


def own_name(name: str) -> str:
    """Return a file's name without folders, hidden beginnings and invisible characters, and not too long."""
    plain = "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable())
    plain = plain.lstrip(". ") or "file"
    path = Path(plain)
    ending = "".join(path.suffixes[-2:])[-20:]
    stem = plain[: len(plain) - len(ending)] if ending else plain
    return stem.encode("utf-8", "replace")[:NAME_BYTES].decode("utf-8", "ignore") + ending


def _kept_as(arrived: Path, name: str) -> Path:
    """Return the path to keep a file under: that of the same file, or one that is free."""
    digest = _file_digest(arrived)
    ending = "".join(Path(name).suffixes[-2:])
    stem = name.removesuffix(ending)
    for number in itertools.count(1):
        path = arrived.parent / (name if number == 1 else f"{stem} ({number}){ending}")
        if not path.exists() or _file_digest(path) == digest:
            return path
    raise AssertionError


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
