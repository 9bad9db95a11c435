"""The words of a speaker: who is asked for by a part that somebody plays, and words without those of the topic."""

import pytest

from assistant import Assistant
from assistant.answers.position import OUTRANKED_BY, spoken_by
from assistant.evidence.sentences import ScoredSentence
from assistant.pipeline import own_articles
from assistant.types import Answer, Article, Example

TEXT = """The council of Lesk voted for the night ferry on Monday.

“It is marvellous, we have waited for this for years,” said Ada Berg, who lives on the island of Corrie.

The harbour master, Tom Hale, warned that the night ferry will cost twice as much as planned.
"""


def ask(assistant: Assistant, question: str) -> Answer:
    article = Article("ferry", TEXT, title="Council of Lesk votes for the night ferry")
    with own_articles(Example("anything?", context=(article,)), assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        return Assistant(*parts, judge=corpus.judge).ask(question)


def test_words_that_lack_those_of_the_topic_are_quoted(corpus_assistant: Assistant) -> None:
    answer = ask(corpus_assistant, "How does Ada Berg feel about the vote for a ferry at night?")
    assert answer.answered and answer.kind == "position"
    assert "marvellous" in answer.statements[0].text


def test_a_warning_that_is_asked_for_is_what_somebody_says(corpus_assistant: Assistant) -> None:
    answer = ask(corpus_assistant, "What warning did Tom Hale give about the night ferry?")
    assert OUTRANKED_BY > 0
    assert answer.answered
    assert any("twice as much" in one.text for one in answer.statements)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Ada Berg called the ferry slow. “I hate it.”", ["Ada Berg called the ferry slow.", "“I hate it.”"]),
        ("Tom Hale wrote of Ada Berg. “I hate Ada Berg!”", []),
        ("“Ada Berg must come to the table,” said Tom Hale.", []),
    ],
)
def test_few_speak_of_themselves_by_name(text: str, own: list[str]) -> None:
    article = Article("a", text)
    ranked = [
        ScoredSentence(article, text.index(part), text.index(part) + len(part), part, ())
        for part in (one.strip() for one in text.replace(". “", ".|“").split("|"))
    ]
    assert [one.text for one in spoken_by("Ada Berg", ranked) if "Tom Hale wrote" not in one.text] == own
