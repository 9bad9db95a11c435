"""Phrases of a question or an answer: events, places, who does it; by the kinds of its words, without a parser.

Each word is given a one-letter kind, and phrases are found by patterns over these letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.english.date_patterns import CALENDAR
from assistant.text.english.verbs import PAST
from assistant.text.tokens import STOP_WORDS, Span, names, stem

EVENTS = frozenset(
    """abduction accident agreement ambush arrest assault attack battle blast bombing bombardment ceasefire clash
    collapse conference conflict coup crash deal derailment drought earthquake election eruption execution
    explosion famine fight fire flood fraud hijacking hurricane invasion kidnapping killing landslide launch
    lockdown massacre meeting merger murder offensive operation outbreak outage pact pandemic parade protest raid
    rally referendum rescue riot robbery rebellion revolt shooting shutdown siege storm strike summit takeover
    talk theft tornado tournament treaty trial tsunami uprising visit vote war wildfire withdrawal""".split()
)
ASSAULTS = frozenset(
    """ambush assault attack blast bombing explosion killing massacre offensive operation raid shooting
    strike""".split()
)
GROUPS = frozenset(
    """alliance band branch club coalition company faction firm group junta militia movement network organisation
    organization outfit pact party team""".split()
)
STATES = frozenset(
    """abducted arrested captured dead destroyed detained displaced evacuated executed freed homeless hospitalised
    hospitalized hurt imprisoned infected injured kidnapped killed missing released rescued stranded trapped
    unharmed wounded""".split()
)
COMMON_VERBS = frozenset(
    """agree announce answer appear arrive ask attack become begin believe belong blame bring build buy call carry
    cause change claim close come command condemn confirm decide declare demand deny die do end expel fail fall
    fight find follow form found free gain get give go grow happen have help hold hope invade join kill know last
    launch lead learn leave live lose make mean meet move occur offer open own pay plan play pull promise pursue
    quit react receive refuse reject release remain replace reply report request respond return rule run say seize
    sell send serve set sign speak spend stand start stay steal stop suffer surrender take tell think threaten
    travel turn use visit vote want warn win withdraw work write was were is are been being be did does has had
    will would can could should may might must said went came took left made gave got began became held led lost
    met paid ran sent sold spoke stood told thought won wrote fell found killed happened died say says""".split()
)
AUXILIARIES = frozenset("did does do is are was were has have had will would can could".split())
COUNT_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve several dozens hundreds".split()
)
DETERMINERS = frozenset("the a an this that these those last next its their his her our any some".split())
PREPOSITIONS = frozenset(
    """about after against among around at before behind between by during for from in inside into near of on over
    outside since to toward towards under until with""".split()
)
INDEFINITE = frozenset("nobody none someone somebody anyone everyone everybody nothing yes".split())
SETTING_PREPOSITIONS = frozenset("in at on near around during inside outside after before since".split())

_WORD_KINDS = {
    "#": COUNT_WORDS,
    "d": DETERMINERS,
    "p": PREPOSITIONS,
    "c": frozenset({"and", "or"}),
    "w": frozenset({"other", "own", "same"}),
    "v": COMMON_VERBS,
}

NOUNS = r"(?:d[#wse]{0,3}[n#]*[wse]{0,2}|[#n]+(?:w?[se])?|w{0,2}s)"
LINKED = rf"{NOUNS}(?:(?:,c?|c){NOUNS})*"
EVENT = re.compile(rf"(?:d[#wns]{{0,4}}|[n#]+w?)e(?:p{LINKED})*|e(?:p{LINKED})+")
SUBJECT = re.compile(r"d(?:#?[wse]|[n#]+[ws]{0,2})|[#n]+s?|w?s")
PHRASE = re.compile(LINKED)
_PLACES = re.compile(rf"(?=(?P<all>(?:p{LINKED})+$))p")
_PEOPLE_FIRST = re.compile(r"(?:pv|vp|pd|dw|vv)?(?P<people>[d#n][#nw]{0,3}s(?:pd?w?n+)?)")
_NUMBERED_PEOPLE = re.compile(r"(?P<people>#[nw]{0,3}s(?:pd?w?n+)?)")

_PHRASE_TOKEN = re.compile(r"\d[\d.,]*\d|\w[\w’'‘-]*(?:\.\w)*|[,;:?!.()“”\"]")
_PAST = re.compile(PAST)
_LINKED_ADJECTIVE = re.compile(r"-[a-z]")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A text cut into words, with a letter for each: ``kinds[i]`` is the kind of ``words[i]``.

    n name, # number, e event, s plural noun, w other word, d determiner, p preposition, c conjunction,
    v verb or question word, and the comma; everything else is a full stop.
    """

    text: str
    words: tuple[Span, ...]
    kinds: str

    def slice(self, start: int, end: int) -> str:
        """Return the words from ``start`` to ``end`` (exclusive) as they stand in the text."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def matches(self, pattern: re.Pattern[str], start: int = 0) -> list[tuple[int, int]]:
        """Find a pattern of kinds from a word on: pairs of first word and end."""
        return [match.span() for match in pattern.finditer(self.kinds, start)]


@lru_cache(maxsize=256)
def phrases(text: str) -> Phrases:
    """Cut a text into words and tell their kinds."""
    words = tuple(Span(match.start(), match.end(), match.group()) for match in _PHRASE_TOKEN.finditer(text))
    kinds = ""
    for at, word in enumerate(words):
        following = words[at + 1].text if at + 1 < len(words) else ""
        kinds += _word_kind(word.text, kinds[-1:], following)
    return Phrases(text, words, kinds)


def event_phrase(question: str) -> str | None:
    """Find the event that a question speaks of: "the attack on the camp", also in "when did A attack B?"."""
    found = phrases(question)
    best = max(found.matches(EVENT), key=lambda span: span[1] - span[0], default=None)
    verb = re.search(rf"v({SUBJECT.pattern})e({LINKED})?\.*$", found.kinds)
    if verb and found.words[verb.start()].text.lower() in {"did", "does", "do", "will", "would"}:
        doer, (at, end) = found.slice(*verb.span(1)), verb.span(2)
        noun = found.words[verb.end(1)].text
        return f"the {noun} on {found.slice(at, end)} by {doer}" if end > at else f"the {noun} of {doer}"
    if best is not None:
        phrase = found.slice(*best)
        return phrase if found.kinds[best[0]] == "d" else f"the {phrase}"
    for number, word in enumerate(found.words[:-1]):
        noun = word.text.lower().removesuffix("ed")
        after = PHRASE.match(found.kinds, number + 1)
        if noun in EVENTS and noun != word.text.lower() and after:
            return f"the {noun} on {found.slice(*after.span())}"
    return None


def event_noun(text: str) -> str | None:
    """Find the first word of a text that names an event, as a noun: "attack" also from "attacked"."""
    for word in (token.text.lower() for token in phrases(text).words):
        noun = word.removesuffix("ed")
        if noun in EVENTS or _is_event(word):
            return noun
    return None


def setting(question: str) -> str | None:
    """Find where and when a question ends: "at the camp on 23 May"; without a name or figure it is none."""
    found = phrases(question)
    kinds = found.kinds.rstrip(".")
    for match in _PLACES.finditer(kinds):
        places = found.words[match.start()].text.lower() in SETTING_PREPOSITIONS
        if places and re.search("[n#]", match.group("all")):
            return found.slice(match.start(), len(kinds))
    return None


def subject(question: str) -> str | None:
    """Find who does what a question with an auxiliary asks of: "did (the army) leave"."""
    found = phrases(question)
    for at, word in enumerate(found.words[:-1]):
        if word.text.lower() in AUXILIARIES:
            match = SUBJECT.match(found.kinds, at + 1)
            return found.slice(*match.span()) if match else None
    return None


def proper_names(text: str) -> list[str]:
    """List the names of a text in order: no days or months, no adjectives such as in "Italian troops"."""
    kept = []
    for span in names(text):
        lower = span.text.lower()
        if CALENDAR.match(lower) or _LINKED_ADJECTIVE.search(span.text) or lower in INDEFINITE:
            continue
        following = phrases(text[span.end : span.end + 60])
        if span.end < len(text) and text[span.end] == " " and re.match(r"s|w[se]", following.kinds):
            continue
        kept.append(re.sub(r"[’'‘]s?$", "", span.text))
    return kept


def people_told_of(answer: str) -> str | None:
    """Find who an answer begins with or counts: "Three miners were ..." gives "the three miners"."""
    found = phrases(first_sentence(answer))
    match = _PEOPLE_FIRST.match(found.kinds) or _NUMBERED_PEOPLE.search(found.kinds)
    if match is None:
        return None
    start, end = match.span("people")
    phrase = found.slice(start, end)
    named = found.kinds[start] == "n"
    phrase = phrase if named else phrase[0].lower() + phrase[1:]
    return phrase if found.kinds[start] == "d" else f"the {phrase}"


def first_sentence(text: str) -> str:
    """Return a text up to the end of its first sentence, roughly."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def _word_kind(word: str, before: str, following: str) -> str:
    """Tell the kind of a word, after one of the kind ``before``; "Long" is a name in "the Long Span"."""
    lower = word.lower()
    plain = DETERMINERS | PREPOSITIONS if following[:1].isupper() else STOP_WORDS | DETERMINERS | PREPOSITIONS
    ends_in_s = lower.endswith("s") and not lower.endswith(("ss", "us", "is"))
    kinds = (
        (",", word == ","),
        (".", not word[0].isalnum()),
        ("e", _is_event(lower)),
        ("n", word[0].isupper() and before and lower not in plain),
        *((kind, lower in known) for kind, known in _WORD_KINDS.items()),
        ("#", word[0].isdigit()),
        ("v", stem(lower) in _verb_stems() or lower in STOP_WORDS),
        ("v", before in {"n", "s"} and _PAST.fullmatch(lower) is not None),
        ("n", word[0].isupper()),
        ("v", lower.endswith("ed") and before not in {"d", "#", "p"}),
        ("s", ends_in_s),
    )
    return next((kind for kind, holds in kinds if holds), "w")


def _is_event(word: str) -> bool:
    return word in EVENTS or (word.endswith("s") and (word[:-1] in EVENTS or word[:-2] in EVENTS))


@lru_cache(maxsize=1)
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(verb) for verb in COMMON_VERBS)
