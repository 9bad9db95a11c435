"""Whether a text gives an expected answer: the normalisations and scores of the public question sets."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable

_NOT_A_WORD = re.compile(r"[^\w\s]|_")
_ENGLISH_ARTICLES = re.compile(r"\b(a|an|the)\b")
_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)
_COUNTERS = str.maketrans("", "", "年歳人년")


def normalise_squad(text: str) -> str:
    """Return the text in lower case, without ASCII punctuation, English articles and extra space.

    Source: the evaluation script of SQuAD 2.0 (Rajpurkar et al. 2018, arXiv 1806.03822).
    """
    return " ".join(_ENGLISH_ARTICLES.sub(" ", text.lower().translate(_WITHOUT_PUNCTUATION)).split())


def normalise_realtimeqa(text: str) -> str:
    """Return the text in lower case, without ASCII punctuation and four East Asian counters; articles stay.

    Source: the evaluation script of RealTimeQA (Kasai et al. 2023, arXiv 2207.13332).
    """
    return " ".join(text.lower().translate(_WITHOUT_PUNCTUATION).translate(_COUNTERS).split())


def normalise_words(text: str) -> str:
    """Return the text in lower case with everything that is not a letter or a digit made a single space."""
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())


def exact_match(
    prediction: str, answers: Iterable[str], normalise: Callable[[str], str] = normalise_squad
) -> float:
    """Return 1.0 where the prediction equals one of the answers after normalisation, and otherwise 0.0.

    Without an answer that is more than punctuation, the empty prediction is the right one.
    Source: SQuAD 2.0 (arXiv 1806.03822); with ``normalise_realtimeqa``: RealTimeQA (arXiv 2207.13332).
    """
    expected = {normalise(answer) for answer in answers} - {""} or {""}
    return float(normalise(prediction) in expected)


def token_f1(
    prediction: str, answers: Iterable[str], normalise: Callable[[str], str] = normalise_squad
) -> float:
    """Return the best harmonic mean of token precision and recall over the answers, 0 to 1.

    Without an answer that is more than punctuation, the empty prediction scores 1.
    Source: SQuAD 2.0 (arXiv 1806.03822); with ``normalise_realtimeqa``: RealTimeQA (arXiv 2207.13332).
    """
    expected = [answer for answer in map(normalise, answers) if answer] or [""]
    predicted = normalise(prediction).split()
    return max(_token_f1(predicted, answer.split()) for answer in expected)


def contains_answer(text: str, answer: str) -> bool:
    """Return whether the answer's words stand in the text, in order and whole, whatever the punctuation.

    Source: answer-string recall of open-domain question answering (Chen et al. 2017, arXiv
    1704.00051), with the normalisation of ``normalise_words``.
    """
    words = normalise_words(answer)
    return bool(words) and f" {words} " in f" {normalise_words(text)} "


def answers_question(text: str, answers: Iterable[str], all_of: Iterable[str] = ()) -> bool:
    """Return whether the text contains any one of ``answers`` (where there are some) and each of ``all_of``.

    A question that expects neither is answered by no text.
    """
    either, each = tuple(answers), tuple(all_of)
    return (
        bool(either or each)
        and (not either or any(contains_answer(text, answer) for answer in either))
        and all(contains_answer(text, answer) for answer in each)
    )


def _token_f1(predicted: list[str], expected: list[str]) -> float:
    if not predicted or not expected:
        return float(predicted == expected)
    shared = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * shared / (len(predicted) + len(expected))
