# ruff: noqa: E501 - a pattern to a line
"""Follow-ups that the earlier answer decides: what they want of it (``follow_up_act``), and what it was.

It was an answer to a question that stands alone, of a kind, with items or names. Only these names are filled in, as
in ``follow_up.py``.
"""

from __future__ import annotations

import datetime
import itertools
import re

from assistant.question.asked_period import asked_period
from assistant.question.asking import OPENING_AUXILIARY as AUXILIARY
from assistant.question.conversation_topics import ANSWER_CHARACTERS, cleaned
from assistant.question.follow_up_act import act_of
from assistant.question.kind import kind_odds
from assistant.text.dates import YEAR_WRITTEN, dates, find_dates
from assistant.text.english.number_words import ORDINALS, SMALL
from assistant.text.periods import days
from assistant.text.phrases import event_phrase, first_sentence, proper_names
from assistant.text.tokens import content_words, stems
from assistant.text.wording import day_in_words
from assistant.types import Turn

OTHER_FIGURES = "Compare the figures given for this: "
"""How a question for other figures begins, once it stands alone."""
MOST_NAMES = 6
"""Names of an answer that are filled in."""
MOST_WORDS = 6
"""Words of an item that is filled in."""
OWN_WORDS = 1
"""Most content words with which "How do you know?" or "Who else?" asks about the answer before, and of nothing else."""
OF_CORPUS = 0.6
"""Least probability with which a question asks how many articles there are in all."""
_NUMBERS = SMALL | {"a": 1, "the": 1}
_PLACING = "in|at|of|from|near|on|to"
_WHAT = re.compile(
    rf"^\W*(?P<lead>(?:(?:in|on|at|from|to|by|of|with)\s+)?)(?P<word>which|what|who|how\s+many)\s+(?P<class>(?<!who\s)(?!(?:{AUXILIARY})\b)[a-z-]+\b(?:\s+(?!(?:{AUXILIARY})\b)[a-z-]+(?=\s+{AUXILIARY}\b))?)?\s*(?:(?P<aux>{AUXILIARY})\s+)?(?P<rest>\S.*)$",
    re.I,
)
"""The parts of a question: "which" + "ports" + "were" + "closed in 2024"."""
_WHERE = re.compile(r"^\W*where\s+(?P<rest>\S.*)$", re.I)
_OTHER = re.compile(r"\bother\s+(?P<class>[\w-]+)", re.I)
_AMONG_THEM = re.compile(
    rf"^\W*(?:and\s+)?(?P<word>which|who)(?:\s+(?:one|of\s+(?:them|the\s+two|these|those)))?\s+(?P<rest>(?:{AUXILIARY}|[a-z]+ed|cost|costs|came|won|sold|got)\b.*?)\W*$",
    re.I,
)
_COMPARATIVE = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?!after|over|under|other|ever|never|her|number)[a-z]{2,}er)\b", re.I
)
_BARE = re.compile(r"^\W*(?:and\s+|but\s+)?(?P<word>when|where|how)\W*$", re.I)
_WHETHER = re.compile(rf"^\W*{AUXILIARY}\s+\S", re.I)
_SHIFTED = re.compile(
    rf"^\W*(?:(?:and|but|what\s+about|how\s+about)\s+)*(?P<many>{'|'.join(_NUMBERS)}|\d{{1,3}})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>earlier|before|later|after)\W*$",
    re.I,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)}|last)\b", re.I)
_OTHER_PLACE = re.compile(
    rf"^\W*(?:(?:and|what\s+about|how\s+about|who\s+(?:was|came|finished))\s+)*(?:the\s+)?(?P<place>{_ORDINAL.pattern})(?:\s+(?:one|place))?\W*$",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?P<period>(?:since|after|before|until|in|on|from|during|between|for|up\s+to|to)\s+.+?)\W*$", re.I
)
_LENGTH = re.compile(
    rf"\b(?P<many>a\s+few|a|\d|{'|'.join(SMALL)})\s+(?:short\s+)?(?P<unit>sentences?|lines?)\b", re.I
)
_SHORTER = re.compile(r"short|brief|concise|nutshell|gist|tl;?dr|long", re.I)
_REQUEST = re.compile(
    r"^\W*(?:please\s+)?(?:summari[sz]e|sum\s+up|recap|outline|brief\s+me\s+on|tell\s+me\s+(?:more\s+)?about|(?:give\s+me\s+)?an?\s+(?:summary|overview)\s+of"
    r"|list|name|compare|who\s+(?:is|are|was|were)|what\s+(?:is|are|was|were)(?:\s+the\s+(?:latest|newest|news)\s+(?:on|about))?)\s+(?P<matter>.+)$",
    re.I,
)  # fmt: skip
_STATED = re.compile(
    r"^\W*what\s+(?:did|does|do|has|have)\s+(?P<speaker>.+?)\s+(?:says?|said|thinks?|thought)\b\s*(?:about|of|on|to)?\s*(?P<topic>.*)$",
    re.I,
)
_ARTICLES_ON = re.compile(
    r"^(?:articles?|reports?|stories|pieces)\s+(?:mention|name|report|cover|speak|(?:are\s+)?about)\s+(?:of\s+|on\s+)?", re.I
)  # fmt: skip
_WHO_IS = re.compile(r"^\W*[Ww]ho\s+(?:is|are|was|were)\s+(?P<matter>[A-Z].*)$")
_IN_ALL = re.compile(r"\b(?:are\s+(?:there|here)|do\s+you\s+have)(?:\s+[a-z]+){0,2}\W*$", re.I)


