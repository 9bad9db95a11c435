from collections.abc import Sequence

import pytest

from assistant.evidence.features import JUDGED_ANSWER_FEATURES, JUDGED_SHORT_FEATURES, SENTENCE_FEATURES
from assistant.evidence.judged import (
    RatedShort,
    answer_row,
    answer_supports,
    judged_answer_odds,
    rated,
    short_rows,
    told_elsewhere,
)
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import AnswerGroup, from_spans
from assistant.evidence.thresholds import sure
from assistant.evidence.windows import ReadSentence
from assistant.models.judge import Judgement
from assistant.models.reader import FoundSpan
from assistant.question.question_type import profile
from assistant.settings import Settings
from assistant.types import Article

TEXT = "The Rovers won the cup. Anna Holm scored twice. The gates opened at noon."
ARTICLE = Article("cup", TEXT, title="Cup final")
ASKED = profile("Who scored twice?", {}, 0)


def sentence(start: int, end: int) -> ScoredSentence:
    return ScoredSentence(ARTICLE, start, end, TEXT[start:end], (1.0,) * len(SENTENCE_FEATURES), 0.5, 0.9)


RANKED = [sentence(24, 47), sentence(0, 23), sentence(48, 73)]
FOUND = {
    ("cup", 24): ReadSentence(2.0, (FoundSpan(24, 33, 0.8),), None, 1.5),
    ("cup", 0): ReadSentence(-1.0, (FoundSpan(4, 10, 0.1),), None, -2.0),
}
CLOSE = FOUND | {("cup", 0): ReadSentence(1.5, (FoundSpan(4, 10, 0.7),), None, 1.0)}


class Weighing:
    """A judge that supports what names Anna Holm, and remembers what it was given."""

    name = digest = "weighing"

    def __init__(self) -> None:
        self.given: list[tuple[str, str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str, str]]) -> list[Judgement]:
        self.given += pairs
        chances = [0.9 if "Anna Holm" in statement else 0.1 for statement, _, _ in pairs]
        return [Judgement(one, (1 - one) / 2, (1 - one) / 2) for one in chances]


def test_question_and_answer_are_judged_by_the_words_around_the_sentence() -> None:
    judge = Weighing()
    answers = from_spans(ASKED, RANKED, CLOSE)
    supported = answer_supports("Who scored twice?", RANKED, answers, judge)
    assert set(supported) == {one.text for one in answers}
    assert supported["Anna Holm"] > 2
    assert supported["Rovers"] < 0
    assert judge.given[0] == ("Who scored twice? Anna Holm.", "Cup final", TEXT)


def test_an_answer_far_less_likely_than_the_first_is_not_judged() -> None:
    answers = from_spans(ASKED, RANKED, FOUND)
    assert [one.text for one in answers] == ["Anna Holm", "Rovers"]
    assert set(answer_supports("Who scored twice?", RANKED, answers, Weighing())) == {"Anna Holm"}


def test_the_supported_answer_is_rated_first() -> None:
    answers = from_spans(ASKED, RANKED, CLOSE)
    best = rated(
        RANKED,
        CLOSE,
        answers,
        answer_supports("Who scored twice?", RANKED, answers, Weighing()),
    )
    assert best[0].answer.text == "Anna Holm"
    assert 0 < best[0].probability < 1
    assert not rated(RANKED, FOUND, answers, {})


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        ("Who scored twice?", "Anna Holm", True),
        ("Who scored twice?", "24", False),
        ("Where was the cup won?", "Arle", True),
        ("Where was the cup won?", "on Friday evening", False),
        ("Which cup was won in 2024?", "the Harrow Cup", True),
        ("Which cup was won in 2024?", "May 2024", False),
        ("When in 2024 was the cup won?", "May 2024", True),
        ("How many goals fell?", "three", True),
        ("How many goals fell?", "several", False),
    ],
)
def test_a_short_answer_is_shown_only_if_of_the_type_asked_for(
    question: str, answer: str, shown: bool
) -> None:
    rated_one = RatedShort(AnswerGroup(answer, 1.0, counts=True), 0.99, ())
    assert sure([rated_one], profile(question, {}, 0), Settings()) == shown


def test_none_is_rated_higher_than_the_one_before_it() -> None:
    answers = from_spans(ASKED, RANKED, FOUND)
    assert answers[0].text == "Anna Holm"
    best = rated(RANKED, FOUND, answers, {"Anna Holm": -1.0, "Rovers": 1.0})
    assert [one.answer.text for one in best] == ["Anna Holm", "Rovers"]
    assert best[0].probability >= best[1].probability


def test_rows_hold_the_features_in_their_order() -> None:
    answers = from_spans(ASKED, RANKED, FOUND)
    row = dict(zip(JUDGED_ANSWER_FEATURES, answer_row(RANKED, FOUND), strict=True))
    assert (row["answers"], row["score"], row["search"]) == (2.0, 0.5, 0.9)
    judged = [one for one in answers if one.text == "Anna Holm"]
    (short,) = short_rows(RANKED, FOUND, judged, {"Anna Holm": 2.0})
    told = dict(zip(JUDGED_SHORT_FEATURES, short, strict=True))
    assert (told["supported"], told["answers"], told["answering"]) == (2.0, 2.0, 1.5)
    assert told["share"] == pytest.approx(judged[0].share)


def test_an_answer_is_as_likely_as_in_the_sentence_that_tells_it_best() -> None:
    other = Article("later", TEXT)
    again = ScoredSentence(other, 24, 47, TEXT[24:47], RANKED[0].features, 0.5, 0.9)
    better = ReadSentence(4.0, (FoundSpan(24, 33, 0.8),), None, 3.0)
    unread = ReadSentence(9.0, (FoundSpan(24, 33, 0.8),))  # by the scout alone
    (first, rovers) = from_spans(ASKED, [*RANKED, again], found := FOUND | {("later", 24): better})
    assert told_elsewhere(first, [*RANKED, again], found) == judged_answer_odds([again], found)
    assert told_elsewhere(first, [*RANKED, again], found) > judged_answer_odds(RANKED, found)
    assert told_elsewhere(rovers, RANKED, found) == judged_answer_odds(RANKED[1:], found)
    scouted = FOUND | {("later", 24): unread}
    assert told_elsewhere(first, [*RANKED, again], scouted) == judged_answer_odds(RANKED, scouted)
