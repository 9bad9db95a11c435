"""One look at what is watched: sources that are due are read, then questions asked of what is new."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import logging
import threading
import time
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.errors import AssistantError, IndexLocked, WorkspaceError
from assistant.types import Failure
from assistant.workspace.differences import difference
from assistant.workspace.feed_state import FeedState, feed_state
from assistant.workspace.watches import Change, SourceRun, Watch, Watches, due, rested
from assistant.workspace.webhook import send_change

SETTLED_SECONDS = 5.0
"""How long an index must stay as it is before its new articles are looked at."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought; ``untold`` are webhooks that did not take a change, and why."""

    sources: tuple[SourceRun, ...]
    changed: tuple[Change, ...]
    untold: tuple[Failure, ...] = ()


def look(assistant: Assistant, watches: Watches, now: datetime.datetime | None = None) -> Look:
    """Read the sources that are due, ask the questions again if the index has changed, and tell what changed.

    Raises:
        StoreError: the index cannot be read or written, or another process writes to it.
        WorkspaceError: what is watched cannot be read or kept.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    known = watches.list()
    runs = [_read_source(assistant, watches, one, now) for one in due(known, now)]
    changed, untold = [], []
    state = assistant.index.state()
    for one in known:
        if one.kind != "question" or one.state == state:
            continue
        change = ask(assistant, watches, one, now)
        if change is None:
            continue
        changed.append(change)
        if one.webhook is not None:
            try:
                send_change(one.webhook, change, allow_private=assistant.settings.allow_private_addresses)
            except WorkspaceError as error:
                untold.append(Failure(one.webhook, str(error)))
    return Look(tuple(runs), tuple(changed), tuple(untold))


def ask(assistant: Assistant, watches: Watches, watch: Watch, now: datetime.datetime) -> Change | None:
    """Ask a question that is watched, as of the day of ``now``, as the page does, and keep its answer.

    Where that is another than before, the change is kept too, and returned.
    """
    state = assistant.index.state()
    try:
        answer = assistant.ask(watch.value, asked=now.astimezone().date())
    except AssistantError as error:
        watches.record(dataclasses.replace(watch, last=now, failures=watch.failures + 1, reason=str(error)))
        return None
    known = dataclasses.replace(watch, last=now, failures=0, reason=None, state=state)
    what = difference(watch.answer, answer) if watch.state is not None else None
    if what is None:
        # An answer that says the same may rest on other sources now: the latest is what the next is compared with.
        watches.record(dataclasses.replace(known, answer=answer))
        return None
    return watches.change(known, what, answer)


def _read_source(assistant: Assistant, watches: Watches, watch: Watch, now: datetime.datetime) -> SourceRun:
    """Read a feed or folder, and keep how it stands."""
    told = FeedState(True)
    run = SourceRun(watch.id, watch.value)
    reason = None
    try:
        if watch.kind == "feed":
            private = assistant.settings.allow_private_addresses
            told = feed_state(watch.value, watch.etag, watch.modified, allow_private=private)
        if told.changed:
            report = assistant.ingest([watch.value])
            read = report.added + report.updated + report.unchanged
            failed = bool(report.failures) and not read
            run = SourceRun(watch.id, watch.value, report.added, report.updated, report.failures, failed)
            reason = report.failures[0].reason if failed else None
    except IndexLocked:
        raise
    except AssistantError as error:
        reason = str(error)
        run = SourceRun(watch.id, watch.value, failures=(Failure(watch.value, reason),), failed=True)
    failures, again = rested(watch, now, reason)
    etag, modified = (None, None) if reason else (told.etag, told.modified)
    watches.record(
        dataclasses.replace(
            watch, last=now, due=again, failures=failures, reason=reason, etag=etag, modified=modified
        )
    )
    return run


class Watching(contextlib.AbstractContextManager[None]):
    """A thread that looks at what is watched while the web chat is served.

    It looks every ``Settings.watch_seconds``, as soon as an index that has changed stays as it is, and at a feed or
    folder that has just been named.
    """

    def __init__(
        self, assistant: Assistant, watches: Watches, settled_seconds: float = SETTLED_SECONDS
    ) -> None:
        self._assistant = assistant
        self._watches = watches
        self._settled_seconds = settled_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def __enter__(self) -> None:
        if self._assistant.settings.watch_seconds:
            self._thread.start()

    def __exit__(self, *unused: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        every = self._assistant.settings.watch_seconds
        due = time.monotonic() + every
        seen: str | None = None
        looked_at: str | None = None
        while not self._over.wait(min(every, self._settled_seconds)):
            before, seen = seen, self._state(seen)
            settled = seen != looked_at and seen == before
            if time.monotonic() < due and not settled and not self._newly_watched():
                continue
            self._look()
            looked_at, due = seen, time.monotonic() + every

    def _newly_watched(self) -> bool:
        try:
            return any(one.kind != "question" and one.last is None for one in self._watches.list())
        except AssistantError:
            return False

    def _state(self, known: str | None) -> str | None:
        try:
            return self._assistant.index.state()
        except AssistantError:
            return known

    def _look(self) -> None:
        try:
            found = look(self._assistant, self._watches)
        except AssistantError as error:
            _log.warning("nothing was looked at: %s", error)
            return
        except Exception:
            _log.exception("what is watched could not be looked at")
            return
        for run in found.sources:
            if run.failed:
                _log.warning("%s: %s", run.value, run.failures[0].reason)
