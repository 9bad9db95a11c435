"""What reader and judge make of a yes or no question, sentence by sentence.

The judge reads what the question asks about, as a statement (``as_statement``), against each sentence with those
around it, and against the sentence by itself, as the sentences of one window share the first. Regressions weigh
what it says with what the reader found: whether the sentence says yes, and whether it settles the question at all.
They are fitted by ``training/fit_judged.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.features import (
    JUDGED_SETTLED_FEATURES,
    SETTLED_FEATURES,
    VERDICT_FEATURES,
    log_odds,
)
from assistant.evidence.judged import JUDGED_WORDS, UNREAD_ANSWER, Place
from assistant.evidence.roles import without_others
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import probability
from assistant.evidence.windows import ReadSentence, run_around
from assistant.models.judge import Judge, Judgement
from assistant.question.as_statement import as_statement
from assistant.text.wording import one_line

# the least share of a verdict that counts
LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """The log odds that a sentence says yes, and the probability that it settles the question.

    ``counts`` is its weight beside one that settles it: of a sentence that was not read, by the judge alone.
    """

    odds: float
    settles: float
    counts: float = 0.0

    @property
    def weight(self) -> float:
        """How much it counts beside another: how sure it is, times the probability that it settles the question."""
        return abs(self.odds) * self.settles

    @property
    def silent(self) -> SentenceVerdict:
        """The same, where it settles nothing after all."""
        return replace(self, settles=0.0, counts=0.0)


def verdicts(
    question: str,
    sentences: Sequence[ScoredSentence],
    ranked: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    judge: Judge,
    prior: float = 0.0,
) -> list[SentenceVerdict]:
    """Judge each of ``sentences``, which are among all those ``ranked``.

    ``prior`` is added to the log odds that one settles the question: it is for corpora of another size than the
    regressions were fitted on.
    """
    rows = verdict_rows(question, sentences, ranked, found, judge)
    if not rows:
        return []
    says, settles, judged = (
        log_odds(name, [[row[feature] for feature in features] for row in rows])
        for name, features in (
            ("verdict", VERDICT_FEATURES),
            ("settled", SETTLED_FEATURES),
            ("judged_settled", JUDGED_SETTLED_FEATURES),
        )
    )
    made = []
    for row, yes, known, unread in zip(rows, says, settles, judged, strict=True):
        settling = probability(float(known) + prior)
        counts = probability(float(unread) + prior) if row["answering"] == UNREAD_ANSWER else settling
        made.append(SentenceVerdict(float(yes), settling, counts))
    return made


def verdict_rows(
    question: str,
    sentences: Sequence[ScoredSentence],
    ranked: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    judge: Judge,
) -> list[dict[str, float]]:
    """Describe each sentence by ``VERDICT_FEATURES`` and ``SETTLED_FEATURES``.

    Clauses of somebody else are not judged, and what was read with them does not count.
    """
    stated = as_statement(question)
    around, alone, whole = [], [], []
    for one in sentences:
        text, all_of_it = _told_around(question, one, ranked)
        around.append((stated, one.article.title or "", text))
        alone.append((stated, one.article.title or "", one_line(one.text)))
        whole.append(all_of_it)
    pairs = list(dict.fromkeys([*around, *alone]))
    judged = dict(zip(pairs, judge.judge(pairs), strict=True))
    rows = []
    for one, all_of_it, beside, itself in zip(sentences, whole, around, alone, strict=True):
        read = found.get((one.article.id, one.start))
        yes = read.yes if read and all_of_it else None
        rows.append(
            {
                "read": yes or 0.0,
                "stated": _stated(judged[beside]),
                "alone": _stated(judged[itself]),
                "said": _said(judged[beside]),
                "said_alone": _said(judged[itself]),
                "answers": read.answers if read else UNREAD_ANSWER,
                "answering": UNREAD_ANSWER if read is None or read.answering is None else read.answering,
            }
        )
    return rows


def _stated(judged: Judgement) -> float:
    return math.log((judged.supported + LEAST) / (judged.contradicted + LEAST))


def _said(judged: Judgement) -> float:
    return math.log((judged.supported + judged.contradicted + LEAST) / (judged.neither + LEAST))


def _told_around(question: str, one: ScoredSentence, ranked: Sequence[ScoredSentence]) -> tuple[str, bool]:
    """Return the words around a sentence without the clauses of others, and whether these are all of them."""
    start, end = run_around(one, ranked, JUDGED_WORDS)
    text = one.article.text[start:end]
    for near in ranked:
        if near.article.id == one.article.id and start <= near.start and near.end <= end:
            own = without_others(question, near.text)
            text = text if own == near.text else text.replace(near.text, own)
    return one_line(text), text == one.article.text[start:end]
