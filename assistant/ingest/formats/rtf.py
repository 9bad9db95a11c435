"""RTF files -> documents: their text without control words, pictures, hidden and deleted passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ingest.metadata.documents import Document, UnreadableError

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]+)(?P<value>-?\d+)? ?|\\'[\da-f]{2}|\\.|[{}]|[^\\{}]+", re.IGNORECASE | re.DOTALL
)
_UNSEEN = ("v", "deleted")


def read_rtf(data: bytes) -> Document:
    r"""Return the document of an RTF file.

    Raises:
        UnreadableError: it does not begin as RTF does (``{\rtf``), or holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n")
    if not source.startswith("{\\rtf"):
        raise UnreadableError("not an RTF file")
    text: str = rtf_to_text("".join(_seen(source)), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    lines = (line.strip().strip("|").strip() for line in text.splitlines())
    return Document("\n\n".join(line.replace("|", " | ") for line in lines if line))


def _seen(source: str) -> Iterator[str]:
    r"""Yield an RTF text less what is hidden or deleted: from ``\v`` to the end of the group, or to ``\v0``."""
    unseen: frozenset[str] = frozenset()
    outer: list[frozenset[str]] = []
    for token in _TOKEN.finditer(source):
        word = token["word"]
        if token[0] == "{":
            outer.append(unseen)
        elif token[0] == "}":
            unseen = outer.pop() if outer else unseen
        elif word in _UNSEEN:
            unseen = unseen - {word} if token["value"] == "0" else unseen | {word}
        elif word == "plain":
            unseen = unseen - {"v"}
        elif unseen and (word is None or word in ("u", "par", "line", "tab")):
            continue
        yield token[0]
