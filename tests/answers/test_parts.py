"""Two questions in one: every part of the joint answer speaks of all that it cites."""

from assistant import Answer, Article, Assistant
from assistant.answers.parts import join_answers
from assistant.interfaces.web.render import turn
from assistant.types import Citation, Query, Side, Statement

BOTH = "Who claimed the attacks on Kayes, and how many soldiers were killed in Dioura?"


def cited(number: int, article: str, quote: str) -> Citation:
    return Citation(number, Article(article, f"{quote} And more."), 0, len(quote), quote)


def told(question: str, *citations: Citation, **more: object) -> Answer:
    text = " ".join(f"{one.quote} [{one.number}]" for one in citations)
    statements = tuple(Statement(one.quote, (one,)) for one in citations)
    return Answer(
        question, question, "answered", True, text=text, statements=statements, citations=citations, **more
    )


FERRY = cited(1, "ferry", "The ferry to Arle sank on Monday with nine cars on board.")
AGAIN = cited(1, "ferry", "Ada Berg was the captain of the ferry.")
COPY = cited(2, "copy", "Ada Berg was the captain of the ferry.")
OTHER = cited(2, "other", "The coast guard named Ada Berg on Friday evening.")


def test_the_sources_of_all_parts_are_counted_each_once() -> None:
    first = told(
        "Where?", FERRY, short="Arle", independent_sources=1, notes=("This answer rests on one source.",)
    )
    for second, expected in ((OTHER, 2), (COPY, 1)):
        parts = [first, told("Who?", AGAIN, second, independent_sources=1, notes=("Of [2] and [9].",))]
        joint = join_answers(Query("?", "?"), parts, {"copy": "ferry"})
        assert joint.independent_sources == expected
        assert joint.notes == ("Of [3] and [9].",)
        assert [one.number for one in joint.citations] == [1, 2, 3]


def test_a_part_without_an_answer_is_named_and_not_quoted() -> None:
    open_part = Answer("Why?", "Why?", "not_stated", False, text="Nearest: [1]", citations=(FERRY,))
    side = Side("Ada Berg", citations=(AGAIN,))
    joint = join_answers(Query("?", "?"), [open_part, told("Who?", AGAIN, sides=(side,))], {})
    assert joint.missing == ("Why?",)
    assert joint.citations == (AGAIN,) and joint.sides == (side,) and "Nearest" not in joint.text


def test_a_joint_answer_counts_and_shows_both_parts(corpus_assistant: Assistant) -> None:
    parts = [corpus_assistant.ask(one) for one in (BOTH.partition(", and ")[0], BOTH.partition(", and ")[2])]
    joint = corpus_assistant.ask(BOTH)
    assert joint.independent_sources > max(one.independent_sources for one in parts)
    known = {one.number: one.quote for one in joint.citations}
    for statement in joint.statements:
        assert all(known[one.number] == one.quote for one in statement.citations)


def test_a_list_beside_another_answer_hides_none_of_it(corpus_assistant: Assistant) -> None:
    joint = corpus_assistant.ask(
        "How many articles mention Africa Corps, and who claimed the attacks on Kayes?"
    )
    assert joint.short and "5" in joint.short
    shown = turn(joint, 1)
    assert "5 articles mention" in shown
    assert all(f'href="#cite-1-{one.number}"' in shown for one in joint.citations)
