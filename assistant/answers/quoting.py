"""Chooses sentences to quote, and quotes them: what the answers of several kinds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answers.abstain import within_corpus
from assistant.answers.draft import Corpus
from assistant.answers.select_sentences import read_evidence
from assistant.evidence.announced import with_announced, without_repetition
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence
from assistant.ingest.clean.credits import credit_before
from assistant.text.tokens import stems_of
from assistant.text.wording import one_line
from assistant.types import Citation, Plan, Statement

REPEATED_SHARE = 0.6
"""Least share of common words that makes two sentences the same."""


def judged(plan: Plan, evidence: Evidence, corpus: Corpus) -> Reading:
    """Return the reading of the evidence, withheld where it is too unlikely or of another time."""
    found = read_evidence(plan.query, evidence, corpus.settings, in_few_words=False)
    return within_corpus(plan.query, found, corpus.index.counts())


def unlike(sentences: Iterable[ScoredSentence], most: int, most_words: int) -> list[ScoredSentence]:
    """Take the first sentences that do not repeat one another, within a number of sentences and of words."""
    chosen: list[ScoredSentence] = []
    seen: list[set[str]] = []
    words = 0
    for one in sentences:
        if len(chosen) == most:
            break
        own = stems_of(one.text)
        length = len(one.text.split())
        if any(len(own & other) >= REPEATED_SHARE * len(own | other) for other in seen):
            continue
        if chosen and words + length > most_words:
            continue
        chosen.append(one)
        seen.append(own)
        words += length
    return chosen


def quoted(
    sentences: Sequence[ScoredSentence],
    first: int = 1,
    run: Callable[[ScoredSentence], ScoredSentence] = with_announced,
) -> tuple[Statement, ...]:
    """State sentences word for word, each with a citation of its own, numbered from ``first``.

    ``run`` tells how far each reaches: one that announces brings what it announces.
    """
    runs = without_repetition(map(without_credit, map(run, sentences)))
    return tuple(
        Statement(one_line(one.text), (Citation(number, one.article, one.start, one.end, one.text),))
        for number, one in enumerate(runs, start=first)
    )


def answered_by(base: Reading, statements: tuple[Statement, ...]) -> Reading:
    """Return a reading that whole sentences answer: ``statements``, each with one citation, and no short answer."""
    return replace(
        base,
        answered=True,
        short=None,
        statements=statements,
        citations=tuple(one.citations[0] for one in statements),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )


def without_credit(one: ScoredSentence) -> ScoredSentence:
    """Leave out the credit of a picture that a sentence begins with."""
    shift = credit_before(one.text)
    return replace(one, start=one.start + shift, text=one.text[shift:]) if shift else one
