"""What is said beside a chat model's answer."""

from dataclasses import replace

import pytest

from assistant.chat.answer import rewritten
from assistant.chat.draft import ParsedReply
from assistant.chat.remarks import beside, draft_notes, says, within_words
from assistant.evidence.reading import Reading
from assistant.types import Article, Citation, Side, Statement

TEXT = "The toll rose to 12 on Monday."
READING = Reading(
    answered=True,
    confidence=0.9,
    short="12",
    statements=(),
    citations=(Citation(1, Article("toll", TEXT), 0, len(TEXT), TEXT),),
    candidates=(),
    mentioned=True,
)


@pytest.mark.parametrize(
    ("text", "short", "said"),
    [
        ("Twelve people died.", "12", True),
        ("The cost was 1200.", "12", False),
        ("Norway sent no aid.", "No", False),
        ("No, Norway sent none.", "No", True),
        ("Yes, Norway did.", "No", False),
        ("It was Ilse  Brandt who led it.", "ilse brandt", True),
        ("Brandts led it.", "Brandt", False),
    ],
)
def test_a_short_answer_is_said_in_whole_words_or_by_its_number(text: str, short: str, said: bool) -> None:
    assert says([Statement(text)], short) is said


def test_another_short_answer_is_told_with_its_quote_and_a_doubt_too() -> None:
    assert beside(READING, [Statement("Twelve died.")]) == []
    (note,) = beside(READING, [Statement("Fourteen died.")])
    assert note == f"The built-in answerer gives “12” instead: “{TEXT}”"
    (doubt,) = beside(Reading(False, 0.1, None, (), (), (), True), [Statement("Fourteen died.")])
    assert "would have withheld" in doubt


def test_a_yes_and_a_no_of_the_built_in_answerer_are_a_note_beside_what_the_model_says() -> None:
    cited = READING.citations
    sides = (Side("Yes", citations=cited), Side("No", citations=cited))
    differing = replace(
        READING, short="Sources differ", sides=sides, differ=True, notes=("Yes counts less.",)
    )
    said = (Statement("Yes, it rose.", cited),)
    written = rewritten(differing, said)
    assert (written.sides, written.differ, written.notes, written.short) == ((), False, (), None)
    assert beside(differing, said) == [
        f"The built-in answerer finds that the sources differ. Yes: “{TEXT}”; No: “{TEXT}”"
    ]
    figures = replace(differing, sides=(Side("12", citations=cited), Side("14", citations=cited)))
    assert rewritten(figures, said).differ


def test_what_could_not_be_taken_is_counted() -> None:
    assert draft_notes(ParsedReply()) == []
    notes = draft_notes(ParsedReply(unknown_markers=2, unread=1, cut=3))
    assert ["2 passages" in notes[0], "1 line" in notes[1], "3 statements" in notes[2]] == [True] * 3


def test_an_answer_past_all_bounds_is_cut_and_that_is_told() -> None:
    kept, notes = within_words([Statement("word " * 30)] * 5, 70)
    assert len(kept) == 2
    assert "3 statements more" in notes[0]
    assert within_words([Statement("word " * 300)], 70)[1] == []
