"""Sources (folders, files, addresses, feeds) -> articles; parsing runs in a child process (``parser_process``)."""

from __future__ import annotations

import dataclasses
import datetime
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.ingest.clean.not_articles import has_prose
from assistant.ingest.fetch import Fetcher
from assistant.ingest.formats.kinds import MANY, UNSUPPORTED, format_of_file
from assistant.ingest.formats.old_word import converted_doc
from assistant.ingest.metadata.documents import Document, UnreadableError, to_article
from assistant.ingest.parse_request import Request
from assistant.ingest.sources import is_address
from assistant.ingest.validators import AddressRead, Validators
from assistant.types import Article, Failure, Skipped, SourceFile

if TYPE_CHECKING:
    from assistant.settings import Settings

PIPELINE_VERSION = "5"
RUN_AHEAD_BYTES = 2**20

_MOST_DEATHS = 3
_PACKAGE = Path(__file__).parent.parent.parent

Read = Article | Failure | Skipped | AddressRead
Known = Callable[[str], Validators | None]
"""Return by what the page at an address was known when its articles were stored."""


class ArticleReader:
    """Reads files and addresses through one child process, which is started when first needed.

    The child is killed, and another started, when one article takes longer than
    ``settings.parse_seconds``; it may take ``settings.parse_memory_bytes`` of memory.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: subprocess.Popen[str] | None = None
        self._fetcher: Fetcher | None = None
        self._known: Known = _nothing_known

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process and remove what was fetched."""
        with ExitStack() as stack:
            if self._fetcher:
                stack.callback(self._fetcher.close)
            self._end_child()
        self._fetcher = None

    def read(self, file: SourceFile, known: Known | None = None) -> Iterator[Read]:
        """Yield the articles of a file, address or feed as they are parsed, and what could not be read.

        Of each page that was fetched, or that is as it is ``known``, it tells so after its articles.
        """
        if is_address(file.path):
            self._known = known or _nothing_known
            yield from self._read_address(file)
            return
        kind = format_of_file(file.path)
        if kind is None:
            yield Failure(file.path, UNSUPPORTED)
            return
        if kind[0] == "doc":
            yield from self._read_old_word(file)
            return
        request = Request(file.path, file.path, file.article_id, *kind)
        for result in self._results(request):
            yield _to_article(result, request)

    def _read_old_word(self, file: SourceFile) -> Iterator[Article | Failure | Skipped]:
        try:
            with converted_doc(file.path, self._settings.convert_seconds) as docx:
                request = Request(str(docx), file.path, file.article_id, "docx")
                for result in self._results(request):
                    yield _to_article(result, request)
        except UnreadableError as error:
            yield Failure(file.path, str(error))

    def _read_address(self, file: SourceFile) -> Iterator[Read]:
        links: list[dict[str, Any]] = []
        for found in self._read_download(file.path, file.article_id):
            if isinstance(found, dict):
                links.append(found)
            else:
                yield found
        for link in links:
            yield from self._read_linked(link["link"], link["fields"])

    def _read_linked(self, url: str, fields: dict[str, Any]) -> Iterator[Read]:
        """Yield what a feed's entry links to; where that cannot be read, what the feed itself holds of it."""
        held = fields.pop("text", "")
        whole = held if has_prose(held) else ""
        read = False
        for found in self._read_download(url, url, fields):
            if isinstance(found, dict):
                yield Failure(url, "a feed within a feed")
                return
            read = read or isinstance(found, Article | AddressRead)
            yield found
        if whole and not read:
            yield from self._from_feed(whole, fields, Request("", url, url, "feed", url=url))

    def _from_feed(
        self, text: str, fields: dict[str, Any], request: Request
    ) -> Iterator[Article | Failure | Skipped]:
        try:
            yield to_article(
                Document(text, fields, truncated=True), fallback_id=request.id, path=request.path
            )
        except UnreadableError as error:
            yield Failure(request.path, str(error))

    def _read_download(
        self, url: str, article_id: str, fields: dict[str, Any] | None = None
    ) -> Iterator[Read | dict[str, Any]]:
        """Yield the articles at an address, and the links of a feed's entries that are yet to be fetched."""
        stated = hashlib.sha256(json.dumps(fields, sort_keys=True, default=str).encode()).hexdigest()
        known = self._known(url)
        if self._fetcher is None:
            self._fetcher = Fetcher(
                most_bytes=self._settings.download_bytes,
                allow_private_addresses=self._settings.allow_private_addresses,
            )
        try:
            fetched = self._fetcher.fetch(url, known if known and known.stated == stated else None)
        except UnreadableError as error:
            yield Failure(url, str(error))
            return
        if fetched is None:
            yield AddressRead(url, None)
            return
        request = Request(
            str(fetched.path),
            url,
            article_id,
            fetched.format,
            fetched.compression,
            charset=fetched.charset,
            url=fetched.url,
            fields=fields or {},
        )
        feed = False
        try:
            for result in self._results(request):
                feed = feed or "link" in result
                yield result if "link" in result else _to_article(result, request)
        finally:
            fetched.path.unlink()
        if fetched.validators and not feed:
            yield AddressRead(url, dataclasses.replace(fetched.validators, stated=stated))

    def _results(self, request: Request) -> Iterator[dict[str, Any]]:
        """Yield the results of a request; where the child dies over a row, go on after that row."""
        for _ in range(_MOST_DEATHS):
            row, name = request.skip, ""
            try:
                for result in self._exchange(request):
                    if "begun" in result:
                        row, name = max(result["row"] - 1, 0), result.get("name", "")
                        continue
                    if not name:
                        row = result["row"]
                    yield result
                return
            except _ParserDiedError as error:
                row += request.format in MANY or row > 0
                yield {"row": row, "failure": str(error), "name": name}
            if row == 0:
                return
            request = dataclasses.replace(request, skip=row)
        yield {"row": row, "failure": f"given up after {_MOST_DEATHS} such rows; what follows is not read"}

    def _exchange(self, request: Request) -> Iterator[dict[str, Any]]:
        child = self._child or self._start_child()
        requests, results = child.stdin, child.stdout
        if requests is None or results is None:
            raise _ParserDiedError("the parsing process has no pipes")
        complete = False
        try:
            requests.write(json.dumps(dataclasses.asdict(request)) + "\n")
            requests.flush()
            for line in results:
                if not line.endswith("\n"):
                    break
                result: dict[str, Any] = json.loads(line)
                if "end" in result:
                    complete = True
                    return
                yield result
            raise _ParserDiedError(self._cause_of_death(child))
        except BrokenPipeError:
            raise _ParserDiedError(self._cause_of_death(child)) from None
        finally:
            if not complete:
                self._end_child()

    def _start_child(self) -> subprocess.Popen[str]:
        """Start the child without this process's environment, which may hold secrets.

        ``-P`` keeps modules in the working folder, which may be one of articles, from being imported.
        """
        settings = self._settings
        limits = {
            "seconds": settings.parse_seconds,
            "memory_bytes": settings.parse_memory_bytes,
            "article_bytes": settings.article_bytes,
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "assistant.ingest.parser_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
            env={**kept, "PYTHONPATH": str(_PACKAGE), "OPENBLAS_NUM_THREADS": "1"},
        )
        _let_run_ahead(self._child)
        if self._child.stdin:
            self._child.stdin.write(json.dumps(limits) + "\n")
        return self._child

    def _cause_of_death(self, child: subprocess.Popen[str]) -> str:
        code = child.wait()
        if code == -signal.SIGALRM:
            return f"took longer than {self._settings.parse_seconds:g} s (setting ASSISTANT_PARSE_SECONDS)"
        return f"the parser died of it ({signal.Signals(-code).name if code < 0 else f'status {code}'})"

    def _end_child(self) -> None:
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _nothing_known(address: str) -> None:
    """Know no page."""


def _let_run_ahead(child: subprocess.Popen[str]) -> None:
    """Let a child write a MB ahead of what is read, where the system allows it: it parses meanwhile."""
    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None and child.stdout:
        with suppress(OSError):
            fcntl.fcntl(child.stdout, size, RUN_AHEAD_BYTES)


class _ParserDiedError(Exception):
    """The child process ended before its work did; the message says why."""


def _to_article(result: dict[str, Any], request: Request) -> Article | Failure | Skipped:
    if "article" not in result:
        place = f"/{result['name']}" if result.get("name") else f":{result['row']}" if result["row"] else ""
        if "skipped" in result:
            return Skipped(request.path + place, result["skipped"])
        return Failure(request.path + place, result["failure"])
    values = result["article"]
    published = values["published"] and datetime.date.fromisoformat(values["published"])
    many = {name: tuple(values[name]) for name in ("authors", "pages")}
    return Article(**{**values, **many, "published": published})
