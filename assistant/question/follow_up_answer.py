# ruff: noqa: E501 - a pattern to a line
"""Follow-ups that the earlier answer decides: "Which other towns?", "Which is older?", "Why?", "And two days earlier?".

Only names of the answer are filled in, as in ``follow_up.py``.
"""

from __future__ import annotations

import datetime
import itertools
import re

from assistant.question.conversation_topics import ANSWER_CHARACTERS, cleaned
from assistant.text.dates import find_dates
from assistant.text.periods import days
from assistant.text.phrases import first_sentence, proper_names
from assistant.text.tokens import content_words, stems
from assistant.text.wording import day_in_words
from assistant.types import Turn

MOST_NAMES = 6
"""Names of an answer that are filled in."""
MOST_WORDS = 6
"""Words of an item that is filled in."""
_PLACING = "in|at|of|from|near|on|to"
_AUXILIARY = r"(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)"
_OTHER_CLASS = re.compile(
    r"^\W*(?:and\s+)?(?:(?:in|on|at|from|to|by)\s+)?(?:which|what|are\s+there(?:\s+any)?|any)\s+other\s+(?P<item>[\w-]+)\W*$",
    re.I,
)
_CLASS_ASKED = re.compile(
    r"^\W*(?P<lead>(?:(?:in|on|at|from|to|by|of|with)\s+)?)(?:which|what)\s+(?P<class>[\w-]+)\s+(?P<rest>\S.*)$",
    re.I,
)
_WHERE_ASKED = re.compile(r"^\W*where\s+(?P<rest>\S.*)$", re.I)
_AMONG_THEM = re.compile(
    rf"^\W*(?:and\s+)?(?P<word>which|who)(?:\s+(?:one|of\s+(?:them|the\s+two|these|those)))?\s+(?P<rest>(?:{_AUXILIARY}|[a-z]+ed|cost|costs|came|won|sold|got)\b.*?)\W*$",
    re.I,
)
_COMPARATIVE = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?!after|over|under|other|ever|never|her|number)[a-z]{2,}er)\b", re.I
)
_WHY = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:why|how come)(?:\s+(?:was|is|did|so)\s*(?:that|this|it)?)?\W*$", re.I
)
_WHETHER = re.compile(rf"^\W*{_AUXILIARY}\s+\S", re.I)
_WHO_DID = re.compile(
    rf"^\W*(?:who|(?:which|what)\s+[\w-]+)\s+(?:(?P<aux>{_AUXILIARY})\s+)?(?P<rest>\S.*)$", re.I
)
_HOW_MANY_DID = re.compile(
    rf"^\W*how\s+many\s+(?P<noun>[\w-]+(?:\s+[\w-]+)?)\s+(?P<aux>{_AUXILIARY})\s+(?P<rest>\S.*)$", re.I
)
_NUMBERS = {
    word: at for at, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1, "the": 1}
_SHIFTED = re.compile(
    rf"^\W*(?:(?:and|but|what\s+about|how\s+about)\s+)*(?P<many>{'|'.join(_NUMBERS)}|\d{{1,3}})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>earlier|before|later|after)\W*$",
    re.I,
)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b", re.I)
_OTHER_PLACE = re.compile(
    rf"^\W*(?:(?:and|what\s+about|how\s+about|who\s+(?:was|came|finished))\s+)*(?:the\s+)?(?P<place>{_ORDINAL.pattern})(?:\s+(?:one|place))?\W*$",
    re.I,
)
_OF_CORPUS = re.compile(
    r"^\W*how\s+many\s+(?:articles?|reports?|stories|documents|texts|sources|publishers|newspapers)\s+(?:are\s+(?:there|here)|do\s+you\s+have)(?:\s+(?:in\s+total|in\s+all|altogether|here|overall))?\W*$",
    re.I,
)  # fmt: skip


def completed_by_answer(question: str, turn: Turn) -> str | None:
    """Complete a follow-up from the question before, which stands alone, and the names of its answer; else None."""
    before = turn.question.strip().rstrip("?!. ")
    if _OF_CORPUS.match(question):
        return question
    told = names_told(turn)
    completed = (
        _of_other_class(question, before, told)
        or _among_names(question, told)
        or (_why(before, told) if _WHY.match(question) else None)
        or _shifted(question, before)
        or _other_place(question, before)
    )
    return f"{completed[:1].upper()}{completed[1:]}?" if completed else None


