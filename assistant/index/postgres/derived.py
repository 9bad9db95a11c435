"""Texts computed from the articles, in a table of their own that can be thrown away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import CacheError, StoreError
from assistant.index.postgres.database import Database
from assistant.index.postgres.schema import Postgres, kept, read


@dataclass(frozen=True, slots=True)
class DerivedTable:
    """The texts of one kind; implements ``Derived``."""

    database: Database
    kind: str

    def fingerprints(self) -> dict[str, str]:
        """Map the id of each article with a text to the fingerprint of what the text was computed from."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT id, fingerprint FROM derived WHERE kind = %s AND id IS NOT NULL", (self.kind,)
            ).fetchall()
        return {read(id_): fingerprint for id_, fingerprint in rows}

    def update(self, changed: Mapping[str, tuple[str, str]], gone: Sequence[str]) -> list[str]:
        """Keep texts, as (fingerprint, text) by article id, drop those of ``gone``, and return all by id."""
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM derived WHERE kind = %s AND id = ANY(%s)",
                (self.kind, [kept(id_) for id_ in gone]),
            )
            connection.cursor().executemany(
                UPSERT, [(self.kind, kept(id_), mark, kept(text)) for id_, (mark, text) in changed.items()]
            )
            rows = connection.execute(
                "SELECT id, text FROM derived WHERE kind = %s AND id IS NOT NULL", (self.kind,)
            ).fetchall()
        return [text for _, text in sorted((read(id_), read(text)) for id_, text in rows)]

    def whole(self) -> tuple[str, str] | None:
        """Return the text computed from all articles, as (fingerprint, text), if one is kept."""
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT fingerprint, text FROM derived WHERE kind = %s AND id IS NULL", (self.kind,)
            ).fetchone()
        return (row[0], read(row[1])) if row else None

    def keep_whole(self, fingerprint: str, text: str) -> None:
        """Keep the text computed from all articles, in place of the one before."""
        with self._transaction() as connection:
            connection.execute(UPSERT, (self.kind, None, fingerprint, kept(text)))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Postgres]:
        try:
            with self.database.changing() as connection:
                yield connection
        except StoreError as error:
            raise CacheError(str(error)) from error


UPSERT = (
    "INSERT INTO derived VALUES (%s, %s, %s, %s) ON CONFLICT (kind, coalesce(md5(id), '')) "
    "DO UPDATE SET fingerprint = excluded.fingerprint, text = excluded.text"
)
