"""What a question asks for: the type of answer, and the weight of each of its words."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.tokens import content_words, names, stem, stems, tokens

QuestionType = Literal["who", "when", "where", "how_many", "name", "why", "other"]

TYPED: frozenset[QuestionType] = frozenset({"who", "when", "where", "how_many", "name"})

QUESTION_FORMS: tuple[tuple[QuestionType, str], ...] = (
    (
        "how_many",
        r"\bhow (?:many|much|few|big|large|long|old|far|tall|high|fast|often)\b|\bwhat (?:is |was )?(?:the )?"
        r"(?:number|percentage|share|toll|size|population|age|price|cost|amount)\b|\bdeath toll\b|\bat what age\b",
    ),
    ("when", r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|week|decade|century)\b|\bsince when\b"),
    (
        "where",
        r"\bwhere\b|\b(?:what|which) (?:town|towns|city|cities|country|countries|region|regions|place|places"
        r"|state|states|district|village|villages|province|area|location|county|continent)\b",
    ),
    (
        "who",
        r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:[\w-]+ ){0,2}?(?:group|groups|person|people|company"
        r"|organi[sz]ations?|minister|president|leader|official|actor|singer|author|team|party|agency|man|woman)\b",
    ),
    (
        "why",
        r"\bwhy\b|\bhow (?:did|does|do|was|were|is|are|has|have|can|could|will|would|come)\b|\bwhat (?:happened"
        r"|caused|led|reason|explains|does .{1,40} say|did .{1,40} say)\b",
    ),
    ("name", r"\bwhat (?:is|was|are|were) the (?:name|names)\b|\bwhich\b|\bcalled\b|\bnamed\b"),
)
QUESTION_WORDS = "who|whom|whose|what|which|when|where|why|how"
ASKS = re.compile(rf"\b(?:{QUESTION_WORDS}|{BE_DO_HAVE}|can|could|will|would)\b")
# those who lead or speak for others, made or own a thing
ROLES_ASKED = (
    "author|captain|chair|chairman|chief|coach|commander|director|founder|head|leader|mayor|minister|owner|president"
    "|spokesman|spokesperson|spokeswoman"
)
# the likely type of keywords without a verb
KEYWORDS: tuple[tuple[QuestionType, str], ...] = (
    (
        "how_many",
        r"\b(?:numbers?|toll|count|amount|percentage|share|population|size|price|cost|age|casualties)\b",
    ),
    # not "word of the year 2017"
    ("when", r"\b(?:date|dates|deadline|(?<!of the )(?<!this )(?<!last )(?<!next )year(?! \d))\b"),
    ("where", r"\b(?:location|place|whereabouts|venue|address|birthplace)\b"),
    (
        "who",
        rf"\b(?:{ROLES_ASKED}|premier|ceo|chairwoman|governor|winner|ambassador|secretary|king|queen|judge|suspect"
        r"|killer|names?)\b",
    ),
)

FOCUS = re.compile(
    r"\bhow (?:many|much) |\bhow (?=\w)|\b(?:what|which) (?:(?:is|was|are|were|kind|kinds|type|types|sort) )?"
    r"(?:(?:of|the|a|an) )*",
    re.I,
)
ASKS_HOW_MANY = re.compile(r"how many\b", re.I)
PLURAL = re.compile(r"[^s]s$|^(?:people|men|women|children|police)$", re.I)
IDENTITY = re.compile(r"^[Ww]ho (?:is|was|are|were) (?:the )?(?P<name>[A-Z].*?)[?!. ]*$")
# the best of 0.2, 0.35, 0.6 and 1 on the follow-ups of the demonstration corpus
FILLED_IN = 0.2


@dataclass(frozen=True, slots=True)
class Profile:
    """What is asked: the type of answer, and each content word's stem with its weight (they sum to 1).

    ``names`` are the stems that are names or figures, ``focus`` the stem of what is counted or asked for
    ("soldiers" in "how many soldiers"), and ``unknown`` those that no passage holds. ``now`` says whether it is of
    how things stand now.
    """

    kind: QuestionType
    weights: Mapping[str, float]
    names: frozenset[str]
    focus: str | None
    unknown: frozenset[str]
    text: str = ""
    now: bool = False


def profile(question: str, counts: Mapping[str, int], passages: int, *, typed: str | None = None) -> Profile:
    """Describe a question; ``counts`` gives for each content word the passages that hold it.

    ``typed`` is what was typed of a follow-up: the words filled in weigh ``FILLED_IN`` times as much.
    """
    words = content_words(question)
    own = stems(content_words(question if typed is None else typed))
    idf = {
        stem(word): (math.log((passages + 1) / (counts.get(word, 0) + 0.5)) + 0.1 if passages else 1.0)
        * (1.0 if stem(word) in own else FILLED_IN)
        for word in words
    }
    total = sum(idf.values()) or 1.0
    capital = {stem(token.text) for span in names(question) for token in tokens(span.text)}
    first = tokens(question)[:1]
    if first and stem(first[0].text) not in idf:
        capital.discard(stem(first[0].text))
    figures = {stem(token.text) for token in tokens(question) if token.text[0].isdigit()}
    important = frozenset((capital | figures) & idf.keys())
    unknown = frozenset(stem(word) for word in words if not counts.get(word, 0)) if counts else frozenset()
    kind = kind_of(question)
    weights = {word: value / total for word, value in idf.items()}
    return Profile(kind, weights, important, _focus(question, weights), unknown, question)


def kind_of(question: str) -> QuestionType:
    """Return the type of answer that a question or keywords ask for; "Who is Ada Berg?" asks for no name."""
    identity = IDENTITY.match(question)
    if identity and [span.text for span in names(question)[-1:]] == [identity.group("name")]:
        return "other"
    found = _first_kind(QUESTION_FORMS, question) or (
        None if asks_by_word(question) else _first_kind(KEYWORDS, question)
    )
    return found or "other"


def put_as_question(keywords: str) -> str:
    """Put a question word before keywords ("death toll Kayes"), for a reader that knows questions; others stay."""
    kind = kind_of(keywords)
    if asks_by_word(keywords) or kind not in {"who", "when", "where", "how_many"}:
        return keywords
    return f"{kind.replace('_', ' ').capitalize()}: {keywords}?"


def asks_by_word(text: str) -> bool:
    """Return True for a text with a word or a verb that may ask ("who", "did"), wherever, and False for keywords.

    Statements hold such verbs too: ``asking.asks`` tells those from questions.
    """
    return ASKS.search(text.lower()) is not None


def _first_kind(kinds: Sequence[tuple[QuestionType, str]], text: str) -> QuestionType | None:
    return next((kind for kind, pattern in kinds if re.search(pattern, text.lower())), None)


def _focus(question: str, weights: Mapping[str, float]) -> str | None:
    found = FOCUS.search(question)
    if found is None:
        return None
    following = itertools.islice(tokens(question[found.end() :]), 4)
    known = [token.text for token in following if stem(token.text) in weights]
    several = (
        next((word for word in known if PLURAL.search(word)), None)
        if ASKS_HOW_MANY.match(found.group())
        else None
    )
    return stem(several or known[0]) if known else None


_FIGURES_ASKED = re.compile(
    r"\b(?:tolls?|numbers?|figures?|losses|share|votes?|prices?|costs?|sizes?|counts?|crowds?|attendance|dead|deaths|killed|injured"
    r"|wounded|jobs?|sales|profits?|revenues?|points|scores?|speed|age|percentage|rates?|charges?|fares?|estimates?|wages?)\b",
    re.I,
)


def asks_for_figures(question: str) -> bool:
    """Return True when a question names something that is counted or measured: "the tolls", "the price"."""
    return bool(_FIGURES_ASKED.search(question))
