"""A real chat: articles in a real index, the real server on a free port, a real Chromium."""

import os
import shutil

import pytest
from web_articles import HOSTILE, PRESS, UNTITLED
from web_served import DESKTOP, Chat, make_index, serve_chat
from web_users import client_of

from assistant import Assistant

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    with Assistant.open(make_index(tmp_path_factory.mktemp("press"), PRESS)) as opened:
        yield opened


@pytest.fixture(scope="session")
def address(assistant):
    yield from serve_chat(assistant)


@pytest.fixture(scope="session")
def corpus_address(corpus_assistant):
    yield from serve_chat(corpus_assistant)


@pytest.fixture(scope="session")
def hostile_address(tmp_path_factory):
    with Assistant.open(make_index(tmp_path_factory.mktemp("hostile"), HOSTILE + UNTITLED)) as opened:
        yield from serve_chat(opened)


@pytest.fixture
def ada(closed):
    """A client of ada, signed in to the ``closed`` chat of the test's own file."""
    with client_of(closed, "ada") as client:
        yield client


@pytest.fixture
def grace(closed):
    with client_of(closed, "grace") as client:
        yield client


@pytest.fixture(scope="session")
def launch():
    """Give what launches a Chromium."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        absent = f"no browser on this machine (looked for {', '.join(BROWSERS)})"
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        pytest.skip(absent)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield lambda: playwright.chromium.launch(executable_path=path, args=list(SWITCHES))


@pytest.fixture(scope="session")
def browser(launch):
    launched = launch()
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def context_of(browser):
    """Give the browser context with some options, one for all tests, so that it loads the page's files once."""
    contexts = {}

    def find(**options):
        key = str(sorted(options.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**options)
            contexts[key].grant_permissions(["clipboard-read", "clipboard-write"])
        return contexts[key]

    return find


@pytest.fixture
def open_chat(context_of):
    """Open pages on a chat's address; each must end without a foreign request or a complaint."""
    opened = []

    def open_page(address, **options):
        context = context_of(**{"viewport": DESKTOP, "reduced_motion": "reduce"} | options)
        chat = Chat(context.new_page(), address)
        chat.page.set_default_timeout(15_000)
        opened.append(chat)
        return chat.open()

    yield open_page
    for chat in opened:
        chat.page.close()
        assert chat.foreign == []
        assert chat.complaints == []
