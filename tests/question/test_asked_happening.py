"""What the question before says was done, for "When was that?"."""

import pytest

from assistant.question.asked_happening import when_that_was
from assistant.question.conversation_topics import next_topic


def test_how_things_are_is_nothing_that_was_done() -> None:
    held = next_topic(None, "Who is the mayor of Lesk?", "Ada Berg is the mayor of Lesk.")
    done = next_topic(None, "Who was elected in Lesk?", "Ada Berg was elected in Lesk.")
    assert when_that_was("When was that", held) is None
    assert when_that_was("Who was that", done) is None
    assert when_that_was("When was that", done) == "When was it that Ada Berg was elected in Lesk"


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        ("Was Arle flooded?", "When was Arle flooded"),
        ("Why were boats lost at Arle?", "When were boats lost at Arle"),
        ("How many drowned at Arle?", "When was it that people drowned at Arle"),
        ("Boats of Arle were lost?", "When was it that Boats of Arle were lost"),
        ("Tell me about Arle", "When was the Arle flood"),
        ("What does Ada Berg say about Arle?", "When was the Arle flood"),
        ("Was the mayor of Lesk there?", None),
    ],
)
def test_what_was_done_is_told_by_the_question_or_by_what_its_answer_begins_with(
    asked: str, when: str | None
) -> None:
    topic = next_topic(None, asked, "A flood sank the boats at Arle.")
    assert when_that_was("When was that", topic) == when
