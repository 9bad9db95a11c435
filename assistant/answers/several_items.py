"""A short answer that is one of several: where its sentence names others beside it, all of them are listed.

Whether "Who was killed?" asks for one or for many, the articles tell and not the question.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.accepted import accepted_runs
from assistant.answers.draft import Corpus, Draft
from assistant.answers.enumerations import Run, runs_in
from assistant.answers.found_items import FoundItem, merged, pointing, repeats
from assistant.answers.list import QUOTED_LENIENCY, as_list
from assistant.answers.row_items import FEWEST_ITEMS
from assistant.answers.told_after import told_after
from assistant.answers.whole_list import whole_list
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.thresholds import answer_threshold
from assistant.evidence.windows import read_alone
from assistant.models.judge import Judge
from assistant.models.reader import Reader
from assistant.question.asking import asks
from assistant.question.number_asked import number_asked
from assistant.text.tokens import content_words, stems, stems_of
from assistant.types import Plan

WORDS_BESIDE = 1
"""Words of a short answer that may belong to none of the items that it gives: "Arle and Benholt parishes"."""
LOOKED_AT = 2
"""Sentences, the likeliest first, whose rows are looked at where no short answer was sure."""
WORDS_MORE = 3
"""Words by which an item may be longer than the short answer: "offensive lineman Ada Berg"."""


def several_items(plan: Plan, draft: Draft, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """List what stands in a row with a short answer; None where nothing does, or where one thing is asked for.

    Where no short answer was sure, it is what the reader points at in the likeliest sentence, or a list that an
    article lays out: for such a one a question must name a class, "states with", or be keywords.
    """
    base, asked_for = draft.reading, number_asked(plan.text)
    one_asked = asked_for.number == "one"
    if corpus.judge is None or draft.outcome is not None or base.differ or base.unknown:
        return None
    if base.short is not None:
        return None if one_asked else _beside(plan, base, evidence, corpus.judge, corpus.reader)
    if asked_for.item or not asks(plan.text):
        laid_out = merged(whole_list(plan, evidence, corpus), corpus)
        if len(laid_out) >= FEWEST_ITEMS:
            return as_list(laid_out, base, evidence.retrieval)
    if one_asked or base.confidence < QUOTED_LENIENCY * answer_threshold(corpus.settings):
        return None
    if base.answered and (beside := _beside(plan, base, evidence, corpus.judge, corpus.reader)):
        return beside
    after = merged(told_after(plan, evidence, corpus), corpus)
    return as_list(after, base, evidence.retrieval) if len(after) >= FEWEST_ITEMS else None


def _beside(
    plan: Plan, base: Reading, evidence: Evidence, judge: Judge, reader: Reader | None
) -> Draft | None:
    """List what stands in a row with a short answer, or in a row of the likeliest sentences."""
    looked_at = _holding(base) if base.short is not None else base.ranked[:LOOKED_AT]
    alone = {
        place: replace(
            read, answering=max(read.answers, read.answers if read.answering is None else read.answering)
        )
        for place, read in (read_alone(plan.text, looked_at, reader) if reader else {}).items()
    }
    evidence = replace(evidence, found={**evidence.found, **alone})
    rows = [row for one in looked_at for row in rows_in(one, evidence)]
    rows = [row for row in rows if (row.pointed if base.short is None else _gives(row, base.short))]
    accepted = accepted_runs(plan.text, [replace(row, sure=False) for row in rows], judge, reader)
    if not accepted:
        return None
    best = max(accepted, key=lambda run: run.worth)
    asked = stems(content_words(plan.text))
    items = [
        FoundItem(text, best.worth, [(best.article, start, end)])
        for text, start, end in best.items
        if not repeats(text, asked)
    ]
    return as_list(items, base, evidence.retrieval) if len(items) >= FEWEST_ITEMS else None


def _holding(base: Reading) -> list[ScoredSentence]:
    """Return the sentences that the short answer is cited from."""
    cited = {(c.article.id, c.start) for one in base.candidates[:1] for c in one.citations}
    return [one for one in base.ranked if (one.article.id, one.start) in cited]


def rows_in(one: ScoredSentence, evidence: Evidence) -> list[Run]:
    """Find the rows of a sentence, as far as the reader points at them."""
    read = evidence.found.get(place_of(one))
    rows = runs_in(one, *pointing(one, evidence), set(), dated=False)
    return [replace(row, answers=read.answers if read else None) for row in rows]


def _gives(run: Run, short: str) -> bool:
    """Return True where a short answer is one of the items of a row, or holds three of them or more."""
    answer = stems_of(short)
    items = [stems_of(text) for text, _, _ in run.items]
    whole = set().union(*items)
    one_of = any(answer <= item and len(item - answer) <= WORDS_MORE for item in items)
    several = len(items) > FEWEST_ITEMS and whole <= answer
    return one_of or (several and len(stems(content_words(short)) - whole) <= WORDS_BESIDE)
