"""The chat models that may write an answer: those that the settings name, and none, the built-in answerer."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.errors import QuestionError
from assistant.models.chat_model import load_chat_model, shown_name
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

BUILT_IN = "built-in answerer"
UNNAMED = "chat model"


class ChatModels:
    """The chat models of some settings by the names that are shown.

    ``first`` of its methods is the default one, already loaded; each other one is loaded when it is first chosen.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._loaded: dict[str, BaseChatModel | None] = {}

    def choices(self, first: BaseChatModel | None) -> tuple[str, ...]:
        """Name all that may write an answer, the default first, the built-in answerer last."""
        return (*self._names(first), BUILT_IN)

    def chosen(self, name: str | None, first: BaseChatModel | None) -> tuple[BaseChatModel | None, Settings]:
        """Return a chat model, None for the built-in answerer, and the settings in which it alone is named.

        Raises:
            QuestionError: there is none of that name.
            ModelError: it cannot be loaded.
        """
        names = self._names(first)
        wanted = name or next(iter(names), BUILT_IN)
        if wanted == BUILT_IN:
            return None, self._settings
        if wanted not in names:
            raise QuestionError(f"no model is named {wanted!r}; choose from {', '.join(self.choices(first))}")
        settings = self._settings.model_copy(update={"chat_model": names[wanted]})
        if wanted == next(iter(names)):
            return first, settings
        with self._lock:
            if wanted not in self._loaded:
                self._loaded[wanted] = load_chat_model(settings)
            return self._loaded[wanted], settings

    def _names(self, first: BaseChatModel | None) -> Mapping[str, str | None]:
        """Map the names that are shown to those in the settings; a model that these do not name has one as well.

        Where they are stands with the names of those alone that would else have the same.
        """
        if first is None:
            return {}
        whole = {shown_name(name): name for name in self._settings.chat_models}
        short = {name: name.partition(", ")[0] for name in whole}
        times = Counter(short.values())
        return {short[one] if times[short[one]] == 1 else one: name for one, name in whole.items()} or {
            UNNAMED: None
        }
