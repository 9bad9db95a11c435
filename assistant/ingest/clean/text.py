"""Text as it came from the web -> the article's own words: characters, lines, debris, joining."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from assistant.ingest.clean.boilerplate import (
    ends_article,
    is_caption,
    is_dated_link,
    is_sentence,
    without_debris,
)
from assistant.ingest.clean.bylines import FactKind, day_beside_name, day_of_dateline, stated_facts
from assistant.ingest.clean.misread import put_right
from assistant.ingest.metadata.authors import authors_in

_LINE_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\u2028\u2029]")
_MISREAD = re.compile("[\x80-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_BULLET_SIGN = re.compile(r"[•▪◦‣●■►○·]\s*(?=\w)")
_LIST_LINE = re.compile(r"(?:[-*–—]|\d{1,3}[.)])\s+\S")
_LONGEST_TITLE_LINE = 200
_MOST_TITLE_WORDS = 30
_LONGEST_HEADING = 120
_HEADING_LINES = 12
_CLOSING_LINES = 8
_OPENING_SENTENCES = 2  # a standfirst may come before the dateline
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of an article, and whether an empty line stood before it."""

    text: str
    after_blank: bool = False


def legible(text: str) -> str:
    """Return a text without characters that cannot be stored, seen or trusted.

    Control characters, marks of text direction and invisible characters go; lone surrogates become
    U+FFFD; UTF-8 that was stored as Windows-1252 is read aright, and code points 128 to 159 as that;
    the rest is put into Unicode normal form C, with the ligatures of type (ﬁ, ﬂ, ﬀ) as letters.
    """
    text = _LINE_BREAK.sub("\n", put_right(text))
    text = _MISREAD.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)
    text = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text))
    text = text.translate(_LIGATURES)
    return unicodedata.normalize("NFC", text)


def legible_line(text: str) -> str:
    """Return a legible text with all its white space folded into single spaces."""
    return " ".join(legible(text).split())


def to_lines(text: str) -> list[TextLine]:
    """Return the lines of a legible text that hold something, with single spaces inside."""
    lines: list[TextLine] = []
    after_blank = False
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if bullet := _BULLET_SIGN.match(line):
            line = f"- {line[bullet.end() :]}"
        if line:
            lines.append(TextLine(line, after_blank))
        after_blank = not line
    return lines


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's own words, and what its text states about it; ``dates`` are tried in their order."""

    text: str
    title: str | None = None
    dates: tuple[str, ...] = ()
    authors: str | None = None
    publisher: str | None = None
    url: str | None = None


def clean(text: str, *, title: str | None = None, authors: Collection[str] = ()) -> Cleaned:
    """Return the article's own words, without the debris of the page that they came from.

    Paragraphs are separated by an empty line; a heading, the items of a list and other short lines
    keep to lines of their own. The line that repeats or serves as the title is taken out, and so is one above the
    text that names the known ``authors`` only.
    """
    lines, facts = _without_statements(_unwrapped(to_lines(legible(text))), frozenset(authors))
    lines = _without_debris(lines)
    title = title or next((value for kind, value in facts if kind == "title"), None)
    headline = _headline(lines, title)
    if headline:
        lines = lines[1:]
    values = dict(reversed(facts))
    return Cleaned(
        _join_lines(lines),
        title or headline,
        tuple(value for wanted in ("published", "updated") for kind, value in facts if kind == wanted),
        values.get("authors"),
        values.get("publisher"),
        values.get("url"),
    )


