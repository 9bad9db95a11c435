"""Articles that users add in the page: files that they drop, addresses that they paste; read one by one."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import logging
import queue
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.assistant import Assistant
from assistant.errors import AssistantError, IndexLocked, SourceError, WorkspaceError
from assistant.index import IngestEvent
from assistant.ingest.formats.kinds import format_of, why_skipped
from assistant.ingest.sources import is_address
from assistant.redaction import without_password
from assistant.types import Failure, Skipped

NAME_BYTES = 150
MOST_WAITING = 200
MOST_JOBS = 500
FOLDER = "added"
ARRIVING = ".arriving-"
# How long, and how often, to wait for another process that writes to the index.
LOCKED_SECONDS = 2.0
LOCKED_TRIES = 150

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One file or address that a user adds, and what became of it; ``share`` is how much of it is read, 0 to 1."""

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


class Adding:
    """Reads what users add, in one thread; files are kept in ``FOLDER`` of the workspace, as the index needs them.

    What was waiting when the server stopped is lost, and half a file is removed at the next start.
    """

    def __init__(self, assistant: Assistant, workspace: Path | None) -> None:
        self._assistant = assistant
        self.folder = workspace / FOLDER / "uploads" if workspace is not None else None
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
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

    def file(self, user: str, name: str, arrived: Path) -> Job:
        """Take a file that has arrived; one of the same name and other contents gets a number."""
        kept = _kept_as(arrived, own_name(name))
        arrived.replace(kept)
        return self._begin(user, kept.name, str(kept))

    def address(self, user: str, address: str) -> Job:
        """Take an address: of an article, a feed, or a file on the web.

        Raises:
            SourceError: it is no http(s) address.
        """
        address = address.strip()
        if not is_address(address) or not address.lower().startswith(("http://", "https://")):
            raise SourceError("an address begins with http:// or https://")
        self._check_room()
        return self._begin(user, without_password(address), address)

    def jobs(self, user: str) -> list[Job]:
        """List what a user added since the server started, newest first."""
        with self._lock:
            return [one for one in reversed(self._jobs.values()) if one.user == user]

    def _check_room(self) -> None:
        with self._lock:
            waiting = sum(one.state != "done" for one in self._jobs.values())
        if waiting >= MOST_WAITING:
            raise WorkspaceError(
                f"{MOST_WAITING} files and addresses wait already; try again when some are read"
            )

    def _begin(self, user: str, name: str, source: str) -> Job:
        with self._lock:
            job = Job(str(next(self._numbers)), user, name)
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
                self._read(job, source)
            except AssistantError as error:
                self._update(job, failures=(Failure(source, str(error)),))
            except Exception as error:
                _log.exception("what was added could not be read")
                self._update(job, failures=(Failure(source, f"could not be read: {type(error).__name__}"),))
            self._update(job, state="done", share=1.0)

    def _read(self, job: str, source: str) -> None:
        """Read a source; of files the folder above is given, so that each has an id of its own."""

        def tell(event: IngestEvent) -> None:
            if event.total_bytes:
                self._update(job, share=event.done_bytes / event.total_bytes)

        whole = source if is_address(source) or self.folder is None else str(self.folder.parent)
        for attempt in range(LOCKED_TRIES):
            try:
                report = self._assistant.ingest([whole], on_event=tell)
                break
            except IndexLocked:
                if attempt == LOCKED_TRIES - 1:
                    raise
                time.sleep(LOCKED_SECONDS)
        own = whole == source
        failures = tuple(one for one in report.failures if own or one.path.startswith(source))
        skipped = tuple(one for one in report.skipped if own or one.path.startswith(source))
        taken = own or any(one.path.startswith(source) for one in self._assistant.index.articles())
        unchanged = report.unchanged if own else int(taken and not report.added and not report.updated)
        self._update(
            job,
            added=report.added,
            updated=report.updated,
            unchanged=unchanged,
            failures=failures,
            skipped=skipped,
        )
        if not taken:  # a file that holds no article would be read, and fail, with every later one
            with contextlib.suppress(OSError):
                Path(source).unlink()

    def _update(self, job: str, **changes: object) -> None:
        with self._lock:
            if job in self._jobs:
                self._jobs[job] = dataclasses.replace(self._jobs[job], **changes)  # type: ignore[arg-type]


def own_name(name: str) -> str:
    """Return a file's name without folders, hidden beginnings and invisible characters, and not too long."""
    plain = "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable())
    plain = plain.lstrip(". ")
    path = Path(plain or "file")
    ending = "".join(path.suffixes[-2:])[-20:]
    stem = plain[: len(plain) - len(ending)] if ending else plain
    return stem.encode("utf-8", "replace")[:NAME_BYTES].decode("utf-8", "ignore") + ending


def _kept_as(arrived: Path, name: str) -> Path:
    """Return the path to keep a file under: that of the same file, or one that is free."""
    digest = _digest(arrived)
    ending = "".join(Path(name).suffixes[-2:])
    stem = name.removesuffix(ending)
    for number in itertools.count(1):
        path = arrived.parent / (name if number == 1 else f"{stem} ({number}){ending}")
        if not path.exists() or _digest(path) == digest:
            return path
    raise AssertionError


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
