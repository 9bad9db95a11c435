"""What sentences say of a yes or no question, one by one and together."""

from collections.abc import Sequence

import pytest

from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.verdicts import SentenceVerdict, tendency, verdict_rows
from assistant.models.judge import Judgement
from assistant.types import Article

TEXT = "The hall opened in May. Nobody came."
ARTICLE = Article("hall", TEXT, title="A hall")
SENTENCES = [ScoredSentence(ARTICLE, a, b, TEXT[a:b], ()) for a, b in ((0, 23), (24, 36))]


class Agreeing:
    """A judge that finds everything supported, and keeps what it was asked."""

    name = digest = "agreeing"

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str, str]]) -> list[Judgement]:
        self.pairs += pairs
        return [Judgement(0.9, 0.05, 0.05)] * len(pairs)


def test_each_sentence_is_judged_alone_by_two_wordings() -> None:
    judge = Agreeing()
    rows = verdict_rows("Did the hall open?", SENTENCES, {}, judge)
    assert [text for _, _, text in judge.pairs] == 2 * [one.text for one in SENTENCES]
    assert {stated for stated, _, _ in judge.pairs} == {
        "It is true that the hall open.",
        "Did the hall open? Yes.",
    }
    assert len(rows) == 2 and all(row["stated"] > 2 and row["answered_yes"] > 2 for row in rows)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ([(2.0, 0.8), (-2.0, 0.2)], 1.5, 2.0),
        ([(2.0, 0.5), (-2.0, 0.5)], 0.0, 0.0),
        ([(2.0, 0.6), (1.0, 0.6), (-0.5, 0.1)], 1.4, 1.5),
        ([(4.0, 0.05)], 0.0, 0.3),
        ([], 0.0, 0.0),
    ],
)
def test_what_settles_a_question_weighs_most(
    told: list[tuple[float, float]], least: float, most: float
) -> None:
    verdicts = [SentenceVerdict(odds, settles) for odds, settles in told]
    assert least <= tendency(verdicts) <= most
    assert tendency([SentenceVerdict(-one.odds, one.settles) for one in verdicts]) == -tendency(verdicts)
