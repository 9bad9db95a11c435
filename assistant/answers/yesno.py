"""Yes or no: the verdict, the sentence that settles it, and the other side where there is one.

A judge reads what the question asks about, as a statement, against each of the likeliest sentences. Without a judge
the reader's own verdict counts, and without that whether question and sentence deny alike: that tells no sides
apart, so that sources are then said to differ only where their figures or claims do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import short
from assistant.answers.abstain import withheld
from assistant.answers.denial import may_deny
from assistant.answers.draft import Corpus, Draft
from assistant.answers.other_articles import (
    CLEAR,
    CONTESTS,
    SETTLES,
    done_later,
    overtaken_by_newer,
    overtaken_note,
    with_others,
)
from assistant.answers.quoting import judged, quoted, unlike
from assistant.answers.short import doubted
from assistant.evidence.attribution import who_says
from assistant.evidence.deeds import tells_plan
from assistant.evidence.gather import Evidence
from assistant.evidence.judged import Place
from assistant.evidence.reading import Reading
from assistant.evidence.responsibility import acts, asks_for_acts
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.thresholds import among_few, enough
from assistant.evidence.told_verdicts import corrected, denies_only, is_sure
from assistant.evidence.verdicts import SentenceVerdict, verdicts
from assistant.text.english.negation import DENIAL
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.types import Citation, Plan, Side

JUDGED_SENTENCES, FURTHER_JUDGED = 3, 2
"""Sentences that are judged, and further ones where these leave a verdict unsure."""
DENIED_FROM, SURE_DENIAL = 0.3, 2.0
"""The confidence from which a question may be denied, by a sentence that is so sure of it (log odds)."""
FEW_SHARE = 0.19
"""Share of what few passages add to the odds of an answer that they add to those of settling."""
BOTH_WAYS = "What the articles say points both ways."
"""Said where verdicts that are not sure differ, and of a no that is not sure and that no word of denial bears."""
UNCLEAR = "The articles do not say this outright."
"""Said of what points one way without being sure: of 28 such verdicts 14 were right."""
BEARS_ON = 0.54
"""The probability of settling from which sentences that say neither clearly are stated without a verdict."""
SAYS = 0.25
"""The same without a judge: the log odds of a verdict."""
YESNO_STATED = 3
OF_THE_PERIOD = frozenset({"stated", "nearby", "published"})
SAID_ONLY = frozenset({"claimed", "denied", "unconfirmed", "blamed"})
RULED = 1.0
"""Log odds of a verdict by rule."""

_ANYONE = re.compile(rf"^\W*(?:{BE_DO_HAVE})\b[^,;]*?\bany(?:one|body)?\b", re.I)
_NOBODY = re.compile(r"(?:no|nobody|none|not?\W?one)\b|.*\bnot\b", re.I)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Answer Yes, No or Sources differ; say what is not sure; withhold a verdict where nothing settles it."""
    if asks_for_anyone(plan.text) and asks_for_acts(plan.text):
        return _whether_anyone(plan.text, short.answer(plan, evidence, corpus))
    base = judged(plan, evidence, corpus)
    if not base.ranked or not (base.answered or _may_be_denied(base, corpus)):
        return _as_told(plan, evidence, corpus)
    leading = _judged_sentences(plan.text, base.ranked)
    told = _told(plan, leading, evidence, corpus)
    later = done_later(plan, leading, told)
    older = overtaken_by_newer(plan, leading, told, later)
    told |= {place: told[place].silent for place in map(place_of, older)}
    bearing = [one for one in leading if told[place_of(one)].settles >= SETTLES or one in later]
    settled = [one for one in bearing if abs(told[place_of(one)].odds) >= CLEAR]
    if any(told[place_of(one)].odds > 0 for one in settled):
        settled = [one for one in settled if told[place_of(one)].odds > 0 or denies_only(plan.text, one.text)]
    if not settled:
        bears = any(told[place_of(one)].settles >= BEARS_ON for one in bearing)
        return _as_told(plan, evidence, corpus, stated=bears)
    if corpus.judge is not None:
        settled.sort(key=lambda one: told[place_of(one)].weight, reverse=True)
    yes = told[place_of(settled[0])].odds > 0
    told_apart = corpus.judge is not None or any(one.yes is not None for one in evidence.found.values())
    against = _other_side(settled, told, yes=yes) if told_apart else None
    if not told_apart and (as_told := _as_told(plan, evidence, corpus)).reading.differ:
        return as_told
    contest = CONTESTS * told[place_of(settled[0])].weight
    opposing = (one for one in settled if (told[place_of(one)].odds > 0) != yes)
    opposed = next((one for one in opposing if told[place_of(one)].weight >= contest), None)
    first, agreeing = told[place_of(settled[0])], list[ScoredSentence]()
    if corpus.judge is not None and not (opposed or is_sure(first)):
        further = base.ranked[len(leading) : len(leading) + FURTHER_JUDGED]
        told |= _told(plan, further, evidence, corpus)
        first, agreeing = with_others(settled[0], [*leading, *further], told)
    sure = corpus.judge is None or (is_sure(first) and yes == (first.odds > 0) and not opposed)
    sure = sure and (yes or may_deny(plan.text, settled[0].text)) and settled[0].fit != "doubtful"
    certain = against is not None or sure
    if not base.answered and (against or not sure or told[place_of(settled[0])].odds > -SURE_DENIAL):
        return _as_told(plan, evidence, corpus)
    verdict = "Sources differ" if against else "Yes" if yes else "No"
    open_to_both = opposed is not None or (not yes and _by_rule(plan.text, settled[0]) > 0)
    lead = f"{verdict}." if certain else BOTH_WAYS if open_to_both else UNCLEAR
    other = against or (None if certain else opposed)
    order = [settled[0], *([other] if other else []), *settled[1:], *agreeing]
    stated = [one for one in order if one is other or (told[place_of(one)].odds > 0) == yes]
    chosen = unlike([*stated, *older[:1]], YESNO_STATED, corpus.settings.answer_words)
    statements = quoted(chosen)
    citations = tuple(one.citations[0] for one in statements)
    sides = (
        tuple(
            _yesno_side(value, one, citations)
            for value, one in (("Yes" if yes else "No", settled[0]), ("No" if yes else "Yes", against))
            if one in chosen
        )
        if against
        else ()
    )
    made = replace(
        base,
        answered=True,
        short=verdict if certain else None,
        statements=statements,
        citations=citations,
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
        sides=sides if len(sides) > 1 else (),
        differ=len(sides) > 1,
        lead=lead,
        notes=(*base.notes, *overtaken_note(older, citations)),
    )
    return doubted(Draft("yesno", made, evidence.retrieval), plan, corpus)


