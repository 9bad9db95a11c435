"""Addresses and feeds, against a real server on the loopback address."""

import contextlib
import datetime
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest
from web_server import web_server

from assistant.ingest import ArticleReader
from assistant.ingest.fetch import Fetcher
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.url_safety import is_public, vetted_address
from assistant.ingest.validators import AddressRead, Validators
from assistant.settings import Settings
from assistant.types import Article, Failure, SourceFile

SENTENCES = (
    "The council of the river district voted on Monday to rebuild the old bridge before winter.",
    "Engineers said the work would take four months and would close one lane at a time.",
)
TEXT = "\n\n".join(SENTENCES)
PAGE = f"""<html><head><title>Bridge to be rebuilt</title>
    <link rel="canonical" href="https://example.org/x">
    <meta property="article:published_time" content="2024-03-05"></head>
    <body><article><h1>Bridge to be rebuilt</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></article></body>
    </html>"""
MOST_BYTES = 100_000

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What a server answers to each path, and what it was asked."""

    pages: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def put(
        self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **headers: str
    ) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": kind, **named}, data)
        return self.url + path

    def redirect(self, path: str, target: str) -> str:
        return self.put(path, "", status=302, Location=target)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            reply = made.pages.get(self.path, (404, {}, b""))
            if callable(reply):
                reply(self)
                return
            status, headers, body = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with web_server(Handler) as made.url:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(most_bytes=MOST_BYTES, allow_private_addresses=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader(Settings(allow_private_addresses=True, download_bytes=MOST_BYTES)) as opened:
        yield opened


def read(reader: ArticleReader, url: str) -> list[Article | Failure]:
    return list(reader.read(SourceFile(url, url)))


def test_a_page_is_an_article_known_by_its_address(site: Site, reader: ArticleReader) -> None:
    url = site.put("/bridge", PAGE)
    (found,) = read(reader, url)
    assert isinstance(found, Article)
    assert (found.id, found.path, found.url, found.publisher) == (url, url, url, "127.0.0.1")
    assert (found.title, found.published) == ("Bridge to be rebuilt", datetime.date(2024, 3, 5))
    assert found.text == TEXT


def test_the_server_learns_who_asks_and_nothing_else(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.put("/bridge", PAGE, Set_Cookie="id=1"))
    fetcher.fetch(site.url + "/bridge")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/bridge", "/bridge"]
    for _, headers in site.asked:
        assert headers["user-agent"].startswith("news-assistant")
        assert headers["host"] == site.url.removeprefix("http://")
        assert "cookie" not in headers


@pytest.mark.parametrize(
    ("path", "kind", "body", "form"),
    [
        ("/a", "text/html; charset=utf-8", PAGE.encode(), "html"),
        ("/a", "application/octet-stream", b"\xef\xbb\xbf <!DOCTYPE HTML><p>x", "html"),
        ("/a.html", "text/plain", PAGE.encode(), "html"),
        ("/a", "text/plain", TEXT.encode(), "txt"),
        ("/a.md", "text/plain", TEXT.encode(), "md"),
        ("/a?x=1.pdf", "application/pdf", b"%PDF-1.4", "pdf"),
        ("/a", "binary/octet-stream", b"%PDF-1.4", "pdf"),
        ("/a.jsonl", "application/octet-stream", b"{}", "jsonl"),
        ("/a", "application/json", b"{}", "json"),
        ("/feed", "text/xml", b"<?xml version='1.0'?><rss></rss>", "feed"),
        ("/feed", "application/atom+xml", b"<feed/>", "feed"),
    ],
)
def test_the_kind_of_file_is_what_is_declared_else_what_it_looks_like(
    site: Site, fetcher: Fetcher, path: str, kind: str, body: bytes, form: str
) -> None:
    fetched = fetcher.fetch(site.put(path, body, kind))
    assert fetched.format == form
    assert fetched.path.read_bytes() == body


def test_compressed_files_and_compressed_answers_are_unpacked(site: Site, reader: ArticleReader) -> None:
    packed = gzip.compress(TEXT.encode())
    for url in (
        site.put("/a.txt.gz", packed, "application/gzip"),
        site.put("/a.txt", packed, "text/plain", Content_Encoding="gzip"),
    ):
        (found,) = read(reader, url)
        assert isinstance(found, Article)
        assert found.text == TEXT


def test_what_was_fetched_is_removed(site: Site) -> None:
    with Fetcher(most_bytes=MOST_BYTES, allow_private_addresses=True) as fetcher:
        path = fetcher.fetch(site.put("/a", PAGE)).path
        assert path.exists()
    assert not path.exists()


@pytest.mark.parametrize(
    "reply",
    [
        (404, {}, b""),
        (500, {}, b""),
        (200, {"Content-Type": "image/png"}, b"\x89PNG"),
        (200, {"Content-Type": "text/html"}, b"x" * (MOST_BYTES + 1)),
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(10_000_000))),
        (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"rubbish"),
        (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"rubbish"),
        (302, {"Location": "http://[broken"}, b""),
        (302, {"Location": "file:///etc/hostname"}, b""),
        (302, {"Location": "ftp://example.org/"}, b""),
        (302, {"Location": "http://user:secret@127.0.0.1/"}, b""),
        (302, {"Location": "/bad"}, b""),
    ],
)
def test_a_bad_answer_is_a_failure_in_one_line(site: Site, reader: ArticleReader, reply: Reply) -> None:
    site.pages["/bad"] = reply
    (found,) = read(reader, site.url + "/bad")
    assert isinstance(found, Failure)
    assert found.path == site.url + "/bad"
    assert "\n" not in found.reason


def test_a_connection_that_breaks_is_a_failure(site: Site, reader: ArticleReader) -> None:
    site.pages["/cut"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx"
    )
    site.pages["/rubbish"] = lambda handler: handler.wfile.write(b"rubbish")
    for path in ("/cut", "/rubbish"):
        (found,) = read(reader, site.url + path)
        assert isinstance(found, Failure)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        (found,) = read(reader, f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert isinstance(found, Failure)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"]
)
def test_a_server_that_drips_is_left(site: Site, start: bytes) -> None:
    stopped = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        with contextlib.suppress(OSError):
            while not stopped.wait(0.05):
                handler.wfile.write(b"x")

    site.pages["/drip"] = drip
    began = time.monotonic()
    with (
        Fetcher(most_bytes=MOST_BYTES, allow_private_addresses=True, most_seconds=0.5) as fetcher,
        pytest.raises(UnreadableError, match="longer than"),
    ):
        fetcher.fetch(site.url + "/drip")
    stopped.set()
    assert time.monotonic() - began < 9


def test_at_most_five_redirects_are_followed(site: Site, reader: ArticleReader) -> None:
    site.put("/0", PAGE)
    for step in range(1, 7):
        site.redirect(f"/{step}", f"/{step - 1}")
    (fifth,) = read(reader, site.url + "/5")
    (sixth,) = read(reader, site.url + "/6")
    assert isinstance(fifth, Article)
    assert (fifth.id, fifth.url) == (site.url + "/5", site.url + "/0")
    assert isinstance(sixth, Failure)


def test_robots_txt_is_respected_also_behind_a_redirect(site: Site, fetcher: Fetcher) -> None:
    rules = "User-agent: *\nDisallow: /closed\n\nUser-agent: news-assistant\nDisallow: /ours"
    site.put("/robots.txt", rules, "text/plain")
    site.put("/ours/a", PAGE)
    site.put("/closed", PAGE)
    site.redirect("/open", "/ours/a")
    fetcher.fetch(site.url + "/closed")
    for path in ("/ours/a", "/open"):
        with pytest.raises(UnreadableError, match="robots"):
            fetcher.fetch(site.url + path)
    assert "/ours/a" not in [path for path, _ in site.asked]


def test_robots_txt_that_the_server_fails_to_give_forbids_all(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "", status=503)
    with pytest.raises(UnreadableError, match="robots"):
        fetcher.fetch(site.put("/a", PAGE))


REFUSED = """
    127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 10.255.0.1 172.16.0.1 172.31.255.255 192.168.0.1
    169.254.169.254 169.254.0.1 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1
    198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 168.63.129.16 ::1 ::
    fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:a00:1:: 2001:db8::1 100::1 fec0::1 rubbish
