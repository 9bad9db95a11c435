from assistant.interfaces.web.occurrence_bars import MOST_BARS, occurrence_bars
from assistant.retrieval.find import FindResult, OccurrenceCount


def test_each_group_has_a_bar_in_proportion() -> None:
    groups = (OccurrenceCount("Lund <Post>", 8, 2), OccurrenceCount(None, 2, 1))
    shown = occurrence_bars(FindResult("a", ("a",), 10, 3, groups))
    assert 'width="100.0%"' in shown and 'width="25.0%"' in shown
    assert "<Post>" not in shown and "unknown" in shown and "10 in 3 articles" in shown


def test_rows_are_bounded_and_what_is_left_out_is_said() -> None:
    groups = tuple(OccurrenceCount(str(number), 1, 1) for number in range(MOST_BARS + 3))
    assert "3 more rows are not shown" in occurrence_bars(FindResult("a", ("a",), 43, 43, groups)).replace(
        "&#46;", "."
    )
    assert "<table" not in occurrence_bars(FindResult("a", ("a",), 0, 0))
