"""Things that are compared in no respect are told of in brief."""

import pytest

from assistant import Assistant
from assistant.answers.compared_in_brief import BRIEF_SENTENCES, in_no_respect
from assistant.pipeline import own_articles
from assistant.question.plan import planned
from assistant.types import Article, Example, Query

LESK = """A fire destroyed the market hall of Lesk on Monday night, and forty stalls were lost.

The mayor said on Tuesday that the market hall of Lesk will be rebuilt by spring.
"""
CORRIE = """A flood cut off the island of Corrie on Friday, when the river Tam broke its banks.

Two hundred people were taken off the island of Corrie by boat.
"""
POLL = """In the poll Berg 50%, Hale 47% of those asked.

Ada Berg wants the tram. Tom Hale says that the tram costs too much.
"""


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Compare the market fire and the river flood", True),
        ("Ada Berg vs Tom Hale", True),
        ("Compare Ada Berg and Tom Hale on the tram", False),
        ("Did Arle or Corrie win more seats?", False),
        ("Compare the death tolls of Arle and Corrie", False),
    ],
)
def test_what_is_compared_in_no_respect(question: str, bare: bool) -> None:
    assert in_no_respect(planned(Query(question, question))) is bare


def test_each_thing_is_told_of_by_articles_about_it(corpus_assistant: Assistant) -> None:
    articles = (
        Article("lesk", LESK, title="Fire in the market hall of Lesk"),
        Article("corrie", CORRIE, title="Flood on the island of Corrie"),
    )
    with own_articles(Example("any", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        asked = "Compare the market hall of Lesk and the island of Corrie"
        answer = Assistant(*parts, judge=corpus.judge).ask(asked)
    assert answer.answered and answer.kind == "compare" and answer.table is not None
    told = [row.cells[0].text for row in answer.table.rows]
    assert "destroyed" in told[0] and "flood" in told[1]
    assert all(len(row.cells[0].citations) <= BRIEF_SENTENCES for row in answer.table.rows)


def test_figures_beside_things_are_none_of_the_topic(corpus_assistant: Assistant) -> None:
    articles = (Article("poll", POLL, title="Berg and Hale before the vote"),)
    with own_articles(Example("any", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        answer = Assistant(*parts, judge=corpus.judge).ask("Compare Berg and Hale on the tram")
    assert answer.table is None or "Figure" not in answer.table.columns
    assert "tram" in answer.text
