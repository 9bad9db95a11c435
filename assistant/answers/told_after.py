"""Items that the sentences after the likeliest one tell: "She picked eight. They are Ada Berg and Jo Reed."."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assistant.answers.accepted import ToJudge, chances
from assistant.answers.draft import Corpus
from assistant.answers.enumerations import POINTED_SHARE, Run, runs_in
from assistant.answers.found_items import FoundItem, repeats
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stems
from assistant.text.wording import one_line
from assistant.types import Plan

SENTENCES_AFTER = 5
"""Sentences after one that answers in which rows of names are looked for."""
CHARACTERS_AFTER = 1500
"""Characters after it that are looked at."""
STEPS = 3
"""How often a row that answers leads to further ones."""
ACCEPTED_AFTER = 0.6
"""Least probability that a row answers, by all that stands from the sentence before on."""


def told_after(plan: Plan, evidence: Evidence, corpus: Corpus) -> list[FoundItem]:
    """Find rows of names after the likeliest sentence that answer together with it; nothing without a judge."""
    if corpus.judge is None or not evidence.ranked:
        return []
    asked = stems(content_words(plan.text))
    lead, found = evidence.ranked[0], list[FoundItem]()
    for _ in range(STEPS):
        rows = [run for run in _rows_after(lead) if run.named]
        pairs = [_to_judge(plan.text, lead, run) for run in rows]
        told = chances(plan.text, pairs, [None] * len(rows), corpus.judge, corpus.reader, ACCEPTED_AFTER)
        accepted = [run for run, (chance, _) in zip(rows, told, strict=True) if chance >= ACCEPTED_AFTER]
        for run in accepted:
            places = [(run.article, lead.start, lead.end), (run.article, run.start, run.end)]
            found += [
                FoundItem(text, lead.score, list(places))
                for text, _, _ in run.items
                if not repeats(text, asked)
            ]
        if not accepted:
            break
        last = accepted[-1]
        text = last.article.text[last.start : last.end]
        lead = ScoredSentence(last.article, last.start, last.end, text, (), score=lead.score)
    return found


def _rows_after(lead: ScoredSentence) -> Iterator[Run]:
    """Yield the rows of the sentences after one."""
    following = split_sentences(lead.article.text[lead.end : lead.end + CHARACTERS_AFTER])
    for sentence in itertools.islice(following, SENTENCES_AFTER):
        start, end = lead.end + sentence.start, lead.end + sentence.end
        one = ScoredSentence(lead.article, start, end, lead.article.text[start:end], ())
        yield from runs_in(one, [], POINTED_SHARE, set(), dated=False)


def _to_judge(question: str, lead: ScoredSentence, run: Run) -> ToJudge:
    items = ", ".join(text for text, _, _ in run.items)
    told = run.article.text[lead.start : run.end]
    return f"{question} {items}.", run.article.title or "", one_line(told)
