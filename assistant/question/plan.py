# ruff: noqa: E501 - a pattern to a line
"""Query -> Plan: the kind of question and the slots of its kind: the things compared, the speaker, ..."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.question.asking import OPENING_AUXILIARY, QUESTION_WORD, asks, asks_whether, begins_asking
from assistant.question.comparative import graded
from assistant.question.follow_up_answer import OTHER_FIGURES
from assistant.question.in_context import asking_words
from assistant.question.kind import kind_odds
from assistant.question.number_asked import asks_for_several, names_roles, number_asked
from assistant.question.overview import asks_for_events
from assistant.question.parts import split_questions
from assistant.question.things_compared import VERBS_OF_VIEWS, comparison
from assistant.question.two_times import changed, two_times
from assistant.text.english.number_words import SMALL
from assistant.types import Kind, Plan, Query

SURE_KIND = 0.4
"""Least probability with which a question is of another kind than short."""
UNLIKELY_SHORT = 0.5
"""Share of the likeliest kind's probability below which that of a short question is too low to fall back on."""
SURER: Mapping[Kind, float] = {"computed": 0.65, "corpus": 0.6, "list": 0.5}
"""The same for kinds that are declined or answered from the store: a short question must not become one."""
LIKELY_KIND = 0.1
"""The same where the wording supports the kind: a plural after "which", a superlative."""
LIKELY_WORDED = 0.01
"""The same for a plural that is asked for, which is answered as a short question where there are not two items, and
for "the latest"."""
ASKED_OTHERWISE: frozenset[Kind] = frozenset(
    {"short", "count", "identity", "position", "computed", "list", "why", "latest"}
)
"""Kinds that a question which opens with an auxiliary is of less likely than yes or no."""
_MOST = re.compile(r"\b(?:most|least|first|last|\w{3,}est)\b", re.I)
_THE_MOST = re.compile(r"\bthe\s+(?:\w+[- ])?(?:most|least|fewest|first|last|\w{3,}est)\b", re.I)
"""A superlative that is asked for; "hit hardest" in "Which villages were hit hardest?" is not."""
_DOCUMENTS = re.compile(
    r"\b(?:(?:articles?|stor(?:y|ies)|reports?|reported|pieces?|texts?|documents?|posts?|sources?|publishers?|papers?|newspapers?|outlets?|authors?|languages?|corpus|archive|collection|dataset|data|index|titles?|dates?|dated|you|your|here|mention(?:s|ed)?|came in|new|topics?|subjects?|period)\b"
    r"|(?:named|publish(?:ed)?|wr(?:ote|ite|itten)|print(?:ed)?|cover(?:ed|s)?)\b(?!\s+(?:an?|the|his|her|its|their|(?-i:[A-Z])[\w-]*)\s(?!most\b)))",
    re.I,
)
"""What only articles are or have, or what is done with them: to write a book is not to write about it."""
_WHOSE = re.compile(r"\w\s+whose\s", re.I)
"""What people of the articles have: "the authors whose books were banned"."""
_RELATIVE = re.compile(r"(?<=\w)\s+that\s.*$")
_SET_AGAINST = re.compile(
    r"\s(?:vs?\.?|versus|against|compared (?:with|to)|side by side|differ from)(?:\s|$)|:.+\band\b", re.I
)
_EITHER = re.compile(r"^\W*(?:which|who|what)\b.*\w[,:]\s*\S.*\s+or\s+\S", re.I)
"""A choice between things that are named last: "Which drew more, the fair or the race?"."""
_SET_BESIDE = re.compile(
    r"\s(?:compared (?:with|to)|side by side|differ from)(?:\s|$)|^\W*how\s+do(?:es)?\s.+\scompares?\s", re.I
)
"""What sets things against one another and is no match between two: "Lund vs Arle"."""
_TOPIC_PREPOSITION = r"(?:about|on|of|to|for|in|over|regarding|concerning|when|that|after|from|with)"
_POSITION_VERB = rf"(?:{VERBS_OF_VIEWS}|advise|write|tell|expect|hope|warn|call|feel|give|name|blame)"
_POSITION = (
    re.compile(rf"\bwhat\s+(?:[a-z-]+\s+)?{OPENING_AUXILIARY}\s+(?P<speaker>.+?)\s+(?:{_POSITION_VERB}|have\s+to\s+say|said|told|thought|written|had\s+to\s+say)(?:s|ed)?\b\s*(?P<topic>.*)$", re.I),
    re.compile(rf"\bhow\s+{OPENING_AUXILIARY}\s+(?P<speaker>.+?)\s+(?:react(?:ed)?\s+to|judge|comment(?:ed)?\s+on|see|respond(?:ed)?\s+to|describe|explain|account\s+for|rate|view|defend|answer|take|feel\s+about|felt\s+about)\s+(?P<topic>.+)$", re.I),
    re.compile(rf"(?:\bwhat(?:[’']s|\s+{OPENING_AUXILIARY})\s+)?(?P<speaker>\S.*?)[’']s?\s+(?:own\s+)?(?:view|opinion|position|stance|reaction|response|take|stand|line|answer|words|comments?|verdict|advice)s?\b\s*(?P<topic>.*)$", re.I),
    re.compile(rf"\b(?:view|opinion|position|stance|words|quot(?:es|ations)|statements)\s+(?:of|by|from)\s+(?P<speaker>.+?)\s+{_TOPIC_PREPOSITION}\s+(?P<topic>.+)$", re.I),
    re.compile(r"\b(?:where|how)\s+(?:do|does|did)\s+(?P<speaker>.+?)\s+stand\s+on\s+(?P<topic>.+)$", re.I),
    re.compile(r"^(?P<speaker>(?:[\w.’'-]+\s+){0,3}?[\w.’'-]+)\s+(?:on|about)\s+(?P<topic>.+)$", re.I),
)  # fmt: skip
_ASKS_WORDS = _POSITION[:5]
"""Those that speak of saying or of a view; "Cole on the vaccine" does not."""
_LEADING_ABOUT = re.compile(rf"^(?:{_TOPIC_PREPOSITION})\s+", re.I)

