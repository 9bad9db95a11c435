import pytest

from assistant.text.tense import tense


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
