"""The one exact day that the articles give to an event."""

import datetime

import pytest

from assistant.evidence.event_day import event_day, speaks_of_another
from assistant.evidence.sentences import ScoredSentence
from assistant.text.sentences import split_sentences
from assistant.types import Article

QUAKE = Article(
    "quake.md",
    "An earthquake shook the Orlin valley early on Monday. At least nine people died.\n\n"
    "The last earthquake of that strength in the valley took place on 2 May 1976. "
    "In Brusa the church tower fell on 14 April, a day after a strong aftershock. "
    "More tents are needed, the ministry said on Tuesday.",
    title="Earthquake shakes the Orlin valley",
    published=datetime.date(2027, 4, 16),
)


def sentences(*articles: Article) -> list[ScoredSentence]:
    return [
        ScoredSentence(article, one.start, one.end, article.text[one.start : one.end], ())
        for article in articles
        for one in split_sentences(article.text)
    ]


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("the Orlin earthquake", datetime.date(2027, 4, 12)),
        ("the last earthquake", datetime.date(1976, 5, 2)),
        ("the strong aftershock", None),
        ("the flood in Orlin", None),
        ("the need of tents", None),
    ],
)
def test_an_event_has_the_day_of_its_own_clause(event: str, day: datetime.date | None) -> None:
    found = event_day(event, sentences(QUAKE))
    assert (found.day if found else None) == day


def test_an_event_to_which_two_leads_give_different_days_has_none() -> None:
    again = Article(
        "again.md",
        "An earthquake shook the Orlin valley on Sunday.",
        title="Earthquake in the Orlin valley",
        published=datetime.date(2027, 5, 3),
    )
    assert event_day("the Orlin earthquake", sentences(QUAKE, again)) is None


def test_another_event_of_the_kind_is_told_apart() -> None:
    assert speaks_of_another(
        "the election in Castria", "The previous election, on 9 April 2023, was won by them."
    )
    assert not speaks_of_another("the previous election", "The previous election was on 9 April 2023.")


def test_a_day_set_in_between_is_that_of_the_words_around_it() -> None:
    article = Article(
        "chief.md",
        "The resignation of Ada Berg, effective Wednesday, leaves the firm without a chief.",
        title="Ada Berg leaves Arlea",
        published=datetime.date(2027, 4, 15),
    )
    found = event_day("the resignation of Ada Berg", sentences(article))
    assert found is not None and found.day == datetime.date(2027, 4, 14)
