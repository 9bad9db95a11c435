"""Values computed from the ledger, remembered while nothing in it changes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import TypeVar

from assistant.index.sqlite.ledger import Ledger, get_meta

T = TypeVar("T")

REMEMBERED_SELECTIONS = 32


class Remembered:
    """What was computed from a ledger as it now is; it may be asked from several threads at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._state = ""
        self._values: dict[object, object] = {}

    def value(self, key: object, compute: Callable[[sqlite3.Connection], T]) -> T:
        """Compute something from the ledger, or recall it while nothing has changed."""
        with self._ledger.reading() as connection:
            state = get_meta(connection, "changes") or ""
            with self._lock:
                if state != self._state or len(self._values) > REMEMBERED_SELECTIONS:
                    self._state, self._values = state, {}
                if key in self._values:
                    return self._values[key]  # type: ignore[return-value]
            value = compute(connection)
        with self._lock:
            if state == self._state:
                self._values[key] = value
        return value
