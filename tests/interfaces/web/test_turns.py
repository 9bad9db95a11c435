"""A turn says each thing once, and calls nothing a failure that is none."""

import re

from test_render import answer, citation, words_of

from assistant.interfaces.web import cards, render


def test_a_verdict_stands_above_its_quotations_with_their_outlets():
    cited = citation(1, "Divers searched the river until nightfall.")
    turn = render.turn(answer(short="Yes", text=f"Yes. {cited.quote} [1]"), 1)
    assert "Yes. Divers" not in words_of(turn)
    assert turn.count("<figcaption>") == 1


def test_how_a_misspelt_question_was_read_is_said_once():
    read = answer(
        question="Who serched?", standalone_question="Who searched?", notes=("Read as: Who searched?",)
    )
    assert words_of(render.turn(read, 1)).count("Who searched?") == 1


def test_a_greeting_is_no_failure_and_its_questions_are_links():
    greeting = answer(
        outcome="courtesy", answered=False, text="Hello.\nYou could ask:\n- Who <b>fell</b>?",
        statements=(), citations=(),
    )  # fmt: skip
    turn = render.turn(greeting, 1)
    assert "Not answered" not in turn and "badge" not in turn and "Watch" not in turn
    assert re.findall(r'<a class="suggested"[^>]*>(.*?)</a>', turn) == [render.escape("Who <b>fell</b>?")]
    assert words_of(cards.source_cards([greeting])) == ""


def test_an_answer_from_the_index_itself_misses_no_passage():
    counted = answer(outcome="about_corpus", text="5 articles.", statements=(), citations=())
    assert "told by the index itself" in words_of(cards.source_cards([counted]))
