"""Which articles and sentences a summary is made of: the newest is among them, old plans are not."""

import datetime

from assistant.answers.main_articles import with_newest
from assistant.answers.on_topic import holding_names
from assistant.answers.summary import without_old_plans
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Article


def article(name: str, day: int, text: str = "") -> Article:
    return Article(name, text, published=datetime.date(2031, 5, day))


def test_the_newest_article_is_among_those_summarised() -> None:
    articles = [article("a", 3), article("b", 2), article("c", 4), article("d", 9), article("e", 1)]
    assert [one.id for one in with_newest(articles, 3, articles)] == ["a", "b", "d"]
    assert [one.id for one in with_newest(articles[:2], 3, articles[:2])] == ["a", "b"]
    assert with_newest([], 3, []) == []


def test_a_plan_of_an_older_article_is_left_out() -> None:
    before, after = article("before", 3), article("after", 9)
    told = [
        ScoredSentence(one, 0, len(text), text, ())
        for one, text in (
            (before, "The ferry will sail on Friday."),
            (before, "It was built in Lesk."),
            (after, "The ferry sailed on Friday."),
            (after, "It will sail again in June."),
        )
    ]
    assert without_old_plans(told) == told[1:]
    assert without_old_plans(told[:2]) == told[:2]


def test_a_name_of_several_words_is_held_as_a_whole() -> None:
    named = article("named", 3, "Harbour Public Data lost the records.")
    words = article("words", 4, "Public data on the harbour was lost.")
    assert holding_names([named, words], "Summarise the Harbour Public Data breach") == [named]
    assert holding_names([words], "Summarise the Harbour Public Data breach") == [words]
