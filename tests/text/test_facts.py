"""Quotations of a text, in each kind of marks."""

from assistant.text.facts import quotations


def test_quotations_are_found_in_each_kind_of_marks() -> None:
    assert quotations('“One, two,” she said. "Three." It\'s ‘four’ «five»') == [
        "One, two",
        "Three",
        "four",
        "five",
    ]