def _may_be_denied(base: Reading, corpus: Corpus) -> bool:
    """Return True for what is withheld as not likely enough: readers take a denial less for an answer."""
    least = enough(corpus.settings, in_few_words=False)
    return corpus.judge is not None and not base.unknown and DENIED_FROM <= base.confidence < least


def asks_for_anyone(question: str) -> bool:
    """Return True for "Did any group claim it?", which is answered by yes or no where somebody is asked for."""
    return bool(_ANYONE.match(question))


def _whether_anyone(question: str, made: Draft) -> Draft:
    """Say No where the short answer is that nobody did it, Yes where it names who did: not whom others blame."""
    read = made.reading
    if not read.answered or read.differ or read.short is None:
        return replace(made, kind="yesno")
    told = {act.stance for one in read.citations for act in acts(one.quote)}
    if "no_claim" in told and _NOBODY.match(read.short):
        verdict = "No"
    elif ("claimed" if "claimed" in asks_for_acts(question) else "blamed") in told:
        verdict = "Yes"
    else:
        return replace(made, kind="yesno", reading=replace(read, short=None))
    candidates = tuple(replace(one, citations=()) for one in read.candidates)
    return replace(
        made, kind="yesno", reading=replace(read, short=verdict, lead=f"{verdict}.", candidates=candidates)
    )


