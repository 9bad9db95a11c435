"""Lists that an article lays out as lines: one each under a line that announces them, or as headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.enumerations import OF_CLASS, Run
from assistant.text.english.number_words import SMALL
from assistant.text.phrases import proper_names
from assistant.text.sentences import HEADING_WORDS, split_sentences
from assistant.text.tokens import STOP_WORDS, stems_of
from assistant.types import Article

FEWEST_LINES = 3
"""Lines in a row, or headings, that make a list."""
MOST_HEADINGS = 50
ONE_OFF = 1
"""By how many headings a list may differ from the number that its article announces."""

_INNER_END = re.compile(r"\w{4,}[.!?…][”\"’']?\s")
_ENDS = re.compile(r"[.!?…,;:][”\"’')]*$")
_TEASER = re.compile(r"[^\W\d]:\S")
_NUMBER = re.compile(r"^(?:[-*•–·▪]\s+|\(?\d{1,3}[.)]\s+)")
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s")
_COUNTED = re.compile(
    rf"\b(?P<many>{'|'.join(SMALL)}|\d{{1,2}})\s+(?:[\w’'-]+\s+){{0,4}}?[a-z][\w’'-]+(?<![sui])s\b", re.I
)
_LABEL = re.compile(r"[A-Z]{3,}:\s")
_PRESENTS = re.compile(r"(?:here|these|below|the\s+following)\b", re.I)
_MARK = re.compile(r"[0:(,–—]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article that holds words: its place, and whether it may be an item or a heading."""

    start: int
    end: int
    text: str
    short: bool


def lines_of(text: str) -> list[Line]:
    """Cut a text into the lines that hold words."""
    return [
        Line(found.start(), found.end(), found.group(), is_heading(found.group()))
        for found in re.finditer(r"\S(?:[^\n]*\S)?", text)
    ]


def is_heading(line: str) -> bool:
    """Return True for a line that is no sentence: a heading, or an item of a list."""
    return (
        len(line.split()) <= HEADING_WORDS
        and not line[0].islower()
        and not (_ENDS.search(line) and not _NUMBERED.match(line))
        and not _TEASER.search(line)
        and (". " not in line or len(list(split_sentences(_NUMBER.sub("", line)))) == 1)
    )


def headed_runs(article: Article, wanted: set[str]) -> Iterator[Run]:
    """Yield the lists that an article lays out as lines in a row, or as headings over its sections.

    Each runs from ``start`` to ``end`` of the line that announces it; it is ``sure`` where that line, or the title
    over sections, names the class that is ``wanted`` (stems).
    """
    lines, title = lines_of(article.text), article.title or ""
    rows = ((one, one.text, items) for one, items in _rows(lines))
    sections = ((one, f"{title} {one.text}", items) for one, items in _sections(lines, title))
    for announcing, naming, items in (*rows, *sections):
        placed = tuple((_NUMBER.sub("", one.text).rstrip(".;, "), one.start, one.end) for one in items)
        named = all(text[:1].isupper() or not text[:1].isalpha() for text, _, _ in placed)
        sure = bool(wanted & stems_of(naming))
        yield Run(article, placed, OF_CLASS, named, announcing.start, announcing.end, sure)


def heading_over(article: Article, start: int) -> str:
    """Return the line with a colon that leads to the short lines among which a heading stands, or ""."""
    before = [one for one in lines_of(article.text) if one.start <= start]
    if not before or not before[-1].short:
        return ""
    over = next((one for one in reversed(before) if not one.short), None)
    return over.text if over and over.text.endswith(":") else ""


