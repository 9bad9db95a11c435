"""The name with the highest figure wins only where it is what is asked for."""

from assistant import Assistant
from assistant.answers.superlative import LEADS
from assistant.pipeline import own_articles
from assistant.types import Answer, Article, Example


def ask(assistant: Assistant, text: str, question: str) -> Answer:
    article = Article("figures", text, title="Floods of the year")
    with own_articles(Example("anything?", context=(article,)), assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        return Assistant(*parts, judge=corpus.judge).ask(question)


def test_the_name_with_the_highest_figure_wins(corpus_assistant: Assistant) -> None:
    text = "The Alder had 12 floods last year, the Benholt 9 floods and the Corrie 4 floods. It rained."
    answer = ask(corpus_assistant, text, "Which river had the most floods?")
    assert 0 < LEADS < 1
    assert answer.kind == "superlative"
    assert answer.short is not None and "Alder" in answer.short


def test_whoever_reports_the_figures_does_not_win(corpus_assistant: Assistant) -> None:
    text = """A report by the Lesk Commission on Water and Health counts 90 deaths from floods last year.

Norland leads the coast with the most deaths from floods, 41 deaths. Sutland had 30 deaths and Varnland 19 deaths.
"""
    answer = ask(corpus_assistant, text, "Which country had the most deaths from floods?")
    assert answer.short in {None, "Norland"}
    assert any("Norland" in one.quote for one in answer.citations)
