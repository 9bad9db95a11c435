"""How many windows the judging reader reads: until one answers, or as many as a question takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from assistant.evidence.features import SENTENCE_FEATURES
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.windows import BRIEFLY, WIDELY, read_sentences
from assistant.models.reader import PassageReading
from assistant.types import Article

LINES = [f"Sentence number {number} tells of a ferry." for number in range(30)]
# windows do not reach over gaps this wide
TEXT = ("\n" + " " * 50 + "\n").join(LINES)
ARTICLE = Article("ferry", TEXT, title="Ferries")
RANKED = [
    ScoredSentence(
        ARTICLE,
        TEXT.index(line),
        TEXT.index(line) + len(line),
        line,
        (1.0,) * len(SENTENCE_FEATURES),
        3 - 0.1 * n,
        0.9,
    )
    for n, line in enumerate(LINES)
]


@dataclass
class Answering:
    """A reader that finds every window to answer, or none, and remembers what it read."""

    odds: float
    scout: "Answering | None" = None
    name: str = "answering"
    digest: str = ""
    read_windows: list[str] = field(default_factory=list)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        self.read_windows += [text for _, text in passages]
        return [
            PassageReading(self.odds, (), 0.0, ((0, len(text), self.odds),) if self.scout else ())
            for _, text in passages
        ]


@pytest.mark.parametrize(
    ("odds", "widely", "judged"),
    [
        (6.0, False, BRIEFLY.at_once),
        (-6.0, False, BRIEFLY.judged),
        (6.0, True, WIDELY.at_once),
        (-6.0, True, WIDELY.judged),
    ],
)
def test_no_more_is_judged_once_a_sentence_answers(odds: float, widely: bool, judged: int) -> None:
    reader = Answering(odds, scout=Answering(0.0))
    found = read_sentences("What happened to the ferry?", RANKED, reader, widely)
    assert reader.read_windows == LINES[:judged]
    assert [key for key, read in found.items() if read.answering is not None] == [
        ("ferry", one.start) for one in RANKED[:judged]
    ]
