"""HTML of answers: words stay words, marks cover exactly what is cited, markers lead somewhere."""

import datetime
import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from web_articles import PRESS

from assistant import Answer, Article, Citation, Event, Hit, Passage, Period, Side, Statement
from assistant.index import ArticleSummary
from assistant.web import corpus, render
from assistant.web.pages import article_page

BRIDGE = PRESS[0]
TAG = re.compile(r"<[^>]*>")


def citation(number, words, article=BRIDGE):
    start = article.text.index(words)
    return Citation(number, article, start, start + len(words), words)


def answer(**changes):
    cited = citation(1, "Divers searched the river until nightfall.")
    fields = {
        "question": "Who searched the river?",
        "standalone_question": "Who searched the river?",
        "outcome": "answered",
        "answered": True,
        "text": "Divers searched the river until nightfall. [1]",
        "statements": (Statement(cited.quote, (cited,), True),),
        "citations": (cited,),
        "timings": {"retrieve": 12.0},
    }
    return Answer(**(fields | changes))


def words_of(markup):
    return html.unescape(TAG.sub("", markup))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_escaped_words_are_the_same_words_after_markdown_and_html(words):
    rendered = MarkdownIt("commonmark").render(f"<div>{render.escape(words)}</div>")
    assert words_of(rendered.rstrip("\n")) == words


@given(st.text(min_size=1))
def test_escaped_words_hold_no_character_of_markup(words):
    assert re.fullmatch(r"(?:[\w ]|&#\d+;)*", render.escape(words))


@given(st.data(), st.text(min_size=1, max_size=60))
def test_marks_cover_exactly_the_spans(data, text):
    bound = st.integers(0, len(text))
    spans = [
        (*sorted(pair), f"cite-1-{number}")
        for number, pair in enumerate(data.draw(st.lists(st.tuples(bound, bound), max_size=4)), start=1)
    ]
    marked = render.highlighted(text, spans)
    for start, end, name in spans:
        pieces = re.findall(rf'<mark class="(?:[^"]* )?{name}(?: [^"]*)?" tabindex="-1">(.*?)</mark>', marked)
        assert "".join(pieces) == render.escape(text[start:end])


def test_only_markers_of_known_citations_become_links():
    turn = render.turn(answer(text="It fell. [1] Not so. [2] See [0] and [12345]."), 3)
    assert re.findall(r'href="([^"]*)"', turn) == ["#cite-3-1"]
    assert "[2]" in words_of(turn)


def test_excerpts_of_one_article_share_a_card_and_keep_their_context():
    cited = (
        citation(1, "Divers searched the river until nightfall."),
        citation(2, "rust on the northern pier"),
    )
    panel = render.sources([answer(citations=cited)])
    assert panel.count('<article class="card">') == 1
    assert panel.count("<mark ") == 2
    assert "closed to lorries" in words_of(panel)


def test_a_long_article_is_shown_around_the_quotation_only():
    text = "Filler sentence of no use. " * 200 + "The needle is here." + " More filler follows it." * 200
    article = Article("long.md", text, title="Long")
    panel = render.sources([answer(citations=(citation(1, "The needle is here.", article),))])
    assert "The needle is here." in words_of(panel)
    assert len(words_of(panel)) < 3 * render.CONTEXT_CHARACTERS
    assert words_of(panel).count("…") == 2


def test_a_withheld_answer_shows_its_best_hits_as_nearest_passages():
    passage = Passage("p", BRIDGE.id, 0, 20, BRIDGE.text[:20])
    withheld = answer(
        outcome="outside_period", answered=False, text="Nothing.", statements=(), citations=(),
        hits=(Hit(passage, BRIDGE, 1.0),) * 5,
    )  # fmt: skip
    turn = render.turn(withheld, 1)
    assert "Outside the period" in turn
    assert turn.count('class="marker"') == render.NEAREST_PASSAGES
    assert "Nearest passages" in render.sources([withheld])


