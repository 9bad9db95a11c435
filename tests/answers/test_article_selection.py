import pytest

from assistant.answers.article_selection import taken_out, topic_in


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