def names_told(turn: Turn) -> list[str]:
    """List the names that an answer gave: its items, or the names of its first sentence that the question lacks."""
    asked = stems(content_words(turn.question))
    answer = first_sentence(cleaned(turn.answer_text, ANSWER_CHARACTERS))
    found = [one for name in proper_names(answer) for one in name.split(" and the ")]
    found = [one for one in found if one.lower() not in _NUMBERS]
    for one, two in itertools.pairwise(list(found)):
        if (pair := re.search(rf"{re.escape(one)}[–-]{re.escape(two)}", answer)) and two in found:
            found[found.index(one) : found.index(two) + 1] = [pair.group()]
    items = tuple(one for one in turn.items if len(one.split()) <= MOST_WORDS)
    free = tuple(
        one for one in found if not re.search(rf"\b(?:{_PLACING})\s+(?:the\s+)?{re.escape(one)}", answer)
    )
    given = items or free or tuple(found)
    return [one for one in dict.fromkeys(given) if len(one) > 1 and not stems(content_words(one)) <= asked][
        :MOST_NAMES
    ]


def _of_other_class(question: str, before: str, told: list[str]) -> str | None:
    """Ask the question before of the others: "Which towns other than Arle were hit?"."""
    other = _OTHER_CLASS.match(question)
    asked, where = _CLASS_ASKED.match(before), _WHERE_ASKED.match(before)
    if not other or not told or not (asked or where):
        return None
    besides = f"{other['item']} other than {_joined(told)}"
    if where:
        return f"in which {besides} {where['rest']}"
    assert asked is not None  # noqa: S101 - one of the two holds
    return f"{asked['lead']}which {besides} {asked['rest']}"


def _among_names(question: str, told: list[str]) -> str | None:
    """Ask for one of the names told: "Which is older, Arle or Benholt?"."""
    found = _AMONG_THEM.match(question)
    if not found or len(told) < 2 or proper_names(question[1:]) or not _COMPARATIVE.search(found["rest"]):
        return None
    return f"{found['word']} {found['rest']}, {_joined(told, 'or')}"


def _why(before: str, told: list[str]) -> str | None:
    """Ask why what the question before asks about is so."""
    if _WHETHER.match(before):
        return f"why {before[0].lower()}{before[1:]}"
    counted, done = _HOW_MANY_DID.match(before), _WHO_DID.match(before)
    if counted:
        return f"why {counted['aux']} {counted['rest']} {counted['noun']}"
    if done and told and before.lower().startswith("who"):
        return " ".join(part for part in ("why", done["aux"], told[0], done["rest"]) if part)
    return None


def _shifted(question: str, before: str) -> str | None:
    """Ask the question before of another day, counted from its own: "two days earlier"."""
    found = _SHIFTED.match(question)
    dated = [one for one in find_dates(before, None) if one.period and not one.period.yearless]
    if not found or len(dated) != 1:
        return None
    (date,) = dated
    assert date.period is not None  # noqa: S101 - those without are left out
    many = _NUMBERS.get(found["many"].lower()) or int(found["many"])
    many = -many if found["way"].lower() in {"earlier", "before"} else many
    day, unit = date.period.start, found["unit"].lower()
    if unit in {"day", "week"}:
        moved = day + datetime.timedelta(days=many * (7 if unit == "week" else 1))
    else:
        months = day.year * 12 + day.month - 1 + many * (12 if unit == "year" else 1)
        moved = datetime.date(months // 12, months % 12 + 1, min(day.day, 28))
    length = days(date.period)
    words = (
        day_in_words(moved) if length == 1 else f"{moved:%B} {moved.year}" if length < 32 else str(moved.year)
    )
    return f"{before[: date.start]}{words}{before[date.end :]}"


def _other_place(question: str, before: str) -> str | None:
    """Ask the question before of another place in a row: "the third" after "Who came second?"."""
    found = _OTHER_PLACE.match(question)
    return _ORDINAL.sub(found["place"], before, count=1) if found and _ORDINAL.search(before) else None


def _joined(names: list[str], word: str = "and") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
