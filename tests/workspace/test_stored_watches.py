"""How a watch stands comes back from the text that is kept of it."""

import dataclasses
import datetime

from assistant import Answer
from assistant.workspace.stored_watches import asked_in, stand_of, stored_watch
from assistant.workspace.watches import Watch

NOW = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


def test_a_watch_comes_back_whole_with_or_without_an_answer() -> None:
    fresh = Watch("7", "ada", "question", "Who “won”?", every=60, webhook="https://host/hook")
    asked = dataclasses.replace(
        fresh, last=NOW, due=NOW, failures=2, reason="gone", etag='"1"', modified="then", state="3",
        answer=Answer("Q?", "Q?", "answered", True, short="six", text="Six."),
    )  # fmt: skip
    for watch in (fresh, asked):
        row = (7, watch.owner, watch.kind, watch.value, stand_of(watch))
        assert stored_watch(row) == watch
        assert asked_in(stand_of(watch)) == watch.state
