"""Whether a question leaves open how many things it asks for."""

import pytest

from assistant.question.may_be_several import may_be_several


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Who was killed in the fire?", True),
        ("Whom did the club sign?", True),
        ("Who else was arrested?", True),
        ("What did the divers find in the wreck?", True),
        ("What was stolen?", True),
        ("What degrees does Ada Berg hold?", True),
        ("Which Lesk relay swimmers were disqualified?", True),
        ("Which company makes ferries?", False),
        ("Who is the mayor of Lesk?", False),
        ("Who was Ada Berg?", False),
        ("Who was the first to land?", False),
        ("What is the capital?", False),
        ("What was Ada Berg?", False),
        ("Which town was hit?", False),
        ("When did it open?", False),
        ("How many were killed?", False),
        ("Where did the ferry sink?", False),
    ],
)
def test_a_question_may_ask_for_one_or_for_several(question: str, several: bool) -> None:
    assert may_be_several(question) == several
