"""The rows of a ledger as a copy reads and writes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.index.article_row import EmbedderRecord, damaged
from assistant.index.article_table import FileRecord
from assistant.index.duplicates import bands, shingles
from assistant.index.row_hash import passage_hash
from assistant.index.sqlite.ledger import (
    PASSAGE_COLUMNS,
    Ledger,
    embedder_of,
    get_meta,
    read_articles,
    set_meta,
)
from assistant.index.sqlite.posting_file import forget_postings
from assistant.index.sqlite.versions import forget_earlier, put_earlier, versions_of
from assistant.index.sqlite.writes import forget_article, index_words, is_removed, save_row
from assistant.index.stored_rows import ArticleMark, StoredArticle, StoredFacts, StoredSpan

COPIED_FROM = "copied_from"


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """Implements ``StoredRows``; ``finished`` is called when a copy is complete, to make the vector index."""

    ledger: Ledger
    finished: Callable[[], None]

    def index_id(self) -> str:
        """Return the name that the ledger was given when it was made."""
        with self.ledger.lent() as connection:
            return get_meta(connection, "index_id") or ""

    def embedder(self) -> EmbedderRecord | None:
        """Return the embedding model that the ledger is bound to, if it is to any."""
        with self.ledger.lent() as connection:
            return embedder_of(connection)

    def copied_from(self) -> str | None:
        """Return the id of the store that this one is a copy of; None once it was written to otherwise."""
        with self.ledger.lent() as connection:
            return get_meta(connection, COPIED_FROM)

    def facts(self) -> StoredFacts:
        """Return what the ledger holds beside its articles."""
        with self.ledger.reading() as connection:
            last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            removals = connection.execute("SELECT id FROM removals").fetchall()
            files = connection.execute(
                "SELECT path, article_id, sha256, recipe, articles FROM files"
            ).fetchall()
            (versions,) = connection.execute("SELECT count(*) FROM versions").fetchone()
        return StoredFacts(
            last.get("articles", 0),
            last.get("passages", 0),
            frozenset(id_ for (id_,) in removals),
            frozenset(FileRecord(*row) for row in files),
            versions,
        )

    def marks(self) -> dict[int, ArticleMark]:
        """Map the number of each article, removed ones included, to its mark."""
        with self.ledger.reading() as connection:
            rows = connection.execute(
                "SELECT a.number, a.row_hash, a.id IN (SELECT id FROM removals), count(p.number), "
                "coalesce(sum(p.row_hash), 0) FROM articles a LEFT JOIN passages p ON p.article = a.number "
                "GROUP BY a.number"
            ).fetchall()
        return {
            number: ArticleMark(check, bool(removed), count, total)
            for number, check, removed, count, total in rows
        }

    def read(self, numbers: Sequence[int]) -> Iterator[StoredArticle]:
        """Yield articles by number, each checked against its hashes."""
        with self.ledger.reading() as connection:
            found = list(
                read_articles(
                    connection,
                    "number IN (SELECT value FROM json_each(?)) ORDER BY number",
                    (json.dumps(list(numbers)),),
                )
            )
            for row in found:
                spans, vectors = [], []
                for *fields, check, vector in connection.execute(
                    f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY number",  # noqa: S608 - our own
                    (row.number,),
                ):
                    if passage_hash(fields, vector) != check:
                        raise damaged(row.article.id)
                    spans.append(StoredSpan(fields[0], *fields[2:]))
                    vectors.append(vector)
                rows = np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(spans), -1 if spans else 0)
                versions = versions_of(connection, row.article.id)
                yield StoredArticle(row, is_removed(connection, row.article.id), spans, rows, versions)

    def begin(self, source_id: str, embedder: EmbedderRecord | None) -> None:
        """Become a copy of another store, bound to the same model."""
        with self.ledger.writing() as connection:
            set_meta(connection, COPIED_FROM, source_id)
            if embedder is not None:
                set_meta(connection, "embedder", json.dumps(asdict(embedder)))

    def put(self, articles: Sequence[StoredArticle]) -> None:
        """Store articles under their own numbers, in place of what bears them: all or none."""
        with self.ledger.writing() as connection:
            forget_postings(connection)  # What comes may bear lower numbers than what is there.
            for article in articles:
                _forget(connection, article.row.number)
                _put(connection, article)

    def drop(self, numbers: Sequence[int]) -> None:
        """Delete articles with all that belongs to them."""
        with self.ledger.writing() as connection:
            for number in numbers:
                _forget(connection, number)

    def finish(self, facts: StoredFacts) -> None:
        """Take over what stands beside the articles, and make the vector index anew."""
        with self.ledger.writing() as connection:
            connection.execute("DELETE FROM removals")
            connection.executemany(
                "INSERT INTO removals VALUES (?)", [(id_,) for id_ in sorted(facts.removals)]
            )
            connection.execute("DELETE FROM files")
            connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                [(one.path, one.article_id, one.sha256, one.recipe, one.articles) for one in facts.files],
            )
            for table, last in (("articles", facts.last_article), ("passages", facts.last_passage)):
                connection.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)
                )
                connection.execute(
                    "INSERT INTO sqlite_sequence SELECT ?, ? WHERE NOT EXISTS "
                    "(SELECT 1 FROM sqlite_sequence WHERE name = ?)",
                    (table, last, table),
                )
        self.finished()


def forget_source(ledger: Ledger) -> None:
    """Let a ledger be a copy of nothing, because it is about to be written to."""
    with ledger.lent() as connection:
        copied = get_meta(connection, COPIED_FROM)
    if copied is not None:
        with ledger.writing() as connection:
            connection.execute("DELETE FROM meta WHERE key = ?", (COPIED_FROM,))


def _forget(connection: sqlite3.Connection, number: int) -> None:
    for row in list(read_articles(connection, "number = ?", (number,))):
        forget_article(connection, row)
        forget_earlier(connection, row.article.id)
        connection.execute("DELETE FROM removals WHERE id = ?", (row.article.id,))


def _put(connection: sqlite3.Connection, article: StoredArticle) -> None:
    row = article.row
    save_row(connection, row)
    put_earlier(connection, row.article, article.versions)
    keys = sorted(set(bands(shingles(row.article.text))))
    connection.executemany("INSERT INTO bands VALUES (?, ?)", [(key, row.number) for key in keys])
    rows = []
    for span, vector in zip(article.spans, article.vectors, strict=True):
        fields = (span.number, row.number, span.id, span.start, span.end)
        blob = vector.astype("<f4").tobytes()
        rows.append((*fields, passage_hash(fields, blob), blob))
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    if article.removed:
        connection.execute("INSERT OR IGNORE INTO removals VALUES (?)", (row.article.id,))
    else:
        connection.execute("DELETE FROM removals WHERE id = ?", (row.article.id,))
        index_words(connection, row, [(span.start, span.end) for span in article.spans])
