import datetime

from assistant.text.entries import day_at, entries_of, entry_at, entry_line, parts_of

DAY = datetime.date(2025, 6, 17)


def test_the_line_of_an_entry_is_read_back() -> None:
    first, second = entry_line(DAY, "09:10", "Gates shut", ""), entry_line(DAY, "", "", "")
    text = f"Lead.\n\n{first}\nThe gates were shut.\n\n{second}\nMore."
    assert entries_of(text) == ((7, DAY, "09:10"), (text.rindex("["), DAY, ""))


def test_a_time_without_a_day_is_shown_and_not_read() -> None:
    line = entry_line(None, "09:10", "Gates shut", "this morning")
    assert line == "[this morning] Gates shut"
    assert entries_of(line) == ()


def test_what_is_no_day_is_not_read() -> None:
    assert entries_of("[31 June 2025, 09:10] Gates\n[Photo 2025] x\nsee [17 June 2025]") == ()


def test_a_place_of_a_text_has_the_day_of_its_entry() -> None:
    published = datetime.date(2025, 6, 15)
    text = f"Lead.\n\n{entry_line(DAY, '09:10', 'Gates shut', '')}\nThe gates were shut on Tuesday."
    assert day_at(text, 0, published) == published
    assert day_at(text, text.index("Tuesday"), published) == DAY
    assert entry_at(text, 0) is None
    assert entry_at(text, len(text)) == (DAY, "09:10")
    assert list(parts_of(text, 0, len(text), published)) == [(0, 7, published), (7, len(text), DAY)]
