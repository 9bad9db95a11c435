"""The tables in PostgreSQL, how they are brought up to date, and how texts are kept in them."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from assistant.errors import StoreError

Postgres = Connection[TupleRow]

SCHEMA = "assistant"

# One tuple of statements per schema version: opening an older index runs those it lacks, in order.
# B-trees take no keys over 2.7 kB, so long names are indexed by their hash.
NUMBERS_LOCK = 0x6E756D62
VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL)",
        """CREATE TABLE files (
            path text NOT NULL, article_id text NOT NULL, sha256 text NOT NULL, recipe text NOT NULL,
            articles integer NOT NULL)""",
        "CREATE UNIQUE INDEX files_by_name ON files (md5(path), md5(article_id))",
        """CREATE TABLE articles (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL, title text, publisher text,
            authors text NOT NULL, published date, url text, language text, path text NOT NULL,
            sha256 text NOT NULL, content_hash text NOT NULL, story bigint NOT NULL, words integer NOT NULL,
            first_passage bigint NOT NULL, passages integer NOT NULL, tokens bigint NOT NULL,
            removed boolean NOT NULL DEFAULT false, row_hash bytea NOT NULL, text text NOT NULL)""",
        "CREATE UNIQUE INDEX articles_by_id ON articles (md5(id))",
        "CREATE INDEX articles_by_path ON articles (md5(path))",
        "CREATE INDEX articles_by_story ON articles (story)",
        # Ids of articles that were removed by hand: they stay out until they are restored.
        "CREATE TABLE removals (id text NOT NULL)",
        "CREATE UNIQUE INDEX removals_by_id ON removals (md5(id))",
        "CREATE VIEW live AS SELECT * FROM articles WHERE NOT removed",
        "CREATE SEQUENCE passage_numbers",
        # Of a passage of a removed article, ``live`` is false.
        """CREATE TABLE passages (
            number bigint PRIMARY KEY, article bigint NOT NULL REFERENCES articles ON DELETE CASCADE,
            id text NOT NULL, first integer NOT NULL, beyond integer NOT NULL, live boolean NOT NULL,
            row_hash bigint NOT NULL, vector vector NOT NULL)""",
        "CREATE INDEX passages_by_article ON passages (article)",
        # ``weight``: how often the term stands in the text, and twice that in the title; ``tokens``: how long the
        # passage is, title included; ``places``: 32-bit numbers, those in the title below nought.
        """CREATE TABLE postings (
            term text COLLATE "C" NOT NULL, passage bigint NOT NULL, weight integer NOT NULL,
            tokens integer NOT NULL, in_text boolean NOT NULL, places bytea NOT NULL,
            PRIMARY KEY (term, passage))""",
        "CREATE INDEX postings_by_passage ON postings (passage)",
        "CREATE TABLE bands (band bigint, article bigint, PRIMARY KEY (band, article))",
        "CREATE INDEX bands_by_article ON bands (article)",
        """CREATE TABLE derived (
            kind text NOT NULL, id text, fingerprint text NOT NULL, text text NOT NULL)""",
        "CREATE UNIQUE INDEX derived_by_id ON derived (kind, coalesce(md5(id), ''))",
        "INSERT INTO meta VALUES ('changes', '0'), ('index_id', replace(gen_random_uuid()::text, '-', ''))",
    ),
    (
        # Several may write at once: each takes numbers in a row, and no story's number is given twice.
        f"""CREATE FUNCTION take_passage_numbers(wanted integer) RETURNS bigint LANGUAGE plpgsql AS $$
            DECLARE first bigint;
            BEGIN
                PERFORM pg_advisory_lock({NUMBERS_LOCK});
                first := nextval('{SCHEMA}.passage_numbers');
                PERFORM setval('{SCHEMA}.passage_numbers', first + wanted - 1);
                PERFORM pg_advisory_unlock({NUMBERS_LOCK});
                RETURN first;
            END $$""",
        "CREATE SEQUENCE stories",
        "SELECT setval('stories', max(story)) FROM articles HAVING max(story) > 0",
    ),
    (
        # ``stamp``: size and time of change of the file; ``state``: waiting, taken, done or aside; ``tries``: how
        # often it was taken since it last got further.
        """CREATE TABLE jobs (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch text NOT NULL, path text NOT NULL,
            article_id text NOT NULL, size bigint NOT NULL, stamp text NOT NULL,
            state text NOT NULL DEFAULT 'waiting', tries integer NOT NULL DEFAULT 0, worker text,
            taken_until timestamptz, committed integer NOT NULL DEFAULT 0,
            passages bigint NOT NULL DEFAULT 0, done_bytes bigint NOT NULL DEFAULT 0, result text, reason text)""",
        "CREATE UNIQUE INDEX jobs_by_name ON jobs (md5(path), md5(article_id))",
        "CREATE INDEX jobs_to_do ON jobs (number) WHERE state IN ('waiting', 'taken')",
        "CREATE TABLE workers (id text PRIMARY KEY, seen timestamptz NOT NULL)",
        # Articles that workers have stored, until the ingest that waits for them has told of them.
        """CREATE TABLE job_events (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch text NOT NULL, kind text NOT NULL,
            subject text NOT NULL)""",
    ),
    (
        # Earlier texts of articles, by the id of each; ``cut_short``: of these there is but the beginning.
        """CREATE TABLE versions (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL, replaced timestamptz NOT NULL,
            title text, published date, sha256 text NOT NULL, text text NOT NULL)""",
        "CREATE INDEX versions_by_id ON versions (md5(id))",
        "CREATE TABLE cut_short (id text NOT NULL)",
        "CREATE UNIQUE INDEX cut_short_by_id ON cut_short (md5(id))",
    ),
    (
        # A ranking reads this index alone, instead of a page of rows for each passage; what is new is cleaned up
        # early, because until then the server looks up whether it is to be seen.
        """ALTER TABLE postings DROP CONSTRAINT postings_pkey,
            ADD CONSTRAINT postings_pkey PRIMARY KEY (term, passage) INCLUDE (weight, tokens)""",
        "ALTER TABLE postings SET (autovacuum_vacuum_insert_scale_factor = 0.05)",
    ),
    (
        # Where the pages of an article begin in its text, as JSON. PDF files of before are read again for them.
        "CREATE TABLE pages (id text NOT NULL, starts text NOT NULL)",
        "CREATE UNIQUE INDEX pages_by_id ON pages (md5(id))",
        "DELETE FROM files WHERE path ILIKE '%.pdf'",
    ),
    (
        # A row holds a term's postings in up to 64 passages of an article, of which ``first`` is the first: in
        # ``held`` four numbers of 32 bits for each that holds it: its place from ``first``, how often the term
        # stands in it (twice in the title), its tokens, and how many of ``places`` are its own.
        "ALTER TABLE postings RENAME TO single_postings",
        "ALTER TABLE single_postings RENAME CONSTRAINT postings_pkey TO single_postings_pkey",
        """CREATE TABLE postings (
            term text COLLATE "C" NOT NULL, article bigint NOT NULL, first bigint NOT NULL, held bytea NOT NULL,
            in_text boolean NOT NULL, places bytea NOT NULL)""",
        "ALTER TABLE postings ALTER held SET STORAGE PLAIN",
        """INSERT INTO postings
            SELECT s.term, a.number, a.first_passage + (s.passage - a.first_passage) / 64 * 64 AS first,
                string_agg(int4send(((s.passage - a.first_passage) % 64)::integer) || int4send(s.weight)
                    || int4send(s.tokens) || int4send(octet_length(s.places) / 4), '' ORDER BY s.passage),
                bool_or(s.in_text), string_agg(s.places, '' ORDER BY s.passage)
            FROM single_postings AS s JOIN passages AS p ON p.number = s.passage
            JOIN articles AS a ON a.number = p.article GROUP BY 1, 2, 3""",
        "DROP TABLE single_postings",
        # A ranking reads this index alone.
        "ALTER TABLE postings ADD PRIMARY KEY (term, first) INCLUDE (held)",
        "CREATE INDEX postings_by_article ON postings (article)",
        # What is new is cleaned up early, because until then the server looks up whether it is to be seen.
        "ALTER TABLE postings SET (autovacuum_vacuum_insert_scale_factor = 0.05)",
    ),
)

# PostgreSQL keeps no NUL in a text: it and the mark that stands for it are written as two characters.
MARK = "\ue000"
NUL, MARKED = MARK + "0", MARK + "1"


def schema_version(connection: Postgres, schema: str = SCHEMA) -> int:
    """Return how many versions a schema has been through; 0 where it is not there."""
    # not to_regclass: while a lock is waited for, that remembers what was not there before
    known = "SELECT 1 FROM pg_tables WHERE schemaname = %s AND tablename = 'meta'"
    if connection.execute(known, (schema,)).fetchone() is None:
        return 0
    query = sql.SQL("SELECT value FROM {}.meta WHERE key = 'schema'").format(sql.Identifier(schema))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def migrate(
    connection: Postgres, schema: str = SCHEMA, versions: Sequence[tuple[str, ...]] = VERSIONS
) -> None:
    """Make the tables of a schema, or bring them up to date, in a transaction that the caller opened.

    Raises:
        StoreError: a newer version of the program made them.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (hash_of("schema"),))
    version = schema_version(connection, schema)
    if version > len(versions):
        raise StoreError(
            f"the index was made by a newer version (schema {version}, this one knows {len(versions)}); upgrade "
            "news-assistant, or name another database"
        )
    if version == len(versions):
        return
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
    for statements in versions[version:]:
        for statement in statements:
            connection.execute(statement.encode())
    connection.execute(
        "INSERT INTO meta VALUES ('schema', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (str(len(versions)),),
    )


def look_in(connection: Postgres, schema: str) -> None:
    """Let names of tables mean those of a schema, and types also those of ``public``."""
    connection.execute(sql.SQL("SET search_path TO {}, public").format(sql.Identifier(schema)))


def hash_of(name: str) -> int:
    """Return the number of an advisory lock."""
    return int.from_bytes(f"asst {name[:3]}".encode(), "big")


def kept(text: str) -> str:
    """Write a text as PostgreSQL can keep it; ``read`` gives it back to the letter."""
    return text.replace(MARK, MARKED).replace("\0", NUL)


def kept_or_none(text: str | None) -> str | None:
    """Write a text, if there is one, as PostgreSQL can keep it."""
    return None if text is None else kept(text)


def read(text: str) -> str:
    """Read a text that ``kept`` wrote."""
    return text.replace(NUL, "\0").replace(MARKED, MARK) if MARK in text else text


def read_or_none(text: str | None) -> str | None:
    """Read a text, if there is one, that ``kept`` wrote."""
    return None if text is None else read(text)
