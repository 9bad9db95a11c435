import datetime

from assistant.text.entries import entries_of, entry_line

DAY = datetime.date(2025, 6, 17)


def test_the_line_of_an_entry_is_read_back() -> None:
    first, second = entry_line(DAY, "09:10", "Gates shut", ""), entry_line(DAY, "", "", "")
    text = f"Lead.\n\n{first}\nThe gates were shut.\n\n{second}\nMore."
    assert entries_of(text) == [(7, DAY, "09:10"), (text.rindex("["), DAY, "")]


def test_a_time_without_a_day_is_shown_and_not_read() -> None:
    line = entry_line(None, "09:10", "Gates shut", "this morning")
    assert line == "[this morning] Gates shut"
    assert entries_of(line) == []


def test_what_is_no_day_is_not_read() -> None:
    assert entries_of("[31 June 2025, 09:10] Gates\n[Photo 2025] x\nsee [17 June 2025]") == []
