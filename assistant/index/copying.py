"""Copies a store into another, of whatever kind: rows as they are, vectors too; nothing is embedded anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexDamaged, StoreError
from assistant.index.open_store import open_store
from assistant.index.stored_rows import StoredRows, check_target
from assistant.redaction import without_password
from assistant.settings import Settings

# Articles in one transaction of the target: what a copy that is stopped has to do again.
ARTICLES_A_TRANSACTION = 64


@dataclass(frozen=True, slots=True)
class CopyReport:
    """How many articles and passages the copy holds, and how many articles of them were written just now."""

    articles: int
    passages: int
    removals: int
    written: int
    dropped: int


def copy_index(
    source: Settings, target: Settings, on_written: Callable[[int, int], None] = lambda done, total: None
) -> CopyReport:
    """Make one index a copy of another: ids, numbers, removals, vectors, and which files were read.

    A copy that was stopped goes on where it was, and one that was made before is brought up to date. What arrives
    is read back and compared with the source's hashes. ``on_written`` is told how many articles of how many are in.

    Raises:
        IndexMissing: there is no source.
        IndexLocked: one of the two is being written to.
        IndexDamaged: the source is damaged, or what arrived is not what was sent.
        ModelMismatch, StoreError: the target holds something else, or cannot be written.
    """
    shown = [without_password(str(one.index)) for one in (source, target)]
    if _index_place(source) == _index_place(target):
        raise StoreError(f"{shown[0]} cannot be copied into itself; name another place")
    with (
        open_store(source) as given,
        given.stored_rows() as rows,
        open_store(target, create=True) as made,
        made.stored_rows() as copied,
    ):
        embedder = check_target(rows, copied, source_shown=shown[0], target_shown=shown[1])
        copied.begin(rows.index_id(), embedder)
        return _copy(rows, copied, shown[1], on_written)


def _copy(
    source: StoredRows,
    target: StoredRows,
    shown: str,
    on_written: Callable[[int, int], None],
) -> CopyReport:
    wanted, held = source.marks(), target.marks()
    gone = sorted(held.keys() - wanted.keys())
    for numbers in _together(gone):
        target.drop(numbers)
    missing = sorted(number for number, mark in wanted.items() if held.get(number) != mark)
    done = len(wanted) - len(missing)
    for numbers in _together(missing):
        target.put(list(source.read(numbers)))
        done += len(numbers)
        on_written(done, len(wanted))
    facts = source.facts()
    target.finish(facts)
    kept = target.facts()
    alike = wanted == target.marks() and (kept.removals, kept.files, kept.versions) == (
        facts.removals,
        facts.files,
        facts.versions,
    )
    _check(target, alike, sorted(wanted), shown)
    passages = sum(mark.passages for mark in wanted.values())
    return CopyReport(len(wanted), passages, len(facts.removals), len(missing), len(gone))


def _check(target: StoredRows, alike: bool, numbers: list[int], shown: str) -> None:
    """Read every row back; each is checked against its own hash."""
    read = sum(1 for some in _together(numbers) for _ in target.read(some))
    if not alike or read != len(numbers):
        raise IndexDamaged(f"{shown} does not hold what was copied into it; check its disk, and copy again")


def _together(numbers: list[int]) -> list[list[int]]:
    return [
        numbers[at : at + ARTICLES_A_TRANSACTION] for at in range(0, len(numbers), ARTICLES_A_TRANSACTION)
    ]


def _index_place(settings: Settings) -> Path | str:
    return settings.index if isinstance(settings.index, str) else settings.index.absolute()
