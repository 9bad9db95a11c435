"""The rows of a database as a copy reads and writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.index.article_row import EmbedderRecord, damaged
from assistant.index.article_table import FileRecord
from assistant.index.postgres.database import Database
from assistant.index.postgres.graph import build_graph
from assistant.index.postgres.meta import embedder_of, get_meta, set_meta
from assistant.index.postgres.rows import read_articles
from assistant.index.postgres.schema import Postgres, kept, read
from assistant.index.postgres.stories import likeness_of
from assistant.index.postgres.tokens import Tokenizer
from assistant.index.postgres.versions import forget_beside, forget_earlier, put_earlier, versions_of
from assistant.index.postgres.writes import (
    PassageWrite,
    enter_words,
    forget_article,
    save_rows,
    write_bands,
    write_passages,
)
from assistant.index.row_hash import passage_hash
from assistant.index.stored_rows import ArticleMark, StoredArticle, StoredFacts, StoredSpan

COPIED_FROM = "copied_from"


@dataclass(frozen=True, slots=True)
class PostgresRows:
    """Implements ``StoredRows``."""

    database: Database
    tokenizer: Tokenizer

    def index_id(self) -> str:
        """Return the name that the index was given when it was made."""
        with self.database.reading_all() as connection:
            return get_meta(connection, "index_id") or ""

    def embedder(self) -> EmbedderRecord | None:
        """Return the embedding model that the index is bound to, if it is to any."""
        with self.database.reading_all() as connection:
            return embedder_of(connection)

    def copied_from(self) -> str | None:
        """Return the id of the store that this one is a copy of; None once it was written to otherwise."""
        with self.database.reading_all() as connection:
            return get_meta(connection, COPIED_FROM)

    def facts(self) -> StoredFacts:
        """Return what the index holds beside its articles."""
        with self.database.reading_all() as connection:
            removals = connection.execute("SELECT id FROM removals").fetchall()
            files = connection.execute(
                "SELECT path, article_id, sha256, recipe, articles FROM files"
            ).fetchall()
            last = connection.execute(
                "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('articles', 'number')::regclass), 0)"
                ", coalesce(pg_sequence_last_value('passage_numbers'), 0)"
            ).fetchone()
            (versions,) = connection.execute("SELECT count(*) FROM versions").fetchone() or (0,)
        articles, passages = last or (0, 0)
        return StoredFacts(
            int(articles),
            int(passages),
            frozenset(read(id_) for (id_,) in removals),
            frozenset(FileRecord(read(row[0]), read(row[1]), *row[2:]) for row in files),
            int(versions),
        )

    def marks(self) -> dict[int, ArticleMark]:
        """Map the number of each article, removed ones included, to its mark."""
        with self.database.reading_all() as connection:
            rows = connection.execute(
                "SELECT a.number, a.row_hash, a.removed, count(p.number), coalesce(sum(p.row_hash), 0)::bigint "
                "FROM articles a LEFT JOIN passages p ON p.article = a.number GROUP BY a.number"
            ).fetchall()
        return {number: ArticleMark(bytes(row[0]), *row[1:]) for number, *row in rows}

    def read(self, numbers: Sequence[int]) -> Iterator[StoredArticle]:
        """Yield articles by number, each checked against its hashes."""
        wanted = [int(number) for number in numbers]
        with self.database.reading_all() as connection:
            rows = list(read_articles(connection, "number = ANY(%s)", (wanted,)))
            passages = connection.execute(
                "SELECT article, number, id, first, beyond, row_hash, vector FROM passages "
                "WHERE article = ANY(%s) ORDER BY number",
                (wanted,),
                binary=True,
            ).fetchall()
            removed = connection.execute(
                "SELECT number FROM articles WHERE removed AND number = ANY(%s)", (wanted,)
            ).fetchall()
            versions = {row.number: versions_of(connection, row.article.id) for row in rows}
        spans: dict[int, list[StoredSpan]] = {number: [] for number in wanted}
        vectors: dict[int, list[bytes]] = {number: [] for number in wanted}
        ids = {row.number: row.article.id for row in rows}
        for article, number, id_, start, end, check, vector in passages:
            blob = vector.to_numpy().astype("<f4").tobytes()
            if passage_hash((number, article, read(id_), start, end), blob) != check:
                raise damaged(ids.get(article, str(article)))
            spans[article].append(StoredSpan(number, read(id_), start, end))
            vectors[article].append(blob)
        out = {number for (number,) in removed}
        for row in rows:
            own = spans[row.number]
            block = np.frombuffer(b"".join(vectors[row.number]), dtype="<f4")
            vectors_of = block.reshape(len(own), -1 if own else 0)
            yield StoredArticle(row, row.number in out, own, vectors_of, versions[row.number])

    def begin(self, source_id: str, embedder: EmbedderRecord | None) -> None:
        """Become a copy of another store, bound to the same model."""
        with self.database.writing() as connection:
            set_meta(connection, COPIED_FROM, source_id)
            if embedder is not None:
                set_meta(connection, "embedder", json.dumps(asdict(embedder)))

    def put(self, articles: Sequence[StoredArticle]) -> None:
        """Store articles under their own numbers, in place of what bears them: all or none."""
        with self.database.writing() as connection:
            for article in articles:
                _forget(connection, article.row.number)
                _put(connection, article, self.tokenizer)

    def drop(self, numbers: Sequence[int]) -> None:
        """Delete articles with all that belongs to them."""
        with self.database.writing() as connection:
            for number in numbers:
                _forget(connection, number)

    def finish(self, facts: StoredFacts) -> None:
        """Take over what stands beside the articles, and make the vector index, if there is none."""
        with self.database.writing() as connection:
            connection.execute("DELETE FROM removals")
            cursor = connection.cursor()
            cursor.executemany(
                "INSERT INTO removals VALUES (%s)", [(kept(id_),) for id_ in sorted(facts.removals)]
            )
            connection.execute("DELETE FROM files")
            cursor.executemany(
                "INSERT INTO files VALUES (%s, %s, %s, %s, %s)",
                [
                    (kept(one.path), kept(one.article_id), one.sha256, one.recipe, one.articles)
                    for one in facts.files
                ],
            )
            for sequence, last in (
                ("pg_get_serial_sequence('articles', 'number')::regclass", facts.last_article),
                ("'passage_numbers'::regclass", facts.last_passage),
            ):
                connection.execute(
                    f"SELECT setval({sequence}, greatest(%s, pg_sequence_last_value({sequence}))) "
                    "WHERE %s > 0".encode(),
                    (last, last),
                )
            connection.execute(
                "SELECT setval('stories', greatest(max(story), pg_sequence_last_value('stories'))) "
                "FROM articles HAVING max(story) > 0"
            )
            build_graph(connection)


def forget_source(connection: Postgres) -> None:
    """Let an index be a copy of nothing, because it is about to be written to."""
    connection.execute("DELETE FROM meta WHERE key = %s", (COPIED_FROM,))


def _forget(connection: Postgres, number: int) -> None:
    for row in list(read_articles(connection, "number = %s", (number,))):
        forget_article(connection, row)
        forget_earlier(connection, row.article.id)
        key = kept(row.article.id)
        connection.execute("DELETE FROM removals WHERE md5(id) = md5(%s) AND id = %s", (key, key))


def _put(connection: Postgres, article: StoredArticle, tokenizer: Tokenizer) -> None:
    row, key = article.row, kept(article.row.article.id)
    forget_beside(connection, [row.article.id])
    put_earlier(connection, row.article, article.versions)
    spans = [(span.start, span.end) for span in article.spans]
    tokens = {} if article.removed else enter_words(connection, [(row, spans)], tokenizer)
    save_rows(connection, [(row, tokens.get(row.number, 0))])
    write_bands(connection, [(one, row.number) for one in likeness_of(row.article).keys])
    write_passages(
        connection,
        [
            PassageWrite(span.number, row.number, span.id, span.start, span.end, not article.removed, vector)
            for span, vector in zip(article.spans, article.vectors, strict=True)
        ],
    )
    if article.removed:
        connection.execute("UPDATE articles SET removed = true WHERE number = %s", (row.number,))
        connection.execute("INSERT INTO removals VALUES (%s) ON CONFLICT DO NOTHING", (key,))
    else:
        connection.execute("DELETE FROM removals WHERE md5(id) = md5(%s) AND id = %s", (key, key))
