"""Pages that are ingested again are asked for only if they changed, in every store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, body, counted, settings_of
from stores import STORES, new_place
from web_server import web_server

from assistant.index import Store, open_store


@dataclass
class Site:
    """Pages whose ETag is their length, and which were sent."""

    url: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def put(self, path: str, subject: str) -> str:
        text = "".join(f"<p>{part}</p>" for part in body(subject).split("\n\n"))
        self.pages[path] = f"<html><title>{subject}</title><article>{text}</article></html>".encode()
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = made.pages.get(self.path)
            etag = f'"{len(page or b"")}"'
            same = page is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if same else 200 if page is not None else 404)
            self.send_header(
                "Content-Type", "text/xml" if self.path == "/feed" else "text/html; charset=utf-8"
            )
            if page is not None:
                self.send_header("ETag", etag)
            self.end_headers()
            if page is not None and not same:
                made.sent.append(self.path)
                self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    with web_server(Handler) as made.url:
        yield made


@pytest.fixture(params=STORES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    settings = settings_of(new_place(request.param, tmp_path), 0)
    with open_store(settings.model_copy(update={"allow_private_addresses": True}), create=True) as index:
        yield index


def ingested(index: Store, url: str, *, prune: bool = False) -> tuple[int, int, int, int, int]:
    return counted(index.ingest([url], EMBEDDER, prune=prune))


def test_a_page_is_read_again_only_when_it_changed(index: Store, site: Site) -> None:
    url = site.put("/a", "camels")
    assert ingested(index, url) == (1, 0, 0, 0, 0)
    assert ingested(index, url, prune=True) == (0, 0, 1, 0, 0)
    assert site.sent == ["/a"]
    site.put("/a", "lighthouses")
    assert ingested(index, url) == (0, 1, 0, 0, 0)
    assert ingested(index, url) == (0, 0, 1, 0, 0)
    assert site.sent == ["/a", "/a"]


def test_the_pages_of_a_feed_are_read_again_only_when_they_or_the_feed_s_words_on_them_changed(
    index: Store, site: Site
) -> None:
    one, two = site.put("/1", "camels"), site.put("/2", "bees")

    def feed(day: int) -> str:
        entries = "".join(
            f"<item><link>{link}</link><pubDate>Tue, {day:02} Jul 2025 10:00:00 GMT</pubDate></item>"
            for link in (f"{site.url}/gone", one, two)
        )
        site.pages["/feed"] = f'<rss version="2.0"><channel>{entries}</channel></rss>'.encode()
        return site.url + "/feed"

    url = feed(1)
    assert ingested(index, url) == (2, 0, 0, 0, 1)
    assert ingested(index, url) == (0, 0, 2, 0, 1)
    assert site.sent == ["/feed", "/1", "/2", "/feed"]
    site.put("/2", "beekeepers")
    assert ingested(index, url) == (0, 1, 1, 0, 1)
    assert site.sent[4:] == ["/feed", "/2"]
    assert ingested(index, feed(8)) == (0, 2, 0, 0, 1)
    assert site.sent[6:] == ["/feed", "/1", "/2"]


def test_a_page_whose_article_was_forgotten_is_read_anew(index: Store, site: Site) -> None:
    url = site.put("/a", "camels")
    ingested(index, url)
    index.remove([url])
    assert ingested(index, url) == (0, 0, 1, 0, 0)
    assert not index.counts().articles
