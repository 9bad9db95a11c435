"""Addresses on the web -> files: only public hosts, only what robots.txt allows, within size and time."""

from __future__ import annotations

import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from assistant.ingest.formats.kinds import format_of, sniffed
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.url_safety import vetted_address
from assistant.ingest.validators import Validators

if TYPE_CHECKING:
    import httpx

PRODUCT = "news-assistant"
_MOST_REDIRECTS = 5
_STEP_SECONDS = 10.0
_MOST_SECONDS = 60.0
_ROBOTS_BYTES = 512_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/json": "json",
    "application/ld+json": "json",
    "application/feed+json": "json",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/markdown": "md",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/zip": "zip",
    "application/warc": "warc",
    "application/mbox": "mbox",
}
_COMPRESSIONS = {b"\x1f\x8b": ".gz", b"\xfd7": ".xz"}


@dataclass(frozen=True, slots=True)
class Download:
    """A fetched file, its format and compression, the address that it came from in the end, and how to ask anew."""

    path: Path
    url: str
    format: str
    compression: str
    charset: str | None
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Fetches addresses into a temporary folder, which goes when it is closed; keeps each host's robots.txt.

    One address may take ``most_seconds`` and ``most_bytes``.
    """

    def __init__(
        self, *, most_bytes: int, allow_private_addresses: bool, most_seconds: float = _MOST_SECONDS
    ) -> None:
        import httpx

        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._allow_private = allow_private_addresses
        self._robots: dict[str, RobotFileParser] = {}
        self._count = 0
        self._folder = tempfile.TemporaryDirectory(prefix=f"{PRODUCT}-")
        self._encryption = httpx.create_ssl_context(trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was fetched."""
        self._folder.cleanup()

    def fetch(self, url: str, known: Validators | None = None) -> Download | None:
        """Fetch an address, following at most five redirects, each of them vetted; None where it is as ``known``.

        Raises:
            UnreadableError: the address is refused, robots.txt forbids it, or it cannot be fetched.
        """
        final, response = self._follow(url, self._most_bytes, robots=True, known=known)
        if known is not None and response.status == 304:
            return None
        if response.status != 200:
            raise UnreadableError(f"the server answers with status {response.status}")
        self._count += 1
        path = Path(self._folder.name) / str(self._count)
        path.write_bytes(response.body)
        form, compression, charset = _response_format(final, response)
        return Download(path, final, form, compression, charset, Validators.of(final, response.headers))

    def _follow(
        self, url: str, most_bytes: int, *, robots: bool, known: Validators | None = None
    ) -> tuple[str, _Response]:
        import httpx

        deadline = time.monotonic() + self._most_seconds
        for _ in range(_MOST_REDIRECTS + 1):
            if robots:
                self._check_robots(url)
            try:
                asked = known.headers() if known and known.url == url else {}
                response = self._get(url, most_bytes, deadline, asked)
                if response.status not in REDIRECTS or "location" not in response.headers:
                    return url, response
                url = str(httpx.URL(url).join(response.headers["location"]))
            except httpx.InvalidURL as error:
                raise UnreadableError(f"not an address: {error}") from None
        raise UnreadableError(f"more than {_MOST_REDIRECTS} redirects")

    def _get(self, url: str, most_bytes: int, deadline: float, asked: dict[str, str]) -> _Response:
        """Get one address from the very IP address that was vetted, so that DNS cannot change its mind."""
        import httpx

        parsed = httpx.URL(url)
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise UnreadableError("only http and https addresses are read")
        if parsed.userinfo:
            raise UnreadableError("an address with a user name or password is refused")
        address = vetted_address(parsed.host, parsed.port, allow_private=self._allow_private)
        headers = {
            "Host": parsed.netloc.decode("ascii"),
            "User-Agent": user_agent(),
            "Accept-Encoding": "gzip",
            **asked,
        }
        with httpx.Client(verify=self._encryption, trust_env=False, timeout=_STEP_SECONDS) as client:
            late = threading.Timer(max(0.0, deadline - time.monotonic()), client.close)
            late.start()
            try:
                where = parsed.copy_with(host=address)
                named = {"sni_hostname": parsed.host}
                with client.stream("GET", where, headers=headers, extensions=named) as response:
                    redirected = response.status_code in REDIRECTS
                    body = b"" if redirected else _response_body(response, most_bytes)
                return _Response(response.status_code, response.headers, body)
            except (httpx.HTTPError, OSError, RuntimeError) as error:
                if time.monotonic() < deadline:
                    raise UnreadableError(f"cannot be fetched: {error or type(error).__name__}") from None
                raise UnreadableError(f"took longer than {self._most_seconds:g} s to fetch") from None
            finally:
                late.cancel()

    def _check_robots(self, url: str) -> None:
        import httpx

        try:
            origin = str(httpx.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None))
        except httpx.InvalidURL as error:
            raise UnreadableError(f"not an address: {error}") from None
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        if not self._robots[origin].can_fetch(PRODUCT, url):
            raise UnreadableError("the site's robots.txt forbids it")

    def _read_robots(self, url: str) -> RobotFileParser:
        """Read a robots.txt as RFC 9309 says: none allows all, one that cannot be had forbids all."""
        rules = RobotFileParser()
        _, response = self._follow(url, _ROBOTS_BYTES, robots=False)
        if response.status == 200:
            rules.parse(response.body.decode("utf-8", "replace").splitlines())
        elif 400 <= response.status < 500:
            rules.parse([])
        else:
            raise UnreadableError(f"the site's robots.txt cannot be read: status {response.status}")
        return rules


def user_agent() -> str:
    """Return the name and version under which pages are asked for."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{PRODUCT}/{version(PRODUCT)}"
    except PackageNotFoundError:
        return PRODUCT


def _response_body(response: httpx.Response, most_bytes: int) -> bytes:
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise UnreadableError(f"the server answers in the encoding {encoding}")
    body = bytearray()
    for chunk in _decoded(response.iter_raw(), most_bytes, zipped="gzip" in encoding):
        body += chunk
        if len(body) > most_bytes:
            raise UnreadableError(f"larger than {most_bytes:,} bytes (setting ASSISTANT_DOWNLOAD_BYTES)")
    return bytes(body)


def _decoded(chunks: Iterator[bytes], most_bytes: int, *, zipped: bool) -> Iterator[bytes]:
    if not zipped:
        yield from chunks
        return
    unzip = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            yield unzip.decompress(chunk, most_bytes + 1)
    except zlib.error as error:
        raise UnreadableError(f"damaged gzip encoding: {error}") from None


def _response_format(url: str, response: _Response) -> tuple[str, str, str | None]:
    """Return the format, compression and character set of a response: as declared, else as it looks."""
    content_type, *parameters = response.headers.get("content-type", "").lower().split(";")
    charset = next(
        (p.split("=", 1)[1].strip(" \"'") for p in parameters if p.strip().startswith("charset=")), None
    )
    compression = _COMPRESSIONS.get(response.body[:2], "")
    by_name = format_of(urlsplit(url).path)
    if by_name and response.body.startswith(b"BZh"):
        compression = ".bz2"
    form = _CONTENT_TYPES.get(content_type.strip())
    if compression and by_name:
        return by_name[0], compression, None
    if form is None:
        form = sniffed(response.body[:2048])
        if form is None and by_name:
            form = by_name[0]
        elif form is None and content_type.strip() in ("text/plain", ""):
            form = "txt"
        elif form is None:
            raise UnreadableError(f"unsupported content type {content_type.strip()}")
    return form, compression, charset
