"""The figures of a sentence with what they count: value, bounds, the thing counted and what befell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.text.dates import dates
from assistant.text.english import counted as english
from assistant.text.english.number_words import NUMBER_WORDS
from assistant.text.english.units import CURRENCY_WORDS, MEASURES
from assistant.text.numbers import Number, find_numbers
from assistant.text.phrases import AUXILIARIES, SUBJECT, phrases
from assistant.text.tokens import stem, stems_of, tokens

ROUGHLY = 0.1

# A figure belongs to the outcome that its own clause names.
OUTCOME_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{forms})\b", re.I)) for name, forms in english.OUTCOMES.items()
)
PEOPLE_OUTCOME_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{forms})\b", re.I)) for name, forms in english.OUTCOMES_OF_PEOPLE.items()
)
UNITS: tuple[frozenset[str], ...] = tuple(
    frozenset(map(stem, words.split())) for words in english.GROUPS_OF_PEOPLE
)
PEOPLE = UNITS[3]
ANY_UNIT = frozenset().union(*UNITS)
TIME_UNITS = frozenset(map(stem, english.LENGTHS_OF_TIME.split()))
# The kinds of numbers that are figures; a score counts nobody.
FIGURES = frozenset(("count", "percent", "points", "currency", "measure", "score"))
ROUGH = frozenset(("about", "nearly"))
COUNT_NOUNS = frozenset(map(stem, "number numbers toll figure figures count total".split()))
ANY = frozenset(map(stem, english.ANY_PEOPLE.split()))
SEGMENT = re.compile(
    r"[;:()]|,(?!\d)|\b(?:while|whereas|although|though|but|when|after)\b"
    r"|\band\b(?=\s+(?:that\s+)?(?:[a-z]+(?:ed|rt)\s+)?"
    r"(?:at least |more than |over |as many as |some |about |around |up to |nearly )?"
    rf"(?:\d|(?:{'|'.join(sorted(NUMBER_WORDS))})\b))",
    re.I,
)
OTHERS = re.compile(r"\s+(?:others?|more)\b", re.I)
TOTAL = re.compile(r"\b(?:number|numbers|count|total) of (?:[\w’'-]+ ){0,2}?([a-z]{3,}s)\b")
JOINED = re.compile(r"(?:\s+[\w’'-]+){1,4},?(?:\s+and)?\s+")
# "30 are missing", "killed four and injured others", "has risen to 19": a figure for people who are not named.
NOUNLESS = re.compile(
    r"\s*(?:$|[.,;:!?)”]|(?:are|were|is|was|remain|have|had|still)\b|and\s+[a-z]+(?:ed|ing)\b)"
)
UNIT_WORDS = 5
DESCRIBING_WORDS = 2
AGE = re.compile(r"\b(?:aged?|at)\s+$", re.I)
AGES_BETWEEN = re.compile(
    r"\bages\b[^,;.:]*\b(?:ranged?|ranging|between|from)\s+(?:(?:from|between)\s+)?$", re.I
)
COMPOUND = re.compile(r"[-–](?:[a-z]|and\b)", re.I)  # "a 26-year-old", "a 14-game streak"
HOW_MANY = re.compile(r"\bhow many\b", re.I)
# What money and measures are called: "how many miles" may be answered in kilometres, "how many passes" not.
MEASURED = frozenset(stem(word) for form in (*MEASURES, *CURRENCY_WORDS) for word in form.split())
NO_OUTCOME_ASKED = re.compile(r"\bhow old\b|\bwhat age\b|\bcosts?\b(?! (?:[\w’'-]+ ){0,4}?lives\b)", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: ``sentence[start:end] == text``, its value between ``low`` and ``high``, what it counts.

    ``unit`` holds the stems that stand for the counted thing, empty where no noun is near; ``outcome`` what
    happened to it, None where the sentence does not say. A ``bare`` figure has no noun. ``measure`` is its currency
    or measure, as in ``text.numbers.Number.unit``, empty without one.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: frozenset[str]
    outcome: str | None
    rough: bool = False
    percent: bool = False
    bare: bool = False
    measure: str = ""

    def agrees(self, other: Amount) -> bool:
        """Return True when two figures may be one: equal, in each other's range, or a tenth apart when rough."""
        if self.percent != other.percent or other_measure(self.measure, other.measure):
            return False
        if self.low <= other.high and other.low <= self.high:
            return True
        gap = max(self.low, other.low) - min(self.high, other.high)
        return (self.rough or other.rough) and gap <= ROUGHLY * max(self.high, other.high)


