"""A chat model that speaks from a script: a real LangChain model without weights or a server."""

import threading
import time
from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr


class ScriptedChat(BaseChatModel):
    """Streams ``pieces``; ``fails_before`` names the calls (from 0) that fail at once, ``fails_after`` a piece.

    It pauses before each piece, or only before the one that ``pause_before`` names.
    """

    pieces: tuple[str, ...] = ()
    tool_call: str | None = None
    fails_before: frozenset[int] = frozenset()
    fails_after: int | None = None
    pause_seconds: float = 0.0
    pause_before: int | None = None
    endless: bool = False
    _calls: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _ended: threading.Event = PrivateAttr(default_factory=threading.Event)

    @property
    def calls(self) -> list[list[BaseMessage]]:
        return self._calls

    @property
    def ended(self) -> threading.Event:
        """Set when a stream has come to its end or was given up."""
        return self._ended

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("".join(self.pieces)))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._calls.append(messages)
        if len(self._calls) - 1 in self.fails_before:
            raise ConnectionError("secret-key refused")
        try:
            if self.tool_call:
                call = {
                    "name": self.tool_call,
                    "args": "{}",
                    "id": "1",
                    "index": 0,
                    "type": "tool_call_chunk",
                }
                yield ChatGenerationChunk(message=AIMessageChunk("", tool_call_chunks=[call]))
            while True:
                for number, piece in enumerate(self.pieces):
                    if number == self.fails_after:
                        raise ConnectionError("secret-key refused")
                    if self.pause_before in {None, number}:
                        time.sleep(self.pause_seconds)
                    yield ChatGenerationChunk(message=AIMessageChunk(piece))
                if not self.endless:
                    return
        finally:
            self._ended.set()


class TurningChat(ScriptedChat):
    """Writes the next of ``scripts`` at each call, and the last again when there are no more."""

    scripts: tuple[str, ...] = ()

    def _stream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        self.pieces = (self.scripts[min(len(self.calls), len(self.scripts) - 1)],)
        yield from super()._stream(messages, *args, **kwargs)
