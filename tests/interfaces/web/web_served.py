"""An index of articles, the chat served from it, and the chat in a page."""

import threading
import time
from dataclasses import dataclass, field

from assistant import Settings
from assistant.index import Index
from assistant.interfaces.web.examples import EXAMPLES_SECONDS
from assistant.interfaces.web.server import chat_server
from assistant.models.load import load_embedder

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
CLIENT_SECONDS = 3.0
STREAM = "/queue/data"
# longer than a page waits for further example questions, which come on such a stream too
STREAM_SECONDS = EXAMPLES_SECONDS + 15


@dataclass
class Chat:
    """The chat in a page, with every request that left this machine and every complaint of the browser.

    ``streams`` are the replies that are on their way.
    """

    page: object
    address: str
    foreign: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    streams: list = field(default_factory=list)

    def open(self):
        self.page.goto(self.address)
        self.page.locator("#period .summary").wait_for()
        return self

    def ask(self, question, *, by="Enter", end="done"):
        """Ask, wait for the end of the reply ("done" or "failed") and return its turn."""
        number = self.page.locator("#thread .turn.done").count() + 1
        self.page.locator("#question textarea").fill(question)
        if by == "Enter":
            self.page.locator("#question textarea").press("Enter")
        else:
            self.page.locator(by).click()
        turn = self.page.locator(f"#thread .turn.{end}:nth-child({number})")
        turn.wait_for()
        self.settle()
        return turn

    def settle(self):
        """Wait until no reply is on its way any more: Gradio complains of a page left in the middle of one."""
        end = time.monotonic() + STREAM_SECONDS
        while self.streams:
            assert time.monotonic() < end, self.streams
            self.page.wait_for_timeout(20)


def make_index(folder, articles):
    settings = Settings(index=folder, client_seconds=CLIENT_SECONDS)
    with Index.open(settings, create=True) as index:
        index.add_articles(articles, load_embedder(settings))
    return settings


def serve_chat(assistant):
    """Serve an assistant on a free port; yields the address once it is up.

    Two pages are not to be made at once in one process: FastAPI and Gradio keep what they make in one place.
    """
    server = chat_server(assistant, port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.01)
    yield server.address
    server.should_exit = True
    thread.join(timeout=20)
    assert not thread.is_alive()
