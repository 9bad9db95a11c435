"""The ledger as an ingest sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.index.article_table import FileRecord, KnownArticle, ListedArticle, Step
from assistant.index.sqlite.ledger import Ledger, read_articles
from assistant.index.sqlite.versions import forget_earlier, keep_earlier
from assistant.index.sqlite.writes import forget_article, is_removed, put_article, save_row


@dataclass(frozen=True, slots=True)
class LedgerArticles:
    """The articles and files of a ledger; implements ``ArticleTable``."""

    ledger: Ledger
    near_duplicate_similarity: float

    def known(self, article_id: str) -> KnownArticle:
        """Tell what is known of an article's id."""
        with self.ledger.lent() as connection:
            row = connection.execute(
                "SELECT path, content_hash FROM articles WHERE id = ?", (article_id,)
            ).fetchone()
            path, content_hash = row or (None, None)
            return KnownArticle(path, content_hash, is_removed(connection, article_id))

    def record_of(self, path: str, article_id: str) -> FileRecord | None:
        """Return what is recorded of a file's last whole reading; None if there was none."""
        with self.ledger.lent() as connection:
            row = connection.execute(
                "SELECT sha256, recipe, articles FROM files WHERE path = ? AND article_id = ?",
                (path, article_id),
            ).fetchone()
        return FileRecord(path, article_id, *row) if row else None

    def owned(self, path: str) -> int:
        """Count the articles that were read from a path."""
        with self.ledger.lent() as connection:
            row = connection.execute("SELECT count(*) FROM articles WHERE path = ?", (path,)).fetchone()
        return int(row[0])

    def listed(self) -> list[ListedArticle]:
        """List all articles, in the order in which they first came."""
        with self.ledger.reading() as connection:
            rows = connection.execute(
                "SELECT id, path, id IN (SELECT id FROM removals) FROM articles ORDER BY number"
            ).fetchall()
        return [ListedArticle(id_, path, bool(removed)) for id_, path, removed in rows]

    def commit(self, steps: Sequence[Step]) -> list[str | None]:
        """Store articles in place of older ones, and which files were read: all of it or none."""
        with self.ledger.writing() as connection:
            for write, record in steps:
                if write is not None:
                    keep_earlier(connection, write)
                    put_article(
                        connection,
                        write.article,
                        write.passages,
                        write.vectors,
                        content_hash=write.content_hash,
                        near_duplicate_similarity=self.near_duplicate_similarity,
                    )
                if record is not None:
                    connection.execute(
                        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                        (record.path, record.article_id, record.sha256, record.recipe, record.articles),
                    )
        return [None] * len(steps)

    def change_path(self, article_id: str, path: str) -> None:
        """Record that an article is now read from another path, its own having gone."""
        with self.ledger.writing() as connection:
            for row in list(read_articles(connection, "id = ?", (article_id,))):
                connection.execute("DELETE FROM files WHERE path = ?", (row.article.path,))
                save_row(connection, replace(row, article=replace(row.article, path=path)))

    def forget(self, article_id: str) -> None:
        """Delete an article and that its file was read."""
        with self.ledger.writing() as connection:
            for row in list(read_articles(connection, "id = ?", (article_id,))):
                forget_article(connection, row)
                forget_earlier(connection, article_id)
                connection.execute("DELETE FROM files WHERE path = ?", (row.article.path,))
