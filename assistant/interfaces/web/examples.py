"""Example questions of the page: kept in the store, found anew in the background when articles have changed."""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import threading
from collections.abc import Iterator
from functools import partial

from assistant import Assistant, AssistantError
from assistant.interfaces.web.questions_layout import EXAMPLES

KEPT_EXAMPLES = "examples"
# of how they are found; a new version finds all anew
EXAMPLES_VERSION = "2"
EXAMPLES_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Examples:
    """Questions that the articles answer: finding them is asking them, which takes seconds.

    What is known is given at once. While the articles are as they were, nothing is asked again; where they have
    changed, the questions of before are given until all of the new ones are found.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._changed = threading.Condition()
        self._state = ""
        self._known: list[str] = []
        self._found: list[str] = []
        self._searching = False

    def prepare(self) -> None:
        """Begin to find them in the background, unless they are known or being found.

        Raises:
            StoreError: the index cannot be read.
        """
        state = hashlib.sha256(f"{EXAMPLES_VERSION} {self._assistant.index.state()}".encode()).hexdigest()
        with self._changed:
            if self._searching or state == self._state:
                return
            if not self._state:
                self._state, self._known = self._kept()
            if state == self._state:
                return
            self._searching, self._found = True, []
        threading.Thread(target=self._search, args=(state,), name="examples", daemon=True).start()

    def growing(self) -> Iterator[list[str]]:
        """Yield those that are known, at once; where none is, all that are found, whenever there is one more.

        Raises:
            StoreError: as ``prepare``.
        """
        self.prepare()
        with self._changed:
            known, searching, shown = list(self._known), self._searching, 0
        yield known
        while searching and not known:
            with self._changed:
                come = self._changed.wait_for(partial(self._more_than, shown), EXAMPLES_SECONDS)
                searching, found = self._searching and come, list(self._found)
            if len(found) > shown:
                yield found
            shown = len(found)

    def _more_than(self, shown: int) -> bool:
        return len(self._found) > shown or not self._searching

    def _search(self, state: str) -> None:
        found: list[str] = []
        try:
            for question in itertools.islice(self._assistant.suggest(), EXAMPLES):
                with self._changed:
                    found.append(question)
                    self._found = list(found)
                    self._changed.notify_all()
            self._assistant.index.derived(KEPT_EXAMPLES).keep_whole(state, json.dumps(found))
        except AssistantError as error:
            _log.info("example questions: %s", error)
        except Exception:
            _log.exception("example questions could not be found")
        with self._changed:
            self._state, self._known, self._searching = state, found, False
            self._changed.notify_all()

    def _kept(self) -> tuple[str, list[str]]:
        try:
            state, text = self._assistant.index.derived(KEPT_EXAMPLES).whole() or ("", "[]")
            return state, [str(one) for one in json.loads(text)]
        except (AssistantError, ValueError):
            return "", []
