"""A question that asks for one thing or for many is answered by all that stand in a row."""

from assistant import Assistant
from assistant.answers.several_items import WORDS_MORE
from assistant.pipeline import own_articles
from assistant.types import Article, Example

TEXT = """The rowing club of Lesk met on Monday.

The club signed rowers Ada Berg and Jo Reed, and young coach Imani Cole, for the season.

The club is led by Tom Hale. It was founded in 1921.
"""


def test_what_stands_beside_the_answer_is_listed_with_it(corpus_assistant: Assistant) -> None:
    article = Article("club", TEXT, title="The rowing club of Lesk")
    with own_articles(Example("anything?", context=(article,)), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        assistant = Assistant(*parts, judge=corpus.judge)
        several = assistant.ask("Whom did the rowing club of Lesk sign?")
        one = assistant.ask("Who leads the rowing club of Lesk?")
    assert WORDS_MORE > 0
    assert several.kind == "list"
    assert [" ".join(item.text.split()[-2:]) for item in several.items] == [
        "Ada Berg",
        "Jo Reed",
        "Imani Cole",
    ]
    assert several.short is None and len(several.citations) == 1
    assert one.kind == "short" and one.short == "Tom Hale"
