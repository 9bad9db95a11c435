"""A server of the assistant behind its gate: the same for every protocol."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp

from assistant.assistant import Assistant
from assistant.interfaces.api.access import demanded_token
from assistant.interfaces.api.answering import Answering
from assistant.interfaces.api.gate import Gate
from assistant.interfaces.api.listening import Server, prepare_server
from assistant.interfaces.api.refusals import Refusal


def gated_server(
    assistant: Assistant,
    application: Callable[[Answering], ASGIApp],
    respond: Callable[[Refusal], ASGIApp],
    host: str,
    port: int,
    path: str,
) -> Server:
    """Prepare to serve an application behind a ``Gate``; ``respond`` as there. ``run`` serves.

    Raises:
        SettingsError: the address cannot be served on, or may not without a token.
    """
    settings = assistant.settings
    token = demanded_token(settings, host)

    def gated() -> Gate:
        return Gate(application(Answering(assistant)), settings, host, token, respond)

    return prepare_server(gated, settings, host, port, path=path)
