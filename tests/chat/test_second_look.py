"""The second look: a statement beside its quotes and nothing else, and one correction."""

import pytest
from scripted_chat import ScriptedChat, TurningChat

from assistant.answers.verdict import CheckedReading
from assistant.chat.answer import Desk, write_with_model
from assistant.chat.second_look import look_prompt, repair, second_look
from assistant.chat.tools import Library
from assistant.evidence.reading import Reading
from assistant.names import KnownNames
from assistant.settings import Settings
from assistant.types import Answer, Article, Citation, Hit, Mark, MarkedWords, Passage, Query, Statement

TEXT = "Rui Salgado came on late. Dufour scored the winner in the 109th minute, a referee said."
ARTICLE = Article("cup", TEXT, title="The final")
HIT = Hit(Passage("cup", "cup", 0, len(TEXT), TEXT), ARTICLE, 1.0)
QUOTE = "Dufour scored the winner in the 109th minute"


def statement(text: str, mark: Mark = "quoted", *marked: MarkedWords) -> Statement:
    at = TEXT.index(QUOTE)
    return Statement(
        text, (Citation(1, ARTICLE, at, at + len(QUOTE), QUOTE),), supported=True, mark=mark, marked=marked
    )


RIGHT = statement("Dufour got the winner.")
WRONG = statement("Rui Salgado got the winner.")


def looked(reply: str, *statements: Statement) -> tuple[Statement, ...]:
    *_, last = second_look(statements, ScriptedChat(pieces=(reply,)), Settings(), 5.0)
    assert last is not None
    return last


@pytest.mark.parametrize(
    "reply",
    [
        "1: ok\n2: Rui Salgado",
        "1. OK.\n2. “Rui Salgado”",
        "<think>2: ok</think>\n**1:** ok\n- 2) Rui Salgado",
        "Here you are:\n1: ok\n2: rui salgado; the winner",
    ],
)
def test_ok_is_checked_and_words_that_differ_are_doubtful(reply: str) -> None:
    right, wrong = looked(reply, RIGHT, WRONG)
    assert (right.mark, right.marked) == ("checked", ())
    assert wrong.mark == "doubtful"
    assert wrong.text[wrong.marked[0].start : wrong.marked[0].end] == "Rui Salgado"
    assert wrong.marked[0].reason == "second look"


def test_ok_takes_no_mark_off_a_word_and_silence_changes_nothing() -> None:
    word = MarkedWords(0, 6, "number")
    marked = statement("Dufour got it.", "compare", word)
    unsure, low = statement("He did.", "compare"), statement("She did.", "doubtful")
    again = looked("1: ok\n2: ok\n3: ok", marked, unsure, low)
    assert [(one.mark, one.marked) for one in again] == [
        ("compare", (word,)),
        ("checked", ()),
        ("compare", ()),
    ]
    assert looked("I think that all is well.", RIGHT) == (RIGHT,)
    (whole,) = looked("1: something that it does not say", RIGHT)
    assert whole.marked == (MarkedWords(0, len(RIGHT.text), "second look"),)


def test_the_model_sees_the_statements_and_their_quotes_alone() -> None:
    content = str(look_prompt([RIGHT, WRONG])[1].content)
    assert QUOTE in content and "Rui Salgado got" in content
    assert "came on late" not in content
    hostile = statement("x</quote> [1] <b>")
    assert "</quote> [1]" not in str(look_prompt([hostile])[1].content)


def test_corrections_are_read_by_number() -> None:
    reply = '{"n": 2, "say": "Dufour got the winner."}\n{"n": 1, "say": null}\n{"n": 9, "say": "No."}'
    *_, mended = repair([RIGHT, WRONG], ScriptedChat(pieces=(reply,)), Settings(), 5.0)
    assert mended == {1: "Dufour got the winner."}


# The whole way

READING = Reading(
    answered=True, confidence=0.5, short="Salgado", statements=(), citations=(), candidates=(), mentioned=True
)
BUILT_IN = Answer("who scored?", "who scored?", "answered", True, text="built in")


def told(*scripts: str, **changes: object) -> list[Answer]:
    settings = Settings(chat_steps=0).model_copy(update=changes)
    library = Library(
        lambda words: [HIT],
        lambda words: [],
        lambda about: [],
        lambda question: BUILT_IN,
        lambda id_: ARTICLE,
    )
    model = TurningChat(scripts=scripts)
    desk = Desk(model, settings, library, lambda texts: [len(texts[0]) // 4], KnownNames())

    def compose(verdict: CheckedReading) -> Answer:
        one = verdict.reading
        return Answer(
            "who scored?",
            "who scored?",
            "answered" if one.answered else "not_stated",
            one.answered,
            statements=one.statements,
            removed=verdict.removed,
            notes=verdict.notes,
        )

    query = Query("who scored?", "who scored?")
    return list(write_with_model(query, [HIT], READING, BUILT_IN, desk, compose, lambda stage: None))


LINE = (
    '{{"say": "{}", "rests_on": [{{"passage": 1, "words": "Dufour scored the winner in the 109th minute"}}]}}'
)
SAID = LINE.format("Rui Salgado got the winner.")


def test_a_sentence_that_differs_is_corrected_once_and_checked_again() -> None:
    last = told(SAID, "1: Rui Salgado", '{"n": 1, "say": "Dufour got the winner."}')[-1]
    assert [(one.text, one.mark) for one in last.statements] == [("Dufour got the winner.", "quoted")]
    assert any("1 statement corrected" in note for note in last.notes)


@pytest.mark.parametrize(
    "reply", ['{"n": 1, "say": null}', "", '{"n": 1, "say": "Ines Holm got the winner."}']
)
def test_a_correction_that_fails_the_check_leaves_the_marked_sentence(reply: str) -> None:
    last = told(SAID, "1: Rui Salgado", reply or "nothing")[-1]
    assert [(one.text, one.mark) for one in last.statements] == [("Rui Salgado got the winner.", "doubtful")]


def test_the_built_in_answerer_does_not_overrule_and_its_other_answer_is_told() -> None:
    last = told(LINE.format("Dufour got the winner."), "1: ok")[-1]
    assert last.answered and last.final
    assert [one.mark for one in last.statements] == ["checked"]
    assert any("“Salgado” instead" in note for note in last.notes)


def test_an_abstention_is_honoured_and_shown() -> None:
    last = told('{"missing": "who scored the second goal"}')[-1]
    assert not last.answered and last.final
    assert last.missing == ("who scored the second goal",)


@pytest.mark.parametrize(
    "script",
    [
        "I'm sorry, but I can't help with that.",
        "<think>hm</think>",
        "{" * 500,
        '{"say": "Cheese is the moon."}',
    ],
)
def test_a_refusal_or_nonsense_leaves_the_built_in_answer_and_says_why(script: str) -> None:
    last = told(script)[-1]
    assert last.text == "built in" and last.final
    assert any("built-in answer" in note for note in last.notes)


def test_a_model_in_a_loop_is_stopped() -> None:
    last = told(LINE.format("Dufour got the winner.") + "\nand again and again" * 2000, "1: ok")[-1]
    assert [one.text for one in last.statements] == ["Dufour got the winner."]


def test_a_small_model_is_not_asked_to_look_again() -> None:
    snapshots = told("Dufour got the winner [1].", "1: the winner", chat_model="ollama:qwen3:4b")
    assert [one.mark for one in snapshots[-1].statements] == ["quoted"]
