"""The commands that serve until they are interrupted."""

from __future__ import annotations

import argparse
import contextlib

from assistant.errors import WorkspaceError
from assistant.interfaces.cli.inputs import open_assistant


def run_chat(arguments: argparse.Namespace) -> int:
    """Serve the web chat until interrupted."""
    with open_assistant(arguments) as assistant:
        from assistant.interfaces.web import serve
        from assistant.workspace.watches import watches_of
        from assistant.workspace.watching import Watching

        try:
            watching: contextlib.AbstractContextManager[None] = Watching(
                assistant, watches_of(assistant.settings)
            )
        except WorkspaceError:
            watching = contextlib.nullcontext()  # the page says that nothing can be watched
        with watching:
            serve(assistant, host=arguments.host, port=arguments.port)
    return 0


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve the API until interrupted."""
    with open_assistant(arguments) as assistant:
        from assistant.interfaces.api.chat_api import api_server

        api_server(assistant, host=arguments.host, port=arguments.port).run()
    return 0


def run_mcp(arguments: argparse.Namespace) -> int:
    """Serve MCP until interrupted or, on standard input, until that ends."""
    with open_assistant(arguments) as assistant:
        from assistant.interfaces.api.mcp_server import mcp_server, mcp_stdio

        if arguments.http:
            mcp_server(assistant, host=arguments.host, port=arguments.port).run()
        else:
            mcp_stdio(assistant)
    return 0
