"""The question before, asked of another name or outcome."""

import pytest

from assistant.question.another_name import asked_of_another
from assistant.question.understand import ways_to_understand
from assistant.types import Turn


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        (
            "What did Berg say about the Arle bridge?",
            "And Cole?",
            ["What did Cole say about the Arle bridge?", "What did Berg say about the Cole bridge?"],
        ),
        ("How many boats sank in Arle?", "what about Benholt", ["How many boats sank in Benholt?"]),
        ("How many boats sank in Arle?", "and in benholt?", ["How many boats sank in benholt?"]),
        ("How many were injured in Arle?", "And killed?", ["How many were killed in Arle?"]),
        ("How many were injured in Arle?", "And injured?", []),
        ("How many boats sank in Arle?", "And in 2024?", []),
        ("Who won the 2023 Harrow Cup?", "and the 2024 one?", ["Who won the 2024 Harrow Cup?"]),
        ("How many boats sank in Arle?", "What about the cost of repairs?", []),
        ("How many boats sank in Arle?", "And closed?", []),
        ("How many boats sank in Arle?", "And who paid?", []),
        ("How many boats sank in Arle?", "Benholt", []),
        ("How many boats sank?", "And Benholt?", []),
    ],
)
def test_the_question_before_is_asked_of_another(before: str, question: str, asked: list[str]) -> None:
    assert asked_of_another(question, before) == asked


def test_another_name_is_the_first_way_to_understand() -> None:
    first, later = ways_to_understand("And Benholt?", [Turn("How many boats sank in Arle?", "Twelve.")])
    assert first == ("How many boats sank in Benholt?",)
    assert later[0].startswith("And Benholt? (after: ")
