from assistant.interfaces.web.occurrence_bars import occurrence_bars
from assistant.types import Cell, Row, Table


def counted(label: str, *counts: int) -> Row:
    return Row(label, tuple(Cell(str(count)) for count in counts))


def test_each_group_has_a_bar_in_proportion() -> None:
    table = Table(("Mentions", "Articles"), (counted("Lund <Post>", 8, 2), counted("no publisher", 2, 1)))
    shown = occurrence_bars(table, "10 in 3 articles <b>")
    assert 'width="100.0%"' in shown and 'width="25.0%"' in shown
    assert "<Post>" not in shown and "<b>" not in shown
    assert "no publisher" in shown and "10 in 3 articles" in shown


def test_every_row_is_told_in_numbers_too() -> None:
    shown = occurrence_bars(Table(("Articles",), (counted("June 2025", 1204),)), "June")
    assert "1&#44;204" in shown and "<td></td>" not in shown


def test_counts_of_nothing_have_no_bar() -> None:
    assert 'width="0.0%"' in occurrence_bars(Table(("Mentions", "Articles"), (counted("a", 0, 2),)), "a")
