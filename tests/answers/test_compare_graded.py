"""Which of several things has more of what a comparative asks for, by the figures that articles give."""

import datetime

import pytest

from assistant import Assistant
from assistant.answers.compare_graded import Measured, leading
from assistant.pipeline import own_articles
from assistant.types import Article, Example


@pytest.mark.parametrize(
    ("one", "other", "least", "leads"),
    [
        (("226",), ("17",), False, "Ada"),
        (("226",), ("17",), True, "Brennan"),
        (("at least 90", "more than 200"), ("17",), False, "Ada"),
        (("90", "12"), ("17",), False, None),
        (("$90",), ("€17",), False, None),
        (("90",), (), False, None),
        (("82",), ("82",), False, None),
    ],
)
def test_the_figures_tell_which_is_more(
    one: tuple[str, ...], other: tuple[str, ...], least: bool, leads: str | None
) -> None:
    found = [Measured("Ada", (), one), Measured("Brennan", (), other)]
    assert leading(found, least=least) == leads


def test_a_comparative_is_answered_from_an_article_on_each_thing(corpus_assistant: Assistant) -> None:
    day = datetime.date(2031, 5, 4)
    articles = (
        Article(
            "ada",
            "Storm Ada hit Lesk on Monday. Storm Ada killed 226 people, the port said.",
            title="Storm Ada",
            published=day,
        ),
        Article(
            "brennan",
            "Storm Brennan hit Arle on 9 May. Storm Brennan killed 17 people, the mayor said.",
            title="Storm Brennan",
            published=day,
        ),
    )
    with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        answer = Assistant(*parts, judge=corpus.judge).ask("Which storm was deadlier, Ada or Brennan?")
    assert answer.kind == "compare"
    assert answer.short == "Ada"
    assert answer.table is not None
    assert [row.cells[0].text for row in answer.table.rows] == ["226", "17"]
    assert {one.article.id for one in answer.citations} == {"ada", "brennan"}


def test_an_attribute_is_asked_of_each_thing_typed_in_small_letters(corpus_assistant: Assistant) -> None:
    articles = (
        Article(
            "lesk", "Few are born in Lesk. The fertility rate of Lesk sank to 0.81 last year.", title="Lesk"
        ),
        Article(
            "arle", "In Arle many leave. The fertility rate of Arle was 1.3, said the town.", title="Arle"
        ),
    )
    with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        answer = Assistant(*parts, judge=corpus.judge).ask("lesk vs arle fertility rate")
    assert answer.kind == "compare"
    assert answer.short is None
    assert answer.table is not None
    assert [(row.label, row.cells[0].text) for row in answer.table.rows] == [
        ("Lesk", "0.81"),
        ("Arle", "1.3"),
    ]


def test_figures_that_one_sentence_gives_both_things_are_compared(corpus_assistant: Assistant) -> None:
    text = "Arle has the most cases of measles at 26, followed by Lesk with 13 and Corrie with 11."
    article = Article("cases", f"Measles spread in the spring. {text}", title="Measles cases by town")
    with own_articles(Example("anything?", context=(article,)), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        answer = Assistant(*parts, judge=corpus.judge).ask("Which town had more measles cases, Arle or Lesk?")
    assert answer.short == "Arle"
    assert answer.table is not None
    assert [(row.label, row.cells[0].text) for row in answer.table.rows] == [("Arle", "26"), ("Lesk", "13")]