def named_sections(article: Article, wanted: set[str]) -> Iterator[Run]:
    """Yield the headings in a row that are names and nothing else, over a section each: nothing need announce them.

    What stands under such a heading tells whether it answers.
    """
    lines, title = lines_of(article.text), article.title or ""
    heads = [
        at
        for at, one in enumerate(lines[:-1])
        if at and one.short and not (lines[at - 1].short or lines[at + 1].short)
    ]
    for named, group in itertools.groupby(heads, lambda at: proper_names(lines[at].text) == [lines[at].text]):
        own = list(group)
        if named and len(own) >= FEWEST_LINES:
            before = lines[own[0] - 1]
            placed = tuple((lines[at].text, lines[at].start, lines[at].end) for at in own[:MOST_HEADINGS])
            sure = bool(wanted & stems_of(f"{title} {before.text}"))
            yield Run(article, placed, OF_CLASS, True, before.start, before.end, sure)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Yield short lines in a row with the line that announces them: the one before, or a heading among them.

    A heading that other short lines lead to is told by a mark that the lines after it share and it lacks.
    """
    ends = _ends_of_rows(lines)
    for at, announcing in enumerate(lines[:-1]):
        items: Sequence[Line] = ()
        if announcing.text.endswith(":") or not announcing.short:
            items = lines[at + 1 : ends[at + 1]]
            items = () if _lists_of_lists(items) else items
        elif ends[at + 1] - at > FEWEST_LINES:
            items = list(_marked_otherwise(announcing, lines[at + 1 : ends[at + 1]]))
            if len(items) < FEWEST_LINES and _leads(lines, at):
                items = lines[at + 1 : ends[at + 1]]
        many = announced_number(announcing.text)
        counted = many >= FEWEST_LINES or (many and announcing.text.endswith(":"))
        items = items[:many] if counted else _of_one_form(items)
        if (len(items) >= FEWEST_LINES or (counted and len(items) == many)) and not _some_labelled(items):
            yield announcing, items


def _lists_of_lists(items: Sequence[Line]) -> bool:
    """Return True where the first line is the heading of some of the others: each such list stands for itself."""
    if len(items) <= FEWEST_LINES:
        return False
    return FEWEST_LINES <= len(list(_marked_otherwise(items[0], items[1:]))) < len(items) - 1


def _some_labelled(items: Sequence[Line]) -> bool:
    """Return True where one word and a colon single out some of the items: "WINNER: Ada Berg"."""
    labels = [found.group() if (found := _LABEL.match(one.text)) else "" for one in items]
    return "" in labels and any(labels)


def _leads(lines: Sequence[Line], at: int) -> bool:
    """Return True for the first short line of a row that no line with a colon announces."""
    before = lines[at - 1].text if at else ""
    return at == 0 or not (lines[at - 1].short or before.endswith(":"))


def _ends_of_rows(lines: Sequence[Line]) -> list[int]:
    """Return for each line where the row of short lines ends that begins with it."""
    ends = list(range(len(lines)))
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].short:
            ends[at] = ends[at + 1] if at + 1 < len(lines) and lines[at + 1].short else at + 1
    return ends


def _marked_otherwise(heading: Line, following: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines after a heading that share a mark which it lacks, up to the first without."""
    shared = {mark for mark in _form(following[0].text) if mark != "A"} - _form(heading.text)
    for one in following:
        shared &= _form(one.text)
        if not shared:
            return
        yield one


def _of_one_form(items: Sequence[Line]) -> Sequence[Line]:
    """Leave out a last line that lacks a form which all others share: the heading of what follows the list."""
    forms = [_form(one.text) for one in items]
    if len(items) > FEWEST_LINES and set.intersection(*forms[:-1]) - forms[-1]:
        return items[:-1]
    return items


def _form(line: str) -> set[str]:
    """Return the marks of a line, with "0" for a digit, and "A" where all of its words are capitalised."""
    marks = set(_MARK.findall(re.sub(r"\d", "0", line)))
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", line) if word.lower() not in STOP_WORDS]
    return marks | ({"A"} if all(word[0].isupper() for word in words) else set())


def _sections(lines: Sequence[Line], title: str) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Yield the headings over an article's sections, where they are numbered or as many as it announces.

    Of short lines in a row the last is the heading, or else the first: a section may end or begin with others.
    """
    last = max((at for at, one in enumerate(lines) if not one.short), default=0)
    short = [at for at, one in enumerate(lines[:last]) if one.short and at]
    for beside in (1, -1):
        heads = [at for at in short if not lines[at + beside].short]
        found = _headings(lines, heads, title) if len(heads) >= FEWEST_LINES else None
        if found:
            yield found
            return


def _headings(lines: Sequence[Line], heads: Sequence[int], title: str) -> tuple[Line, Sequence[Line]] | None:
    """Find the line that announces some of the headings, and these."""
    numbered = [at for at in heads if _NUMBERED.match(lines[at].text)]
    if len(numbered) >= FEWEST_LINES:
        return lines[numbered[0] - 1], [lines[at] for at in numbered]
    for place, at in enumerate(heads):
        before, own = lines[at - 1], [lines[other] for other in heads[place:]]
        if before.short:
            continue
        presents = bool(_PRESENTS.match(before.text))
        many = announced_number(title) or (announced_number(before.text) if presents else 0)
        if many >= FEWEST_LINES and abs(len(own) - many) <= ONE_OFF:
            return before, own[:many]
        if not many and before.text.endswith(":") and len(own) >= FEWEST_LINES:
            return before, own
    return None


def announced_number(text: str) -> int:
    """Return how many things a text speaks of first, "ten best-selling beers"; 0 where it speaks of no number."""
    found = _COUNTED.search(text)
    if not found:
        return 0
    word = found["many"].lower()
    many = SMALL[word] if word in SMALL else int(word)
    return many if many <= MOST_HEADINGS else 0