""".split()


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
        "169.254.169.254", "10.0.0.1", "192.168.1.1", "0", "[fd00:ec2::254]", "[fe80::1]", "127.0.0.1.",
    ],
)  # fmt: skip
def test_a_private_host_is_refused_however_it_is_written(host: str) -> None:
    with ArticleReader(Settings()) as reader:
        (found,) = read(reader, f"http://{host}:9/")
    assert isinstance(found, Failure)


def test_the_loopback_server_is_never_asked_without_leave(site: Site) -> None:
    url = site.put("/a", PAGE)
    with ArticleReader(Settings()) as reader:
        (found,) = read(reader, url)
    assert isinstance(found, Failure)
    assert "ASSISTANT_ALLOW_PRIVATE_ADDRESSES" in found.reason
    assert site.asked == []


INSIDE = [
    *(f"[{one.replace('%', '%25')}]" if ":" in one else one for one in REFUSED if one != "rubbish"),
    *("localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0", "127.0.0.1."),
]


@pytest.mark.parametrize("path", ["/go", "/robots.txt"])
def test_no_redirect_leads_to_an_address_that_is_not_public(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """One site on the loopback address is taken for public; wherever it redirects to is vetted as ever."""
    port = int(site.url.rsplit(":", 1)[1])
    tried: list[object] = []
    connect = socket.socket.connect

    def vetted(host: str, port: int | None, *, allow_private: bool) -> str:
        return (
            "127.0.0.1" if host == "river.test" else vetted_address(host, port, allow_private=allow_private)
        )

    def connected(one: socket.socket, address: object) -> None:
        tried.append(address)
        connect(one, address)  # type: ignore[arg-type]

    monkeypatch.setattr("assistant.ingest.fetch.vetted_address", vetted)
    monkeypatch.setattr(socket.socket, "connect", connected)
    site.put("/go", PAGE)
    site.put("/secret", PAGE)
    with Fetcher(most_bytes=MOST_BYTES, allow_private_addresses=False) as fetcher:
        fetcher.fetch(f"http://river.test:{port}/go")
    assert len(INSIDE) >= 40
    for number, host in enumerate(INSIDE):
        status = (301, 302, 303, 307, 308)[number % 5]
        site.put(path, "", status=status, Location=f"http://{host}:{port}/secret")
        with (
            Fetcher(most_bytes=MOST_BYTES, allow_private_addresses=False) as fetcher,
            pytest.raises(UnreadableError, match=r"not a public address|is not found|Invalid"),
        ):
            fetcher.fetch(f"http://river.test:{port}/go")
    assert {headers["host"] for _, headers in site.asked} == {f"river.test:{port}"}
    assert set(tried) == {("127.0.0.1", port)}
    assert len(tried) == len(site.asked) == 2 + len(INSIDE) * (2 if path == "/go" else 1)


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, 0)) for address in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(UnreadableError, match=r"10\.0\.0\.1"):
        vetted_address("example.org", None, allow_private=False)


def test_a_host_is_resolved_once_and_asked_by_its_name(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = site.url.rsplit(":", 1)[1]
    resolved: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **options: object) -> object:
        resolved.append(host)
        rebound = "127.0.0.1" if resolved.count(host) == 1 else "127.0.0.2"
        return real(rebound if host == "river.test" else host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.put("/a", PAGE)
    with pytest.raises(UnreadableError):
        fetcher.fetch(f"http://river.test:{port}/a")
    assert [headers["host"] for _, headers in site.asked] == [f"river.test:{port}"]
    assert [host for host in resolved if host == "river.test"] == ["river.test", "river.test"]


def entry(number: int, link: str, body: str = "") -> str:
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if body else ""
    return f"""<item><title>Bridge &amp; ferry {number}</title><link>{link}</link>
        <pubDate>Tue, 0{number} Jul 2025 10:00:00 GMT</pubDate><description>Short.</description>{content}</item>"""


def feed(*entries: str) -> str:
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>The River Paper</title>{"".join(entries)}</channel></rss>"""


