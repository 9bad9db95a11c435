"""Databases that cannot be used as they are: one clear line with the remedy, and nothing lost."""

import logging
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from made_up_news import EMBEDDER, body, settings_of, worded
from stores import new_place, role_without_rights

from assistant.errors import StoreError
from assistant.index import Store, open_store
from assistant.settings import Settings
from assistant.types import Article


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(new_place("postgres", tmp_path), 0)


@pytest.fixture
def role(settings: Settings) -> Iterator[str]:
    with role_without_rights(str(settings.index)) as name:
        yield name


def as_role(settings: Settings, role: str) -> Settings:
    address = str(settings.index)
    return settings.model_copy(update={"index": f"{address}&user={role}"})


def add(store: Store, *names: str) -> None:
    store.add_articles([Article(id=name, text=body(name), path=name) for name in names], EMBEDDER)


def one_line(error: pytest.ExceptionInfo[StoreError], remedy: str) -> None:
    assert "\n" not in str(error.value)
    assert remedy in str(error.value)


def test_without_the_extension_and_the_right_to_make_it(settings: Settings, role: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(as_role(settings, role), create=True)
    one_line(caught, "CREATE EXTENSION vector")


def test_a_reader_reads_and_is_told_that_it_may_not_write(settings: Settings, role: str) -> None:
    with open_store(settings, create=True) as store:
        add(store, "camels")
    with pytest.raises(StoreError) as caught:
        open_store(as_role(settings, role))
    one_line(caught, "rights")
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA assistant TO {role}".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA assistant TO {role}".encode())
    with open_store(as_role(settings, role)) as reader:
        assert worded(reader, "camels") == {"camels"}
        with pytest.raises(StoreError) as caught:
            reader.remove(["camels"])
        one_line(caught, "rights")


def test_a_server_in_recovery_answers_and_names_the_primary(settings: Settings) -> None:
    with open_store(settings, create=True) as store:
        add(store, "camels")
    with psycopg.connect(str(settings.index), autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    with open_store(settings) as store:
        assert worded(store, "camels") == {"camels"}
        with pytest.raises(StoreError) as caught:
            add(store, "bees")
        one_line(caught, "primary")


# The postings as they were kept before they stood in blocks: a row for each passage.
SINGLE_POSTINGS = """
    CREATE TABLE single AS SELECT term, first + at AS passage, weight, tokens,
        get_byte(own, octet_length(own) - 1) < 128 AS in_text, own AS places
    FROM (
        SELECT term, first, numbers[1] AS at, numbers[2] AS weight, numbers[3] AS tokens,
            substring(places FROM 4 * (sum(numbers[4]) OVER (PARTITION BY term, first ORDER BY row))::int
                - 4 * numbers[4] + 1 FOR 4 * numbers[4]) AS own
        FROM (
            SELECT term, first, places, row, ARRAY(
                SELECT ('x' || encode(substring(held FROM 16 * row + 4 * place + 1 FOR 4), 'hex'))::bit(32)::int
                FROM generate_series(0, 3) AS place) AS numbers
            FROM postings, generate_series(0, octet_length(held) / 16 - 1) AS row) AS cut) AS one
"""


def test_an_older_schema_is_brought_up_to_date(settings: Settings) -> None:
    with open_store(settings, create=True) as store:
        add(store, "camels", "bees")
        long = " ".join(f"Sentence {number} tells of camels and herons." for number in range(900))
        store.add_articles([Article(id="long", text=long, title="Camels", path="long")], EMBEDDER)
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute("SET search_path TO assistant, public")
        connection.execute(SINGLE_POSTINGS)
        connection.execute("DROP TABLE postings")
        connection.execute("ALTER TABLE single RENAME TO postings")
        connection.execute("ALTER TABLE postings ADD CONSTRAINT postings_pkey PRIMARY KEY (term, passage)")
        connection.execute("DROP TABLE jobs, workers, job_events, versions, cut_short, pages")
        connection.execute("DROP FUNCTION take_passage_numbers")
        connection.execute("DROP SEQUENCE stories")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with open_store(settings) as store:
        add(store, "moths")
        assert {one.id for one in store.articles()} == {"camels", "bees", "moths", "long"}
        assert [one.duplicate_of for one in store.articles()] == [None] * 4
        assert store.verify() == []


def test_what_takes_the_server_too_long_is_given_up(settings: Settings) -> None:
    with open_store(settings, create=True) as store:
        add(store, *(f"subject{number}" for number in range(30)))
    with open_store(settings.model_copy(update={"database_seconds": 0.001})) as store:
        with psycopg.connect(str(settings.index)) as connection:
            connection.execute("LOCK TABLE assistant.postings")
            with pytest.raises(StoreError) as caught:
                store.search_words(["subject1"], 5)
        one_line(caught, "ASSISTANT_DATABASE_SECONDS")


def test_a_server_that_may_lose_what_is_safe_is_warned_of_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The server of the tests runs with fsync off."""
    with open_store(settings, create=True) as store, caplog.at_level(logging.WARNING):
        add(store, "camels")
        add(store, "bees")
    assert [record.message.count("fsync") for record in caplog.records] == [1]
