"""The file of conversations is its owner's, and holds nothing of what was deleted."""

import stat
from pathlib import Path

import pytest

from assistant import Answer
from assistant.errors import WorkspaceError
from assistant.workspace.sqlite.conversations import (
    _SELECT_CONVERSATIONS,
    CONVERSATIONS_FILE,
    SqliteConversations,
)
from assistant.workspace.sqlite.own_file import open_to_read


def answer(question: str, text: str = "Six died.") -> Answer:
    return Answer(question, question, "answered", True, text=text)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    SqliteConversations(tmp_path)
    assert stat.S_IMODE((tmp_path / CONVERSATIONS_FILE).stat().st_mode) == 0o600


def test_what_is_deleted_is_in_no_file(tmp_path: Path) -> None:
    kept = SqliteConversations(tmp_path)
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


def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for broken in (tmp_path / "file" / "below", tmp_path / "damaged"):
        if broken.name == "damaged":
            broken.mkdir()
            (broken / CONVERSATIONS_FILE).write_text("no database " * 1000)
        with pytest.raises(WorkspaceError, match="ASSISTANT_WORKSPACE") as refused:
            SqliteConversations(broken)
        assert "\n" not in str(refused.value)


def test_a_list_reads_a_user_s_own_rows_in_order_and_no_answers(tmp_path: Path) -> None:
    kept = SqliteConversations(tmp_path)
    kept.create("ada", [answer("Why?")])
    given = {"user": "ada", "words": '["why"]', "most": 40, "after": 0}
    with open_to_read(tmp_path / CONVERSATIONS_FILE) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {_SELECT_CONVERSATIONS}", given)]
    assert steps[0] == "SEARCH conversations USING INDEX conversations_of_user (user=?)"
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN turns")]
