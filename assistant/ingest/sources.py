"""Folders, files and addresses -> what there is to read in them, with the id of each and its hash."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SourceError
from assistant.ingest.formats.kinds import (
    COMPANIONS,
    MANY,
    UNSUPPORTED,
    format_of,
    format_of_file,
    why_skipped,
)
from assistant.ingest.formats.limits import too_large
from assistant.ingest.formats.omnivore import why_no_articles
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.parse_request import open_regular
from assistant.redaction import without_password
from assistant.types import Failure, Skipped, SourceFile

if TYPE_CHECKING:
    from assistant.settings import Settings

_SCHEME_START = re.compile(r"[a-z][a-z\d+.-]+://", re.IGNORECASE)
_PIECE = 1 << 20


def find_sources(sources: Sequence[str], settings: Settings) -> Iterator[SourceFile | Failure | Skipped]:
    """Yield what there is to read in folders (walked in sorted order), files and addresses, each once.

    An article's id is its path relative to the folder, a single file's name, or the address. In folders,
    hidden files and read-me files are left out; files that no reader takes and the folders that a browser saves
    beside a page are skipped, and said to be; a link that leaves the folder, a device, and a name that cannot
    be stored are failures.
    """
    seen: set[SourceFile | Failure | Skipped] = set()
    for source in sources:
        for found in _find(source):
            if found not in seen:
                seen.add(found)
                yield found


def content_hash(file: SourceFile, settings: Settings) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces.

    Raises:
        SourceError: the file cannot be read, is too large to be one article, or is an address (which is
            fetched once, by ``ArticleReader.read``).
    """
    if is_address(file.path):
        raise SourceError(f"{file.path} is an address: it has no bytes until it is fetched")
    digest = hashlib.sha256()
    try:
        with open_regular(file.path) as opened:
            known = format_of(file.path)
            size = os.fstat(opened.fileno()).st_size
            if known and known[0] not in (*MANY, "json", "feed") and size > settings.article_bytes:
                raise too_large(settings.article_bytes)
            while piece := opened.read(_PIECE):
                digest.update(piece)
    except (OSError, UnreadableError) as error:
        raise SourceError(f"{file.path}: {error}") from None
    return digest.hexdigest()


def is_address(path: str) -> bool:
    """Tell whether a source is an address on the web rather than a file or folder."""
    return bool(_SCHEME_START.match(path))


def _find(source: str) -> Iterator[SourceFile | Failure | Skipped]:
    if is_address(source):
        if without_password(source) != source:
            yield Failure(without_password(source), "an address with a user name or password is refused")
            return
        web = source.lower().startswith(("http://", "https://"))
        yield SourceFile(source, source) if web else Failure(source, "only http and https addresses are read")
        return
    path = Path(os.path.abspath(source))  # noqa: PTH100 - ".." goes, links stay
    if path.is_dir():
        yield from _walk(path)
    elif not os.path.lexists(path):
        yield Failure(_printable(str(path)), "no such file or folder")
    elif format_of_file(str(path)) is None:
        reason = why_skipped(path.name)
        yield Failure(_printable(str(path)), f"{UNSUPPORTED}; {reason}" if ": " in reason else UNSUPPORTED)
    else:
        yield _source_file(path, path.name)


def _walk(folder: Path) -> Iterator[SourceFile | Failure | Skipped]:
    unreadable: list[OSError] = []
    real = os.path.realpath(folder)
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        companions = [name for name in folders if _goes_with_a_page(name, names)]
        for name in companions:
            folders.remove(name)
            yield Skipped(_printable(str(Path(place, name))), "a folder that a browser saved beside its page")
        for name in sorted([*folders, *names]):
            if reason := why_no_articles(name, names, folders):
                (folders if name in folders else names).remove(name)
                yield Skipped(_printable(str(Path(place, name))), reason)
        linked = [name for name in folders if Path(place, name).is_symlink()]
        wanted = [name for name in names if not name.lower().startswith((".", "readme."))]
        for name in sorted([*wanted, *linked]):
            path = Path(place, name)
            target = os.path.realpath(path)
            if name not in linked and format_of_file(str(path)) is None:
                yield Skipped(_printable(str(path)), why_skipped(name))
            elif not Path(target).is_relative_to(real):
                yield Failure(
                    _printable(str(path)), f"a link that leaves the folder, to {_printable(target)}"
                )
            elif name not in linked:
                yield _source_file(path, path.relative_to(folder).as_posix())
    for error in unreadable:
        yield Failure(_printable(str(error.filename)), error.strerror or str(error))


def _goes_with_a_page(folder: str, names: list[str]) -> bool:
    """Return True for the folder of pictures, scripts and frames that a browser saves beside a page."""
    return any(
        folder == Path(name).stem + ending
        for name in names
        if Path(name).suffix.lower() in (".html", ".htm", ".xhtml")
        for ending in COMPANIONS
    )


def _source_file(path: Path, article_id: str) -> SourceFile | Failure:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in str(path)):
        return Failure(_printable(str(path)), "its name holds characters that cannot be shown; rename it")
    if not path.exists():
        return Failure(str(path), "a link to nothing")
    if not path.is_file():
        return Failure(str(path), "not a regular file")
    return SourceFile(str(path), article_id)


def _printable(path: str) -> str:
    """Return a path with what cannot be shown (controls, bytes that are no UTF-8) as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in path
    )
