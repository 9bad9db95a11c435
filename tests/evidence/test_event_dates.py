import datetime

import pytest

from assistant.evidence.event_dates import date_notes, dates_of, fit
from assistant.types import Article, AskedPeriod, Citation, Hit, Passage, Period

SEPTEMBER = Period(datetime.date(2024, 9, 1), datetime.date(2024, 9, 30))


def hit(text: str, published: str | None = "2024-09-20") -> Hit:
    day = datetime.date.fromisoformat(published) if published else None
    return Hit(Passage("p", "a", 0, len(text), text), Article("a", text, published=day), 1.0)


def fit_of(text: str, sentence: str, published: str | None = "2024-09-20", asked: Period = SEPTEMBER) -> str:
    found = hit(text, published)
    start = text.index(sentence)
    return fit(dates_of([found])["a"], start, start + len(sentence), asked)


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("On Tuesday gunmen came.", "2024-09-20", "stated"),
        ("Gunmen came in September 2024.", "2025-07-01", "stated"),
        ("Gunmen came in September 2021.", "2024-09-20", "contradicts"),
        ("Gunmen came in 2024.", "2024-10-20", "open"),
        ("The accord of 2015 was discussed.", "2024-09-20", "open"),
        ("Last week's raid in the north was discussed.", "2025-07-01", "doubtful"),
        ("Gunmen came.", "2024-09-20", "published"),
        ("Gunmen came.", "2024-11-20", "open"),
        ("Gunmen came.", "2026-01-01", "doubtful"),
        ("Gunmen came.", "2024-08-20", "contradicts"),
        ("The accord of 2015 was discussed.", "2022-07-29", "contradicts"),
        ("Gunmen came.", None, "open"),
        ("Gunmen came on 30 September.", None, "stated"),
        ("Gunmen came on 30 October.", None, "contradicts"),
        ("Gunmen came on Tuesday.", None, "open"),
        ("Since May 2021 he has ruled.", "2024-09-20", "published"),
    ],
)
def test_a_sentence_fits_the_asked_period_or_does_not(
    sentence: str, published: str | None, expected: str
) -> None:
    assert fit_of(sentence, sentence, published) == expected


def test_a_date_before_the_sentence_holds_for_it() -> None:
    text = "On 17 September 2024 the town was attacked. Seventy people died."
    assert fit_of(text, "Seventy people died.", "2025-07-01") == "nearby"
    assert fit_of(text.replace("2024", "2021"), "Seventy people died.", None) == "doubtful"


def test_since_a_time_tells_of_that_time_where_it_is_the_one_asked_about() -> None:
    text = "There has been fighting since September 2024, when a camp was taken."
    assert fit_of(text, text, "2025-07-01") == "nearby"
    assert fit_of(text.replace("2024", "2021"), text.replace("2024", "2021"), "2025-07-01") == "doubtful"


def test_an_article_without_a_date_is_of_the_last_time_that_it_states() -> None:
    text = (
        "On 17 September 2024 the town was attacked." + " It was dark." * 40 + " The chief declared victory."
    )
    assert fit_of(text, "The chief declared victory.", None) == "nearby"
    assert fit_of(f"{text} In May 2025 he left.", "The chief declared victory.", None) == "open"


def test_any_year_is_matched_by_day_and_month() -> None:
    asked = Period(datetime.date(2000, 9, 17), datetime.date(2000, 9, 17), yearless=True)
    assert fit_of("On Tuesday gunmen came.", "On Tuesday gunmen came.", "2024-09-20", asked) == "stated"
    assert fit_of("On Monday gunmen came.", "On Monday gunmen came.", "2024-09-20", asked) == "contradicts"


def test_a_day_of_an_unknown_year_says_nothing_of_a_whole_year() -> None:
    asked = Period(datetime.date(2018, 1, 1), datetime.date(2018, 12, 31))
    assert fit_of("Gunmen came on 3 May.", "Gunmen came on 3 May.", None, asked) == "open"


def test_time_without_end_is_compared_too() -> None:
    for asked in (
        Period(SEPTEMBER.start, datetime.date.max),
        Period(datetime.date.min, SEPTEMBER.end),
    ):
        dated = "Gunmen came on 17 September 2024."
        assert fit_of(dated, dated, "2024-09-20", asked) == "stated"
        assert fit_of("Gunmen came.", "Gunmen came.", "2024-09-20", asked) == "published"


def test_notes_resolve_relative_dates_and_say_as_of_when() -> None:
    text = "Last Tuesday 25 soldiers died, and 40 in early May."
    article = Article("a", text, published=datetime.date(2025, 7, 7))
    asked = AskedPeriod(
        Period(datetime.date(2025, 7, 1), datetime.date(2025, 7, 1)), "last Tuesday", "", True
    )
    notes = date_notes([Citation(1, article, 0, len(text), text)], asked, counts=True)
    assert any("“Last Tuesday” in [1] is Tuesday 1 July 2025" in note for note in notes)
    assert any("in May 2025" in note for note in notes)
    assert any(note.startswith("As of Monday 7 July 2025") for note in notes)
    assert any("“last Tuesday” was taken as Tuesday 1 July 2025" in note for note in notes)


def test_an_undated_article_gives_a_note_and_no_days() -> None:
    text = "Last Tuesday 25 soldiers died."
    notes = date_notes([Citation(1, Article("a", text), 0, len(text), text)], None, counts=True)
    assert len(notes) == 1 and "no date" in notes[0]
    stated = "On 3 May 2021 two died."
    assert date_notes([Citation(1, Article("a", stated), 0, len(stated), stated)], None, counts=False) == []
