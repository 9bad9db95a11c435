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
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable

PROMPT_TOKENS = 1000
PIECE_SECONDS = 1.0
RETRY_SECONDS = 0.5
LONGEST_TOKEN = 8
SMALL_BILLIONS = 10.0

_PARAMETERS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)([bBmM])(?![a-zA-Z])")


def load_chat_model(settings: Settings) -> BaseChatModel | None:
    """Load the first model that ``Settings.chat_model`` names, or none; nothing is sent yet.

    A name is LangChain's (``ollama:…``, ``openai:…``, ``anthropic:…``, and others whose package is installed);
    an http(s) address is an OpenAI-compatible server, with the model's name after ``#``. Keys come from the
    provider's own variables, and none is sent to an address.

    Raises:
        ModelError: the name is unknown, or its package or key is missing.
    """
    if not settings.chat_models:
        return None
    name = settings.chat_models[0]
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


def shown_name(name: str) -> str:
    """Return the name of a chat model as users see it: of an address its model and host, nothing else."""
    if not name.startswith(("http://", "https://")):
        provider, _, model = name.partition(":")
        return f"{model}, of {provider}" if model else name
    try:
        parts = urlsplit(name)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "chat model"
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.fragment or 'chat model'}, at {f'{shown}:{port}' if port else shown}"


def stream_text(
    model: Runnable[LanguageModelInput, AIMessage],
    messages: Sequence[BaseMessage],
    settings: Settings,
    seconds: float | None = None,
) -> Iterator[str]:
    """Yield what a chat model writes, as it comes; at least once a second, if only an empty string.

    Reasoning and tool calls are left out. What is written past ``chat_answer_tokens`` is not read. A call
    that fails before its first word is tried once more. The thread that reads is left behind, not waited
    for, when this generator is closed.

    Raises:
        ModelError: the model fails, or is not done within ``seconds`` (``chat_seconds`` unless given).
    """
    room = settings.chat_answer_tokens * LONGEST_TOKEN
    for chunk in stream_chunks(model, messages, settings, seconds):
        text = str(chunk.text)[:room] if chunk else ""
        room -= len(text)
        if text or chunk is None:
            yield text
        if room <= 0:
            return


def stream_chunks(
    model: Runnable[LanguageModelInput, AIMessage],
    messages: Sequence[BaseMessage],
    settings: Settings,
    seconds: float | None = None,
) -> Iterator[AIMessage | None]:
    """Yield the pieces of a chat model's message as they come, and None each second in which none came.

    Raises:
        ModelError: as ``stream_text``.
    """
    name = settings.chat_model or "the chat model"
    given = settings.chat_seconds if seconds is None else seconds
    arrived: queue.SimpleQueue[AIMessage | Exception | None] = queue.SimpleQueue()
    stopped = threading.Event()
    reading = threading.Thread(target=_pump, args=(model, list(messages), arrived, stopped), daemon=True)
    deadline = time.monotonic() + given
    reading.start()
    try:
        while True:
            left = deadline - time.monotonic()
            try:
                item = arrived.get(timeout=max(0.0, min(left, PIECE_SECONDS)))
            except queue.Empty:
                if left <= 0:
                    raise ModelError(
                        f"{name} did not finish within {given:g} seconds; name a faster one or "
                        "raise ASSISTANT_CHAT_SECONDS"
                    ) from None
                yield None
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise ModelError(
                    f"{name} failed ({_reason(item)}); see that it runs, is within reach and knows the model"
                ) from item
            yield item
    finally:
        stopped.set()


def is_small(settings: Settings) -> bool:
    """Return True for a model small by its name: below ten billion parameters, or unsized at Ollama."""
    name = settings.chat_model or ""
    found = _PARAMETERS.search(name.rsplit("/", 1)[-1])
    if found is None:
        return name.startswith("ollama:")
    return float(found.group(1)) * (1 if found.group(2) in "bB" else 0.001) < SMALL_BILLIONS


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
    model: Runnable[LanguageModelInput, AIMessage],
    messages: list[BaseMessage],
    arrived: queue.SimpleQueue[AIMessage | Exception | None],
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
                    begun = begun or bool(str(chunk.text))
                    arrived.put(chunk)
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
