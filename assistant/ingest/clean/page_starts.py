"""Where the pages of a printed document begin in its article's text, after cleaning."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ingest.clean.text import legible

# Letters of a line that are enough to find it by; a shorter one is looked for with those after it.
_FEWEST = 12
_LOOKED_FOR = 32


def page_starts(pages: Sequence[Sequence[str]], text: str) -> tuple[int, ...]:
    """Return where each page begins in a text, given the lines of each; () where there are no pages.

    Cleaning leaves out lines, joins them and folds white space, but keeps their order. So a page begins where the
    first of its lines that is still there stands, letters and digits alone compared; one of which nothing is left
    begins with the page after it.
    """
    folded = [[_letters_of(line) for line in lines] for lines in pages]
    places = [place for place, one in enumerate(text) if one.isalnum()]
    letters = "".join(text[place] for place in places)
    left_out = max(0, sum(len(line) for lines in folded for line in lines) - len(letters))
    starts: list[int | None] = []
    earliest = before = 0  # ``before``: how many letters stand before a line in the pages
    for lines in folded:
        begins = None if starts else 0
        for number, line in enumerate(lines):
            wanted = (line if len(line) >= _FEWEST else "".join(lines[number:]))[:_LOOKED_FOR]
            if begins is None and wanted:
                found = letters.find(wanted, max(earliest, before - left_out), before + len(wanted))
                if found >= 0:
                    begins, earliest = _with_signs_before(text, places[found]), found
            before += len(line)
        starts.append(begins)
    following = len(text)
    known: list[int] = []
    for start in reversed(starts):
        following = following if start is None else start
        known.append(following)
    return tuple(reversed(known))


def _letters_of(text: str) -> str:
    return "".join(one for one in legible(text) if one.isalnum())


def _with_signs_before(text: str, place: int) -> int:
    """Return where the signs begin, as quotation marks, that stand right before a place."""
    while place and not (text[place - 1].isalnum() or text[place - 1].isspace()):
        place -= 1
    return place
