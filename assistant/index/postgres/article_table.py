"""The database as an ingest sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.index.article_table import ArticleWrite, FileRecord, KnownArticle, ListedArticle, Step
from assistant.index.postgres.database import Database
from assistant.index.postgres.rows import BY_ID, article_by_id
from assistant.index.postgres.schema import Postgres, kept, read, read_or_none
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.postgres.versions import forget_earlier
from assistant.index.postgres.writes import (
    IdTakenError,
    change_path,
    forget_article,
    forget_file,
    put_articles,
)

# Articles in one transaction of a worker: it holds a lock for each of their marks, and servers have few locks.
TOGETHER = 8


KNOWN = f"""
    SELECT path, content_hash, EXISTS (SELECT 1 FROM removals WHERE {BY_ID})
    FROM (SELECT) AS one LEFT JOIN articles ON {BY_ID}
""".encode()  # noqa: S608 - our own


@dataclass(frozen=True, slots=True)
class PostgresArticles:
    """The articles and files of a database; implements ``ArticleTable``.

    ``within`` joins each transaction, for each article in it. Who writes ``alone`` keeps workers out of each of
    its transactions, which are large.
    """

    database: Database
    tokenizer: Tokenizer
    near_duplicate_similarity: float
    within: Callable[[Postgres, ArticleWrite], None] = lambda connection, write: None
    alone: bool = True

    def known(self, article_id: str) -> KnownArticle:
        """Tell what is known of an article's id."""
        key = kept(article_id)
        with self.database.outside() as connection:
            row = connection.execute(KNOWN, (key, key, key, key)).fetchone()
        path, content_hash, removed = row or (None, None, False)
        return KnownArticle(read_or_none(path), content_hash, removed)

    def record_of(self, path: str, article_id: str) -> FileRecord | None:
        """Return what is recorded of a file's last whole reading; None if there was none."""
        place, name = kept(path), kept(article_id)
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT sha256, recipe, articles FROM files WHERE md5(path) = md5(%s) AND path = %s "
                "AND article_id = %s",
                (place, place, name),
            ).fetchone()
        return FileRecord(path, article_id, *row) if row else None

    def owned(self, path: str) -> int:
        """Count the articles that were read from a path."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM articles WHERE md5(path) = md5(%s) AND path = %s",
                (kept(path), kept(path)),
            ).fetchone()
        return int(row[0]) if row else 0

    def listed(self) -> list[ListedArticle]:
        """List all articles, in the order in which they first came."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT id, path, removed FROM articles ORDER BY number").fetchall()
        return [ListedArticle(read(id_), read(path), bool(removed)) for id_, path, removed in rows]

    def commit(self, steps: Sequence[Step]) -> list[str | None]:
        """Store articles in place of older ones, and which files were read: of each step all or nothing."""
        size = len(steps) if self.alone else TOGETHER
        refused: set[str] = set()
        return [
            reason
            for at in range(0, len(steps), max(1, size))
            for reason in self._commit(steps[at : at + size], refused)
        ]

    def _commit(self, steps: Sequence[Step], refused: set[str]) -> list[str | None]:
        """Store steps in one transaction; where an id is taken, in one each. Adds the paths that were refused."""
        try:
            self._store(
                [(write, None if record and record.path in refused else record) for write, record in steps]
            )
        except IdTakenError as error:
            if len(steps) > 1:
                return [reason for step in steps for reason in self._commit([step], refused)]
            refused.update(write.article.path for write, _ in steps if write)
            return [str(error)]
        return [None] * len(steps)

    def _store(self, steps: Sequence[Step]) -> None:
        writes = [write for write, _ in steps if write is not None]
        with self.database.writing() as connection:
            if writes:
                put_articles(
                    connection,
                    writes,
                    self.tokenizer,
                    least_similarity=self.near_duplicate_similarity,
                    alone=self.alone,
                )
            for write in writes:
                self.within(connection, write)
            for record in (record for _, record in steps if record is not None):
                connection.execute(
                    "INSERT INTO files VALUES (%s, %s, %s, %s, %s) ON CONFLICT (md5(path), md5(article_id)) "
                    "DO UPDATE SET (sha256, recipe, articles) = "
                    "(excluded.sha256, excluded.recipe, excluded.articles)",
                    (
                        kept(record.path),
                        kept(record.article_id),
                        record.sha256,
                        record.recipe,
                        record.articles,
                    ),
                )

    def change_path(self, article_id: str, path: str) -> None:
        """Record that an article is now read from another path, its own having gone."""
        with self.database.writing() as connection:
            row = article_by_id(connection, article_id)
            if row is not None:
                change_path(connection, row, path)

    def forget(self, article_id: str) -> None:
        """Delete an article and that its file was read."""
        with self.database.writing() as connection:
            row = article_by_id(connection, article_id)
            if row is not None:
                forget_article(connection, row)
                forget_earlier(connection, article_id)
                forget_file(connection, row.article.path)