def test_sides_notes_and_removed_statements_are_shown_apart():
    one = citation(1, "Fourteen people died in the collapse")
    differing = answer(
        outcome="sources_differ",
        citations=(one,),
        sides=(
            Side("14", "the governor", "stated", datetime.date(2031, 3, 4), (one,), 2),
            Side("at least 9"),
        ),
        notes=("As of 4 March 2031.",),
        removed=(Statement("It was foggy."),),
    )
    turn = render.turn(differing, 1)
    assert "Sources differ" in turn
    assert turn.count('<th scope="row">') == 2
    assert re.search(r'<ul class="notes"[^>]*><li><bdi>As of 4 March 2031', html.unescape(turn))
    assert "It was foggy" in turn[turn.index("<details") :]
    assert "Understood as" not in turn
    assert "Understood as" in render.turn(replace(differing, standalone_question="Something else?"), 1)


def test_events_are_shown_in_order_of_time_with_their_sources():
    one, other = citation(1, "Divers searched the river"), citation(2, "Fourteen people died in the collapse")
    day = datetime.date(2031, 3, 4)
    events = (
        Event(Period(day, day), "Tuesday", (one, other), 2),
        Event(Period(day, day, yearless=True), "4 March", (other,)),
    )
    turn = render.turn(answer(events=events, citations=(one, other)), 1)
    dates = [html.unescape(date) for date in re.findall(r"<time>(.*?)</time>", turn)]
    assert dates == ["Tuesday 4 March 2031", "4 March"]
    assert [int(number) for number in re.findall(r'href="#cite-1-(\d+)"', turn)] == [1, 2, 2]
    assert turn.count("independent sources") == 1
    assert "timeline" in turn and "timeline" not in render.turn(answer(), 1)


def test_an_unfinished_answer_says_that_it_is_unfinished():
    assert 'class="working"' in render.turn(answer(final=False), 1)
    assert 'class="working"' not in render.turn(answer(), 1)


def test_an_article_page_marks_the_quotation_and_nothing_where_offsets_are_wrong():
    page = article_page(BRIDGE, 4, 15)
    assert re.findall(r'<mark id="quote">(.*?)</mark>', page) == [BRIDGE.text[4:15]]
    for start, end in ((0, 0), (5, 4), (-3, 4), (0, 10**9)):
        assert "<mark" not in article_page(BRIDGE, start, end)


def summary(number, **changes):
    fields = {
        "id": f"a{number}", "title": f"Report {number:05d}", "publisher": "Wire" if number % 2 else None,
        "published": datetime.date(2020, 1, 1) + datetime.timedelta(days=number) if number % 3 else None,
        "url": None, "language": "en", "path": "", "words": number, "passages": 1, "duplicate_of": None,
        "removed": False,
    }  # fmt: skip
    return ArticleSummary(**(fields | changes))


def test_a_large_corpus_is_shown_a_page_at_a_time():
    articles = [summary(number) for number in range(20_001)]
    assert corpus.pages(len(articles)) == 401
    assert corpus.pages(0) == 1
    found = corpus.select(articles, "", "Title")
    assert corpus.table(found, 0).count("<tr>") == corpus.PAGE_ROWS + 1
    last = corpus.table(found, 400)
    assert last.count("<tr>") == 2
    assert "Report 20000" in words_of(last)
    assert "20,001 to 20,001 of 20,001" in words_of(last)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("Newest first", "a5"),
        ("Oldest first", "a1"),
        ("Title", "a0"),
        ("Publisher", "a3"),
        ("Longest first", "a5"),
    ],
)
def test_articles_are_sorted_and_unknown_values_come_last(sort, first):
    articles = [summary(number) for number in (3, 1, 5, 0, 4, 2)]
    found = corpus.select(articles, "", sort)
    assert found[0].id == first
    if sort in {"Newest first", "Oldest first"}:
        assert [article.published for article in found[-2:]] == [None, None]
    if sort == "Publisher":
        assert [article.publisher for article in found[-3:]] == [None] * 3


def test_every_word_must_match_and_removed_articles_are_left_out():
    articles = [
        summary(1, title="Rust on the pier"),
        summary(2, title="Rust", removed=True),
        summary(3, title="Pier"),
    ]
    assert [article.id for article in corpus.select(articles, "PIER rust", "Title")] == ["a1"]
    assert "No article matches" in corpus.table(corpus.select(articles, "ferry", "Title"), 0)
