"""Composed answers: a figure is told with the bound that its sources give it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Answer, Article, Assistant, Example
from assistant.answers.compose import composed
from assistant.pipeline import own_articles

BOUNDED = Article(
    "toll",
    "At least 130 people died in the Velmo flood, the mayor said on Tuesday. The harbour is shut until Friday.",
    "Flood in Velmo",
    "Example Wire",
)
OTHER = replace(
    BOUNDED, id="other", text="The flood in Velmo killed at least 130 people, the port said.", publisher="B"
)
EXACT = replace(
    BOUNDED, id="exact", text="The Velmo flood killed 130 people, the coroner found in March.", publisher="C"
)
QUESTION = "How many people died in the Velmo flood?"


@pytest.fixture
def asked(corpus_assistant: Assistant) -> Callable[..., Answer]:
    def ask(*articles: Article) -> Answer:
        with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
            parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
            return Assistant(*parts, judge=corpus.judge).ask(QUESTION)

    return ask


@pytest.mark.parametrize("articles", [(BOUNDED,), (OTHER,), (BOUNDED, OTHER)])
def test_the_bound_belongs_to_the_short_answer(
    asked: Callable[..., Answer], articles: tuple[Article, ...]
) -> None:
    answer = asked(*articles)
    assert (answer.short or "").casefold() == "at least 130"
    assert answer.candidates[0].text == answer.short
    assert any(answer.short in one.quote for one in answer.citations)
    assert composed.__module__ == "assistant.answers.compose"


def test_a_source_that_gives_the_figure_as_such_is_believed(asked: Callable[..., Answer]) -> None:
    assert asked(BOUNDED, EXACT).short == "130"
