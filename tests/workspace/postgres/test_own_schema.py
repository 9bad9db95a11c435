"""What users keep in the database: for several chats at once, for each user alone, and apart from the articles."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from in_time import in_background, in_time
from stores import new_place, role_without_rights

from assistant import Answer, Settings
from assistant.errors import ConversationChanged, StoreError, UnknownConversation, WorkspaceError
from assistant.index import open_store
from assistant.index.postgres.database import connected
from assistant.index.postgres.schema import Postgres, look_in, migrate, schema_version
from assistant.workspace.postgres.conversations import PostgresConversations
from assistant.workspace.postgres.own_schema import OWN_SCHEMA, OWN_VERSIONS, OwnSchema
from assistant.workspace.postgres.watches import PostgresWatches
from assistant.workspace.watches import watch_of

CANARY = "canary-6e20"
WAITS = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def answer(question: str, text: str = "Six died.") -> Answer:
    return Answer(question, question, "answered", True, text=text)


def nothing(article: str) -> None:
    """Stand for an index without articles."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=new_place("postgres", tmp_path))


@pytest.fixture
def role(settings: Settings) -> Iterator[str]:
    with role_without_rights(str(settings.index)) as name:
        yield name


def rows(settings: Settings) -> str:
    """Everything that the tables hold, as one text."""
    with psycopg.connect(str(settings.index)) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            (OWN_SCHEMA,),
        ).fetchall()
        assert len(tables) == 7
        return "".join(
            str(connection.execute(f"SELECT * FROM {OWN_SCHEMA}.{table}".encode()).fetchall())
            for (table,) in tables
        )


def test_two_chats_share_a_users_conversations_and_show_nobody_anothers(settings: Settings) -> None:
    one, other = PostgresConversations(settings), PostgresConversations(settings)
    begun = one.create("ada", [answer(f"Where is {CANARY}?")])
    assert [row.id for row in other.list("ada", words=CANARY)] == [begun.id]
    version = other.put("ada", begun.id, begun.version, 1, answer("And when?"))
    assert [row.question for row in one.open("ada", begun.id, nothing).answers][1:] == ["And when?"]
    with pytest.raises(ConversationChanged):
        one.put("ada", begun.id, begun.version, 1, answer("At once?"))
    for chat in (one, other):
        for stranger in ("grace", "", "ADA", "ada ", "%", "' OR true --"):
            assert chat.list(stranger) == chat.list(stranger, words=CANARY) == []
            assert chat.count(stranger) == 0
            for attempt in (
                lambda chat=chat, who=stranger: chat.open(who, begun.id, nothing),
                lambda chat=chat, who=stranger: chat.put(who, begun.id, version, 0, answer("Mine?")),
                lambda chat=chat, who=stranger: chat.rename(who, begun.id, "mine"),
                lambda chat=chat, who=stranger: chat.delete(who, begun.id),
            ):
                with pytest.raises(UnknownConversation) as refused:
                    attempt()
                assert CANARY not in str(refused.value)
    assert other.open("ada", begun.id, nothing).version == version


def test_of_two_chats_that_begin_at_once_one_makes_the_tables(settings: Settings) -> None:
    """The second has looked for the tables, in vain, and waits while the first makes them."""
    with connected(str(settings.index)) as one, connected(str(settings.index)) as other:
        for chat in (one, other):
            look_in(chat, OWN_SCHEMA)
            assert schema_version(chat, OWN_SCHEMA) == 0
        with one.transaction():
            migrate(one, OWN_SCHEMA, OWN_VERSIONS)
            waiting = in_background(lambda: begin(other))
            while one.execute(WAITS).fetchone() is None:
                time.sleep(0.01)
        in_time(waiting, 20, lambda: "the second still waits")
        assert schema_version(other, OWN_SCHEMA) == len(OWN_VERSIONS)


def begin(chat: Postgres) -> None:
    with chat.transaction():
        migrate(chat, OWN_SCHEMA, OWN_VERSIONS)


def test_what_is_deleted_is_in_no_table(settings: Settings) -> None:
    kept, watches = PostgresConversations(settings), PostgresWatches(settings)
    begun = kept.create("ada", [answer(f"Where is {CANARY}?", f"{CANARY} " * 5000)])
    watch = watches.add(watch_of("question", f"{CANARY}?", owner="ada"))
    assert CANARY in rows(settings)
    kept.delete("ada", begun.id)
    watches.remove(watch.id, "ada")
    assert CANARY not in rows(settings)


def test_who_may_read_the_articles_reads_no_conversation(settings: Settings, role: str) -> None:
    with open_store(settings, create=True):
        PostgresConversations(settings).create("ada", [answer(f"Where is {CANARY}?")])
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA assistant TO {role}".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA assistant TO {role}".encode())
    reader = settings.model_copy(update={"index": f"{settings.index}&user={role}"})
    open_store(reader).close()
    with pytest.raises(WorkspaceError, match="rights") as refused:
        PostgresConversations(reader)
    assert "\n" not in str(refused.value)
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA {OWN_SCHEMA} TO {role}".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {OWN_SCHEMA} TO {role}".encode())
    with pytest.raises(WorkspaceError, match="ASSISTANT_WORKSPACE"):
        PostgresConversations(reader)


def test_versions_are_gone_through_once_and_a_newer_one_is_refused(settings: Settings) -> None:
    PostgresConversations(settings).create("ada", [answer("Kept?")])
    PostgresWatches(settings)
    with OwnSchema(settings).reading() as connection:
        held = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        assert held == (str(len(OWN_VERSIONS)),)
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(WorkspaceError, match="newer version"):
        PostgresConversations(settings)


def test_a_server_that_is_away_is_one_line_and_is_used_again_when_it_is_back(settings: Settings) -> None:
    kept = PostgresConversations(settings)
    begun = kept.create("ada", [answer("Kept?")])
    name = str(settings.index).split("/")[3].split("?")[0]
    server = str(settings.index).replace(f"/{name}?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        with pytest.raises(WorkspaceError) as refused:
            kept.list("ada")
        assert "\n" not in str(refused.value)
        assert not isinstance(refused.value, StoreError)
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
    assert [row.id for row in kept.list("ada")] == [begun.id]
