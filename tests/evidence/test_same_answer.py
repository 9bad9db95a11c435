import pytest

from assistant.evidence.same_answer import heads, namesakes, one_answer
from assistant.question.question_type import QuestionType


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("who", "Ann Lee", "former Rep. Ann Lee"),
        ("who", "Ann Lee", "Fox News host Ann Lee"),
        ("who", "gunman Bo Karl Lund", "Bo Karl Lund"),
        ("who", "Former President Ann Lee", "Lee"),
        ("who", "Republican Ann Lee", "President Ann Lee"),
        ("who", "Secretary of State Ann Lee", "Ann Lee"),
        ("where", "Lesk, Arland", "the northern city of Lesk"),
        ("where", "his residence in Lesk", "Lesk"),
        ("when", "2 May", "Monday, May 2, 2022"),
    ],
)
def test_one_answer_in_other_words(kind: QuestionType, one: str, other: str) -> None:
    assert one_answer(kind, one, other) and one_answer(kind, other, one)
    assert set(heads(kind, one)) & set(heads(kind, other))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("who", "Ann Lee", "Bo Lee"),
        ("who", "Ann Lee", "Ann Lund"),
        ("who", "University of Lesk", "Lesk"),
        ("who", "the mayor of Lesk", "Lesk"),
        ("who", "the mayor", "the former mayor"),
        ("where", "Lesk", "Arle"),
        ("when", "2 May 2021", "2 May 2022"),
        ("when", "2 May", "3 May"),
        ("when", "Monday", "Monday"),
    ],
)
def test_other_answers(kind: QuestionType, one: str, other: str) -> None:
    assert not one_answer(kind, one, other)


def test_namesakes_are_two_people() -> None:
    assert namesakes(["ann", "lee"], ["bo", "lee"])
    assert not namesakes(["lee"], ["bo", "lee"])
    assert not namesakes(["governor", "bo", "lee"], ["senator", "bo", "lee"])
