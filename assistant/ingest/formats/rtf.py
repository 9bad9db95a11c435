"""RTF files -> documents: their text without control words, pictures and deleted passages."""

from __future__ import annotations

import re

from assistant.ingest.metadata.documents import Document, UnreadableError

_DELETED_GROUP = re.compile(r"\{\\deleted\b[^{}]*\}")


def read_rtf(data: bytes) -> Document:
    r"""Return the document of an RTF file.

    Raises:
        UnreadableError: it does not begin as RTF does (``{\rtf``), or holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n")
    if not source.startswith("{\\rtf"):
        raise UnreadableError("not an RTF file")
    text: str = rtf_to_text(_DELETED_GROUP.sub("", source), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    lines = (line.strip().strip("|").strip() for line in text.splitlines())
    return Document("\n\n".join(line.replace("|", " | ") for line in lines if line))
