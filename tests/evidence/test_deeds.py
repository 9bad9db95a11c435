"""Plans are not told as deeds."""

import pytest

from assistant.evidence.deeds import asks_of_deed, deeds_first, only_faced, refuses_ahead, tells_plan
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Article

PLAN, DEED = "The library will open a café in May.", "The library opened its garden on Sunday."


@pytest.mark.parametrize(
    ("question", "sentence", "plan"),
    [
        ("Did the library open a café?", PLAN, True),
        ("Has the old wing been pulled down?", "The old wing is to be pulled down next year.", True),
        ("Did the readers appeal?", "The readers said that they would appeal.", True),
        ("Did the library open its garden?", DEED, False),
        ("Did the hall open?", "It opened in May and will close in June.", False),
        ("Will the library open a café?", PLAN, False),
        ("Did the town agree?", PLAN, False),
    ],
)
def test_a_sentence_tells_a_plan_only_where_a_deed_is_asked_for(
    question: str, sentence: str, plan: bool
) -> None:
    assert tells_plan(question, sentence) is plan


def test_deeds_come_first_where_it_is_asked_what_was_done() -> None:
    article = Article("a", f"{PLAN} {DEED}")
    ranked = [
        ScoredSentence(article, 0, len(PLAN), PLAN, (), 2.0),
        ScoredSentence(article, 37, 77, DEED, (), 1.0),
    ]
    assert deeds_first("Which parts of the library were opened?", ranked)[0].text == DEED
    assert deeds_first("When did the café open?", ranked) == ranked
    assert deeds_first("Which parts will open?", ranked) == ranked
    assert asks_of_deed("Which parts were opened?")


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("Did the mayor pardon her brother?", "The mayor said she won't offer him a pardon.", True),
        ("Did the mayor pardon her brother?", "The mayor would never pardon him, she said.", True),
        ("Did the mayor pardon her brother?", "The mayor will not say why she granted it.", False),
        ("Did the mayor pardon her brother?", "The mayor refused a pardon.", False),
        ("Will the mayor pardon her brother?", "The mayor said she won't offer him a pardon.", False),
    ],
)
def test_what_is_refused_ahead_may_still_be_done(question: str, sentence: str, refused: bool) -> None:
    assert refuses_ahead(question, sentence) is refused


@pytest.mark.parametrize(
    ("question", "sentence", "faced"),
    [
        ("How many years did Bo Cole get?", "Bo Cole faces up to 20 years in prison.", True),
        ("What was Bo Cole sentenced to?", "The charge carries a maximum of 20 years.", True),
        ("What was Bo Cole sentenced to?", "Bo Cole, who faced 20 years, was sentenced to six.", False),
        ("How long a sentence does Bo Cole face?", "Bo Cole faces up to 20 years in prison.", False),
        ("Who charged Bo Cole?", "Bo Cole faces up to 20 years in prison.", False),
    ],
)
def test_what_somebody_faces_is_no_sentence(question: str, sentence: str, faced: bool) -> None:
    assert only_faced(question, sentence) == faced