def _told(
    plan: Plan, sentences: Sequence[ScoredSentence], evidence: Evidence, corpus: Corpus
) -> dict[Place, SentenceVerdict]:
    """Map each sentence to its verdict, corrected by what it tells.

    Few sentences write down the period asked about: where none settles the question with it, those that are of the
    period are judged without.
    """
    judged = verdicts_of(plan.text, sentences, evidence, corpus)
    period = plan.query.asked_period
    if period and not any(one.settles >= SETTLES for one in judged):
        timeless = verdicts_of(period.topic, sentences, evidence, corpus)
        judged = [
            untimed if one.fit in OF_THE_PERIOD else verdict
            for one, verdict, untimed in zip(sentences, judged, timeless, strict=True)
        ]
    return {
        place_of(one): corrected(plan.text, one.text, verdict)
        for one, verdict in zip(sentences, judged, strict=True)
    }


def _judged_sentences(question: str, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Return the sentences that are judged; for each that tells only of a plan or a condition another one is."""
    planned = sum(tells_plan(question, one.text) for one in ranked[:JUDGED_SENTENCES])
    return list(ranked[: JUDGED_SENTENCES + planned])


def _as_told(plan: Plan, evidence: Evidence, corpus: Corpus, *, stated: bool = False) -> Draft:
    """State where sources differ; else, unless ``stated``, say that the articles do not say whether."""
    made = short.answer(plan, evidence, corpus)
    read = made.reading
    if read.differ:
        read = replace(read, short="Sources differ")
    elif stated or not read.answered:
        read = replace(read, short=None)
    else:
        read = replace(withheld(read), mentioned=True)
    if read.short is None:
        read = replace(read, notes=(*read.notes, *_plans(plan.text, read.citations)))
    return replace(made, kind="yesno", reading=read)


def _plans(question: str, citations: Sequence[Citation]) -> list[str]:
    """Say which of the nearest sentences tell only of a plan or a condition."""
    told = [f"[{one.number}]" for one in citations if tells_plan(question, one.quote)]
    return [f"{''.join(told)} tells of a plan or a condition, not of what was done."] if told else []


def verdicts_of(
    question: str, sentences: Sequence[ScoredSentence], evidence: Evidence, corpus: Corpus
) -> list[SentenceVerdict]:
    """Return what each sentence says, and whether that settles the question."""
    if corpus.judge is not None:
        prior = FEW_SHARE * among_few(evidence.retrieval.passages)
        return verdicts(question, sentences, evidence.ranked, evidence.found, corpus.judge, prior)
    return [_without_judge(question, one, evidence) for one in sentences]


def _without_judge(question: str, one: ScoredSentence, evidence: Evidence) -> SentenceVerdict:
    read = evidence.found.get(place_of(one))
    odds = read.yes if read is not None and read.yes is not None else _by_rule(question, one)
    return SentenceVerdict(odds, float(abs(odds) >= SAYS))


def _by_rule(question: str, one: ScoredSentence) -> float:
    """Return the verdict of a sentence by its words: no where either it or the question denies, but not both."""
    denied = bool(DENIAL.search(one.text)) != bool(DENIAL.search(question))
    return -RULED if denied else RULED


def _other_side(
    settled: Sequence[ScoredSentence], told: dict[tuple[str, int], SentenceVerdict], *, yes: bool
) -> ScoredSentence | None:
    """Find a sentence that says the opposite, when it or the first is attributed to somebody."""
    first = settled[0]
    for one in settled[1:]:
        if (told[place_of(one)].odds > 0) == yes:
            continue
        if _said_only(one) or _said_only(first):
            return one
    return None


def _said_only(one: ScoredSentence) -> bool:
    speaker, stance = who_says(one.article, one.start, one.end, one.start + len(one.text) // 2)
    return stance in SAID_ONLY or speaker not in {None, one.article.publisher}


def _yesno_side(value: str, one: ScoredSentence, citations: Sequence[Citation]) -> Side:
    speaker, stance = who_says(one.article, one.start, one.end, one.start + len(one.text) // 2)
    own = tuple(c for c in citations if (c.article.id, c.start) == place_of(one))
    return Side(value, speaker, stance, one.article.published, own)
