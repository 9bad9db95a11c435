"""Example questions ask in a place only of what is one, and of people only who is one."""

import itertools

from assistant import Answer, Article, Assistant
from assistant.answers.example_questions import makes_an_example, suggestions

TOLD = """Police said that three people were killed in Arle on Monday. The storm raged in Arle for days.
An article on Vandal, who has written to papers, said that three people were killed. Vandal wrote again.
The minister Ada Berg spoke. Berg said that help is near Arle.
The director Norland Labour Institute did not comment.
The Norland Labour Institute is old. The Daily Bell saw it. The Daily Bell was there. The Daily Bell left."""


def test_names_fit_their_pattern() -> None:
    asked = list(suggestions([Article("one", TOLD, publisher="dailybell.example")]))
    assert "How many people were killed in Arle?" in asked
    assert "Who is Ada Berg?" in asked
    assert not any(word in " ".join(asked) for word in ("Vandal", "Who is Norland", "Daily Bell"))


def test_a_short_answer_is_an_example_only_in_bold() -> None:
    assert makes_an_example(Answer("Who?", "Who?", "answered", True, short="Ada"))
    assert not makes_an_example(Answer("Who?", "Who?", "answered", True))
    assert makes_an_example(Answer("Who is Ada?", "", "answered", True, kind="identity"))


def test_the_demonstration_keeps_its_examples(corpus_assistant: Assistant) -> None:
    asked = list(itertools.islice(corpus_assistant.suggest(), 4))
    assert asked[:2] == ["Who claimed the attacks on Kayes?", "How many people were killed in Diallassago?"]
