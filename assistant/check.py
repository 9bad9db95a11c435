"""Is a statement supported by the words it cites? For now exactly: word for word, in an exact quotation."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.datamodels import Statement


def check(statement: Statement) -> Statement:
    """Mark a statement as supported when its words stand, in order, in words that it cites exactly."""
    exact = [
        citation.quote
        for citation in statement.citations
        if citation.article.text[citation.start : citation.end] == citation.quote
    ]
    plain = _plain(statement.text)
    supported = len(exact) == len(statement.citations) and any(plain in _plain(quote) for quote in exact)
    return replace(statement, supported=supported)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
