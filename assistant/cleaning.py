"""Text as it came from the web -> the article's own words: characters, lines, debris, joining."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LINE_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\u2028\u2029]")
_MISREAD = re.compile("[\x80-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACE = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article, and whether an empty line stood before it."""

    text: str
    after_blank: bool = False


def legible(text: str) -> str:
    """Return a text without characters that cannot be stored, seen or trusted.

    Control characters, marks of text direction and invisible characters go; lone surrogates become
    U+FFFD; code points 128 to 159 are read as Windows-1252, which they nearly always are; the rest is
    put into Unicode normal form C.
    """
    text = _LINE_BREAK.sub("\n", text)
    text = _MISREAD.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)
    text = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return a legible text with all its white space folded into single spaces."""
    return " ".join(legible(text).split())


def to_lines(text: str) -> list[Line]:
    """Return the lines of a legible text that hold something, with single spaces inside."""
    lines: list[Line] = []
    after_blank = False
    for raw in text.split("\n"):
        line = _SPACE.sub(" ", raw).strip()
        if line:
            lines.append(Line(line, after_blank))
        after_blank = not line
    return lines


def join(lines: list[Line]) -> str:
    """Return the text of the lines, with an empty line where one stood."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts.append("\n\n" if line.after_blank else "\n")
        parts.append(line.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's own words, and what its text states about it; ``dates`` are tried in their order."""

    text: str
    title: str | None = None
    dates: tuple[str, ...] = ()
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None


def clean(text: str, *, title: str | None = None) -> Cleaned:
    """Return the article's own words, without the debris of the page that they came from."""
    lines = to_lines(legible(text))
    return Cleaned(join(lines))
