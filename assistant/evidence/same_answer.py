"""Whether two short answers are one in other words: a name with a title, a place with its country, a day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.question.question_type import QuestionType
from assistant.text.dates import moments
from assistant.text.tokens import STOP_WORDS, stem, tokens

# words that may stand before a surname: titles, given names, a party
BEFORE_SURNAME = 3
WITHIN_PLACE = frozenset({"at", "in", "of"})


@lru_cache(maxsize=10_000)
def stemmed(text: str) -> str:
    """Write the stems of a text, without an article before them."""
    found = [stem(token.text) for token in tokens(text)]
    return " ".join(found[1:] if len(found) > 1 and found[0] in {"the", "a", "an"} else found)


def heads(kind: QuestionType, text: str) -> list[str]:
    """List the words under which answers that may be one are kept: of a name the last, of a day its date."""
    if kind == "when":
        return [f"{one.month} {one.day}" for one in moments(text)[0] if one.month and one.day][:1]
    parts = [text, text.partition(",")[0]] if kind == "where" else [text]
    return list(dict.fromkeys(stemmed(part).rpartition(" ")[2] for part in parts))


def one_answer(kind: QuestionType, one: str, other: str) -> bool:
    """Return True for wordings of one answer: "Rep. Ann Lee" and "the lawyer Ann Lee", "2 May" and "2 May 1999".

    Two people with one surname are not told apart by "Lee" (``namesakes``).
    """
    if kind == "when":
        return _one_day(one, other)
    if kind == "where" and "," in one + other:
        one, other = (text.partition(",")[0] for text in (one, other))
    first, second = (_name(kind, text) for text in (one, other))
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    shared = _shared_end(shorter, longer)
    if shared == len(shorter):
        before = longer[: len(longer) - shared]
        return shared > 1 or (len(before) <= BEFORE_SURNAME and not STOP_WORDS & set(before))
    return shared > 1


def namesakes(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return True when two names are of two people with one surname."""
    return (
        len(one) > 1 < len(other)
        and one[-1] == other[-1]
        and not (set(one) <= set(other) or set(other) <= set(one) or one[-2] == other[-2])
    )


@lru_cache(maxsize=10_000)
def _name(kind: QuestionType, text: str) -> tuple[str, ...]:
    """Return the stems of the name that a wording ends in, without what it is the name of; empty without one."""
    words = [token.text for token in tokens(text)]
    plain = [at for at, word in enumerate(words) if word[0].islower() and word not in STOP_WORDS]
    name = words[plain[-1] + 1 :] if plain else words
    if kind == "where":
        inside = [at for at, word in enumerate(name) if word in WITHIN_PLACE]
        name = name[inside[-1] + 1 :] if inside else name
    if name and name[0].lower() in {"the", "a", "an"}:
        name = name[1:]
    return tuple(stem(word) for word in name) if name and name[0][0].isupper() else ()


def _shared_end(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the last words that two names share; a name after a preposition is no end ("University of X")."""
    shared = 0
    for word, same in zip(reversed(one), reversed(other), strict=False):
        if word != same:
            break
        shared += 1
    before = (name[len(name) - shared - 1] for name in (one, other) if len(name) > shared)
    return 0 if any(word in STOP_WORDS for word in before) else shared


def _one_day(one: str, other: str) -> bool:
    """Return True when two wordings state the same day, and no other year."""
    first, second = (next((m for m in moments(text)[0] if m.day), None) for text in (one, other))
    if first is None or second is None or (first.month, first.day) != (second.month, second.day):
        return False
    return first.year is None or second.year is None or first.year == second.year
