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
QUEUE = "/queue/"
# longer than a page waits for further example questions, which come on the queue too
SETTLE_SECONDS = EXAMPLES_SECONDS + 15
# one reply may start another; the page asks for it within this time
QUIET_SECONDS = 0.3


@dataclass
class Chat:
    """The chat in a page, with every request that left this machine and every complaint of the browser.

    ``queued`` are the requests to Gradio's queue that are on their way.
    """

    page: object
    address: str
    foreign: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    queued: list = field(default_factory=list)

    def __post_init__(self):
        page, own = self.page, (self.address, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or self.foreign.append(request.url))
        page.on(
            "console", lambda said: said.type in {"error", "warning"} and self.complaints.append(said.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: QUEUE in request.url and self.queued.append(request))
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda request: request in self.queued and self.queued.remove(request))

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

    def go(self, address):
        """Leave for another address when nothing is on its way any more: Gradio complains of a page left before."""
        self.settle(QUIET_SECONDS)
        self.page.goto(address)

    def reload(self):
        self.settle(QUIET_SECONDS)
        self.page.reload()

    def settle(self, quiet=0.0):
        """Wait until no reply is on its way, and none has been for ``quiet`` seconds."""
        began = last = time.monotonic()
        while self.queued or time.monotonic() < last + quiet:
            self.page.wait_for_timeout(20)
            if self.queued:
                last = time.monotonic()
                assert last < began + SETTLE_SECONDS, self.queued


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