_ARTICLE_NUMBER = re.compile(
    r"\barticle\s+(?:no\.?\s*|number\s+)?(?P<article>[\w.#/-]*\d[\w.#/-]*|[\w./-]+\.\w{2,4})", re.I
)
_DOCUMENT = r"(?:article|story|report|piece|editorial|analysis)"
_ARTICLE_ABOUT = re.compile(
    rf"\b(?:{_DOCUMENT}\s+(?:about|on|titled|called|headed)|(?!story){_DOCUMENT}\s+of)\s+(?P<article>.+)$"
    rf"|[“\"‘'](?P<titled>[^”\"]{{3,}})[”\"’']\s+{_DOCUMENT}\b",
    re.I,
)
_SUMMARISED = re.compile(
    r"^\W*(?:(?:please|pls|can\s+you|could\s+you|i\s+need)\s+)*(?:summari[sz]e|sum\s+up|recap|tl;?dr(?:\s*:|\s+(?:of|on|for))?|outline|brief\s+me\s+on|fill\s+me\s+in\s+on|update\s+me\s+on"
    r"|tell\s+me\s+(?:more\s+|everything\s+)?about|(?:(?:give|draft|write|prepare)\s+(?:me\s+)?)?(?:an?\s+|the\s+)?(?:short\s+)?(?:summary|overview|briefing|rundown|recap|gist|synopsis|profile|portrait)\s+(?:of|on|about)"
    r"|what\s+do\s+(?:the\s+)?(?:articles|sources|papers)\s+say\s+about|what\s+(?:do\s+we\s+know|is\s+known|is\s+reported)\s+about|what\s+(?:has\s+|ever\s+)?(?:happened\s+(?:with|to)|became\s+of|become\s+of)|(?:who|what)(?:[’']s|\s+(?:is|are|was|were)))\s+(?:what\s+(?:the\s+)?(?:articles|sources|papers)\s+(?:say|report|tell)\s+(?:about|of|on)\s+)?(?:the\s+(?=article))?(?P<topic>.+?)"
    r"(?:,?\s+(?:across|in|from)\s+(?:all\s+)?(?:of\s+)?(?:the|these|your)\s+(?:articles|sources|papers|reports))?(?:\s+in\s+(?:a\s+few|\w+)\s+(?:sentences?|lines?|words))?(?:\s+with\s+sources)?(?:\s+(?:please|pls))?$",
    re.I,
)  # fmt: skip
_LENGTH = re.compile(
    rf"\bin\s+(?P<many>a\s+few|a|\d|{'|'.join(SMALL)})\s+(?:short\s+)?(?:sentences?|lines?)\b", re.I
)
_SUMMARY = r"(?:overview|summary|recap|briefing|rundown|so\s+far|tl;?dr)"
_SUMMARY_LAST = re.compile(
    rf"^(?P<topic>\S.*?)[\s,;:?–—-]+(?:an?\s+|the\s+)?(?:short\s+|brief\s+|quick\s+)?{_SUMMARY}(?:\s+(?:pls|please))?$",
    re.I,
)
_WHICH_ARTICLES = re.compile(
    r"^\W*(?:which|what)\s+(?:of\s+)?(?:the\s+|these\s+|your\s+)?(?:articles|stories|reports|pieces|texts)\b",
    re.I,
)
_FATE_ASKED = re.compile(
    r"^\W*what\s+(?:has\s+|ever\s+)?(?:happened\s+(?:with|to)|became\s+of|become\s+of)\b", re.I
)
_ASKS_FIRST = re.compile(rf"^\W*{QUESTION_WORD}\b", re.I)
_ASPECTS = re.compile(
    r",?\s+(?:and|including)\s+(?:how|why|what|when|where|who|whether)\b.*$|,\s+from\s+.*$", re.I
)
"""What of a topic a summary is to tell: "the strike and how it ended"."""
_TOLD = re.compile(r"(?<=\w)\s+(?:stor(?:y|ies)|coverage|news|reports?)$", re.I)
_TELLING = re.compile(r"^(?:the\s+)?(?:whole\s+|full\s+)?(?:story|tale|saga|news)\s+(?:of|on|about)\s+", re.I)
"""What a topic is told in, and no part of it: "the comet story", "the story of the comet"."""
_COUNTS = SMALL | {"a": 1, "a few": 4}
_THE_LATEST = (
    r"^\W*(?:what(?:[’']s|\s+(?:is|are|was|were))\s+)?(?:the\s+)?(?:latest|newest|most\s+recent|current)"
)
_STANDS = re.compile(r"^\W*where\s+do(?:es)?\s+.+\s+stand(?:\s+(?:now|today|at|in|with|over)\b.*)?\W*$", re.I)
_LATEST = re.compile(
    r"(?:what(?:[’']s|\s+is)\s+)?(?:the\s+)?(?:any\s+|anything\s+)?(?:latest|newest|most\s+recent|recent|new|news|update|updates|state\s+of|reports?|developments?|figures?|information|current)"
    r"(?:\s+(?:news|state|reports?|figures?|developments?|information|word|updates?|of|on|in|about|with|from|the))*\s+(?:on|in|of|about|from|with)\s+(.+)$"
    r"|where\s+do(?:es)?\s+(?:things|matters|we)\s+stand\s+(?:on|in|with|over)\s+(.+)$"
    r"|(?:going\s+on|happening|up)\s+with\s+(.+)$"
    r"|where\s+do(?:es)?\s+(.+?)\s+stand\b|^(.+?)\s+(?:latest|newest|news|updates?)\W*$"
    rf"|{_THE_LATEST}\s+(.+)$",
    re.I,
)  # fmt: skip


