"""What a statement of a chat model rests on: the quoted words, in any form in which models give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.checking.citations import (
    citation,
    cite,
    find_changed_quote,
    find_quote,
    stems_held,
    with_question,
)
from assistant.checking.marks import marked_words
from assistant.text.tokens import content_words, stems
from assistant.types import Citation, Hit

MOST_QUOTES = 8

_DIGITS = re.compile(r"\d+")


def rests_on(value: Any) -> list[tuple[int | None, str]]:
    """Read what a statement rests on, as passages and words, from any of the forms in which models write it."""
    found: list[tuple[int | None, str]] = []
    for one in (value if isinstance(value, list) else [value])[:MOST_QUOTES]:
        if isinstance(one, dict):
            words = next(
                (one[key] for key in ("words", "quote", "text") if isinstance(one.get(key), str)), ""
            )
            found.append((_marker_number(one.get("passage", one.get("number"))), words))
        elif isinstance(one, str):
            found.append((None, one) if " " in one.strip() else (_marker_number(one), ""))
        elif isinstance(one, int):
            found.append((_marker_number(one), ""))
    return [(number, words) for number, words in found if number is not None or words.strip()]


def cite_quoted(
    rests: Sequence[tuple[int | None, str]], say: str, hits: Sequence[Hit]
) -> tuple[list[Citation], bool, int]:
    """Find the quoted words in the passages: citations, whether words were changed, how many are unknown."""
    cited: list[Citation] = []
    changed = False
    unknown = 0
    for number, words in rests:
        named = hits[number - 1] if number and 0 < number <= len(hits) else None
        unknown += number is not None and named is None
        ordered = [named, *(hit for hit in hits if hit is not named)] if named else list(hits)
        found = _citation_of_words(words, ordered) if words.strip() else None
        if found:
            cited.append(found)
            continue
        changed = changed or bool(words.strip())
        if named:
            near = find_changed_quote(words, named)
            cited += [citation(named.article, *near)] if near else cite(say, named)
    return list(dict.fromkeys(cited)), changed, unknown


def cite_marked(words: str, numbers: Sequence[int], question: str, hits: Sequence[Hit]) -> list[Citation]:
    """Find the sentences that a sentence with markers rests on, in the passages that it names, or else in another.

    A small model often writes the number of a wrong passage. Another is taken in the place of those named where its
    sentences hold more of the words and fewer names, figures and dates are missing from them.
    """
    basis = with_question(words, question)
    wanted = stems(content_words(basis))
    named = list(dict.fromkeys(number for number in numbers if 0 < number <= len(hits)))
    best = [found for number in named for found in cite(basis, hits[number - 1])]
    fewest = len(marked_words(words, best)) if named else 0
    most = len(wanted & stems_held(best))
    if not fewest:
        return best
    for hit in hits:
        found = cite(basis, hit)
        held = len(wanted & stems_held(found))
        if held > most and (lacking := len(marked_words(words, found))) < fewest:
            best, fewest, most = found, lacking, held
    return best


def _citation_of_words(words: str, hits: Sequence[Hit]) -> Citation | None:
    for hit in hits:
        place = find_quote(words, hit.article, (hit.passage.start, hit.passage.end))
        if place:
            return citation(hit.article, *place)
    return None


def _marker_number(value: Any) -> int | None:
    found = _DIGITS.search(str(value)) if isinstance(value, int | str) else None
    return int(found.group()[:4]) if found else None
