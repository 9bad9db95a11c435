"""What is watched survives, belongs to its user, and goes with its changes."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from stores import STORES, new_place

from assistant import Answer, Settings
from assistant.errors import UnknownWatch, WorkspaceError
from assistant.workspace.watches import MOST_CHANGES, MOST_WATCHES, Watch, Watches, watch_of, watches_of

NOW = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


def answer(text: str) -> Answer:
    return Answer("Q?", "Q?", "answered", True, short=text, text=text)


def asked(watch: Watch, text: str, state: str = "1") -> Watch:
    return dataclasses.replace(watch, last=NOW, state=state, answer=answer(text))


@pytest.fixture(params=STORES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(index=new_place(request.param, tmp_path))


@pytest.fixture
def watches(settings: Settings) -> Watches:
    return watches_of(settings)


def test_a_watch_is_kept_once_and_as_it_stands(watches: Watches, settings: Settings) -> None:
    added = watches.add(watch_of("question", "Q?", owner="ada", every=60, webhook="https://host/hook"))
    assert watches.add(watch_of("question", "Q?", owner="ada")).id == added.id
    stood = dataclasses.replace(
        asked(added, "six"), due=NOW, failures=3, reason="gone", etag='"1"', modified="then"
    )
    watches.record(stood)
    assert watches_of(settings).list("ada") == [stood]


def test_the_address_that_is_told_is_its_user_s_and_survives_a_look(watches: Watches) -> None:
    added = watches.add(watch_of("question", "Q?", owner="ada"))
    feed = watches.add(watch_of("feed", "https://host/feed", owner="ada"))
    watches.tell(added.id, "ada", "https://host/hook")
    watches.record(asked(added, "six"))  # a look that began before the address was named
    assert watches.list("ada")[0].webhook == "https://host/hook"
    later = dataclasses.replace(asked(added, "six"), state="2")
    watches.change(later, "another value", answer("seven"))
    assert watches.list("ada")[0].webhook == "https://host/hook"
    watches.tell(added.id, "ada", None)
    assert watches.list("ada")[0].webhook is None
    for id_, owner in ((added.id, "grace"), (added.id, ""), (feed.id, "ada"), ("none", "ada")):
        with pytest.raises(UnknownWatch):
            watches.tell(id_, owner, "https://host/hook")


def test_a_change_is_kept_and_told_once(watches: Watches) -> None:
    added = watches.add(watch_of("question", "Q?"))
    first = asked(added, "six")
    watches.record(first)
    later = dataclasses.replace(first, state="2")
    change = watches.change(later, "another value", answer("seven"))
    assert change is not None
    assert watches.change(later, "another value", answer("seven")) is None
    assert watches.changes() == [change]
    assert (change.before, change.after) == (answer("six"), answer("seven"))
    assert watches.list()[0].answer == answer("seven")
    assert watches.unseen("") == 1
    watches.see("")
    assert watches.unseen("") == 0


def test_users_see_their_own_and_what_is_for_all(watches: Watches) -> None:
    own = {
        name: watches.add(watch_of("question", f"Of {name}?", owner=name)) for name in ("", "ada", "grace")
    }
    for one in own.values():
        watches.record(asked(one, "six"))
        watches.change(dataclasses.replace(asked(one, "six"), state="2"), "another value", answer("nine"))
    assert {one.owner for one in watches.list("ada")} == {"", "ada"}
    assert {one.question for one in watches.changes("ada")} == {"Of ?", "Of ada?"}
    assert watches.unseen("ada") == 2
    for other in ("", "grace"):
        with pytest.raises(UnknownWatch):
            watches.remove(own[other].id, "ada")
    watches.remove(own["ada"].id, "ada")
    assert len(watches.list()) == 2
    assert len(watches.changes()) == 2


def test_the_secret_of_a_feed_is_its_user_s(watches: Watches) -> None:
    keys = {name: watches.key(name) for name in ("", "ada")}
    assert keys[""] != keys["ada"]
    assert watches.key("ada") == keys["ada"]
    assert watches.owner_of(keys["ada"]) == "ada"
    assert watches.owner_of("") is None


def test_there_are_bounds_and_what_is_removed_is_in_no_file(watches: Watches, settings: Settings) -> None:
    canary = "canary-90ab"
    added = watches.add(watch_of("question", f"{canary}?"))
    for number in range(MOST_CHANGES + 5):
        stood = dataclasses.replace(asked(added, f"{canary} {number}"), state=str(number))
        watches.change(stood, "another value", answer(f"{canary} {number}"))
    assert len(watches.changes(most=1000)) == MOST_CHANGES
    watches.remove(added.id)
    assert watches.changes(most=1000) == []
    if isinstance(settings.index, Path):
        for path in settings.index.iterdir():
            assert canary.encode() not in path.read_bytes(), path
    with pytest.raises(UnknownWatch):
        watches.remove("no such id")
    for number in range(MOST_WATCHES):
        watches.add(watch_of("question", f"Question {number}?", owner="ada"))
    with pytest.raises(WorkspaceError, match="remove one"):
        watches.add(watch_of("question", "One more?", owner="ada"))
    watches.record(dataclasses.replace(added, failures=1))
    assert all(one.id != added.id for one in watches.list())
