"""One small index for all tests of the servers, and one server of each kind over it."""

import pytest
from served import Endless, make_index, serving

from assistant import Assistant
from assistant.interfaces.api.chat_api import api_server
from assistant.interfaces.api.mcp_server import mcp_server


@pytest.fixture(scope="session")
def press(tmp_path_factory):
    """Settings of the index."""
    return make_index(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def reporter(press):
    """An assistant over the index."""
    with Assistant.open(press) as opened:
        yield opened


@pytest.fixture(scope="session")
def api(reporter):
    """The address of the API."""
    with serving(api_server(reporter, port=0)) as address:
        yield address


@pytest.fixture(scope="session")
def mcp(reporter):
    """The address of the MCP server."""
    with serving(mcp_server(reporter, port=0)) as address:
        yield address


@pytest.fixture
def endless(press):
    """An assistant that never comes to an end."""
    with Endless.open(press) as opened:
        yield opened
