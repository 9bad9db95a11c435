"""Adding as a reader sees it: how far each file, address and feed is, what was passed over, and why."""

import contextlib
import io
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler

import pytest
from web_articles import PRESS
from web_served import DESKTOP, PHONE, make_index, serve_chat
from web_server import web_server

from assistant import Assistant
from assistant.workspace.watches import watches_of
from assistant.workspace.watching import Watching

pytestmark = pytest.mark.browser

WAIT = 60_000
# More passages than an ingest embeds at first, so that it tells of this article before it has read the next.
LONG = " ".join(
    f"The keeper of pier {number} painted it on a Monday and wrote that down." for number in range(400)
)
ITEM = (
    '<item><title>{title}</title><link>{link}</link><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/'
    'content/">{text}</content:encoded></item>'
)
SLOW = (
    "<!doctype html><html lang='en'><head><title>The quay of Holmby reopens</title></head><body><article>"
    "<h1>The quay of Holmby reopens</h1><p>The quay of Holmby reopened on Monday after a year of works, "
    "the harbour office said.</p><p>Two ferries a day will leave from it, and a third one in the summer.</p>"
    "</article></body></html>"
)
PIER = "---\ntitle: Pier closes\n---\nThe pier of Holmby closed on Friday because its planks are rotten."


@pytest.fixture
def wire():
    """A server with a feed whose second article comes when ``go`` is set, and whose third one is gone."""
    go = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            here = f"http://{self.headers['Host']}"
            if self.path == "/feed.xml":
                items = [("Piers", "/piers", f"<p>{LONG}</p>"), ("Quay", "/slow", ""), ("Gone", "/gone", "")]
                told = "".join(ITEM.format(title=t, link=here + p, text=text) for t, p, text in items)
                self.answer(f'<rss version="2.0"><channel><title>Wire</title>{told}</channel></rss>')
            elif self.path == "/slow":
                go.wait(WAIT / 1000)
                self.answer(SLOW)
            elif self.path == "/page":
                self.answer("<!doctype html><html><body><p>No feed at all.</p></body></html>")
            else:
                self.send_error(404)

        def answer(self, text):
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *arguments):
            """Keep silent."""

    with web_server(Handler) as address:
        yield address, go
        go.set()


@pytest.fixture
def corpus(open_chat, tmp_path):
    """Open the tab Corpus of a chat of its own, with some settings; gives the chat and the assistant."""
    with contextlib.ExitStack() as closing:

        def opened(viewport, **changes):
            settings = make_index(tmp_path / "index", PRESS).model_copy(update=changes)
            assistant = closing.enter_context(Assistant.open(settings))
            serving = serve_chat(assistant)
            address = next(serving)
            closing.callback(next, serving, None)
            chat = open_chat(address, viewport=viewport)
            closing.callback(chat.page.close)
            chat.page.set_default_timeout(WAIT)
            chat.page.get_by_role("tab", name="Corpus").click()
            chat.page.locator("#table table").wait_for()
            return chat, assistant

        yield opened


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_is_added_tells_how_far_it_is_and_what_was_passed_over(corpus, wire, viewport):
    address, go = wire
    chat, _ = corpus(viewport, allow_private_addresses=True)
    page = chat.page
    field = page.get_by_label("Addresses of articles or feeds")
    field.fill(f"{address}/feed.xml")
    field.press("Enter")
    feed = page.locator(".jobs > li", has_text="feed.xml")
    feed.filter(has_text="being read: 1 added so far").wait_for()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("pier.md", PIER)
        pack.writestr("numbers.xls", b"\xd0\xcf\x11\xe0")
    files = [("pack.zip", packed.getvalue()), ("picture.xyz", b"x")]
    page.locator("#chosen-files").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    page.locator(".jobs > li", has_text="pack.zip waiting").wait_for()
    page.locator(".said", has_text="picture.xyz: .xyz files are not read").wait_for()
    assert ["409" in one for one in chat.complaints] == [True]  # the browser's own line on what was refused
    chat.complaints.clear()
    assert page.get_by_role("button", name="Clear this list").is_hidden()
    go.set()
    feed.filter(has_text="2 added, 1 not read").wait_for()
    assert f"{address}/gone" in feed.locator("li").inner_text()
    pack = page.locator(".jobs > li", has_text="pack.zip").filter(has_text="1 added: Pier closes")
    assert ".xls files are not read" in pack.locator("li").inner_text()
    with page.expect_popup() as article:
        pack.get_by_role("link", name="Pier closes").click()
    article.value.get_by_text("its planks are rotten").wait_for()
    article.value.close()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_an_address_that_is_not_public_or_no_article_says_so(corpus):
    page = corpus(PHONE)[0].page
    field = page.get_by_label("Addresses of articles or feeds")
    field.fill("http://127.0.0.1:9/news these words ftp://host.example/x")
    field.press("Enter")
    page.locator(".jobs > li.bad", has_text="not a public address").wait_for()
    assert "these, words, ftp://host.example/x" in page.locator("#adding .said").inner_text()


def test_a_page_that_is_watched_as_a_feed_is_named(corpus, wire):
    address, _ = wire
    chat, assistant = corpus(DESKTOP, allow_private_addresses=True)
    page = chat.page
    watches = watches_of(assistant.settings)
    page.get_by_role("tab", name="Watching").click()
    field = page.get_by_label("Question to watch")
    field.fill(f"{address}/page")
    field.press("Enter")
    page.locator(".watched li", has_text="not read yet").wait_for()
    with Watching(assistant, watches, settled_seconds=0.05):
        deadline = time.monotonic() + 30
        while watches.list()[0].last is None and time.monotonic() < deadline:
            page.wait_for_timeout(50)
    chat.reload()
    page.locator(".watched .bad", has_text="no feed").wait_for()
