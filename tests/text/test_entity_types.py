import pytest

from assistant.text.entity_types import entity_type
from assistant.text.tokens import Span


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ada Renner won the race.", "Ada Renner", "person"),
        ("They met Governor Holt.", "Holt", "person"),
        ("“We lost,” said Holt.", "Holt", "person"),
        ("It rained in Larkfield.", "Larkfield", "place"),
        ("The Varn Valley was cut off.", "Varn Valley", "place"),
        ("The Holmby Water Company lost money.", "Holmby Water Company", "group"),
        ("The University of Lesk opened.", "University of Lesk", "group"),
        ("The URD denied it.", "URD", "group"),
        ("Norlanders and Iowans agree.", "Iowans", "group"),
        ("Wednesday was quiet.", "Wednesday", None),
        ("Larkfield shook.", "Larkfield", None),
        ("", "", None),
    ],
)
def test_cues_give_the_type(text: str, name: str, expected: str | None) -> None:
    at = text.index(name)
    assert entity_type(text, Span(at, at + len(name), name)) == expected
