"""Figures with the name that each belongs to."""

import pytest

from assistant.evidence.labelled_figures import labelled_figures, of_article
from assistant.types import Article


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The Greens have 21 seats, the National Front 18 and the Farmers' League eight.",
            [("Greens", 21), ("National Front", 18), ("Farmers' League", 8)],
        ),
        ("She had 61 per cent in Nordend and 58 in Millhill.", [("Nordend", 61), ("Millhill", 58)]),
        ("Lake Mora holds 9 per cent, the Alder dam 17.", [("Lake Mora", 9), ("Alder dam", 17)]),
        ("The Vetle Glacier, on the sunny side, lost 3.1 metres.", [("Vetle Glacier", 3.1)]),
        ("Nadia Khoury has 132 goals, 15 more than Jelena Marić.", [("Nadia Khoury", 132)]),
        ("At Dioura 41 soldiers died, and 130 people were killed around Dianweli.", [("Dioura", 41)]),
        ("In all 18,412 people started.", []),
    ],
)
def test_a_figure_has_the_name_that_its_clause_is_about(sentence: str, told: list[tuple[str, float]]) -> None:
    assert [(one.label, one.value) for one in labelled_figures(sentence)] == told


def test_the_lines_of_a_list_share_their_unit() -> None:
    text = "How they stand:\n\n1. Ostermoor, 27 points\n2. Varnholt, 25\n3. Lowmoor, 17\n"
    found = of_article(Article("table.md", text))
    assert [(one.label, one.value) for one in found] == [("Ostermoor", 27), ("Varnholt", 25), ("Lowmoor", 17)]
    assert all(found[0].comparable(one) for one in found)
    assert all(one.figure in text[one.start : one.end] for one in found)


def test_a_short_sentence_goes_on_with_the_unit_of_the_one_before() -> None:
    text = "Arle has 34 trams in its depot, the most of any town. Benholt is next at 24. Some say that is too few."
    found = of_article(Article("trams.md", text))
    assert [(one.label, one.value) for one in found] == [("Arle", 34), ("Benholt", 24)]
    assert found[0].comparable(found[1])


def test_the_number_of_a_name_is_no_figure() -> None:
    assert labelled_figures("The satellite Aurelia-2 was lost.") == []
