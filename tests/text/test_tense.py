import pytest

from assistant.text.tense import only_on_condition, tense, told_and_denied


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hearings will begin Wednesday", "future"),
        ("The hearings begin Wednesday", "timetable"),
        ("The hearings began Wednesday", "past"),
        ("He said Wednesday", "past"),
        ("a summit Wednesday", None),
        ("The museum is set to open its doors Wednesday", "future"),
        ("The museum, which is expected to be rebuilt, burnt and closed Wednesday", "past"),
        ("On Wednesday the jury will hear him", "future"),
        ("Wednesday was the start of it", "past"),
        ("Did it begin Wednesday", None),
        ("The start Wednesday", None),
    ],
)
def test_the_nearest_verb_gives_the_tense(text: str, expected: str | None) -> None:
    at = text.index("Wednesday")
    assert tense(text, at, at + len("Wednesday")) == expected


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("If Ada wins in Lesk, she will be the oldest to do so.", True),
        ("Ada will be the oldest if she wins in Lesk.", True),
        ("Should Ada win, the town will celebrate.", True),
        ("Asked whether she wins, Ada laughed.", True),
        ("Ada wins in Lesk, and if she wins again, she will retire.", False),
        ("If it rains, Ada stays at home.", False),
    ],
)
def test_what_a_sentence_states_only_as_a_condition_is_not_told(sentence: str, only: bool) -> None:
    assert only_on_condition(sentence, "win") is only


def test_a_deed_may_be_told_and_denied_at_once() -> None:
    assert told_and_denied("While I concede this race, I do not concede the fight.", "concede")
    assert not told_and_denied("She did not concede the race.", "concede")
    assert not told_and_denied("She conceded the race.", "concede")
