"""The child process that parses: requests and results are lines of JSON on its standard streams.

It imports parsers only, may take no more memory than allowed, writes no files, and is ended by an alarm
when one article takes too long; ``article_reader`` starts it again. A request holds the fields of
``Request``; each result is ``{"row", "article"}``, ``{"row", "failure"}``, ``{"row", "skipped"}``,
``{"row", "link"}`` (an entry of a feed that is to be fetched) or ``{"row", "begun"}`` (a row whose reading
begins, and with it its time), and the last one ``{"end": true}``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any

from assistant.ingest.formats.by_suffix import LIBRARIES, documents
from assistant.ingest.formats.limits import Limits, ParsedEntry
from assistant.ingest.formats.omnivore import exported_fields
from assistant.ingest.metadata.documents import Document, UnreadableError, to_article
from assistant.ingest.metadata.language import detect_language
from assistant.ingest.parse_request import Request, open_regular


def main() -> None:
    """Serve requests from standard input until it ends; the first line holds the limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    results = os.fdopen(os.dup(1), "w", encoding="ascii")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    detect_language("The model of languages unpacks itself to a file, which is forbidden from here on.")
    limits = json.loads(sys.stdin.readline())
    for kind, most in ((resource.RLIMIT_DATA, limits["memory_bytes"]), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    for line in sys.stdin:
        request = Request(**json.loads(line))
        for name in LIBRARIES.get(request.format, ()):
            with contextlib.suppress(ImportError):  # its reader names the remedy
                importlib.import_module(name)
        signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
        for result in _results(request, limits):
            encoded = json.dumps(result)
            signal.setitimer(signal.ITIMER_REAL, 0)
            results.write(encoded + "\n")
            results.flush()
            signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
        signal.setitimer(signal.ITIMER_REAL, 0)


def _results(request: Request, limits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    row = 0
    if stated := exported_fields(request.path):
        request = dataclasses.replace(request, fields={**stated, **request.fields})
    bounds = Limits(limits["article_bytes"], limits["memory_bytes"] // 8)
    try:
        with open_regular(request.file) as file:
            found = documents(
                file, request.format, request.compression, bounds, skip=request.skip, charset=request.charset
            )
            for one in found:
                row = one.row
                name = {"name": one.name} if one.name else {}
                yield {"row": row, **name, **_entry_message(request, one)}
    except UnreadableError as error:
        yield {"row": row, "failure": str(error)}
    except MemoryError:
        most = f"{limits['memory_bytes']:,} bytes of memory (setting ASSISTANT_PARSE_MEMORY_BYTES)"
        yield {"row": row, "failure": f"takes more than {most}"}
    except Exception as error:  # parsers raise anything on a damaged file
        reason = " ".join(f"damaged {request.format} file: {type(error).__name__}: {error}".split())
        yield {"row": row, "failure": reason[:300]}
    yield {"end": True}


def _entry_message(request: Request, found: ParsedEntry) -> dict[str, Any]:
    if found.skipped:
        return {"skipped": found.skipped}
    if found.document is None:
        return {"begun": True}
    if isinstance(found.document, UnreadableError):
        return {"failure": str(found.document)}
    return _article_message(request, found, found.document)


def _article_message(request: Request, found: ParsedEntry, document: Document) -> dict[str, Any]:
    fields = {**request.fields, **{name: value for name, value in document.fields.items() if value}}
    if request.fields.get("published") and fields["published"] is not request.fields["published"]:
        own = fields["published"]
        fields["published"] = [*(own if isinstance(own, list) else [own]), request.fields["published"]]
    if request.format == "feed" and document.truncated and request.url and fields.get("url"):
        return {"link": fields["url"], "fields": {**fields, "text": document.text}}
    if request.format == "feed" and fields.get("url") and not document.text.strip():
        return {"failure": "a link without the article's text; ingest the address itself"}
    if found.row == 0 and request.url:
        fields = {**fields, "id": request.id, "url": request.url}
    try:
        article = to_article(
            dataclasses.replace(document, fields=fields),
            fallback_id=_fallback_id(request, found),
            path=request.path,
        )
    except UnreadableError as error:
        return {"failure": str(error)}
    except Exception as error:  # one damaged row must not cost the others
        return {"failure": f"cannot be cleaned: {type(error).__name__}: {error}"[:300]}
    published = article.published and article.published.isoformat()
    return {"article": {**dataclasses.asdict(article), "published": published}}


def _fallback_id(request: Request, found: ParsedEntry) -> str:
    if found.name:
        return found.name if found.name.startswith("http") else f"{request.id}/{found.name}"
    return request.id if found.row == 0 else f"{request.id}#{found.row}"


if __name__ == "__main__":
    main()
