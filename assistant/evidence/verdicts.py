"""What reader and judge make of a yes or no question, sentence by sentence.

The judge reads each sentence with what the question asks about, as a statement (``as_statement``), and with the
question answered by yes. Two regressions weigh what it says with what the reader found in the window around it:
whether the sentence says yes, and whether it settles the question at all. They are fitted by
``training/fit_judged.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.features import SETTLED_FEATURES, VERDICT_FEATURES, log_odds
from assistant.evidence.judged import UNREAD_ANSWER, Place
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import probability
from assistant.evidence.windows import ReadSentence
from assistant.models.judge import Judge, Judgement
from assistant.question.as_statement import as_statement

# the least share of a verdict that counts
LEAST = 1e-3
# the least weight, of all sentences, by which what they say is divided
LEAST_SETTLING = 0.05


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """The log odds that a sentence says yes, and the probability that it settles the question."""

    odds: float
    settles: float


def tendency(told: Iterable[SentenceVerdict]) -> float:
    """Return the log odds of yes by several sentences: their mean, by how far each settles the question."""
    weighed = [(one.settles**2, one.odds) for one in told]
    total = sum(weight * odds for weight, odds in weighed)
    return total / max(LEAST_SETTLING, sum(weight for weight, _ in weighed))


def verdicts(
    question: str,
    sentences: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    judge: Judge,
    prior: float = 0.0,
) -> list[SentenceVerdict]:
    """Judge each of ``sentences``.

    ``prior`` is added to the log odds that one settles the question: it is for corpora of another size than the
    regressions were fitted on.
    """
    rows = verdict_rows(question, sentences, found, judge)
    if not rows:
        return []
    says, settles = (
        log_odds(name, [[row[feature] for feature in features] for row in rows])
        for name, features in (("verdict", VERDICT_FEATURES), ("settled", SETTLED_FEATURES))
    )
    return [
        SentenceVerdict(float(yes), probability(float(known) + prior))
        for yes, known in zip(says, settles, strict=True)
    ]


def verdict_rows(
    question: str,
    sentences: Sequence[ScoredSentence],
    found: Mapping[Place, ReadSentence],
    judge: Judge,
) -> list[dict[str, float]]:
    """Describe each sentence by ``VERDICT_FEATURES`` and ``SETTLED_FEATURES``."""
    texts = [(one.article.title or "", " ".join(one.text.split())) for one in sentences]
    judgements = judge.judge(
        [(s, *text) for s in (as_statement(question), f"{question} Yes.") for text in texts]
    )
    stated, answered = judgements[: len(texts)], judgements[len(texts) :]
    rows = []
    for one, judged, yes in zip(sentences, stated, answered, strict=True):
        read = found.get((one.article.id, one.start))
        said = judged.supported + judged.contradicted
        rows.append(
            {
                "read": (read.yes if read else None) or 0.0,
                "stated": _says_yes(judged),
                "answered_yes": _says_yes(yes),
                "said": math.log((said + LEAST) / (judged.neither + LEAST)),
                "answers": read.answers if read else UNREAD_ANSWER,
                "answering": UNREAD_ANSWER if read is None or read.answering is None else read.answering,
            }
        )
    return rows


def _says_yes(judged: Judgement) -> float:
    return math.log((judged.supported + LEAST) / (judged.contradicted + LEAST))