def planned(query: Query) -> Plan:
    """Plan the answer: the kind of the question and its slots, or the questions it is made of."""
    told = _SUMMARISED.match(query.text) and not _ASKS_FIRST.match(query.text)
    whole = query.context or query.text.startswith(OTHER_FIGURES) or two_times(query.text) is not None or told
    parts = () if whole else split_questions(query.text)
    if len(parts) > 1:
        return Plan(kind_of_question(parts[0]), query, parts=parts)
    one = replace(query, text=parts[0]) if parts else query
    return slots(Plan(kind_of_question(asking_words(one.text, one.context)), one))


def kind_of_question(question: str) -> Kind:
    """Return the kind of a question: short, unless another kind is sure."""
    if question.startswith(OTHER_FIGURES):
        return "compare"
    if asks_for_events(question):
        return "timeline"
    odds = kind_odds(question)
    if not _DOCUMENTS.search(_RELATIVE.sub("", question)) or _WHOSE.search(question):
        odds["short"] += odds.pop("corpus")
    if not (asks(question) or question.rstrip().endswith("?")):
        odds["short"] += odds["yesno"]  # keywords: yes or no is asked by a word or a mark
        odds["yesno"] = 0.0
    best = max(odds, key=lambda kind: odds[kind])
    late = _ASKED_LATE.search(question) and not begins_asking(question)
    if (late and best not in ASKED_LATE_TOO) or (best == "yesno" and _ASKS_FOR.match(question)):
        return "short"
    worded = _by_wording(question, best, odds)
    if worded:
        return worded
    return best if _sure_enough(best, odds) else "short"


