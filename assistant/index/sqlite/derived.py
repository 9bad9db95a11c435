"""Texts computed from the articles, in a file of their own that can be thrown away."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CacheError

BUSY_SECONDS = 5.0
DERIVED_TABLES = (
    "CREATE TABLE IF NOT EXISTS uses (id TEXT PRIMARY KEY, sha256 TEXT, use TEXT)",
    "CREATE TABLE IF NOT EXISTS learnt (state TEXT, known TEXT)",
)


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """The texts of one kind, in a file of SQLite; implements ``Derived``. A damaged file is begun anew."""

    path: Path

    def fingerprints(self) -> dict[str, str]:
        """Map the id of each article with a text to the fingerprint of what the text was computed from."""
        with self._opened() as connection:
            return dict(connection.execute("SELECT id, sha256 FROM uses").fetchall())

    def update(self, changed: Mapping[str, tuple[str, str]], gone: Sequence[str]) -> list[str]:
        """Keep texts, as (fingerprint, text) by article id, drop those of ``gone``, and return all by id."""
        with self._opened() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("DELETE FROM uses WHERE id = ?", [(id_,) for id_ in gone])
            connection.executemany(
                "INSERT OR REPLACE INTO uses VALUES (?, ?, ?)",
                [(id_, *kept) for id_, kept in changed.items()],
            )
            return [text for (text,) in connection.execute("SELECT use FROM uses ORDER BY id").fetchall()]

    def whole(self) -> tuple[str, str] | None:
        """Return the text computed from all articles, as (fingerprint, text), if one is kept."""
        with self._opened() as connection:
            row = connection.execute("SELECT state, known FROM learnt").fetchone()
        return (row[0], row[1]) if row else None

    def keep_whole(self, fingerprint: str, text: str) -> None:
        """Keep the text computed from all articles, in place of the one before."""
        with self._opened() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM learnt")
            connection.execute("INSERT INTO learnt VALUES (?, ?)", (fingerprint, text))

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with contextlib.closing(_derived_file(self.path)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise CacheError(
                f"{self.path} can be neither read nor written ({error}); make its folder writable"
            ) from error


def _derived_file(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        for statement in DERIVED_TABLES:
            connection.execute(statement)
    except sqlite3.DatabaseError as error:
        connection.close()
        if "malformed" not in str(error) and "not a database" not in str(error):
            raise
        path.unlink()
        return _derived_file(path)
    return connection