def _unwrapped(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines with those of hard-wrapped paragraphs joined.

    A paragraph was wrapped when each of its lines is full (the next word would not have fitted) and a
    sentence runs on from one of them to the next.
    """
    result: list[TextLine] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and not lines[end].after_blank:
            continue
        result.extend(_unwrapped_block(lines[start:end]))
        start = end
    return result


def _unwrapped_block(block: list[TextLine]) -> list[TextLine]:
    width = max(len(line.text) for line in block)
    full = [len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width for line, after in pairwise(block)]
    if len(block) < 3 or not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or sum(full) < 0.8 * len(full):
        return block
    if all(is_sentence(line.text) for line in block[:-1]):
        return block
    joined = [block[0]]
    for line, was_full in zip(block[1:], full, strict=True):
        before = joined[-1].text
        captioned = is_caption(before) or (is_caption(line.text) and is_sentence(before))
        if not was_full or captioned or _LIST_LINE.match(line.text):
            joined.append(line)
        else:
            joined[-1] = replace(joined[-1], text=f"{before} {line.text}")
    return joined


def _without_statements(
    lines: list[TextLine], authors: frozenset[str] = frozenset()
) -> tuple[list[TextLine], list[tuple[FactKind, str]]]:
    """Return the lines less those around the body that only state the article's own particulars.

    A line with a day and a name gives the day; the name is a publisher's where a byline stands beside it, and else
    stays in the text.
    """
    body = next(
        (n for n, line in enumerate(lines) if is_sentence(line.text) and len(line.text) > 80), len(lines)
    )
    facts: list[tuple[FactKind, str]] = []
    kept: list[TextLine] = []
    named: list[tuple[TextLine, str, str, str]] = []
    for number, line in enumerate(lines):
        near = number < _HEADING_LINES or number >= len(lines) - _CLOSING_LINES
        heading = number < min(body, _HEADING_LINES)
        found = stated_facts(line.text, heading=heading) if near else None
        if found is not None:
            facts.extend(found)
            continue
        if heading and authors and line.text.count(" ") < _MOST_TITLE_WORDS:
            names = authors_in(line.text)
            if names and authors.issuperset(names):
                continue
        if heading and number and (beside := day_beside_name(line.text)):
            named.append((line, *beside))
        kept.append(line)
    for line, name, day, writers in named[:1]:
        facts.append(("published", day))
        if writers:
            facts.append(("authors", writers))
        if name and any(kind == "authors" for kind, _ in facts):
            facts.append(("publisher", name))
            kept.remove(line)
        elif authors:
            kept.remove(line)
    sentences = islice((n for n, line in enumerate(kept) if is_sentence(line.text)), _OPENING_SENTENCES)
    opening = kept[: max(sentences, default=-1) + 1]
    stated = filter(None, (day_of_dateline(line.text) for line in opening))
    facts.extend(("published", day) for day in islice(stated, 1))
    return kept, facts


def _without_debris(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines that belong to the article; what follows its last sentence is judged more strictly."""
    own = [without_debris(line.text) for line in lines]
    last = max((number for number, text in enumerate(own) if is_sentence(text)), default=-1)
    kept: list[TextLine] = []
    blank = False
    for number, (line, text) in enumerate(zip(lines, own, strict=True)):
        if number > last and ends_article(line.text):
            break
        if not text or (number > last and is_dated_link(text)):
            blank = True
            continue
        kept.append(TextLine(text, line.after_blank or blank))
        blank = False
    return kept


def _headline(lines: Sequence[TextLine], title: str | None) -> str | None:
    """Return the first line where it is the title, or, where none is known, reads as one."""
    if len(lines) < 2:
        return None
    line = lines[0].text
    if title is not None:
        return line if _repeats_title(line, title) else None
    if len(line) > _LONGEST_TITLE_LINE or line.count(" ") >= _MOST_TITLE_WORDS or line.count(" ") < 1:
        return None
    if line.endswith((".", ":", ",", ";", "-", "–", "—")) or _LIST_LINE.match(line):
        return None
    return line if any(is_sentence(after.text) for after in lines[1:]) else None


def _repeats_title(line: str, title: str) -> bool:
    first, second = (re.sub(r"[\W_]+", " ", text).strip().casefold() for text in (line, title))
    return first == second or (len(first) > 15 and second.startswith(first + " ") and not is_sentence(line))


def _join_lines(lines: Sequence[TextLine]) -> str:
    parts: list[str] = []
    for number, line in enumerate(lines):
        if number:
            before = lines[number - 1].text
            heads = not is_sentence(before) or (before.endswith("?") and len(before) <= _LONGEST_HEADING)
            close = not line.after_blank and (heads or _LIST_LINE.match(line.text))
            parts.append("\n" if close else "\n\n")
        parts.append(line.text)
    return "".join(parts)
