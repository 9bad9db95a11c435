"""Questions that assume what no article reports, and those that only look so."""

import pytest

from assistant import Assistant
from assistant.answers.false_premise import may_mention, unreported
from assistant.question.understand import understand
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Divers of the Norland navy searched the Varn.", "Varn", True),
        ("French troops left on Monday.", "France", True),
        ("The UN sent divers.", "United Nations", True),
        ("The United Nations sent divers.", "UN", True),
        ("Boulikessi was struck.", "Boulkessi", True),
        ("Mayor Berg resigned.", "Ada Berg", True),
        ("Divers searched the Varn.", "Norland", False),
        ("In norland nothing happened.", "Norland", False),
    ],
)
def test_a_name_is_mentioned_in_many_forms(text: str, name: str, there: bool) -> None:
    assert may_mention(text, name) is there


def test_two_names_that_never_meet_are_a_false_premise(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("When did Mauritania attack Diallassago?")
    assert answer.outcome == "false_premise"
    assert not answer.answered
    assert answer.short is None
    assert answer.statements == ()
    assert answer.citations
    assert "Mauritania" in answer.text
    assert "Diallassago" in answer.text


def test_a_figure_of_a_false_premise_is_not_carried_by_sources(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("How many people were killed when Mauritania attacked Diallassago?")
    assert answer.outcome == "false_premise"
    assert answer.citations and "[1]" in answer.text
    assert (answer.sides, answer.events, answer.statements, answer.short) == ((), (), (), None)
    assert not any("source" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("When did Ansaroul Islam claim the raid on Boulikessi?", "nobody has"),
        ("Why did the Islamic State claim the attack on Bamako?", "JNIM did"),
        ("How did ISGS take responsibility for the attack on Bamako?", "JNIM did"),
    ],
)
def test_a_claim_that_the_articles_give_to_others_is_a_false_premise(
    corpus_assistant: Assistant, question: str, instead: str
) -> None:
    answer = corpus_assistant.ask(question)
    assert answer.outcome == "false_premise" and not answer.answered
    assert f"they say that {instead}" in answer.text
    assert answer.citations and (answer.short, answer.statements) == (None, ())


@pytest.mark.parametrize(
    "question",
    [
        "When did JNIM claim the Kayes attacks?",
        "When did the Group for Support of Islam and Muslims claim the attack on Kayes?",
        "Why did the jihadists claim the Kayes attacks?",
        "When did Wagner claim that it had left Mali?",
        "Why did Springfield claim the championship?",
        "Why did claim the?",
    ],
)
def test_a_claim_that_may_stand_is_not_contradicted(corpus_assistant: Assistant, question: str) -> None:
    assert "they say that" not in corpus_assistant.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "Who leads JNIM?",
        "When did JNIM attack Kayes?",
        "When did Goita travel to Russia?",
        "When did French troops leave Mali?",
        "Why was the G5 Sahel force set up in Mali?",
        "When did Springfield attack Diallassago?",
        "How many soldiers were killed at Dioura?",
    ],
)
def test_no_premise_is_doubted_that_may_stand(corpus_assistant: Assistant, question: str) -> None:
    assert unreported(understand(question, Settings()), corpus_assistant.index) is None
