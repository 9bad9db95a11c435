from assistant import Assistant
from assistant.question.named_publisher import from_publisher
from assistant.types import Query


def test_the_articles_of_a_named_publisher_answer() -> None:
    asked = from_publisher(Query("What does the Lund Post say about trams?", ""), ["Post", "Lund Post"])
    assert asked.text == "What do the articles say about trams?" and asked.filters.publishers == (
        "Lund Post",
    )
    told = from_publisher(Query("According to the Lund Post, who won?", ""), ["Lund Post"])
    assert told.text == "Who won?" and told.filters.publishers == ("Lund Post",)
    other = Query("What does Ada Berg say about trams?", "")
    assert from_publisher(other, ["Lund Post"]) is other


def test_a_publisher_is_no_unknown_name(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("What does Demo Wire say about Boulkessi?")
    assert answer.answered and {one.article.publisher for one in answer.citations} == {"Demo Wire"}
