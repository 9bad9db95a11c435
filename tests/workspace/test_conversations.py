"""Conversations are kept for their user alone, found, renamed, bounded, and gone when they are deleted."""

import contextlib
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from stores import STORES, new_place

from assistant import Answer, Settings
from assistant.errors import ConversationChanged, UnknownConversation, WorkspaceError
from assistant.workspace.conversations import (
    MOST_TURNS,
    TITLE_CHARACTERS,
    Conversations,
    conversations_of,
    titled,
    workspace_folder,
)
from assistant.workspace.postgres.conversations import PostgresConversations
from assistant.workspace.postgres.own_schema import OWN_SCHEMA
from assistant.workspace.sqlite.conversations import CONVERSATIONS_FILE, SqliteConversations


def answer(question: str, text: str = "Six died.") -> Answer:
    return Answer(question, question, "answered", True, text=text)


def nothing(article: str) -> None:
    """Stand for an index without articles."""


@pytest.fixture(params=STORES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(index=new_place(request.param, tmp_path))


@pytest.fixture
def kept(settings: Settings) -> Conversations:
    return opened(settings)


def opened(settings: Settings) -> Conversations:
    found = conversations_of(settings)
    assert found is not None
    return found


def change(settings: Settings, *statements: str) -> None:
    """Change what is kept behind the back of whoever keeps it."""
    if isinstance(settings.index, Path):
        with contextlib.closing(sqlite3.connect(settings.index / CONVERSATIONS_FILE)) as file, file:
            for statement in statements:
                file.execute(statement)
    else:
        with psycopg.connect(settings.index, options=f"-c search_path={OWN_SCHEMA}") as database:
            for statement in statements:
                database.execute(statement.encode())


def test_a_conversation_is_found_again_after_a_restart(kept: Conversations, settings: Settings) -> None:
    begun = kept.create("ada", [answer("How many died?")])
    version = kept.put("ada", begun.id, begun.version, 1, answer("When?", "On Monday."))
    again = opened(settings).open("ada", begun.id, nothing)
    assert [one.question for one in again.answers] == ["How many died?", "When?"]
    assert (again.title, again.version) == ("How many died?", version)
    (listed,) = kept.list("ada")
    assert (listed.id, listed.title, listed.turns) == (begun.id, "How many died?", 2)


def test_a_conversation_is_named_after_what_was_asked_not_after_a_greeting(kept: Conversations) -> None:
    hello = replace(answer("hello"), outcome="courtesy", answered=False)
    assert kept.create("ada", [hello, answer("How many died?")]).title == "How many died?"
    assert kept.create("ada", [hello]).title == "hello"


def test_nobody_reaches_another_user_s(kept: Conversations) -> None:
    own = kept.create("ada", [answer("What did ada ask?")])
    assert kept.list("grace") == kept.list("") == kept.list("ADA") == []
    assert kept.count("grace") == 0
    attempts = (
        lambda: kept.open("grace", own.id, nothing),
        lambda: kept.put("grace", own.id, own.version, 0, answer("Mine?")),
        lambda: kept.rename("grace", own.id, "mine"),
        lambda: kept.delete("grace", own.id),
    )
    for attempt in attempts:
        with pytest.raises(UnknownConversation):
            attempt()
    assert kept.open("ada", own.id, nothing).title == "What did ada ask?"


def test_a_shared_answer_is_everyone_s_until_it_is_taken_back_or_replaced(kept: Conversations) -> None:
    own = kept.create("ada", [answer("Who spoke?"), answer("When?")])
    with pytest.raises(UnknownConversation):
        kept.shared(own.id, 1, nothing)
    with pytest.raises(UnknownConversation):
        kept.share("grace", own.id, 1, shared=True)
    with pytest.raises(UnknownConversation):
        kept.share("ada", own.id, 2, shared=True)
    for _ in range(2):
        kept.share("ada", own.id, 1, shared=True)
    assert kept.shared(own.id, 1, nothing).question == "When?"
    assert kept.open("ada", own.id, nothing).shared == {1}
    with pytest.raises(UnknownConversation):
        kept.shared(own.id, 0, nothing)
    kept.share("ada", own.id, 1, shared=False)
    with pytest.raises(UnknownConversation):
        kept.shared(own.id, 1, nothing)
    kept.share("ada", own.id, 1, shared=True)
    kept.put("ada", own.id, own.version, 1, answer("Where?"))
    with pytest.raises(UnknownConversation):
        kept.shared(own.id, 1, nothing)


def test_all_words_must_stand_in_the_title_or_in_one_turn(kept: Conversations) -> None:
    one = kept.create("ada", [answer("Who spoke?", "The MAYOR of Holmby."), answer("When?", "On Friday.")])
    kept.create("ada", [answer('100% of what_ever\'s "quoted"?')])
    for words, found in (
        ("mayor holmby", True),
        ("who SPOKE", True),
        ("mayor friday", False),
        ("", True),
        ("'; DROP TABLE turns; --", False),
        ("mayor%", False),
    ):
        assert (one.id in {row.id for row in kept.list("ada", words=words)}) is found, words
    assert [row.title for row in kept.list("ada", words='100% what_ever\'s "quoted"')] != []


def test_an_answer_in_an_earlier_place_takes_all_later_ones_away(kept: Conversations) -> None:
    begun = kept.create("ada", [answer(f"Question {number}?") for number in range(4)])
    kept.put("ada", begun.id, begun.version, 1, answer("Another question?"))
    again = kept.open("ada", begun.id, nothing)
    assert [one.question for one in again.answers] == ["Question 0?", "Another question?"]


def test_of_two_that_write_at_once_one_is_told(kept: Conversations) -> None:
    begun = kept.create("ada", [answer("First?")])
    kept.put("ada", begun.id, begun.version, 1, answer("From one tab?"))
    with pytest.raises(ConversationChanged):
        kept.put("ada", begun.id, begun.version, 1, answer("From another tab?"))
    assert len(kept.open("ada", begun.id, nothing).answers) == 2


def test_a_conversation_has_a_most_of_turns(kept: Conversations) -> None:
    begun = kept.create("ada", [answer(f"Question {number}?") for number in range(MOST_TURNS)])
    with pytest.raises(WorkspaceError, match="new one"):
        kept.put("ada", begun.id, begun.version, MOST_TURNS, answer("One more?"))
    assert len(kept.open("ada", begun.id, nothing).answers) == MOST_TURNS


def test_a_thousand_conversations_are_listed_and_searched_at_once(
    kept: Conversations, settings: Settings
) -> None:
    text = "The bridge over the Varn fell on Monday, and nobody was hurt. " * 8
    kept.create("ada", [answer("Begun?", text)] * 10)
    numbers = (
        "(WITH RECURSIVE upto (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM upto WHERE n < 999) "
        "SELECT n FROM upto)"
    )
    owner = "user" if isinstance(settings.index, Path) else "owner"
    change(
        settings,
        f"INSERT INTO conversations (id, {owner}, title, searched, changed, version) "
        f"SELECT id || n, {owner}, title, searched, changed, 1 FROM conversations, {numbers} AS numbers",
        f"INSERT INTO turns SELECT conversation || n, place, searched, answer FROM turns, {numbers} AS numbers",
    )
    assert kept.count("ada") == 1000
    for words in ("", "varn monday", "no such words at all"):
        start = time.perf_counter()
        kept.list("ada", words=words)
        assert time.perf_counter() - start < 0.3, words


def test_what_another_version_wrote_is_one_line(kept: Conversations, settings: Settings) -> None:
    begun = kept.create("ada", [replace(answer("Kept?"), notes=("a note",))])
    change(settings, "UPDATE turns SET answer = '{}'")
    with pytest.raises(WorkspaceError, match="delete its conversation"):
        kept.open("ada", begun.id, nothing)


def test_odd_characters_are_kept_to_the_letter(kept: Conversations) -> None:
    odd = answer("NUL \0, mark \ue000 and 0?", "A \0 and \ue0000.")
    begun = kept.create("a\ue000da", [odd])
    assert kept.open("a\ue000da", begun.id, nothing).answers == (odd,)
    assert [one.id for one in kept.list("a\ue000da", words="\ue0000")] == [begun.id]
    assert kept.list("a\ue0010da") == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("  Who\n\tspoke? ", "Who spoke?"),
        ("", "Untitled"),
        ("\u0000\u200b \n", "Untitled"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_a_title_is_one_line(words: str, title: str) -> None:
    assert titled(words) == title


def test_a_long_title_is_cut() -> None:
    assert len(titled("why " * 1000)) <= TITLE_CHARACTERS


def test_one_setting_turns_it_off_and_a_folder_may_be_named(settings: Settings, tmp_path: Path) -> None:
    assert conversations_of(settings.model_copy(update={"keep_conversations": False})) is None
    in_database = workspace_folder(settings) is None
    assert isinstance(opened(settings), PostgresConversations if in_database else SqliteConversations)
    elsewhere = settings.model_copy(update={"workspace": tmp_path})
    assert workspace_folder(elsewhere) == tmp_path
    assert isinstance(opened(elsewhere), SqliteConversations)
