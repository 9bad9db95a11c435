"""Sources (folders, files, addresses) -> articles; the parsing itself runs in a child process."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.datamodels import Article, Failure, SourceFile
from assistant.documents import UnreadableError
from assistant.errors import SourceError
from assistant.formats import format_of
from assistant.parsing import open_regular
from assistant.settings import Settings

PIPELINE_VERSION = "1"


def find_sources(sources: Sequence[str], settings: Settings) -> Iterator[SourceFile | Failure]:
    """Yield what there is to read in folders (walked in sorted order), files and addresses.

    An article's id is its path relative to the folder, a single file's name, or the address. Hidden
    files, README files and files of other kinds are passed over in folders.
    """
    for source in sources:
        if source.lower().startswith(("http://", "https://")):
            yield SourceFile(source, source)
            continue
        path = Path(os.path.abspath(source))
        if path.is_dir():
            yield from _walk(path)
        elif not path.exists():
            yield Failure(str(path), "no such file or folder")
        elif format_of(path.name) is None:
            yield Failure(str(path), "unsupported kind of file")
        else:
            yield SourceFile(str(path), path.name)


def _walk(folder: Path) -> Iterator[SourceFile | Failure]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.lower().startswith("readme.") or format_of(name) is None:
                continue
            path = Path(place, name)
            yield SourceFile(str(path), path.relative_to(folder).as_posix())


def content_hash(file: SourceFile, settings: Settings) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces.

    Raises:
        SourceError: the file cannot be read, or is an address (which is fetched once, by ``read``).
    """
    try:
        with open_regular(file.path) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"{file.path}: {error.strerror or error}") from None
    except UnreadableError as error:
        raise SourceError(f"{file.path}: {error}") from None


class ArticleReader:
    """Reads articles through one child process, started when first needed and again if it dies."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def read(self, file: SourceFile) -> Iterator[Article | Failure]:
        """Yield the articles of a file as they are parsed, and what of it could not be read."""
        known = format_of(file.path)
        if known is None:
            yield Failure(file.path, "unsupported kind of file")
            return
        request = {
            "file": file.path,
            "path": file.path,
            "id": file.article_id,
            "format": known[0],
            "compression": known[1],
            "skip": 0,
        }
        finished = False
        try:
            for result in self._ask(request):
                yield self._to_article(result, request)
            finished = True
        finally:
            if not finished:
                self.close()

    def _ask(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        child = self._start()
        assert child.stdin and child.stdout
        child.stdin.write(json.dumps(request) + "\n")
        child.stdin.flush()
        for line in child.stdout:
            result = json.loads(line)
            if "end" in result:
                return
            yield result
        self.close()
        yield {"row": 0, "failure": "parser died"}

    def _to_article(self, result: dict[str, Any], request: dict[str, Any]) -> Article | Failure:
        if "failure" in result:
            place = f":{result['row']}" if request["format"] == "jsonl" and result["row"] else ""
            return Failure(request["path"] + place, result["failure"])
        values = result["article"]
        published = values["published"]
        return Article(
            **{
                **values,
                "authors": tuple(values["authors"]),
                "published": datetime.date.fromisoformat(published) if published else None,
            }
        )

    def _start(self) -> subprocess.Popen[str]:
        if self._child is None:
            package = Path(__file__).parent.parent
            settings = self._settings
            self._child = subprocess.Popen(
                [sys.executable, "-m", "assistant.parsing"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={"PYTHONPATH": str(package), "PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1"},
            )
            limits = {
                "seconds": settings.parse_seconds,
                "memory_bytes": settings.parse_memory_bytes,
                "article_bytes": settings.article_bytes,
            }
            assert self._child.stdin
            self._child.stdin.write(json.dumps(limits) + "\n")
        return self._child
