"""The commands that serve until they are interrupted."""

from __future__ import annotations

import argparse
import contextlib

from assistant.interfaces.cli.inputs import open_assistant


def run_chat(arguments: argparse.Namespace) -> int:
    """Serve the web chat until interrupted."""
    with open_assistant(arguments) as assistant:
        from assistant.interfaces.web import serve
        from assistant.workspace.conversations import workspace_folder
        from assistant.workspace.watches import watches_of
        from assistant.workspace.watching import Watching

        settings = assistant.settings
        watched = workspace_folder(settings) is not None
        with Watching(assistant, watches_of(settings)) if watched else contextlib.nullcontext():
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