def amounts(sentence: str) -> list[Amount]:
    """Find the figures of a sentence that count something, dates and bare years left out.

    Figures in a row ("49 civilians and 15 soldiers died") share an outcome: one without its own word takes its
    neighbour's.
    """
    found = sorted(_amounts(sentence), key=lambda one: one.start)
    for at in range(len(found) - 2, -1, -1):
        between = sentence[found[at].end : found[at + 1].start]
        if _shares_outcome(found[at], between):
            found[at] = replace(found[at], outcome=found[at + 1].outcome)
    for at in range(1, len(found)):
        between = sentence[found[at - 1].end : found[at].start]
        if _shares_outcome(found[at], between):
            found[at] = replace(found[at], outcome=found[at - 1].outcome)
    return found


def _shares_outcome(one: Amount, between: str) -> bool:
    return one.outcome is None and one.low.is_integer() and bool(JOINED.fullmatch(between))


def clause(sentence: str, start: int, end: int) -> str:
    """Return the clause that a figure stands in."""
    return sentence[slice(*_segment(sentence, start, end))]


def other_measure(one: str, other: str) -> bool:
    """Return True when two figures are of different measures (dollars, euros); one without a measure fits any."""
    return bool(one and other) and not set(one.split("|")) & set(other.split("|"))


def _amounts(sentence: str) -> list[Amount]:
    found: list[Amount] = []
    taken = [(span.start, span.end) for span in dates(sentence)]
    for one in find_numbers(sentence):
        if not _is_figure(sentence, one) or any(start < one.end and one.start < end for start, end in taken):
            continue
        measure = one.unit if one.kind in {"currency", "measure"} else ""
        unit = _measure_stems(sentence, one) if measure else _unit_counted(sentence, one.start, one.end)
        if found and not measure and (OTHERS.match(sentence, one.end) or not unit):
            unit = found[-1].unit
        counts = one.kind != "score" and not measure and float(one.low).is_integer()
        befalls = counts and _may_befall(sentence, one.start, one.end, unit)
        bare = not unit and bool(NOUNLESS.match(sentence, one.end) or _names_outcome(sentence[one.end :]))
        found.append(
            Amount(
                one.lead,
                one.end,
                sentence[one.lead : one.end],
                float(one.low),
                float(one.high),
                unit,
                _outcome(sentence, one.start, one.end, unit) if befalls else None,
                rough=one.bound in ROUGH,
                bare=bare,
                percent=one.kind in {"percent", "points"},
                measure=measure,
            )
        )
    return found


def _is_figure(sentence: str, one: Number) -> bool:
    """Return True for a number that counts or measures; after a name only with an outcome ("Holmby 16 died")."""
    return one.kind in FIGURES or (one.kind == "name" and _names_outcome(sentence[one.end :]))


def _measure_stems(sentence: str, one: Number) -> frozenset[str]:
    """Collect the stems that stand for a measure: its name, and the word that writes it."""
    written = tokens(sentence[one.start : one.end])[-1].text
    return frozenset((*one.unit.lower().split("|"), stem(written)))


def outcome_asked(question: str) -> str | None:
    """Return the outcome (killed, missing …) of those whom a question counts; None for none or several."""
    if NO_OUTCOME_ASKED.search(question):
        return None
    counted = stems_of(question) & ANY_UNIT
    named = {name for name, pattern in _outcomes(bool(counted)) if pattern.search(question)}
    return named.pop() if len(named) == 1 else None


def unit_of(word: str) -> frozenset[str]:
    """Collect the stems that may stand for the same thing as a stem, itself among them."""
    found = frozenset({word}).union(*(group for group in UNITS if word in group))
    return found if word in ANY else found - ANY


def counted_in(question: str, focus: str) -> frozenset[str]:
    """Collect the stems for what a question counts: its focus, or for "the number of soldiers", the soldiers."""
    if focus and focus not in COUNT_NOUNS:
        return unit_of(focus)
    total = TOTAL.search(question)
    if total:
        return unit_of(stem(total[1]))
    words = [stem(token.text) for token in tokens(question)]
    after = words[words.index(focus) + 1 :] if focus else []
    found = next((word for word in after if word in ANY_UNIT), None)
    return unit_of(found) if found else frozenset()


