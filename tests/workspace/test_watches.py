"""What may be watched, and when it is looked at again."""

import datetime
from pathlib import Path

import pytest

from assistant.errors import WorkspaceError
from assistant.workspace.watches import DEAD, LONGEST_WAIT, Watch, due, rested, watch_of

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "address",
    [
        "", "feed.xml", "/etc/passwd", "file:///etc/passwd", "ftp://host/feed", "https://", "https://[bad",
        "https://user:secret@host/feed", "https://host/a b", "javascript:alert(1)", "https://host/\nx",
    ],
)  # fmt: skip
def test_a_feed_and_a_webhook_are_http_addresses_without_passwords(address: str) -> None:
    for wanted in (lambda: watch_of("feed", address), lambda: watch_of("question", "q", webhook=address)):
        with pytest.raises(WorkspaceError) as refused:
            wanted()
        assert "secret" not in str(refused.value)


def test_a_folder_is_there_and_a_question_is_not_empty(tmp_path: Path) -> None:
    assert watch_of("folder", f"{tmp_path}/x/..").value == str(tmp_path)
    with pytest.raises(WorkspaceError):
        watch_of("folder", str(tmp_path / "none"))
    with pytest.raises(WorkspaceError):
        watch_of("question", "  ")


def test_what_fails_is_tried_ever_later_and_named_dead() -> None:
    watch, waits = Watch("1", "", "feed", "https://host/"), []
    for _ in range(12):
        failures, again = rested(watch, NOW, "gone")
        watch = Watch("1", "", "feed", "https://host/", failures=failures)
        waits.append(again - NOW)
        assert watch.dead is (failures >= DEAD)
    assert waits == sorted(waits)
    assert waits[0] == datetime.timedelta(0)
    assert waits[1] > datetime.timedelta(0)
    assert waits[-1] == LONGEST_WAIT
    assert rested(watch, NOW, None) == (0, NOW)


def test_every_bounds_how_often_a_source_is_looked_at() -> None:
    hour = datetime.timedelta(hours=1)
    watch = Watch("1", "", "feed", "https://host/", every=3600)
    assert rested(watch, NOW, None)[1] == NOW + hour
    assert rested(watch, NOW, "gone")[1] == NOW + hour
    later = Watch("2", "", "folder", "/x", due=NOW + hour)
    question = Watch("3", "", "question", "q")
    assert due([watch, later, question], NOW) == [watch]
    assert due([watch, later, question], NOW + hour) == [watch, later]