def _sure_enough(kind: Kind, odds: Mapping[Kind, float]) -> bool:
    """Return True for a kind that is likely, or that is the likeliest where a short question is not."""
    if kind in SURER:
        return odds[kind] >= SURER[kind]
    return odds[kind] >= SURE_KIND or odds["short"] < UNLIKELY_SHORT * odds[kind]


def _by_wording(question: str, best: Kind, odds: Mapping[Kind, float]) -> Kind | None:
    """Return a kind that is likely, where the wording of the question supports it over the likeliest."""
    held = (best == "identity" and any(one.match(question) for one in _NOT_DESCRIBED)) or (
        best == "latest" and bool(_ASKS_FOR_NOW.match(question))
    )
    kind: Kind = "short" if held or not _sure_enough(best, odds) else best
    plain = kind == "superlative" and not _THE_MOST.search(question)
    set_against = bool(_SET_AGAINST.search(question))
    if two_times(question) and (set_against or changed(question)):
        return "compare"
    supported: dict[Kind, bool] = {
        "yesno": kind in ASKED_OTHERWISE and asks_whether(question),
        "compare": bool(changed(question) or graded(question))
        or (kind in {"short", "superlative"} and bool(_EITHER.match(question)))
        or (set_against and kind != "summary" and len(comparison(question)[0]) > 1),
        "superlative": kind == "short" and bool(_MOST.search(question)),
        "latest": kind in {"short", "latest", "superlative"}
        and bool(re.match(_THE_LATEST, question, re.I) or _STANDS.match(question)),
        "summary": (kind in {"short", "timeline", "latest", "identity"} and bool(_FATE_ASKED.match(question)))
        or (
            kind in {"short", "timeline", "latest"}
            and bool(_SUMMARISED.match(question) and not _ASKS_FIRST.match(question))
        ),
        "corpus": bool(_WHICH_ARTICLES.match(question)),
        "list": ((kind in {"short", "list", "identity"} or plain) and asks_for_several(question))
        or (kind not in {"position", "compare"} and names_roles(question)),
        "position": kind == "short" and any(one.search(question) for one in _ASKS_WORDS),
    }
    least: dict[Kind, float] = {
        "latest": LIKELY_WORDED,
        "summary": 0.0,
        "corpus": LIKELY_WORDED,
        "list": LIKELY_KIND if held else LIKELY_WORDED,
        "compare": LIKELY_WORDED
        if graded(question) or _SET_BESIDE.search(question) or _EITHER.match(question)
        else LIKELY_KIND,
    }
    likely = (one for one, told in supported.items() if told and odds[one] >= least.get(one, LIKELY_KIND))
    return next(likely, "short" if held else None)


