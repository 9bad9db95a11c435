"""Articles and mentions by month and publisher."""

import datetime

import pytest

from assistant import Assistant
from assistant.answers.occurrence_table import MOST_ROWS, Grouping, grouping_in, occurrence_table
from assistant.index import ArticleSummary
from assistant.types import Table


def summary(name: str, published: str | None, publisher: str | None = "Demo Wire") -> ArticleSummary:
    day = datetime.date.fromisoformat(published) if published else None
    return ArticleSummary(
        id=name, title=None, publisher=publisher, published=day, url=None, language="en",
        path=name, words=10, passages=1, duplicate_of=None, removed=False,
    )  # fmt: skip


def rows(table: Table | None) -> dict[str, list[str]]:
    assert table is not None
    return {row.label: [cell.text for cell in row.cells] for row in table.rows}


@pytest.mark.parametrize(
    ("text", "by", "left"),
    [
        ("Which articles mention Lund by month?", "month", "Which articles mention Lund"),
        ("How many articles mention Lund, per publisher", "publisher", "How many articles mention Lund"),
        ("How often is Lund mentioned in each month?", "month", "How often is Lund mentioned"),
        ("Which articles by each newspaper mention Lund?", None, "Which articles by each newspaper mention Lund?"),
        ("Which articles mention the month of May?", None, "Which articles mention the month of May?"),
    ],
)  # fmt: skip
def test_the_wanted_grouping_is_read_off_the_end(text: str, by: Grouping | None, left: str) -> None:
    assert grouping_in(text) == (by, left)


def test_months_stand_in_order_of_time_and_the_undated_last() -> None:
    articles = [
        summary("a", "2025-07-03"),
        summary("b", None),
        summary("c", "2025-06-30"),
        summary("d", "2025-07-01"),
    ]
    table = occurrence_table(articles, {"a": 2, "b": 1, "c": 4, "d": 1}, None)
    assert rows(table) == {"June 2025": ["4", "1"], "July 2025": ["3", "2"], "no date": ["1", "1"]}


def test_of_one_month_they_are_told_by_publisher_the_most_first() -> None:
    articles = [
        summary("a", "2025-07-03"),
        summary("b", "2025-07-04", "Sample Post"),
        summary("c", "2025-07-05", None),
    ]
    table = occurrence_table(articles, {"a": 1, "b": 3, "c": 5}, None)
    assert list(rows(table)) == ["Sample Post", "Demo Wire", "no publisher"]


def test_one_row_is_shown_only_where_it_was_asked_for() -> None:
    assert occurrence_table([summary("a", "2025-07-03")], {"a": 2}, None) is None
    assert rows(occurrence_table([summary("a", "2025-07-03")], {}, "month")) == {"July 2025": ["1"]}
    assert occurrence_table([], {}, "month") is None


def test_many_months_are_told_by_year_and_many_publishers_in_one_row() -> None:
    months = [
        summary(str(at), f"{2010 + at // 12}-{at % 12 + 1:02}-01", f"Paper {at:03}") for at in range(60)
    ]
    assert rows(occurrence_table(months, {}, None)) == {str(year): ["12"] for year in range(2010, 2015)}
    by_publisher = rows(occurrence_table(months, {one.id: 2 for one in months}, "publisher"))
    assert by_publisher[f"{60 - MOST_ROWS} others"] == ["40", "20"]
    assert sum(int(articles) for _, articles in by_publisher.values()) == 60


@pytest.mark.parametrize(
    "question", ["How many articles mention Africa Corps?", "Which articles mention Africa Corps by month?"]
)
def test_a_count_and_a_list_of_articles_say_how_they_spread(
    corpus_assistant: Assistant, question: str
) -> None:
    answer = corpus_assistant.ask(question)
    found = corpus_assistant.find("Africa Corps", by="month", count=True)
    assert answer.items_total == found.articles
    assert list(rows(answer.table).values()) == [[str(one.total), str(one.articles)] for one in found.groups]
