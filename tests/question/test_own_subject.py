"""A follow-up that has a subject of its own takes no name, and its pronoun may mean that subject."""

import pytest

from assistant.question.follow_up import stand_alone
from assistant.question.own_subject import means_own_subject
from assistant.types import Turn

CLAIMED = Turn("Who claimed the raids on Holmby?", "Red Front claimed the raids on Holmby. [1]")
LED = Turn("Who leads Red Front?", "Ada Berg leads Red Front. [1]")
HELD = Turn("Who was arrested in Lesk?", "A Sutland man caught at a bakery was arrested on Monday. [1]")


@pytest.mark.parametrize(
    ("turn", "question", "complete"),
    [
        (
            CLAIMED,
            "How many attackers did the army say it killed?",
            "How many attackers did the army say it killed?",
        ),
        (LED, "How many passengers did the ferry carry?", "How many passengers did the ferry carry?"),
        (LED, "What did the government announce?", "What did the government announce?"),
        (LED, "How old is she?", "How old is Ada Berg?"),
        (HELD, "Where was he caught?", "Where was the Sutland man caught?"),
    ],
)
def test_a_question_with_a_subject_of_its_own(turn: Turn, question: str, complete: str) -> None:
    assert stand_alone(question, [turn]) == complete


def test_a_pronoun_means_the_subject_that_it_agrees_with() -> None:
    assert means_own_subject("it", "How many did the army say ", " killed")
    assert means_own_subject("they", "How many shots did the officers say ", " fired")
    assert not means_own_subject("it", "What did the officers say ", " cost")
    assert not means_own_subject("he", "How many guns did the police say ", " had")
    assert not means_own_subject("it", "Why did the army attack ", "")
