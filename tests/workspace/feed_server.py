"""A server with a feed that tells its state, pages that are none, and a webhook, all on loopback."""

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

ENTRY = (
    "<item><title>{title}</title><link>{link}</link><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate>"
    '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{text}</content:encoded></item>'
)


@dataclass
class Served:
    """What the server gives and was sent."""

    address: str = ""
    entries: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    def feed(self) -> bytes:
        items = "".join(
            ENTRY.format(title=title, link=f"{self.address}/{number}", text=f"<p>{text}</p>")
            for number, (title, text) in enumerate(self.entries)
        )
        return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


@contextlib.contextmanager
def serving() -> Iterator[Served]:
    """Serve until the block ends."""
    served = Served()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers.get("If-None-Match")))
            etag = f'"{len(served.entries)}"'
            if self.path == "/feed.xml" and self.headers.get("If-None-Match") == etag:
                self.answer(304, b"")
            elif self.path == "/feed.xml":
                self.answer(200, served.feed(), etag)
            elif self.path == "/page":
                self.answer(200, b"<!doctype html><html><body><p>No feed at all.</p></body></html>")
            elif self.path == "/silent":
                time.sleep(3)
            else:
                self.answer(404, b"")

        def do_POST(self) -> None:
            served.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/silent":
                time.sleep(3)
            self.answer(500 if self.path == "/broken" else 204, b"")

        def answer(self, status: int, body: bytes, etag: str = "") -> None:
            self.send_response(status)
            if etag:
                self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
