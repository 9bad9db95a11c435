"""The child process that parses: requests and results are JSON lines on its standard streams.

It imports the parsers only, takes no more memory than allowed, and is ended by an alarm when one
article takes too long; ``articles.py`` starts it again.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import resource
import signal
import stat
import sys
from collections.abc import Iterator
from typing import IO, Any

from assistant import formats
from assistant.documents import Document, UnreadableError, to_article

_LIBRARIES = {
    "html": ("trafilatura", "py3langid"),
    "pdf": ("pypdf", "py3langid"),
    "docx": ("docx", "py3langid"),
    "md": ("frontmatter", "py3langid"),
}


def main() -> None:
    """Serve requests from standard input until it ends; the first line holds the limits."""
    results = os.fdopen(os.dup(1), "w", encoding="ascii")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    limits = json.loads(sys.stdin.readline())
    _limit_memory(limits["memory_bytes"])
    for line in sys.stdin:
        for result in _serve(json.loads(line), limits):
            signal.setitimer(signal.ITIMER_REAL, 0)
            results.write(json.dumps(result) + "\n")
            results.flush()
            signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
        signal.setitimer(signal.ITIMER_REAL, 0)


def open_regular(path: str) -> IO[bytes]:
    """Open a regular file for reading; anything else (a device, a pipe, a socket) is refused.

    Raises:
        UnreadableError: it is not a regular file.
        OSError: it cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("not a regular file")
    return os.fdopen(descriptor, "rb")


def _limit_memory(most: int) -> None:
    for kind, value in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (value, value))


def _serve(request: dict[str, Any], limits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in _LIBRARIES.get(request["format"], ("py3langid",)):
        importlib.import_module(name)
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"])
    row = 0
    try:
        bounds = formats.Limits(limits["article_bytes"], limits["memory_bytes"] // 8)
        for row, document in _documents(request, bounds):
            yield {"row": row, **_result(document, row, request)}
    except UnreadableError as error:
        yield {"row": row, "failure": str(error)}
    except MemoryError:
        yield {"row": row, "failure": f"needs more than {limits['memory_bytes']:,} bytes of memory to parse"}
    except OSError as error:
        yield {"row": row, "failure": error.strerror or str(error)}
    except Exception as error:  # a parser may raise anything on a damaged file
        yield {"row": row, "failure": f"damaged {request['format']}: {type(error).__name__}: {error}"[:300]}
    yield {"end": True}


def _result(document: Document | UnreadableError, row: int, request: dict[str, Any]) -> dict[str, Any]:
    if isinstance(document, UnreadableError):
        return {"failure": str(document)}
    single = request["format"] not in formats.ROW_FORMATS and row == 0
    fallback_id = request["id"] if single else f"{request['id']}#{row}"
    try:
        article = to_article(document, fallback_id=fallback_id, path=request["path"])
    except UnreadableError as error:
        return {"failure": str(error)}
    values = dataclasses.asdict(article)
    values["published"] = article.published and article.published.isoformat()
    return {"article": values}


def _documents(
    request: dict[str, Any], limits: formats.Limits
) -> Iterator[tuple[int, Document | UnreadableError]]:
    with open_regular(request["file"]) as file:
        stream = formats.decompressed(file, request["compression"])
        if request["format"] in formats.ROW_FORMATS:
            for row, line in formats.rows(stream, request["skip"], limits):
                try:
                    yield row, line if isinstance(line, UnreadableError) else formats.read_row(line)
                except UnreadableError as error:
                    yield row, error
            return
        data = stream.read(limits.article_bytes + 1)
        if len(data) > limits.article_bytes:
            raise formats.too_large(limits.article_bytes)
        for row, document in enumerate(formats.READERS[request["format"]](data)):
            yield row, document


if __name__ == "__main__":
    main()
