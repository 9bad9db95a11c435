"""What the question before says was done, for "When was that?"."""

from assistant.question.asked_happening import when_that_was
from assistant.question.conversation_topics import next_topic


def test_how_things_are_is_nothing_that_was_done() -> None:
    held = next_topic(None, "Who is the mayor of Lesk?", "Ada Berg is the mayor of Lesk.")
    done = next_topic(None, "Who was elected in Lesk?", "Ada Berg was elected in Lesk.")
    assert when_that_was("When was that", held) is None
    assert when_that_was("Who was that", done) is None
    assert when_that_was("When was that", done) == "When was it that Ada Berg was elected in Lesk"