def test_each_entry_of_a_feed_is_an_article_fetched_where_the_feed_does_not_hold_it(
    site: Site, reader: ArticleReader
) -> None:
    whole = "".join(f"<p>Part {number}. {SENTENCES[0]}</p>" for number in range(20))
    undated = PAGE.replace("article:published_time", "x")
    linked = site.put("/linked", undated)
    url = site.put(
        "/feed",
        feed(entry(1, f"{site.url}/whole", whole), entry(2, linked), entry(3, f"{site.url}/gone")),
        "text/xml",
    )
    held, fetched, gone = read(reader, url)
    assert isinstance(held, Article)
    assert (held.id, held.title, held.publisher) == (
        f"{site.url}/whole",
        "Bridge & ferry 1",
        "The River Paper",
    )
    assert held.published == datetime.date(2025, 7, 1)
    assert held.text.startswith(f"Part 0. {SENTENCES[0]}\n\nPart 1.")
    assert isinstance(fetched, Article)
    assert (fetched.id, fetched.path, fetched.published) == (linked, linked, datetime.date(2025, 7, 2))
    assert fetched.text == TEXT
    assert gone == Failure(f"{site.url}/gone", "the server answers with status 404")
    assert "/whole" not in [path for path, _ in site.asked]


def test_a_feed_s_links_are_vetted_like_any_address(site: Site, reader: ArticleReader) -> None:
    url = site.put("/feed", feed(entry(1, "file:///etc/hostname"), entry(2, f"{site.url}/feed")), "text/xml")
    results = read(reader, url)
    assert [type(one) for one in results] == [Failure, Failure]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss><channel></channel></rss>",
        b"<rss><channel><item></item></channel></rss>",
        zlib.compress(b"x" * 1000),
        b'<!DOCTYPE r [<!ENTITY a "%s"><!ENTITY b "%s">]>' % (b"x" * 1000, b"&a;" * 1000)
        + b"<rss><channel><item><title>&b;</title></item></channel></rss>",
    ],
)
def test_a_damaged_or_hostile_feed_is_a_failure(site: Site, reader: ArticleReader, body: bytes) -> None:
    results = read(reader, site.put("/feed", body, "application/rss+xml"))
    assert [type(one) for one in results] == [Failure]


