"""The socket and the HTTP server that the API, the MCP server and the web chat stand on."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.errors import SettingsError
from assistant.settings import Settings

API_CONNECTIONS = 600


class Server(uvicorn.Server):
    """An HTTP server on a socket that is already bound; ``address`` is where it is reached.

    ``run`` serves until interrupted or until ``should_exit`` is set, and says on standard output where,
    once it is up.
    """

    def __init__(self, config: uvicorn.Config, listener: socket.socket, path: str) -> None:
        super().__init__(config)
        self.listener = listener
        host, port = listener.getsockname()[:2]
        self.address = (f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}") + path

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until interrupted or ``should_exit`` is set."""
        super().run(sockets or [self.listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where."""
        await super().startup(sockets)
        sys.stdout.write(f"Serving on {self.address}\n")
        sys.stdout.flush()


def prepare_server(
    application: Callable[[], ASGIApp],
    settings: Settings,
    host: str,
    port: int,
    *,
    path: str,
    connections: int = API_CONNECTIONS,
) -> Server:
    """Bind an address and prepare to serve an application there, which is made in the server's event loop.

    On who is silent, or does not read, for ``Settings.client_seconds``, the server hangs up; more than
    ``connections`` at once are answered with 503.

    Raises:
        SettingsError: the address is taken or is not this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a port is a number from 0 to 65535"
        raise SettingsError(
            f"cannot serve on {host} port {port}: {reason}; choose another with --host or --port"
        ) from None
    config = uvicorn.Config(
        application,
        factory=True,
        http=_impatient(settings.client_seconds),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=connections,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
    )
    return Server(config, listener, path)


def _impatient(seconds: float) -> type[H11Protocol]:
    """Make the protocol that hangs up on a client who for so long neither asks nor reads anything."""

    class Impatient(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._look_again(None)

        def _look_again(self, before: tuple[Any, int] | None) -> None:
            unsent = self.transport.get_write_buffer_size()
            if self.transport.is_closing() and not unsent:
                return
            idle = self.cycle is None or self.cycle.response_complete
            now = (self.cycle, unsent) if idle or unsent else None
            if now is not None and now == before:
                self.transport.abort()
            else:
                self.loop.call_later(seconds, self._look_again, now)

    return Impatient
