"""Loads the chat model that writes answers, by name or address, and streams what it writes."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ModelError
from assistant.redaction import without_password
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

PROMPT_TOKENS = 1000
IDLE_SECONDS = 1.0
RETRY_SECONDS = 0.5
LONGEST_TOKEN = 8


def load_chat_model(settings: Settings) -> BaseChatModel | None:
    """Load the model that ``Settings.chat_model`` names, or none; nothing is sent yet.

    A name is LangChain's (``ollama:…``, ``openai:…``, ``anthropic:…``, and others whose package is installed);
    an http(s) address is an OpenAI-compatible server, with the model's name after ``#``. Keys come from the
    provider's own variables, and none is sent to an address.

    Raises:
        ModelError: the name is unknown, or its package or key is missing.
    """
    name = settings.chat_model
    if name is None:
        return None
    try:
        model = (
            _served(name, settings) if name.startswith(("http://", "https://")) else _named(name, settings)
        )
    except ImportError as error:
        found = re.search(r"langchain-[\w-]+", str(error).replace("_", "-"))
        package = found.group() if found else "langchain-openai"
        raise ModelError(f"chat model {name} needs a package; run `pip install {package}`") from error
    except ModelError:
        raise
    except Exception as error:
        variable = re.search(r"\b[A-Z]+(?:_[A-Z]+)*_API_KEY\b", str(error))
        if variable:
            raise ModelError(f"chat model {name} needs a key; set {variable.group()}") from None
        raise ModelError(
            f"chat model {name} cannot be loaded ({type(error).__name__}); name it as ollama:MODEL, openai:MODEL "
            "or anthropic:MODEL, or give the address of an OpenAI-compatible server"
        ) from None
    for field, value in model.__dict__.items():
        if field.endswith("api_key") and hasattr(value, "get_secret_value") and not value.get_secret_value():
            raise ModelError(f"chat model {name} needs a key; set {field.upper()}")
    return model


def stream_text(model: BaseChatModel, messages: Sequence[BaseMessage], settings: Settings) -> Iterator[str]:
    """Yield what a chat model writes, as it comes; at least once a second, if only an empty string.

    Reasoning and tool calls are left out. What is written past ``chat_answer_tokens`` is not read. A call
    that fails before its first word is tried once more. The thread that reads is left behind, not waited
    for, when this generator is closed.

    Raises:
        ModelError: the model fails, or is not done within ``chat_seconds``.
    """
    name = settings.chat_model or "the chat model"
    arrived: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    stopped = threading.Event()
    reading = threading.Thread(target=_pump, args=(model, list(messages), arrived, stopped), daemon=True)
    deadline = time.monotonic() + settings.chat_seconds
    room = settings.chat_answer_tokens * LONGEST_TOKEN
    reading.start()
    try:
        while room > 0:
            left = deadline - time.monotonic()
            try:
                items = [arrived.get(timeout=max(0.0, min(left, IDLE_SECONDS)))]
            except queue.Empty:
                if left <= 0:
                    raise ModelError(
                        f"{name} did not finish within {settings.chat_seconds:g} seconds; name a faster one or "
                        "raise ASSISTANT_CHAT_SECONDS"
                    ) from None
                yield ""
                continue
            while not arrived.empty():
                items.append(arrived.get())
            text = "".join(item for item in items if isinstance(item, str))[:room]
            if text:
                room -= len(text)
                yield text
            if items[-1] is None:
                return
            if isinstance(items[-1], Exception):
                raise ModelError(
                    f"{name} failed ({_reason(items[-1])}); see that it runs, is within reach and knows the model"
                ) from items[-1]
    finally:
        stopped.set()


def _named(name: str, settings: Settings) -> BaseChatModel:
    """Load a model by LangChain's name; a local one is asked for its likeliest words, so that answers repeat."""
    from langchain.chat_models import init_chat_model

    limits: dict[str, Any] = {
        "timeout": settings.chat_seconds,
        "max_retries": 0,
        "max_tokens": settings.chat_answer_tokens,
    }
    if name.startswith("ollama:"):
        limits = {
            "client_kwargs": {"timeout": settings.chat_seconds},
            "num_predict": settings.chat_answer_tokens,
            "num_ctx": settings.chat_tokens + settings.chat_answer_tokens + PROMPT_TOKENS,
            "temperature": 0,
        }
    model: BaseChatModel = init_chat_model(name, **limits)
    return model


def _served(address: str, settings: Settings) -> BaseChatModel:
    """Reach an OpenAI-compatible server; the user's key to another service is not sent there."""
    parts = urlsplit(without_password(address))
    if not parts.hostname or without_password(address) != address:
        raise ModelError(
            "the address of a chat model must be http(s)://HOST[:PORT][/PATH][#MODEL], without a user or password"
        )
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        base_url=parts._replace(fragment="").geturl(),
        model=parts.fragment or "default",
        api_key=SecretStr("none"),
        timeout=settings.chat_seconds,
        max_retries=0,
        max_completion_tokens=settings.chat_answer_tokens,
        temperature=0,
    )


def _pump(
    model: BaseChatModel,
    messages: list[BaseMessage],
    arrived: queue.SimpleQueue[str | Exception | None],
    stopped: threading.Event,
) -> None:
    """Put what a model writes into a queue, then None, or the error that ended it; nothing is traced."""
    from langsmith.run_helpers import tracing_context

    begun = False
    for last in (False, True):
        try:
            with tracing_context(enabled=False):
                for chunk in model.stream(messages):
                    if stopped.is_set():
                        return
                    if text := str(chunk.text):
                        begun = True
                        arrived.put(text)
            arrived.put(None)
            return
        except Exception as error:
            if last or begun or _refused(error) or stopped.wait(RETRY_SECONDS):
                arrived.put(error)
                return


def _refused(error: Exception) -> bool:
    """Tell whether a server has answered that asking again is of no use."""
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and 400 <= status < 500 and status not in {408, 429}


def _reason(error: BaseException) -> str:
    """Name an error without its message, which may repeat a key or an article."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__}, status {status}" if isinstance(status, int) else type(error).__name__
