"""The figures and the table of a comparison."""

import datetime

import pytest

from assistant.answers.compared_figures import (
    counts_alike,
    has_figure,
    on_equal_terms,
    other_figures,
    parallels,
)
from assistant.answers.compared_table import compared_draft, source_of
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.question.things_compared import comparison
from assistant.types import Article

TEXT = (
    "The board says that 12 people were killed. The union puts the toll at 19. Police made 4 arrests. "
    "In Arle 30 people were killed. Arle got 61 per cent of the vote."
)
ARTICLE = Article("a", TEXT, title="Fire", publisher="Quay Wire", published=datetime.date(2025, 3, 4))


def sentence(words: str) -> ScoredSentence:
    start = TEXT.index(words)
    return ScoredSentence(ARTICLE, start, start + len(words), words, ())


BOARD, UNION = (
    sentence("The board says that 12 people were killed."),
    sentence("The union puts the toll at 19."),
)
POLICE, ARLE = sentence("Police made 4 arrests."), sentence("In Arle 30 people were killed.")
SHARE = sentence("Arle got 61 per cent of the vote.")


def test_other_figures_count_the_same_and_differ() -> None:
    assert other_figures(BOARD, [BOARD, POLICE, UNION]) == [UNION]
    assert counts_alike(BOARD, ARLE) and not counts_alike(BOARD, POLICE)
    assert parallels([[BOARD], [POLICE, ARLE]]) == [[BOARD], [ARLE]]


def test_figures_stand_side_by_side_only_where_they_count_alike() -> None:
    rows = [("Board", [BOARD], "12 people"), ("Arle", [ARLE], "30 people")]
    assert on_equal_terms(rows)
    assert not on_equal_terms([*rows, ("Police", [POLICE], "4 arrests")])
    assert has_figure(SHARE.text, "share of the vote") and not has_figure(ARLE.text, "share of the vote")
    assert has_figure(ARLE.text, "number of dead") and not has_figure(SHARE.text, "number of dead")


def test_each_row_names_its_source_and_date(empty_evidence: Evidence) -> None:
    assert source_of(ARTICLE) == "Quay Wire, 4 March 2025"
    rows = [("Arle", [ARLE], "30 people"), ("Corrie", [], "")]
    draft = compared_draft(empty_evidence, rows, ("Corrie",), 0.4)
    assert draft.table is not None
    assert draft.table.columns == ("Figure", "What the articles say", "Source")
    assert [cell.text for cell in draft.table.rows[0].cells] == [
        "30 people",
        ARLE.text,
        "Quay Wire, 4 March 2025",
    ]
    assert all(cell.text == "" for cell in draft.table.rows[1].cells)
    assert draft.missing == ("Corrie",)


@pytest.fixture
def empty_evidence() -> Evidence:
    import numpy as np

    from assistant.evidence.features import Matches
    from assistant.names import KnownNames
    from assistant.question.question_type import profile
    from assistant.retrieval.search import Retrieval

    vector = np.zeros(8, dtype=np.float32)
    asked = profile("Compare Arle and Corrie", {}, 0)
    matches = Matches(asked, [], lambda words: np.zeros((len(words), 8), dtype=np.float32), KnownNames().same)
    return Evidence(Retrieval((), (), vector, {}, 0, names=KnownNames()), asked, matches, (), {})


@pytest.mark.parametrize(
    ("text", "things", "topic"),
    [
        ("the fire: company figure against union figure", ("company", "union"), "figure of the fire"),
        (
            "Compare the figures of the board and Arle on the dead",
            ("the board", "Arle"),
            "the figures on the dead",
        ),
        ("Ada Berg vs Jo Lind how did they differ on wages", ("Ada Berg", "Jo Lind"), "on wages"),
        (
            "traffic on the old road compared with the new road",
            ("the old road", "the new road"),
            "traffic on",
        ),
    ],
)
def test_what_things_share_belongs_to_the_topic(text: str, things: tuple[str, ...], topic: str) -> None:
    assert comparison(text) == (things, topic)
