"""What is computed from a store is remembered while nothing changes, but for what is very long."""

import contextlib
from collections.abc import Iterator

from assistant.index.remembered import LONGEST_LIST, Remembered


def test_a_value_is_computed_once_in_each_state() -> None:
    state, computed = ["one"], []

    @contextlib.contextmanager
    def reading() -> Iterator[list[str]]:
        yield state

    def compute(connection: list[str]) -> list[str]:
        computed.append(connection[0])
        return list(connection) * (LONGEST_LIST + 1 if connection == ["long"] else 1)

    kept = Remembered(reading, lambda connection: connection[0], lambda: state[0])
    for now in ("one", "two", "long"):
        state[0] = now
        assert kept.value("key", compute) == kept.value("key", compute)
    assert computed == ["one", "two", "long", "long"]
