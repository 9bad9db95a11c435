"""Enumerations and bulleted lists in articles."""

import pytest

from assistant.answers.enumerations import bulleted, enumerated
from assistant.types import Article


@pytest.mark.parametrize(
    ("run", "items"),
    [
        ("the ports of Arle, Benholt, Corrie and Dunmore", ["Arle", "Benholt", "Corrie", "Dunmore"]),
        ("bread, milk and eggs", ["bread", "milk", "eggs"]),
        ("Ada Berg, Jo Reed (Oakfield) and Imani Cole", ["Ada Berg", "Jo Reed (Oakfield)", "Imani Cole"]),
        (
            "a new siren, higher levees and yearly inspections",
            ["a new siren", "higher levees", "yearly inspections"],
        ),
    ],
)
def test_an_enumeration_is_split_into_its_items(run: str, items: list[str]) -> None:
    assert enumerated(run) == items


def test_a_bulleted_list_belongs_to_the_line_before_it() -> None:
    text = "The board named the ports that close:\n\n1. Arle\n2. Benholt\n3. Corrie\n\nIt meets.\n- tea\n- milk\n"
    article = Article("a", text)
    run, _ = bulleted(article, {"port"}, {"port", "close"})
    assert [item for item, _, _ in run.items] == ["Arle", "Benholt", "Corrie"]
    assert all(text[start:end] == item for item, start, end in run.items)
    assert run.sure
    other, _ = bulleted(article, {"bridg"}, {"bridg", "open"})
    assert not other.sure
