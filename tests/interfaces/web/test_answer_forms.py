"""A list and a table on the page."""

from html import unescape

from assistant.interfaces.web.answer_forms import formed
from assistant.interfaces.web.render import turn
from assistant.types import Answer, Article, Cell, Citation, Item, Row, Table

CITED = (Citation(1, Article("a", "<b>Arle</b> closes."), 0, 11, "<b>Arle</b>"),)


def answer(**values: object) -> Answer:
    return Answer("q", "q", "answered", True, citations=CITED, **values)  # type: ignore[arg-type]


def test_items_are_a_list_and_markup_of_articles_is_shown_and_not_run() -> None:
    html = formed(answer(items=(Item("<b>Arle</b>", CITED),), items_total=1), 1)
    assert html is not None
    assert "<b>" not in html
    assert "<li" in html


def test_an_item_tells_its_count_and_a_capped_list_what_it_leaves_out() -> None:
    items = tuple(Item(f"Paper {number}", CITED, count=1200 + number) for number in range(14))
    html = unescape(formed(answer(items=items, items_total=30), 1) or "")
    assert "Paper 3 (1,203) " in html
    assert "18 more</summary>" in html and "and 16 more that are not listed here" in html
    assert "not listed" not in (formed(answer(items=items, items_total=14), 1) or "")
    assert "(" not in unescape(formed(answer(items=(Item("Arle", CITED),), items_total=1), 1) or "")


def test_a_comparison_is_a_table_and_names_what_is_missing_once() -> None:
    table = Table(("Figure",), (Row("Arle", (Cell("six", CITED),)), Row("Corrie", (Cell(""),))))
    compared = answer(table=table, missing=("Corrie",))
    html = formed(compared, 1)
    assert html is not None
    assert html.count("<tr>") == 3
    assert "not stated" in html
    assert turn(compared, 1).count("<li><bdi>Corrie") == turn(compared, 1).count("Not in the articles") == 1


def test_other_answers_have_no_form_of_their_own() -> None:
    assert formed(answer(), 1) is None
