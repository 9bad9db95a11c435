"""Comparisons: each thing is searched and answered by itself, in the same way, and has a row of a table.

Nothing is averaged, and no thing is said to be more than another: the figures stand with their sources.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.compared_table import compared_draft, source_of
from assistant.answers.draft import Corpus, Draft
from assistant.answers.figures_beside import figures_beside
from assistant.answers.position import spoken_by
from assistant.answers.quoting import coverage, judged, mentions, unlike, words_in
from assistant.evidence.figures import amounts
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.question.asked_period import asked_period
from assistant.question.follow_up_kind import OTHER_FIGURES
from assistant.question.question_type import asks_for_figures
from assistant.question.two_times import changed, is_time, is_weekday
from assistant.text.numbers import counting_numbers
from assistant.text.tokens import content_words, names, stems
from assistant.text.wording import one_line
from assistant.types import Filters, Plan, Query

PER_THING, PER_SPEAKER = 2, 3
CONSIDERED = 8
"""Sentences on a thing that are looked at."""
NAMED_WORTH = 2.0
"""Log odds that a sentence gains by naming the thing itself, and by a figure where one is wanted."""
SPOKEN_WORTH = 3.0
"""Log odds that a sentence gains by giving the words of a speaker who is compared."""
LIKELY_SPAN = 0.1
"""Least probability of the reader's words to be taken as the figure."""
COMPARE_WORDS = 70
"""Words quoted for one thing."""
SOURCES_COMPARED = 4
"""Articles that are compared where a question names no things."""
COMPARE_FLOOR = 4.0
BESIDE = 2.5
"""Log odds below the first sentence on a thing down to which a second one is quoted."""
ON_IT = 0.5
"""Share of what the best article takes up of the question from which another is on the same matter."""
_SAYS = re.compile(
    r"(?:say|think|make|propose|want|claim|report|demand|promise|argue|believe|recommend|suggest|describe|see|judge)\b",
    re.I,
)
_VIEW = re.compile(r"(?:views?|opinions?|positions?|stances?|accounts?|versions?|reactions?)\b", re.I)
_DATED = re.compile(
    r"\d+|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.I,
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Tabulate what the articles say of each thing; None where no thing is named or found."""
    if len(plan.things) < 2:
        return _by_source(plan, evidence, corpus)
    if counted := figures_beside(plan, evidence):
        rows = [
            (_label(thing), [one], figure) for thing, (one, figure) in zip(plan.things, counted, strict=True)
        ]
        return compared_draft(evidence, rows, ())
    told = [_of_thing_as_written(thing, plan, evidence.ranked, corpus) for thing in plan.things]
    parallel = parallels([sentences for sentences, _ in told])
    numeric = _asks_for_figures(plan)
    rows = []
    for thing, (sentences, found), first in zip(plan.things, told, parallel, strict=True):
        spoken = not numeric and bool(sentences) and any(spoken_by(thing, sentences, referring=True))
        most = PER_SPEAKER if spoken else PER_THING
        chosen = unlike([*first, *_likely(sentences)], most, COMPARE_WORDS)
        figure = _figure(chosen, found) if numeric else ""
        rows.append((_label(thing), chosen[:1] if figure and first else chosen, figure))
    if not _on_equal_terms(rows):
        rows = [(label, chosen, "") for label, chosen, _ in rows]
    missing = tuple(label for label, chosen, _ in rows if not chosen)
    if len(missing) == len(rows):
        return None
    return compared_draft(evidence, rows, missing)


def _on_equal_terms(rows: Sequence[tuple[str, Sequence[ScoredSentence], str]]) -> bool:
    """Return True unless two of the figures count or measure different things: seats and euros."""
    found = []
    for _, chosen, figure in rows:
        own = (
            [one for one in amounts(chosen[0].text) if one.text in figure or figure in one.text]
            if figure
            else []
        )
        found += own[:1]
    return not any(
        one.percent != other.percent
        or bool(one.measure) != bool(other.measure)
        or (bool(one.unit and other.unit) and not one.unit & other.unit)
        for one, other in itertools.combinations(found, 2)
    )


def _of_thing_as_written(
    thing: str, plan: Plan, ranked: Sequence[ScoredSentence], corpus: Corpus
) -> tuple[list[ScoredSentence], Evidence]:
    """Find the sentences on a thing; where there is none, on as much of it as the question itself says in a row."""
    found = _of_thing(thing, plan, ranked, corpus)
    short = thing
    while short.lower() not in plan.text.lower() and " " in short:
        short = short.rpartition(" ")[0]
    if found[0] or short == thing:
        return found
    return _of_thing(short, plan, ranked, corpus)


def _of_thing(
    thing: str, plan: Plan, ranked: Sequence[ScoredSentence], corpus: Corpus
) -> tuple[list[ScoredSentence], Evidence]:
    """Find the sentences on one thing, those that name it first, and the evidence that holds them.

    What it says itself is also looked for among those ``ranked`` for the whole question.
    """
    topic = plan.topic or ""
    others = [other for other in plan.things if other != thing]
    text = _searched_for(thing, topic)
    says = bool(_SAYS.match(topic))
    if says:
        text = f"What does {thing} {topic}?"
    elif _VIEW.match(topic):
        text = f"What is {thing}'s {topic}?"
    filters = plan.query.filters
    outlet = _outlet(thing, corpus)
    if outlet:
        filters = Filters(filters.after, filters.before, (outlet,), filters.asked)
        text = topic or plan.text
    text = one_line(text)
    period = None if is_weekday(thing) else asked_period(text, filters.asked)
    named = tuple(span.text for span in names(text))
    evidence = corpus.evidence(Query(text, text, filters, named, period))
    found = judged(replace(plan, query=Query(text, text, filters, named, period)), evidence, corpus)
    dated = period is not None and not content_words(_DATED.sub(" ", thing))
    undated = _DATED.sub(" ", thing) if period else thing
    about = [one for one in found.ranked if outlet or dated or _about(undated, one, others)]
    numeric = _asks_for_figures(plan)
    spoken = (
        []
        if numeric or outlet
        else [one for pool in (found.ranked, ranked) for one in spoken_by(thing, pool, referring=True)]
    )
    own = {place_of(one): one for one in reversed(spoken)}
    about = [*about, *(one for place, one in own.items() if place not in set(map(place_of, about)))]
    worth = {
        place_of(one): _worth_of_sentence(one, evidence, says=says)
        + (NAMED_WORTH if mentions(one.text, undated) else 0.0)
        + (SPOKEN_WORTH if place_of(one) in own else 0.0)
        + (NAMED_WORTH if numeric and counting_numbers(one.text) else 0.0)
        for one in about
    }
    about = [replace(one, score=worth[place_of(one)]) for one in about]
    return sorted(about, key=lambda one: -one.score)[:CONSIDERED], evidence


def _searched_for(thing: str, topic: str) -> str:
    """Put a thing and what is asked of it into words that articles may use."""
    if is_time(thing):
        of_day = re.match(r"\d{1,2}(?!\d)|\w+day\b", thing, re.I) is not None
        return f"{topic} {'on' if of_day else 'in'} {thing}"
    return f"{topic} {thing}" if re.search(r"\b(?:of|in|at|for|by|from|on)$", topic) else f"{thing} {topic}"


def _asks_for_figures(plan: Plan) -> bool:
    """Return True when figures are compared, not what is said of them."""
    return asks_for_figures(plan.text) and not _VIEW.match(plan.topic or "")


def _worth_of_sentence(one: ScoredSentence, evidence: Evidence, *, says: bool) -> float:
    """Return the log odds that a sentence answers: as the reader judged it, where a question was put to it."""
    read = evidence.found.get(place_of(one)) if says else None
    return read.answering if read is not None and read.answering is not None else one.score


def _likely(sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Keep the first sentence, and those nearly as likely beside it."""
    return [one for at, one in enumerate(sentences) if not at or one.score >= sentences[0].score - BESIDE]


def _figure(chosen: Sequence[ScoredSentence], evidence: Evidence) -> str:
    """Return the figure that the reader points at in the first sentence, or its only one."""
    if not chosen:
        return ""
    one = chosen[0]
    read = evidence.found.get(place_of(one))
    places = [(n.start + one.start, n.end + one.start) for n in counting_numbers(one.text)]
    spans = [s for s in read.spans if s.probability >= LIKELY_SPAN] if read else []
    holding = (s for s in spans if any(s.start < end and start < s.end for start, end in places))
    told = next((one.article.text[s.start : s.end] for s in holding), "")
    own = amounts(one.text)
    return told or (own[0].text if len(own) == 1 else "")


def parallels(told: Sequence[Sequence[ScoredSentence]]) -> list[list[ScoredSentence]]:
    """Find for each thing the sentences that give another figure for what a sentence on another thing counts."""
    pairs: list[list[ScoredSentence]] = [[] for _ in told]
    for at, other in itertools.combinations(range(len(told)), 2):
        for one, two in itertools.product(told[at][:CONSIDERED], told[other][:CONSIDERED]):
            if place_of(one) != place_of(two) and _differ(one, two):
                pairs[at].append(one)
                pairs[other].append(two)
    return [list(dict.fromkeys(one))[:PER_THING] for one in pairs]


def _differ(one: ScoredSentence, two: ScoredSentence) -> bool:
    return any(
        first.unit & second.unit and first.outcome == second.outcome and not first.agrees(second)
        for first in amounts(one.text)
        for second in amounts(two.text)
        if first.unit
    )


def _other_figures(first: ScoredSentence, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Find the sentences of its article that give another figure for what a sentence counts, from other speakers too."""
    kept = [first]
    for one in ranked:
        if one.article.id == first.article.id and all(_counts_otherwise(one, other) for other in kept):
            kept.append(one)
    return kept[1:]


def _counts_otherwise(one: ScoredSentence, two: ScoredSentence) -> bool:
    """Return True when two sentences give figures that may count the same, and none in common."""
    pairs = list(itertools.product(amounts(one.text), amounts(two.text)))
    alike = [
        (first, second)
        for first, second in pairs
        if (first.unit & second.unit and first.outcome == second.outcome) or (first.bare != second.bare)
    ]
    return bool(alike) and not any(first.agrees(second) for first, second in pairs)


def _about(thing: str, one: ScoredSentence, others: Sequence[str]) -> bool:
    """Return True when a sentence, or its title and surroundings, name a thing and not only the others."""
    if mentions(one.text, thing):
        return True
    around = f"{one.article.title or ''} {one.article.text[max(0, one.start - 300) : one.start]}"
    named = stems(content_words(thing))
    if not named <= words_in(f"{around} {one.text}"):
        return False
    return not any(mentions(one.text, other) and not mentions(other, thing) for other in others)


def _outlet(thing: str, corpus: Corpus) -> str | None:
    """Return the publisher that a thing names, if it does."""
    wanted = stems(content_words(thing))
    fitting = [name for name in corpus.index.publishers() if wanted and wanted <= words_in(name)]
    return fitting[0] if len(fitting) == 1 else None


def _label(thing: str) -> str:
    text = re.sub(r"^(?:the|what|a|an)\s+", "", thing, flags=re.I)
    return text[:1].upper() + text[1:]


def _by_source(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Compare what several articles say, where the question names one thing that they report on."""
    numeric = asks_for_figures(plan.text)
    others = plan.text.startswith(OTHER_FIGURES)
    if others:
        query = replace(plan.query, text=plan.text.removeprefix(OTHER_FIGURES))
        plan = replace(plan, query=replace(query, original=query.text))
        evidence = corpus.evidence(plan.query)
    base = judged(plan, evidence, corpus)
    if not base.answered:
        return None
    by_article: dict[str, ScoredSentence] = {}
    for one in base.ranked:
        if one.score >= base.ranked[0].score - COMPARE_FLOOR and (not numeric or counting_numbers(one.text)):
            by_article.setdefault(one.article.id, one)
    held = {
        id_: coverage(evidence.matches, f"{one.article.title or ''} {one.text}")
        for id_, one in by_article.items()
    }
    by_article = {id_: one for id_, one in by_article.items() if held[id_] >= ON_IT * max(held.values())}
    chosen = list(by_article.values())
    if others:
        chosen = [*chosen[:1], *_other_figures(chosen[0], base.ranked), *chosen[1:]]
    chosen = list(dict.fromkeys(chosen))[:SOURCES_COMPARED]
    if changed(plan.text):
        chosen.sort(key=lambda one: one.article.published or datetime.date.min)
    rows = [(source_of(one.article), [one], "") for one in chosen]
    if len(rows) < 2:
        return None
    return compared_draft(evidence, rows, ())
