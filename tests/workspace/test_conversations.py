"""Conversations are kept for their user alone, found, renamed, bounded, and gone when they are deleted."""

import sqlite3
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

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
from assistant.workspace.sqlite.conversations import CONVERSATIONS_FILE, SqliteConversations


def answer(question: str, text: str = "Six died.") -> Answer:
    return Answer(question, question, "answered", True, text=text)


def nothing(article: str) -> None:
    """Stand for an index without articles."""


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return SqliteConversations(tmp_path)


def test_a_conversation_is_found_again_after_a_restart(kept: Conversations, tmp_path: Path) -> None:
    begun = kept.create("ada", [answer("How many died?")])
    version = kept.put("ada", begun.id, begun.version, 1, answer("When?", "On Monday."))
    again = SqliteConversations(tmp_path).open("ada", begun.id, nothing)
    assert [one.question for one in again.answers] == ["How many died?", "When?"]
    assert (again.title, again.version) == ("How many died?", version)
    (listed,) = kept.list("ada")
    assert (listed.id, listed.title, listed.turns) == (begun.id, "How many died?", 2)
    assert stat.S_IMODE((tmp_path / CONVERSATIONS_FILE).stat().st_mode) == 0o600


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


def test_what_is_deleted_is_in_no_file(kept: Conversations, tmp_path: Path) -> None:
    canary = "canary-7d1f"
    begun = kept.create("ada", [answer(f"Where is {canary}?", f"{canary} " * 5000)])
    other = kept.create("ada", [answer("Another?")])
    edited = kept.put("ada", other.id, other.version, 1, answer("Edited away?", canary))
    kept.put("ada", other.id, edited, 1, answer("Something else?"))
    kept.rename("ada", other.id, canary)
    kept.rename("ada", other.id, "Another")
    kept.delete("ada", begun.id)
    for path in tmp_path.iterdir():
        assert canary.encode() not in path.read_bytes(), path
    assert [row.title for row in kept.list("ada")] == ["Another"]


def test_a_conversation_has_a_most_of_turns(kept: Conversations) -> None:
    begun = kept.create("ada", [answer(f"Question {number}?") for number in range(MOST_TURNS)])
    with pytest.raises(WorkspaceError, match="new one"):
        kept.put("ada", begun.id, begun.version, MOST_TURNS, answer("One more?"))
    assert len(kept.open("ada", begun.id, nothing).answers) == MOST_TURNS


def test_a_thousand_conversations_are_listed_and_searched_at_once(kept: Conversations) -> None:
    text = "The bridge over the Varn fell on Monday, and nobody was hurt. " * 8
    begun = kept.create("ada", [answer("Begun?", text)] * 10)
    with sqlite3.connect(kept._path) as connection:  # type: ignore[attr-defined]
        for number in range(999):
            connection.execute(
                "INSERT INTO conversations SELECT id || ?, user, title, searched, changed, 1 FROM conversations "
                "WHERE id = ?",
                (number, begun.id),
            )
            connection.execute(
                "INSERT INTO turns SELECT conversation || ?, place, searched, answer FROM turns "
                "WHERE conversation = ?",
                (number, begun.id),
            )
    connection.close()
    for words in ("", "varn monday", "no such words at all"):
        start = time.perf_counter()
        kept.list("ada", words=words)
        assert time.perf_counter() - start < 0.3, words


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


def test_one_setting_turns_it_off_and_a_database_needs_a_folder(tmp_path: Path) -> None:
    assert conversations_of(Settings(index=tmp_path)) is not None
    assert conversations_of(Settings(index=tmp_path, keep_conversations=False)) is None
    database = Settings(index="postgresql://host/news")
    assert workspace_folder(database) is None
    assert conversations_of(database) is None
    assert workspace_folder(database.model_copy(update={"workspace": tmp_path})) == tmp_path


def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for broken in (tmp_path / "file" / "below", tmp_path / "damaged"):
        if broken.name == "damaged":
            broken.mkdir()
            (broken / CONVERSATIONS_FILE).write_text("no database " * 1000)
        with pytest.raises(WorkspaceError, match="ASSISTANT_WORKSPACE") as refused:
            SqliteConversations(broken)
        assert "\n" not in str(refused.value)


def test_what_another_version_wrote_is_one_line(kept: Conversations) -> None:
    begun = kept.create("ada", [replace(answer("Kept?"), notes=("a note",))])
    with sqlite3.connect(kept._path) as connection:  # type: ignore[attr-defined]
        connection.execute("UPDATE turns SET answer = '{}'")
    connection.close()
    with pytest.raises(WorkspaceError, match="delete its conversation"):
        kept.open("ada", begun.id, nothing)
