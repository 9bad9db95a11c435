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
        state_now: names the present state, with less effort than by a connection that is lent.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[C]],
        state_of: Callable[[C], str],
        state_now: Callable[[], str],
    ) -> None:
        self._reading = reading
        self._state_of = state_of
        self._state_now = state_now
        self._lock = threading.Lock()
        self._state = ""
        self._values: dict[object, object] = {}

    def value(self, key: object, compute: Callable[[C], T]) -> T:
        """Compute something from the store, or recall it while nothing has changed."""
        state = self._state_now()
        with self._lock:
            if state == self._state and key in self._values:
                return self._values[key]  # type: ignore[return-value]
        with self._reading() as connection:
            state = self._state_of(connection)
            with self._lock:
                if state != self._state or len(self._values) > REMEMBERED_SELECTIONS:
                    self._state, self._values = state, {}
            value = compute(connection)
        long = isinstance(value, list) and len(value) > LONGEST_LIST
        with self._lock:
            if state == self._state and not long:
                self._values[key] = value
        return value
