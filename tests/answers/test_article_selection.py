from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers.article_selection import taken_out, topic_in
from assistant.types import Article


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which articles mention the Red Kites?", "Red Kites"),
        ("how many articles are about the harbour strike", "harbour strike"),
        ("In how many reports does Ada Berg appear?", "Ada Berg"),
        ("How often is Norrland quoted in the articles?", "Norrland"),
        ('how many times does the phrase "no claim" occur', '"no claim"'),
        ("who wrote about the cup final?", "cup final"),
        ("what do you have about solar power?", "solar power"),
        ("How many articles are there?", None),
        ("Which articles in the collection come", None),
        ("Which articles in the archive mention Lund?", "Lund"),
        ("what is this corpus about", None),
        ("which languages are covered?", None),
        ("who is mentioned most?", None),
        ("Which articles have you got on measles here?", "measles"),
    ],
)
def test_the_topic_is_what_the_articles_are_about(question: str, topic: str | None) -> None:
    assert topic_in(question) == topic


def test_a_publisher_is_taken_out_with_what_leads_to_it() -> None:
    assert taken_out("articles by the Lund Post on trams", ["Post", "Lund Post"]) == (
        "Lund Post",
        "articles on trams",
    )
    assert taken_out("Postal strikes", ["Post"]) == (None, "Postal strikes")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("How many articles did ABC publish?", "abc.com"),
        ("How many ABC articles are there?", "abc.com"),
        ("articles by Lund Today on trams", "lundtoday.com"),
        ("articles from The Post", "thepost.co.uk"),
        ("How many articles mention ABC?", None),
        ("articles from the post of mayor", None),
    ],
)
def test_a_site_is_found_by_what_it_is_called(text: str, site: str | None) -> None:
    assert taken_out(text, ["abc.com", "lundtoday.com", "thepost.co.uk", "uk.abc.com"])[0] == site


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which articles do not mention Arle?", ["Trams"]),
        ("How many articles don't mention Arle?", ["Trams"]),
        ("Which articles mention Arle?", ["Ports"]),
    ],
)
def test_articles_that_do_not_mention_something_are_counted_exactly(
    tmp_path: Path, question: str, titles: list[str]
) -> None:
    articles = [
        Article("a.md", "The port of Arle closes.", title="Ports"),
        Article("b.md", "The trams of Lesk run.", title="Trams"),
    ]
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        assistant.index.add_articles(articles, assistant.embedder)
        answer = assistant.ask(question)
        assert answer.outcome == "about_corpus"
        assert [item.text.split(",")[0] for item in answer.items] == titles
