"""Who does what to whom, and whose part somebody plays."""

import pytest

from assistant.evidence.roles import plays_part_elsewhere, roles_in


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Reed leads Berg by four points.", "reversed"),
        ("A poll says that Jo Reed leads in the north.", "other"),
        ("Ada Berg leads Reed in the north.", "same"),
        ("Reed was led by Berg.", "same"),
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
