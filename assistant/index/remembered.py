"""Values computed from a store, remembered while nothing in it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

C = TypeVar("C")
T = TypeVar("T")

REMEMBERED_SELECTIONS = 32
# A longer list is computed each time, so that it does not fill the memory.
LONGEST_LIST = 50_000


class Remembered(Generic[C]):
    """What was computed from a store as it now is; it may be asked from several threads at once.

    Args:
        reading: lends a connection that sees one state of the store.
        state_of: names that state.
    """

    def __init__(
        self, reading: Callable[[], AbstractContextManager[C]], state_of: Callable[[C], str]
    ) -> None:
        self._reading = reading
        self._state_of = state_of
        self._lock = threading.Lock()
        self._state = ""
        self._values: dict[object, object] = {}

    def value(self, key: object, compute: Callable[[C], T]) -> T:
        """Compute something from the store, or recall it while nothing has changed."""
        with self._reading() as connection:
            return self.value_in(connection, key, compute)

    def value_in(self, connection: C, key: object, compute: Callable[[C], T]) -> T:
        """Compute something from the store, as a connection sees it, or recall it."""
        state = self._state_of(connection)
        with self._lock:
            if state != self._state or len(self._values) > REMEMBERED_SELECTIONS:
                self._state, self._values = state, {}
            if key in self._values:
                return self._values[key]  # type: ignore[return-value]
        value = compute(connection)
        long = isinstance(value, list) and len(value) > LONGEST_LIST
        with self._lock:
            if state == self._state and not long:
                self._values[key] = value
        return value
