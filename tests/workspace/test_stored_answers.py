"""What is kept of an answer is the answer; of a source that changed or went, the quote stays."""

import datetime
import json
from dataclasses import replace

import pytest

from assistant import Article, Assistant, Citation, Event, Period, Side, Statement, UnknownArticle
from assistant.errors import WorkspaceError
from assistant.output.to_json import answer_to_dict
from assistant.types import Answer, Candidate, Cell, Item, MarkedWords, Row, Table
from assistant.workspace.stored_answers import from_stored, lost_sources, to_stored

QUESTIONS = (
    "who claimed the Kayes attacks?",
    "what happened in Kayes in July 2025?",
    "which towns were attacked?",
    "how many articles mention JNIM?",
    "Which orchestra won the Lisbon violin prize?",
    "hello",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_comes_back_as_it_was(corpus_assistant: Assistant, question: str) -> None:
    def article_of(article: str) -> Article | None:
        try:
            return corpus_assistant.article(article)
        except UnknownArticle:
            return None

    answer = corpus_assistant.ask(question)
    again = from_stored(to_stored(answer), article_of)
    assert answer_to_dict(again) == answer_to_dict(answer)
    assert again.citations == answer.citations
    assert again.events == answer.events
    assert again.independent_sources == answer.independent_sources
    assert again.turn == answer.turn
    if not answer.answered and not answer.citations:
        assert again.hits == tuple(replace(one, passage=replace(one.passage, id="")) for one in again.hits)
        assert [one.article for one in again.hits] == [one.article for one in answer.hits]


DAY = datetime.date(2000, 7, 1)
TEXT = "Six died. Nobody claimed it. The mayor spoke."
ARTICLE = Article("a.md", TEXT, "Title", "Wire", sha256="old")


def cited(number: int, words: str) -> Citation:
    return Citation(
        number, ARTICLE, TEXT.index(words), TEXT.index(words) + len(words), words, "mayor", "says"
    )


ONE, TWO = cited(1, "Six died."), cited(2, "The mayor spoke.")
FULL = Answer(
    "q",
    "q",
    "sources_differ",
    True,
    "six",
    0.5,
    "Six died. [1]",
    (
        Statement(
            "Six died.", (ONE,), True, 0.5, "compare", (MarkedWords(0, 3, "figure"),), "m", "says", True
        ),
    ),
    (ONE, TWO),
    (Candidate("six", 0.5, (ONE,)),),
    (Side("six", "mayor", "says", None, (ONE,), 2),),
    (Event(Period(DAY, DAY, yearless=True), "1 July", (ONE,), 2),),
    ("note",),
    (Statement("Gone."),),
    timings={"read": 1.0},
    independent_sources=3,
    kind="compare",
    items=(Item("six", (ONE,), "a.md", 2),),
    items_total=9,
    table=Table(("Toll",), (Row("Arle", (Cell("six", (ONE,)), Cell(""))),)),
    missing=("when",),
    steps=("searched",),
)


def test_every_part_of_an_answer_is_kept() -> None:
    assert from_stored(to_stored(FULL), lambda article: ARTICLE) == FULL


@pytest.mark.parametrize("now", [None, replace(ARTICLE, text="Seven died.", sha256="new")])
def test_a_source_that_changed_or_went_leaves_its_quotes_in_their_places(now: Article | None) -> None:
    again = from_stored(to_stored(FULL), lambda article: now)
    for one in again.citations:
        assert one.article.text[one.start : one.end] == one.quote
        assert "claimed" not in one.article.text
        assert one.article.title == "Title"
    assert answer_to_dict(again) == answer_to_dict(FULL)
    hashes = {"a.md": now.sha256} if now else {}
    assert lost_sources([again], hashes) == {("a.md", "old"): "changed" if now else "removed"}
    assert lost_sources([again], {"a.md": "old"}) == {}


def test_a_quote_keeps_its_page_when_its_source_is_gone() -> None:
    report = replace(ARTICLE, pages=(0, 3, TEXT.index("Nobody"), TEXT.index("The mayor")))
    cited = [replace(one, article=report) for one in (TWO, ONE)]
    answer = replace(FULL, citations=tuple(cited), statements=(Statement("Six died.", tuple(cited)),))
    assert [one.page for one in from_stored(to_stored(answer), lambda article: None).citations] == [4, 1]
    kept = json.loads(to_stored(FULL))
    for one in kept["citations"]:
        del one["page"]  # as answers were kept before
    assert from_stored(json.dumps(kept), lambda article: None).citations[0].page is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", json.dumps({"citations": 3})])
def test_what_is_no_answer_is_one_line(text: str) -> None:
    with pytest.raises(WorkspaceError):
        from_stored(text, lambda article: None)
