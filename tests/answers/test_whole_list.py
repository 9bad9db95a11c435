"""A list that an article lays out under a line that announces what is asked for."""

from assistant import Assistant
from assistant.answers import whole_list
from assistant.pipeline import own_articles
from assistant.types import Article, Example

TEXT = """The port authority looked at the harbours of the coast.

The harbours on the coast that raise their fees are:

Arle

Benholt

Corrie

The fees pay for dredging.
"""


def test_lines_under_an_announcement_are_the_items(corpus_assistant: Assistant) -> None:
    article = Article("fees", TEXT, title="Harbour fees rise again")
    other = Article("roads", "The roads of Lesk are closed. Snow fell on Monday.", title="Roads closed")
    with own_articles(Example("anything?", context=(article, other)), corpus_assistant.corpus()) as corpus:
        assert corpus.judge is not None
        assert whole_list.ACCEPTED > 0.5
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        answer = Assistant(*parts, judge=corpus.judge).ask("Which harbours raise their fees?")
    assert answer.kind == "list"
    assert [item.text for item in answer.items] == ["Arle", "Benholt", "Corrie"]
    announced = answer.items[0].citations[0]
    assert announced.quote == "The harbours on the coast that raise their fees are:"
    assert all(item.citations[0] == announced for item in answer.items)


def test_headings_are_listed_where_what_stands_under_each_answers(corpus_assistant: Assistant) -> None:
    text = "\n\n".join(
        [
            "The council of Lesk elects its speaker on Monday.",
            "Here is what to know about the vote.",
            "Ada Berg",
            "Ada Berg is running for speaker of the council of Lesk, her office said on Friday.",
            "Per Dahl",
            "Per Dahl of the harbour ward entered the race for speaker on Saturday and is running.",
            "Ida Voss",
            "Ida Voss announced that she is running for speaker of the council.",
        ]
    )
    articles = (
        Article("vote", text, title="Who will be the next speaker of the council of Lesk"),
        Article("roads", "The roads of Lesk are closed. Snow fell on Monday.", title="Roads closed"),
    )
    with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        asked = Assistant(*parts, judge=corpus.judge)
        running = asked.ask("Which people are running for speaker of the council of Lesk?")
        boats = asked.ask("Which boats were painted by the council of Lesk?")
    assert [item.text for item in running.items] == ["Ada Berg", "Per Dahl", "Ida Voss"]
    assert not boats.items
