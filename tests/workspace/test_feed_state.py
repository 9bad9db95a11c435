"""Whether a feed has changed is asked in one small request; what is no feed is named."""

import pytest
from feed_server import serving

from assistant.errors import WorkspaceError
from assistant.workspace.feed_state import feed_state
from assistant.workspace.requests import sent


def test_a_feed_is_asked_only_for_what_is_new() -> None:
    with serving() as served:
        served.entries.append(("One", "Text."))
        address = f"{served.address}/feed.xml"
        first = feed_state(address, None, None, allow_private=True)
        assert first.changed and first.etag == '"1"'
        assert not feed_state(address, first.etag, None, allow_private=True).changed
        served.entries.append(("Two", "Text."))
        assert feed_state(address, first.etag, None, allow_private=True).etag == '"2"'


@pytest.mark.parametrize(("path", "reason"), [("/page", "no feed"), ("/gone", "404")])
def test_what_is_no_feed_is_named(path: str, reason: str) -> None:
    with serving() as served, pytest.raises(WorkspaceError, match=reason):
        feed_state(f"{served.address}{path}", None, None, allow_private=True)


def test_a_webhook_that_hangs_is_left() -> None:
    with (
        serving() as served,
        pytest.raises(WorkspaceError, match="took longer"),
        sent("POST", f"{served.address}/silent", content=b"{}", allow_private=True, seconds=0.3),
    ):
        pass


def test_whichever_clock_ends_first_the_reason_is_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.Timer.run", lambda _timer: None)  # the client's own clock alone
    with (
        serving() as served,
        pytest.raises(WorkspaceError, match="took longer"),
        sent("POST", f"{served.address}/silent", content=b"{}", allow_private=True, seconds=0.3),
    ):
        pass


def test_a_server_that_is_silent_is_left_and_a_private_one_is_not_asked() -> None:
    with serving() as served:
        with (
            pytest.raises(WorkspaceError, match="took longer"),
            sent("GET", f"{served.address}/silent", allow_private=True, seconds=0.3),
        ):
            pass
        served.asked.clear()
        with pytest.raises(WorkspaceError, match="ASSISTANT_ALLOW_PRIVATE_ADDRESSES"):
            feed_state(f"{served.address}/feed.xml", None, None, allow_private=False)
        assert served.asked == []
    with pytest.raises(WorkspaceError, match="cannot be reached"):
        feed_state(f"{served.address}/feed.xml", None, None, allow_private=True)