def completed_by_answer(question: str, turn: Turn) -> str | None:
    """Complete a follow-up that wants something of the answer before; None for any other.

    The question before stands alone. Thanks and small talk come back unchanged, as does a question of all articles.
    """
    before = turn.question.strip().rstrip("?!. ")
    if not before:
        return None
    bare = _BARE.match(question)
    if bare and _WHETHER.match(before):
        return f"{bare['word'].capitalize()} {before[0].lower()}{before[1:]}?"
    act, told = act_of(question), names_told(turn)
    if act == "courtesy" or (act == "none" and _asks_of_corpus(question)):
        return question
    asked: str | None = None
    if act == "figures":
        asked = f"{OTHER_FIGURES}{before}"
    elif act == "summary":
        asked = f"Summarise {matter_of(before)} {_length_wanted(question)}".strip()
    elif act == "narrowed":
        period = _PERIOD.search(question)
        asked = asked_in_period(before, period["period"]) if period and dates(question) else None
    elif act == "items":
        asked = _listing(before)
    elif act == "source" and len(content_words(question)) <= OWN_WORDS and not bare:
        asked = before
    elif act == "others":
        asked = _others(question, before, told)
    elif act == "why":
        asked = _why(before, told)
    asked = asked or _among_names(question, told) or _shifted(question, before)
    asked = asked or _other_place(question, before) or _asked_again(question, before)
    return f"{asked[:1].upper()}{asked[1:]}?" if asked else None


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


def _asks_of_corpus(question: str) -> bool:
    """Return True for "How many articles are there?", which asks of all articles whatever was asked before."""
    odds = kind_odds(question)
    return bool(_IN_ALL.search(question)) and odds.get("corpus", 0.0) + odds.get("count", 0.0) >= OF_CORPUS


def _length_wanted(question: str) -> str:
    length = _LENGTH.search(question)
    if length:
        return f"in {length['many'].lower()} {length['unit'].lower()}"
    return "in one sentence" if _SHORTER.search(question) else ""


def _listing(before: str) -> str:
    """Ask for the items that the question before counts: "Which ports close?" after "How many ports close?"."""
    asked = _WHAT.match(before)
    if asked and asked["word"].lower().startswith("how") and asked["aux"] in {"is", "are", "was", "were"}:
        return f"List all {asked['class']} that {asked['aux']} {asked['rest']}"
    return re.sub(r"^\W*how\s+many\b", "Which", before, flags=re.I)


def _others(question: str, before: str, told: list[str]) -> str | None:
    """Ask the question before of the others: "Which towns other than Arle were hit?"."""
    other, asked, where = _OTHER.search(question), _WHAT.match(before), _WHERE.match(before)
    named = other["class"] if other else asked["class"] if asked else None
    own = stems(content_words(question)) - stems(content_words(before))
    if not other and len(own) > OWN_WORDS:
        return None  # "Who else is looking into it?" asks of another deed
    if not other or not told or not (where or (asked and asked["class"])):
        return before if not other or (named and re.search(rf"\b{re.escape(named)}", before, re.I)) else None
    besides = f"{named} other than {_joined(told)}"
    if where:
        return f"in which {besides} {where['rest']}"
    assert asked is not None  # noqa: S101 - one of the two holds
    return " ".join(part for part in (f"{asked['lead']}which {besides}", asked["aux"], asked["rest"]) if part)


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
    asked = _WHAT.match(before)
    if asked is None:
        return None
    word = asked["word"].lower()
    if word == "who" and told:
        return " ".join(part for part in ("why", asked["aux"], told[0], asked["rest"]) if part)
    if word.startswith("how") and asked["class"] and asked["aux"]:
        return f"why {asked['aux']} {asked['rest']} {asked['class']}"
    return _asked_of_class("why", before)


def _asked_again(question: str, before: str) -> str | None:
    """Ask "Where?" of what the question before asks for: "Where were ports closed?" after "Which ports were closed?"."""
    bare = _BARE.match(question)
    return _asked_of_class(bare["word"], before) if bare else None


def _asked_of_class(word: str, before: str) -> str | None:
    asked = _WHAT.match(before)
    if not (asked and asked["class"] and asked["aux"] and asked["word"].lower() in {"which", "what"}):
        return None
    return f"{word} {asked['aux']} {asked['class']} {asked['rest']}"


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


def matter_of(question: str) -> str:
    """Say what a question is about, for a summary: "the ferry merger", "Ada Berg on wages", "towns hit on 1 July"."""
    if stated := _STATED.match(question):
        return f"{stated['speaker']} on {stated['topic']}" if stated["topic"] else stated["speaker"]
    if requested := _REQUEST.match(question):
        return re.sub(rf"\s*\bin\s+{_LENGTH.pattern}", "", requested["matter"], flags=re.I)
    if re.match(r"^\W*what\s+(?:has\s+|have\s+)?happen", question, re.I):
        return question[0].lower() + question[1:]
    asked = _WHAT.match(question)
    told = (
        f"{asked['class'] or ''} {asked['rest']}"
        if asked
        else re.sub(rf"^\W*\w+\s+{AUXILIARY}\s+", "", question)
    )
    return event_phrase(question) or _ARTICLES_ON.sub("", told.strip())


def asked_in_period(question: str, period: str) -> str:
    """Ask a question of another period, "since May"; a month in a year that it named stays of that year."""
    if described := _WHO_IS.match(question):
        return f"Summarise {described['matter']} {period}"
    old = asked_period(question, None)
    if old is None:
        return f"{question} {period}"
    year = YEAR_WRITTEN.search(old.words)
    told = period if not year or YEAR_WRITTEN.search(period) else f"{period} {year.group()}"
    return f"{' '.join(old.topic.split())} {told}"


def _joined(names: list[str], word: str = "and") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