ASKED_LATE_TOO = frozenset({"list", "why"})
# "Who runs it now?" asks for a name, not for the latest reports
_ASKS_FOR_NOW = re.compile(
    r"^\W*(?:and\s+)?(?:who|whom|whose|which|how (?:many|much)|what (?:do|does|did))\b", re.I
)
_ASKS_FOR = re.compile(r"^\W*(?:who|whom|whose|which|what|how (?:many|much))\b", re.I)
_ASKED_LATE = re.compile(
    rf"^(?:(?!{QUESTION_WORD}\b)\S+\s+){{2,}}(?!{QUESTION_WORD}\b)\S*[^\s,.:;?!–—-]\s+(?:what|which|whom|whose)\b.*\?\W*$",
    re.I,
)
"""The words that are asked for stand where the answer would: "plans to do what?", "a story by which author"."""
# "What degrees does Ada Berg hold?" asks for one thing of hers, not who she is
_OF_SOMEBODY = re.compile(
    r"^\W*(?:what|which)\s+(?!(?:is|are|was|were)\b)[\w-]+\s+(?:do|does|did|has|have|had)\b", re.I
)
# "Japan's prime minister" is a part that somebody plays, not somebody
_HELD_BY = re.compile(r"^\W*who(?:[’']s|\s+(?:is|was|are|were))\s+.+[’']s?\s+(?:[a-z-]+\s*)+\W*$", re.I)
# "What is in the box?" asks for what is there, not what it is
_THERE = re.compile(r"^\W*what(?:[’']s|\s+(?:is|was|are|were))\s+(?:in|inside|on|at|under|within)\s", re.I)
_NOT_DESCRIBED = (_OF_SOMEBODY, _HELD_BY, _THERE)


def slots(plan: Plan) -> Plan:
    """Fill in the slots of the plan's kind."""
    text = plan.text.strip().rstrip("?!. ")
    if text.startswith(OTHER_FIGURES):
        return replace(plan, topic=f"{text.removeprefix(OTHER_FIGURES)}?")
    if plan.kind == "compare":
        things, topic = comparison(text)
        asked = graded(text)
        return replace(plan, things=asked.things if asked else things, topic=topic)
    if plan.kind == "position":
        speaker, topic = spoken_on(text)
        return replace(plan, speaker=speaker, topic=topic)
    if plan.kind == "list":
        return replace(plan, item=number_asked(text).item)
    if plan.kind in {"summary", "identity", "latest"}:
        numbered = _ARTICLE_NUMBER.search(text) or _ARTICLE_ABOUT.search(text)
        length = _LENGTH.search(text)
        many = re.sub(r"\s+", " ", length["many"].lower()) if length else None
        return replace(
            plan,
            article=_article_named(numbered),
            topic=topic_of(text),
            most_sentences=(_COUNTS.get(many) or int(many)) if many else None,
        )
    return plan


def _article_named(found: re.Match[str] | None) -> str | None:
    named = found and (found["article"] or found.groupdict().get("titled"))
    return named.strip() if named else None


def spoken_on(text: str) -> tuple[str | None, str | None]:
    """Find the speaker whose words a question wants, and the topic."""
    for pattern in _POSITION:
        found = pattern.search(text)
        if found:
            speaker = re.sub(r"^(?:the\s+(?=[A-Z])|did\s+|does\s+)", "", found["speaker"].strip(" ,"))
            topic = _LEADING_ABOUT.sub("", found["topic"].strip(" ,.:"))
            return speaker or None, topic or None
    return None, None


def topic_of(text: str) -> str | None:
    """Find the topic of a summary, an identity or the latest news."""
    latest = _LATEST.search(text)
    if latest and latest.lastindex:
        return latest[latest.lastindex].strip() or None
    last = _SUMMARY_LAST.match(text)
    text = last["topic"] if last else text
    found = _SUMMARISED.match(text)
    topic = found["topic"] if found else last and last["topic"]
    return _TELLING.sub("", _TOLD.sub("", _ASPECTS.sub("", topic.strip()))) if topic else None
