"""Items that the sentences after the likeliest one tell."""

from assistant import Assistant
from assistant.answers.told_after import told_after
from assistant.pipeline import own_articles
from assistant.question.plan import planned
from assistant.types import Article, Example, Filters
from assistant.understood import understood

TEXT = """The harbour museum of Lesk has picked five guests that it said will join its director on the first trip of the Tern.

The group includes the Norlander singer Ada Berg and the popular painter Jo Reed, better known as the Gull.

The trip, called Dear Coast, was first announced in May.

The harbours of Arle, Benholt and Corrie have museums too.
"""  # noqa: E501


def test_names_after_the_sentence_that_answers_are_items(corpus_assistant: Assistant) -> None:
    articles = (
        Article("trip", TEXT, title="Museum's first trip of the Tern gets five crew members"),
        Article("roads", "The roads of Lesk are closed. Snow fell on Monday.", title="Roads closed"),
    )
    asked = "Who did the harbour museum pick to go on the first trip of the Tern?"
    with own_articles(Example(asked, context=articles), corpus_assistant.corpus()) as corpus:
        plan = planned(understood(asked, corpus, Filters()))
        found = told_after(plan, corpus.evidence(plan.query), corpus)
    assert [item.text for item in found] == ["the Norlander singer Ada Berg", "the popular painter Jo Reed"]
    told = [[article.text[start:end] for article, start, end in item.places] for item in found]
    assert all("has picked" in first and "Ada Berg" in second for first, second in told)