def test_a_page_is_asked_for_only_if_it_changed(site: Site, reader: ArticleReader) -> None:
    url = site.put("/bridge", PAGE, ETag='"1"', Last_Modified="Tue, 05 Mar 2024 08:00:00 GMT")
    found, told = reader.read(SourceFile(url, url))
    assert isinstance(found, Article) and isinstance(told, AddressRead) and told.validators
    assert Validators.from_text(told.validators.to_text()) == told.validators
    site.pages["/bridge"] = (304, {}, b"")
    assert list(reader.read(SourceFile(url, url), lambda address: told.validators)) == [
        AddressRead(url, None)
    ]
    _, headers = site.asked[-1]
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Tue, 05 Mar 2024 08:00:00 GMT"
    (failure,) = reader.read(SourceFile(url, url))
    assert failure == Failure(url, "the server answers with status 304")


def test_what_leads_elsewhere_is_asked_as_if_unknown(site: Site, fetcher: Fetcher) -> None:
    known = Validators(site.url + "/old", '"1"', None)
    site.redirect("/moved", site.put("/new", PAGE, ETag='"2"'))
    fetched = fetcher.fetch(site.url + "/moved", known)
    assert fetched is not None and fetched.validators == Validators(site.url + "/new", '"2"', None)
    assert all("if-none-match" not in headers for _, headers in site.asked)


def test_a_text_that_is_no_validators_is_none() -> None:
    assert Validators.from_text("9f86d0") is None and Validators.from_text("[]") is None
    assert Validators.of("http://a.example/", {}) is None