def counts_asked(question: str, focus: str | None, sentence: str, figure: str) -> float:
    """Return 1 where a figure counts what a question asks for, -1 where it counts something else, 0 where unknown.

    It is .5 for the same people, of whom the sentence does not say what befell them. Money or a measure counts no
    things. ``figure`` is words of the sentence, ``focus`` the stem of what is counted in the question.
    """
    at = sentence.find(figure)
    found = next((one for one in amounts(sentence) if one.start < at + len(figure) and at < one.end), None)
    if at < 0 or found is None:
        return 0.0
    outcome, counted = outcome_asked(question), counted_in(question, focus or "")
    if outcome and found.outcome and outcome != found.outcome:
        return -1.0
    known = bool(outcome) and outcome == found.outcome
    if counted and found.measure and HOW_MANY.search(question) and not counted & MEASURED:
        return 1.0 if counted & found.unit else -1.0
    if counted and found.unit and not found.measure:
        things = found.unit | _described_by(sentence, found)
        return -1.0 if not counted & things else 1.0 if known or not outcome else 0.5
    return 1.0 if known else 0.0


def _described_by(sentence: str, figure: Amount) -> set[str]:
    """Collect the stems of the words before what a figure counts: of "20,000 Ford trucks", the Fords."""
    _, right = _segment(sentence, figure.start, figure.end)
    return {stem(token.text) for token in tokens(sentence[figure.end : right])[:DESCRIBING_WORDS]}


def of_other_deed(question: str, sentence: str, figure: str) -> bool:
    """Return True for a figure of those whom something befell where a deed is asked for that the sentence lacks.

    "How many passengers did the ferry carry?" is not answered by how many of them died.
    """
    asked = phrases(question)
    at = next((n for n, word in enumerate(asked.words) if word.text.lower() in AUXILIARIES), None)
    doer = SUBJECT.match(asked.kinds, at + 1) if at else None
    if doer is None or doer.end() == len(asked.words) or outcome_asked(question):
        return False
    deed, place = stem(asked.words[doer.end()].text), sentence.find(figure)
    found = next(
        (one for one in amounts(sentence) if one.start < place + len(figure) and place < one.end), None
    )
    befell = place >= 0 and found is not None and found.outcome is not None
    return befell and deed not in stems_of(sentence)


def figure_with_outcome(outcome: str, sentence: str) -> str | None:
    """Return the figure of a sentence that counts an outcome; None where none or several do."""
    found = [one.text for one in amounts(sentence) if one.outcome == outcome and not one.measure]
    return found[0] if len(found) == 1 else None


def _unit_counted(sentence: str, start: int, end: int) -> frozenset[str]:
    """Find what is counted: the noun that follows the figure, or the one before it in its clause."""
    left, right = _segment(sentence, start, end)
    following = [stem(token.text) for token in tokens(sentence[end:right])[:UNIT_WORDS]]
    preceding = [stem(token.text) for token in reversed(tokens(sentence[left:start]))]
    total = TOTAL.search(sentence, left, start)
    if total:
        return unit_of(stem(total.group(1)))
    noun = re.match(r"\s+((?:[\w’'-]+\s+){0,2}?[A-Za-z]{3,}s)\b", sentence[end:right])
    word = next((word for word in following if word in ANY_UNIT), None)
    if word is None and noun:
        word = stem(noun.group(1).split()[-1])
    word = word or next((word for word in preceding if word in ANY_UNIT), None)
    return unit_of(word) if word else frozenset()


def _outcome(sentence: str, start: int, end: int, unit: frozenset[str]) -> str | None:
    """Find the outcome: named nearest after the figure in its clause, else before it, else in the sentence."""
    left, right = _segment(sentence, start, end)
    outcomes = _outcomes(bool(unit & ANY_UNIT))
    for text, at in ((sentence[end:right], -1), (sentence[left:start], 1)):
        found = [(at * match.start(), name) for name, form in outcomes for match in form.finditer(text)]
        if found:
            return max(found)[1]
    return None


def _outcomes(people: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (*OUTCOME_PATTERNS, *PEOPLE_OUTCOME_PATTERNS) if people else OUTCOME_PATTERNS


def _may_befall(sentence: str, start: int, end: int, unit: frozenset[str]) -> bool:
    """Return False for an age or a length of time: nothing happens to these."""
    age = AGES_BETWEEN.search(sentence, 0, start) or (not unit and AGE.search(sentence, 0, start))
    return not (COMPOUND.match(sentence, end) or unit & TIME_UNITS or age)


def _names_outcome(text: str) -> bool:
    return any(form.match(text.lstrip()) for _, form in OUTCOME_PATTERNS)


def _segment(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Find the clause around a figure."""
    left = max((match.end() for match in SEGMENT.finditer(sentence, 0, start)), default=0)
    right = next((match.start() for match in SEGMENT.finditer(sentence, end)), len(sentence))
    return left, right
