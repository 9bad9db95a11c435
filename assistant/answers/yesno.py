"""Yes or no: the verdict, the sentence that settles it, and the other side where there is one.

A judge reads the question with "Yes" and with "No" against each of the likeliest sentences and their surroundings.
Without a judge the reader's own verdict counts; without that, whether both or neither of question and sentence
deny. That rule cannot tell sides apart: sources then differ only where their figures or claims do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import short
from assistant.answers.draft import Corpus, Draft
from assistant.answers.quoting import judged, quoted, unlike
from assistant.answers.short import doubted
from assistant.evidence.attribution import who_says
from assistant.evidence.gather import Evidence
from assistant.evidence.judged import JUDGED_WORDS
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.windows import run_around
from assistant.models.judge import Judge
from assistant.types import Citation, Plan, Side

JUDGED_SENTENCES = 3
"""Sentences that are judged: each takes two readings."""
SETTLES = 0.25
"""Least log odds, for or against, with which a sentence settles a question."""
YESNO_STATED = 3
SAID_ONLY = frozenset({"claimed", "denied", "unconfirmed", "blamed"})
RULED = 1.0
"""Log odds of a verdict by rule."""
LEAST_VERDICT = 1e-6

_DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)?|den(?:y|ies|ied)|reject(?:s|ed)?"
    r"|refus(?:e|es|ed)|ruled out|instead of|rather than|unlikely|yet to|stopped short|far from)\b|n[’']t\b",
    re.I,
)
_QUESTION_TAG = re.compile(
    r"^\W*(?:is it true that|do the articles say (?:that|whether)|is it confirmed that)\s+", re.I
)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Answer Yes, No or Sources differ, or withhold the verdict where nothing settles it."""
    base = judged(plan, evidence, corpus)
    if not base.ranked or not base.answered:
        return _as_told(plan, evidence, corpus)
    leading = list(base.ranked[:JUDGED_SENTENCES])
    verdicts = verdicts_of(plan.text, leading, evidence, corpus)
    settled = [one for one in leading if abs(verdicts[place_of(one)]) >= SETTLES]
    if not settled:
        return _as_told(plan, evidence, corpus)
    yes = verdicts[place_of(settled[0])] > 0
    told_apart = corpus.judge is not None or any(one.yes is not None for one in evidence.found.values())
    against = _other_side(settled, verdicts, yes=yes) if told_apart else None
    if not told_apart and (as_told := _as_told(plan, evidence, corpus)).reading.differ:
        return as_told
    verdict = "Sources differ" if against else "Yes" if yes else "No"
    order = [settled[0], *([against] if against else []), *settled[1:]]
    agreeing = [one for one in order if one is against or (verdicts[place_of(one)] > 0) == yes]
    chosen = unlike(agreeing, YESNO_STATED, corpus.settings.answer_words)
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
        short=verdict,
        statements=statements,
        citations=citations,
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
        sides=sides if len(sides) > 1 else (),
        differ=len(sides) > 1,
        lead=f"{verdict}.",
    )
    return doubted(Draft("yesno", made, evidence.retrieval), plan, corpus)


def _as_told(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """State what sources claim, without a verdict; withhold the answer where they claim nothing."""
    made = short.answer(plan, evidence, corpus)
    told = "Sources differ" if made.reading.differ else None
    return replace(made, kind="yesno", reading=replace(made.reading, short=told))


def verdicts_of(
    question: str, sentences: Sequence[ScoredSentence], evidence: Evidence, corpus: Corpus
) -> dict[tuple[str, int], float]:
    """Return for each sentence the log odds that it says yes (below 0: no)."""
    told = {place_of(one): _odds_of_yes(one, evidence) for one in sentences}
    if corpus.judge is not None:
        judged = _by_judge(question, sentences, evidence.ranked, corpus.judge)
        return {place: odds + (told[place] or 0.0) for place, odds in judged.items()}
    verdicts = {}
    for one in sentences:
        known = told[place_of(one)]
        verdicts[place_of(one)] = known if known is not None else _by_rule(question, one)
    return verdicts


def _odds_of_yes(one: ScoredSentence, evidence: Evidence) -> float | None:
    """Return the reader's own log odds of yes, None where it gives none."""
    read = evidence.found.get(place_of(one))
    return read.yes if read is not None else None


def _by_judge(
    question: str, sentences: Sequence[ScoredSentence], ranked: Sequence[ScoredSentence], judge: Judge
) -> dict[tuple[str, int], float]:
    """Judge the question with "Yes" and with "No" against each sentence and those around it."""
    asked = _QUESTION_TAG.sub("", question).rstrip("?!. ") + "?"
    pairs = []
    for one in sentences:
        start, end = run_around(one, ranked, JUDGED_WORDS)
        text = " ".join(one.article.text[start:end].split())
        pairs += [(f"{asked} {word}.", one.article.title or "", text) for word in ("Yes", "No")]
    found = judge.judge(pairs)
    return {
        place_of(one): math.log(
            (found[2 * at].supported + found[2 * at + 1].contradicted + LEAST_VERDICT)
            / (found[2 * at + 1].supported + found[2 * at].contradicted + LEAST_VERDICT)
        )
        for at, one in enumerate(sentences)
    }


def _by_rule(question: str, one: ScoredSentence) -> float:
    """Return the verdict of a sentence by its words: no where either it or the question denies, but not both."""
    denied = bool(_DENIAL.search(one.text)) != bool(_DENIAL.search(question))
    return -RULED if denied else RULED


def _other_side(
    settled: Sequence[ScoredSentence], verdicts: dict[tuple[str, int], float], *, yes: bool
) -> ScoredSentence | None:
    """Find a sentence that says the opposite, when it or the first is attributed to somebody."""
    first = settled[0]
    for one in settled[1:]:
        if (verdicts[place_of(one)] > 0) == yes:
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
