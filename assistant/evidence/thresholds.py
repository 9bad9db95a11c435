"""From which probability an answer is given, and from which a short answer is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence.answer_type import misplaced
from assistant.evidence.features import stored_weights
from assistant.evidence.figures import HOW_MANY, outcome_asked
from assistant.evidence.judged import RatedShort
from assistant.evidence.short_answers import AnswerGroup
from assistant.question.question_type import TYPED, Profile
from assistant.settings import Settings
from assistant.text.numbers import counting_numbers
from assistant.types import Candidate

# passages of the corpus that confidence was fitted on, and the log odds added for each power of ten by which a
# corpus is smaller: with less, the questions on the 30 demonstration articles miss their gates
FITTED_PASSAGES = 64_000
FEW_PASSAGES = 50
PER_TENTH = 0.64
# share of the threshold that is enough where whole sentences answer, or Yes or No. Of what is answered from .7 on,
# .89 is right of 367 open questions over 64,465 passages and .91 of 221 for Yes or No; from .8 on, .92 and .93; of
# 313 for few words, .80 and .84
SENTENCES_LENIENCY = 0.875
# share of the confidence that makes a candidate the short answer to "why" or "what"
STANDS_OUT = 0.3
# the confidence of an answer that a sentence states in so many words ("no group has claimed the raid")
STATED_CONFIDENCE = 0.5


def enough(settings: Settings, *, in_few_words: bool) -> float:
    """Return the confidence below which an answer in few words, or one in whole sentences, is withheld."""
    return answer_threshold(settings) * (1.0 if in_few_words else SENTENCES_LENIENCY)


def answer_threshold(settings: Settings) -> float:
    """Return the confidence below which an answer is withheld: as set, or for the precision that is wanted.

    Without either, it is the one that was fitted with the reader. Where no confidence was precise enough, it is the
    highest that was measured.
    """
    if settings.answer_precision is None:
        fitted_with: dict[str, float] = stored_weights()["answer_threshold"]
        known = fitted_with.get(settings.reader, fitted_with["other"])
        return known if settings.answer_threshold is None else settings.answer_threshold
    measured: list[tuple[float, float]] = stored_weights()["thresholds"]
    precise = [threshold for precision, threshold in measured if precision >= settings.answer_precision]
    return min(precise, default=max(threshold for _, threshold in measured))


def among_few(passages: int) -> float:
    """Return the log odds to add in a small corpus, where fewer passages could be mistaken for an answer."""
    return PER_TENTH * max(0.0, math.log10(FITTED_PASSAGES / max(FEW_PASSAGES, passages)))


def sure(best: Sequence[RatedShort], asked: Profile, settings: Settings) -> bool:
    """Return True when the likeliest short answer is likely enough to be shown, and of the type asked for."""
    answer = best[0].answer
    fits = may_count(answer, asked) if asked.kind == "how_many" else not misplaced(asked.text, answer.text)
    likely = best[0].probability >= settings.short_answer_threshold
    return fits and likely and not counts_no_people(answer, asked)


def may_count(answer: AnswerGroup, asked: Profile) -> bool:
    """Return True for a number; where "how many" is asked, for one that may count what is asked."""
    counts = answer.counts or not HOW_MANY.search(asked.text)
    return counts and bool(counting_numbers(answer.text))


def counts_no_people(answer: AnswerGroup, asked: Profile) -> bool:
    """Return True for "6.3" where it is asked how many died."""
    numbers = counting_numbers(answer.text) if outcome_asked(asked.text) else []
    return bool(numbers) and not any(float(one.low).is_integer() for one in numbers)


def brief(asked: Profile, candidates: Sequence[Candidate], confidence: float) -> bool:
    """Return True when a question has a short answer: some types always have, others where one stands out.

    Only a number answers "how many".
    """
    if not candidates or (asked.kind == "how_many" and not counting_numbers(candidates[0].text)):
        return False
    return asked.kind in TYPED or candidates[0].confidence >= STANDS_OUT * confidence
