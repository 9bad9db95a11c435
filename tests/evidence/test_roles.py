"""Who does what to whom, and whose part somebody plays."""

import pytest

from assistant.evidence.roles import (
    age_of_another,
    done_to_another,
    plays_part_elsewhere,
    roles_in,
    told_of_another,
    without_others,
)


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Reed leads Berg by four points.", "reversed"),
        ("A poll says that Jo Reed leads in the north.", "other"),
        ("Ada Berg leads Reed in the north.", "same"),
        ("Reed was led by Berg.", "same"),
        ("Jo Reed leads by a mere 3 points.", "other"),
        ("The vote is in May.", "same"),
    ],
)
def test_who_does_a_deed_to_whom(sentence: str, roles: str) -> None:
    assert roles_in("Did Ada Berg lead Jo Reed in the north?", sentence) == roles


def test_questions_without_two_names_tell_no_roles() -> None:
    assert roles_in("Did the board approve the plan?", "The plan approves the board.") == "same"
    assert roles_in("Was Ada Berg led by Jo Reed?", "Reed leads Berg.") == "same"


def test_a_part_is_played_of_what_is_named() -> None:
    asked = "president of norland 2022"
    assert plays_part_elsewhere(asked, "Sutlandian President Ada Berg spoke of Norland.", "Ada Berg")
    assert plays_part_elsewhere(asked, "Ada Berg, president of Sutland, spoke.", "Ada Berg")
    assert not plays_part_elsewhere(asked, "Norlandic President Ada Berg spoke.", "Ada Berg")
    assert not plays_part_elsewhere(asked, "President Ada Berg spoke in Norland.", "Ada Berg")
    assert not plays_part_elsewhere(
        "Who spoke in Norland?", "Sutland's president Ada Berg spoke.", "Ada Berg"
    )


@pytest.mark.parametrize(
    ("sentence", "of_another"),
    [
        ("Berg tried to stay by replacing her old ally Tom Hale with Jo Lind, a rival.", True),
        ("Jo Lind replaced Ada Berg in May.", False),
        ("Jo Lind, who replaced her in May, spoke.", False),
        ("Ada Berg was replaced by Jo Lind.", False),
        ("Jo Lind replaced nobody.", False),
    ],
)
def test_a_deed_is_done_to_whom_is_named(sentence: str, of_another: bool) -> None:
    assert done_to_another("Who replaced Ada Berg?", sentence, "Jo Lind") is of_another


@pytest.mark.parametrize(
    ("sentence", "of_another"),
    [
        ("Ada Berg was with her sister, 95-year-old Jo.", True),
        ("Jo Lind, 95, is the oldest of them.", True),
        ("Berg, 95, sat down.", False),
        ("The 95-year-old lives in Ostheim.", False),
    ],
)
def test_an_age_is_somebodys(sentence: str, of_another: bool) -> None:
    assert age_of_another("How old is Ada Berg?", sentence, "95") is of_another
    assert not age_of_another("How old is the oldest of them?", sentence, "95")


@pytest.mark.parametrize(
    ("sentence", "answer", "of_another"),
    [
        ("The film of Ada Berg won two awards, while that of Jo Lind won four awards.", "four", True),
        ("The film of Ada Berg won two awards, while that of Jo Lind won four awards.", "two", False),
        ("Jo Lind lost; Ada Berg won four awards.", "four", False),
        ("She won four awards, while critics had hoped for five.", "four", False),
    ],
)
def test_a_clause_of_another_subject(sentence: str, answer: str, of_another: bool) -> None:
    assert told_of_another("How many awards did Ada Berg win?", sentence, answer) == of_another


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "Jo Reed has been in hospital for a year and former mayor Ada Reed, his wife, died last year.",
            "Jo Reed has been in hospital for a year",
        ),
        ("Ada Reed died in May, but Jo Reed lives in Lesk.", "Jo Reed lives in Lesk."),
        ("Jo Reed and Ada Berg died in May.", "Jo Reed and Ada Berg died in May."),
        ("Jo Reed fell ill and died in Lesk and Arle.", "Jo Reed fell ill and died in Lesk and Arle."),
        ("He died in May, and Ada Reed wept.", "He died in May, and Ada Reed wept."),
    ],
)
def test_clauses_of_others_are_left_out(sentence: str, left: str) -> None:
    assert without_others("Is Jo Reed dead?", sentence) == left


@pytest.mark.parametrize(
    ("question", "sentence", "roles"),
    [
        ("Did Lesk capture Arle?", "Lesk's army captured Osten, a town on Arle's border.", "other"),
        ("Did Lesk capture Arle?", "Lesk captured Osten, Bo and Arle.", "same"),
        ("Did Lesk capture Arle?", "Lesk captured the old town of Arle.", "same"),
        ("Did Ada pardon Bo?", "Ada pardoned her son on Sunday in Lesk.", "same"),
        ("Did Ada Berg win gold in Arle?", "Ada Berg led in Arle, winning gold on Sunday.", "same"),
        ("Did Ada Berg buy Osten?", "Ada Berg bought Osten; to buy Osten took her a year.", "same"),
    ],
)
def test_a_deed_done_to_another_alone_is_not_the_one_asked_about(
    question: str, sentence: str, roles: str
) -> None:
    assert roles_in(question, sentence) == roles
