import pytest

from assistant.names import learn
from assistant.names.as_written import as_written

KNOWN = learn([], [["Norrland Relief Board", "NRB"], ["Sandare", "Sandere"]])
TEXTS = ["The NRB paid for it.", "NRB staff left Sandare.", "Nobody stayed in Sandare.", "Sandare is empty."]


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Who pays the Norrland Relief Board’s staff in Sandere?", "Who pays the NRB’s staff in Sandare?"),
        ("Who left Sandare?", "Who left Sandare?"),
        ("Who pays the board?", "Who pays the board?"),
    ],
)
def test_names_are_put_as_most_texts_write_them(asked: str, read: str) -> None:
    assert as_written(asked, TEXTS, KNOWN) == read


def test_a_name_that_the_texts_use_stays() -> None:
    assert (
        as_written("What did NRB do?", ["The Norrland Relief Board (NRB) met.", *TEXTS], KNOWN)
        == "What did NRB do?"
    )
    assert as_written("Where is Sandere?", ["Sandere", "Sandare", "Sandare"], KNOWN) == "Where is Sandere?"
