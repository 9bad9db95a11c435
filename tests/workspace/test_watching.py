"""A look at what is watched: new articles are read, and changed answers told."""

import dataclasses
import datetime
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import Served, serving

from assistant import Assistant, Settings
from assistant.workspace.differences import values_changed
from assistant.workspace.sqlite.watches import SqliteWatches
from assistant.workspace.watches import Watches, watch_of
from assistant.workspace.watching import Watching, ask, look
from assistant.workspace.webhook import change_to_dict

FIRST = (
    "The road bridge over the Varn collapsed on Monday. Four people died in the collapse of the Varn bridge."
)
SECOND = (
    "Rescuers found more victims under the Varn bridge on Tuesday. Nine people died in the collapse of the Varn "
    "bridge, the governor said."
)
QUESTION = "How many people died in the collapse of the Varn bridge?"
NOW = datetime.datetime(2025, 3, 6, tzinfo=datetime.UTC)


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "first.md").write_text(f"---\ntitle: Bridge falls\ndate: 2025-03-04\n---\n{FIRST}")
    return made


@pytest.fixture
def assistant(tmp_path: Path, folder: Path) -> Iterator[Assistant]:
    settings = Settings(index=tmp_path / "index", allow_private_addresses=True, reader="none")
    with Assistant.build(folder, settings) as opened:
        yield opened


@pytest.fixture
def watches(tmp_path: Path) -> Watches:
    return SqliteWatches(tmp_path)


def test_a_folder_brings_articles_and_a_question_its_change(
    assistant: Assistant, watches: Watches, folder: Path, served: Served
) -> None:
    watches.add(watch_of("folder", str(folder)))
    hook = f"{served.address}/hook"
    question = watches.add(watch_of("question", QUESTION, webhook=hook))
    assert ask(assistant, watches, question, NOW) is None
    assert look(assistant, watches, NOW).changed == ()
    (folder / "second.md").write_text(f"---\ntitle: More found\ndate: 2025-03-05\n---\n{SECOND}")
    found = look(assistant, watches, NOW)
    assert [(run.added, run.failed) for run in found.sources] == [(1, False)]
    (change,) = found.changed
    told = change_to_dict(change)
    assert told["question"] == QUESTION
    assert told["before"] != told["after"]
    assert "Nine" in told["after"]
    assert {"second.md"} <= {one["article"] for one in told["sources"]}
    assert all(one["published"] for one in told["sources"])
    assert [json.loads(body)["after"] for body in served.posted] == [told["after"]]
    again = look(assistant, watches, NOW)
    assert again.changed == ()
    assert len(watches.changes()) == 1


def test_a_search_that_is_watched_tells_which_articles_came(
    assistant: Assistant, watches: Watches, folder: Path
) -> None:
    watches.add(watch_of("folder", str(folder)))
    ask(assistant, watches, watches.add(watch_of("question", "Which articles mention the Varn?")), NOW)
    (folder / "second.md").write_text(f"---\ntitle: More found\ndate: 2025-03-05\n---\n{SECOND}")
    (change,) = look(assistant, watches, NOW).changed
    assert change.what == "new entries"
    was, now = values_changed(change.before, change.after)
    assert was == "1 entry" and now and now.startswith("More found")


def test_a_first_answer_is_a_change(assistant: Assistant, watches: Watches, folder: Path) -> None:
    watches.add(watch_of("folder", str(folder)))
    question = watches.add(watch_of("question", "Who won the orchestra prize of Lisbon?"))
    ask(assistant, watches, question, NOW)
    prize = (
        "The Meridian orchestra won the orchestra prize of Lisbon on Friday. The jury praised its strings."
    )
    (folder / "prize.md").write_text(f"---\ntitle: Meridian wins the prize\n---\n{prize}")
    (change,) = look(assistant, watches, NOW).changed
    assert change.what == "a first answer"
    assert change_to_dict(change)["before"] is None


def test_a_feed_is_read_when_it_changed_and_a_dead_one_is_named(
    assistant: Assistant, watches: Watches, served: Served
) -> None:
    served.entries.append(("Bridge", f"{SECOND} " * 4))
    feed = watches.add(watch_of("feed", f"{served.address}/feed.xml"))
    dead = watches.add(watch_of("feed", f"{served.address}/page"))
    first = {run.id: run for run in look(assistant, watches, NOW).sources}
    assert first[feed.id].added == 1
    assert first[dead.id].failed
    served.asked.clear()
    second = {run.id: run for run in look(assistant, watches, NOW).sources}
    assert (second[feed.id].added, second[feed.id].failures) == (0, ())
    assert [path for path, _ in served.asked].count("/feed.xml") == 1
    assert second[dead.id].failed
    assert dead.id not in {run.id for run in look(assistant, watches, NOW).sources}
    stood = {one.id: one for one in watches.list()}
    assert stood[dead.id].failures == 2
    assert stood[dead.id].reason is not None and "no feed" in stood[dead.id].reason
    assert stood[feed.id].failures == 0


def test_a_webhook_that_fails_is_named_and_the_change_is_kept(
    assistant: Assistant, watches: Watches, folder: Path, served: Served
) -> None:
    watches.add(watch_of("folder", str(folder)))
    question = watches.add(watch_of("question", QUESTION, webhook=f"{served.address}/broken"))
    ask(assistant, watches, question, NOW)
    (folder / "second.md").write_text(f"---\ntitle: More found\ndate: 2025-03-05\n---\n{SECOND}")
    found = look(assistant, watches, NOW)
    assert len(found.changed) == len(watches.changes()) == 1
    assert ["500" in one.reason for one in found.untold] == [True]


def test_a_thread_looks_while_the_chat_is_served(
    assistant: Assistant, watches: Watches, folder: Path
) -> None:
    watches.add(watch_of("folder", str(folder)))
    assistant.settings = assistant.settings.model_copy(update={"watch_seconds": 0.05})
    (folder / "second.md").write_text(f"---\ntitle: More found\n---\n{SECOND}")
    with Watching(assistant, watches):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and watches.list()[0].last is None:
            time.sleep(0.05)
    assert "second.md" in {one.id for one in assistant.index.articles()}


def test_a_feed_that_was_just_named_is_read_at_once(
    assistant: Assistant, watches: Watches, served: Served
) -> None:
    served.entries.append(("Bridge", f"{SECOND} " * 4))
    # The next look of itself is a quarter of an hour away.
    with Watching(assistant, watches, settled_seconds=0.05):
        watches.add(watch_of("feed", f"{served.address}/feed.xml"))
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and watches.list()[0].last is None:
            time.sleep(0.05)
    assert [one.title for one in assistant.index.articles()] == ["Bridge falls", "Bridge"]


def test_a_watch_that_was_removed_meanwhile_stays_removed(assistant: Assistant, watches: Watches) -> None:
    question = watches.add(watch_of("question", QUESTION))
    watches.remove(question.id)
    stale = dataclasses.replace(question, state="old")
    assert ask(assistant, watches, stale, NOW) is None
    assert watches.list() == []


def test_a_question_is_asked_again_soon_after_articles_arrive(
    assistant: Assistant, watches: Watches, folder: Path
) -> None:
    question = watches.add(watch_of("question", QUESTION))
    ask(assistant, watches, question, NOW)
    # The next look of itself is a quarter of an hour away.
    with Watching(assistant, watches, settled_seconds=0.05):
        (folder / "second.md").write_text(f"---\ntitle: More found\ndate: 2025-03-05\n---\n{SECOND}")
        assistant.ingest([str(folder)])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not watches.changes():
            time.sleep(0.05)
    assert [one.question for one in watches.changes()] == [QUESTION]
