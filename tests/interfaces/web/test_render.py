"""HTML of answers: words stay words, marks cover exactly what is cited, markers lead somewhere."""

import datetime
import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from web_articles import PAYLOADS, PRESS

from assistant import Answer, Article, Citation, Event, Hit, Passage, Period, Side, Statement
from assistant.index import ArticleSummary
from assistant.interfaces.web import cards, corpus, render
from assistant.interfaces.web.pages import article_page
from assistant.interfaces.web.plot import AXIS_END, AXIS_START, MOST_TICKS, plot
from assistant.interfaces.web.sourcing import span

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


# HTML has no reference for these, and Unicode says that they are no text
NONCHARACTERS = [chr(one) for one in range(0xFDD0, 0xFDF0)] + [
    chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=NONCHARACTERS), min_size=1))
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
    marked = cards.highlighted(text, spans)
    for start, end, name in spans:
        pieces = re.findall(rf'<mark class="(?:[^"]* )?{name}(?: [^"]*)?" tabindex="-1">(.*?)</mark>', marked)
        assert "".join(pieces) == render.escape(text[start:end])


def test_only_markers_of_known_citations_become_links():
    turn = render.turn(answer(text="It fell. [1] Not so. [2] See [0] and [12345]."), 3)
    assert re.findall(r'href="(#cite[^"]*)"', turn) == ["#cite-3-1"]
    assert "[2]" in words_of(turn)


def test_excerpts_of_one_article_share_a_card_and_keep_their_context():
    cited = (
        citation(1, "Divers searched the river until nightfall."),
        citation(2, "rust on the northern pier"),
    )
    panel = cards.source_cards([answer(citations=cited)])
    assert panel.count('<article class="card">') == 1
    assert panel.count("<mark ") == 2
    assert "closed to lorries" in words_of(panel)


def test_a_long_article_is_shown_around_the_quotation_only():
    text = "Filler sentence of no use. " * 200 + "The needle is here." + " More filler follows it." * 200
    article = Article("long.md", text, title="Long")
    panel = cards.source_cards([answer(citations=(citation(1, "The needle is here.", article),))])
    assert "The needle is here." in words_of(panel)
    assert len(words_of(panel)) < 3 * cards.CONTEXT_CHARACTERS
    assert words_of(panel).count("…") == 2


def test_a_withheld_answer_shows_its_best_hits_as_nearest_passages():
    passage = Passage("p", BRIDGE.id, 0, 20, BRIDGE.text[:20])
    withheld = answer(
        outcome="outside_period", answered=False, text="Nothing.", statements=(), citations=(),
        hits=(Hit(passage, BRIDGE, 1.0),) * 5,
    )  # fmt: skip
    turn = render.turn(withheld, 1)
    assert "Outside the period" in turn
    assert turn.count('class="marker"') == cards.NEAREST_PASSAGES
    assert "Nearest passages" in cards.source_cards([withheld])


def test_sides_notes_and_removed_statements_are_shown_apart():
    one = citation(1, "Fourteen people died in the collapse")
    differing = answer(
        outcome="sources_differ",
        citations=(one,),
        sides=(
            Side("14", "the governor", "stated", datetime.date(2031, 3, 4), (one,), 2),
            Side("at least 9"),
        ),
        notes=("What each rests on: 14: 2 independent sources; at least 9: 1 source.", "As of 4 March 2031."),
        removed=(Statement("It was foggy."),),
        independent_sources=2,
    )
    turn = render.turn(differing, 1)
    assert "Sources differ" in turn
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", html.unescape(turn)) == ["14", "at least 9"]
    assert "stated by the governor · 4 March 2031 · 2 independent sources" in words_of(turn)
    assert re.search(r'<ul class="notes"[^>]*><li><bdi>As of 4 March 2031', html.unescape(turn))
    assert "What each rests on" not in turn
    assert "It was foggy" in turn[turn.index("<details") :]
    assert "Understood as" not in turn
    assert "Understood as" in render.turn(replace(differing, standalone_question="Something else?"), 1)


@pytest.mark.parametrize(
    ("standalone", "shown"),
    [
        ("Why? (after: Who left; When)", "Read after: Who left; When"),
        ("Why did he? (after: Who left)", "Understood as: Why did he?, after: Who left"),
        ("Why did he leave?", "Understood as: Why did he leave?"),
        ("why?", None),
    ],
)
def test_what_a_question_was_read_after_is_told_in_words(standalone, shown):
    answer = Answer("why?", standalone, "not_stated", False, text="Nothing.")
    lines = re.findall(r'<p class="understood">(.*?)</p>', render.turn(answer, 1))
    assert [html.unescape(TAG.sub("", one)) for one in lines] == ([shown] if shown else [])


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
    assert words_of(turn).count("2 independent sources") == 1
    assert "timeline" in turn and "timeline" not in render.turn(answer(), 1)


def test_quotations_bear_their_speaker_outlet_and_date():
    cited = citation(
        1, "Fourteen people died in the collapse of the Varn bridge, the governor of Holmby said."
    )
    cited = replace(cited, speaker="governor of Holmby", stance="reported")
    told = {"text": f"{cited.quote} [1]", "statements": (Statement(cited.quote, (cited,), True),)}
    turn = render.turn(answer(citations=(cited,), **told), 1)
    (caption,) = re.findall("<figcaption>(.*?)</figcaption>", turn)
    assert words_of(caption) == "said by governor of Holmby · Demo Wire, 4 March 2031"
    rewritten = render.turn(answer(citations=(cited,), **(told | {"text": "Fourteen died. [1]"})), 1)
    assert "Fourteen died." in words_of(rewritten) and "<figure" not in rewritten


def test_what_an_answer_rests_on_is_one_line():
    ferry, inquiry, harvest = (
        citation(number, PRESS[at].text[:20], PRESS[at]) for number, at in ((2, 2), (3, 1), (4, 4))
    )
    one = citation(1, "Fourteen people died in the collapse")

    def line(*cited, **changes):
        return words_of(render.turn(answer(citations=cited, **changes), 1))

    assert "2 independent sources, 2 outlets, 4 March\xa0– 2 April 2031" in line(one, ferry)
    assert "2 independent sources, 1 outlet, 19 March\xa0– 2 April 2031" in line(ferry, inquiry)
    assert "2 independent sources, 1 outlet, 4 March 2031, 1 without a date" in line(one, harvest)
    assert "1 independent source, 2 outlets" in line(one, ferry, independent_sources=1)
    assert "5 independent sources, 2 cited, 2 outlets" in line(one, ferry, independent_sources=5)
    assert "1 source, Demo Wire, 4 March 2031" in line(one)
    assert "1 source, Demo Wire, no date" in line(harvest)
    side = Side("Fourteen", citations=(one,))
    assert "1 source, Demo Wire, 4 March 2031" in line(one, ferry, sides=(side,), independent_sources=1)
    assert "source" not in words_of(render.turn(answer(citations=(), answered=False), 1))


def test_an_answer_that_rests_on_one_source_says_so_once():
    note = "This answer rests on one source."
    for notes in ((), (note,)):
        assert words_of(render.turn(answer(notes=notes), 1)).count(note) == 1
        withheld = answer(notes=notes, outcome="false_premise", answered=False, independent_sources=1)
        assert note not in words_of(render.turn(withheld, 1))
    assert note not in words_of(render.turn(answer(independent_sources=2), 1))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-07-01", "2025-07-01", "1 July 2025"),
        ("2025-07-01", "2025-07-07", "1–7 July 2025"),
        ("2025-06-28", "2025-07-07", "28 June\xa0– 7 July 2025"),
        ("2024-12-30", "2025-01-02", "30 December 2024\xa0– 2 January 2025"),
        ("2024-07-01", "2025-07-07", "1 July 2024\xa0– 7 July 2025"),
    ],
)
def test_days_are_written_as_a_person_would(first, last, words):
    assert span(*map(datetime.date.fromisoformat, (first, last))) == words


def drawn(*periods):
    cited = citation(1, "Divers searched the river")
    return plot([Event(period, "then", (cited,)) for period in periods], 3)


def test_dots_lead_to_the_entries_of_the_timeline():
    days = [datetime.date(2031, 3, day) for day in (1, 4, 4, 31)]
    events = [Event(Period(day, day), "then", (citation(1, "Divers searched the river"),)) for day in days]
    turn = render.turn(answer(events=tuple(events)), 3)
    targets = re.findall(r'<a class="dot" href="#([^"]*)"', turn)
    assert targets == [f"event-3-{place}" for place in (1, 2, 3, 4)]
    assert re.findall(r'<li id="([^"]*)"', turn) == targets
    titles = [html.unescape(title) for title in re.findall("<title>(.*?)</title>", turn)]
    assert titles[1] == "Tuesday 4 March 2031: Divers searched the river"
    places = re.findall(r'class="touch" cx="([\d.]+)%" cy="(\d+)"', turn)
    assert len(set(places)) == 4 and places[1][0] == places[2][0]


def test_events_without_a_year_or_others_are_not_drawn():
    day = datetime.date(2031, 3, 4)
    assert (
        drawn() == drawn(Period(day, day)) == drawn(Period(day, day), Period(day, day, yearless=True)) == ""
    )


@given(st.lists(st.tuples(st.dates(), st.integers(0, 366)), min_size=2, max_size=40))
def test_any_dates_are_drawn_within_the_frame(found):
    last = datetime.date.max.toordinal()
    periods = [
        Period(start, datetime.date.fromordinal(min(start.toordinal() + length, last)))
        for start, length in found
    ]
    drawing = drawn(*periods)
    assert drawing.count('class="dot"') == len(periods)
    assert 1 <= drawing.count("<text") <= MOST_TICKS
    assert all(
        AXIS_START <= float(x) <= AXIS_END for x in re.findall(r'(?:cx|x[12]?)="([\d.]+)%"', drawing)[2:]
    )
    assert all(
        0 <= int(y) <= int(drawing.split('height="')[1].split('"')[0])
        for y in re.findall(r'y="(\d+)"', drawing)
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_quotations_and_dots_are_words(payload):
    hostile = Article("h.md", f"{payload} said the mayor.", title=payload, publisher=payload)
    cited = Citation(1, hostile, 0, len(hostile.text), hostile.text)
    day = datetime.date(2031, 3, 4)
    statement = Statement(" ".join(hostile.text.split()), (cited,), True)
    sides = (Side(payload, payload, payload, day, (cited,)), Side("9", payload, "no_claim", day, (cited,)))
    shown = render.turn(answer(citations=(cited,), sides=sides), 1)
    shown += render.turn(answer(citations=(cited,), statements=(statement,), text=f"{statement.text} [1]"), 1)
    shown += render.turn(
        answer(citations=(cited,), events=(Event(Period(day, day), payload, (cited,)),) * 2), 1
    )
    assert set(re.findall("<([a-z0-9]+)", shown)) <= {
        *("section", "h2", "h3", "div", "p", "bdi", "span", "a", "figure", "figcaption", "blockquote"),
        *("svg", "line", "circle", "text", "title", "ol", "ul", "li", "time"),
    }
    assert all("=" not in words and ":" not in words for words in re.findall(">([^<]*)<", shown))


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
    assert corpus.articles_table(found, 0).count("<tr>") == corpus.PAGE_ROWS + 1
    last = corpus.articles_table(found, 400)
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
        ("Last added", "a3"),
    ],
)
def test_articles_are_sorted_and_unknown_values_come_last(sort, first):
    articles = [replace(summary(one), number=-at) for at, one in enumerate((3, 1, 5, 0, 4, 2))]
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
    assert "No article matches" in corpus.articles_table(corpus.select(articles, "ferry", "Title"), 0)


def test_an_error_is_told_to_a_reader_not_to_an_administrator():
    told = render.failure_line("the question is too long; shorten it, or raise ASSISTANT_QUESTION_CHARACTERS")
    assert words_of(told) == "The question is too long; shorten it"
    private = "the host x is at 10.0.0.1, not a public address (setting ASSISTANT_ALLOW_PRIVATE_ADDRESSES)"
    assert render.without_settings(private) == "the host x is at 10.0.0.1, not a public address"


def test_a_quote_of_a_document_with_pages_is_shown_with_its_page():
    paged = replace(BRIDGE, pages=(0, 1, 2))
    cited = citation(1, "Divers searched the river until nightfall.", paged)
    told = answer(citations=(cited,), statements=(Statement(cited.quote, (cited,), True),))
    assert ", p. 3</figcaption>" in render.turn(told, 1)
    assert '<p class="page">p. 3</p>' in cards.source_cards([told])
    assert "p. 3" in article_page(paged, cited.start, cited.end)
    assert "p. 3" in words_of(render.turn(replace(told, answered=False, outcome="not_stated"), 1))
    assert "p. " not in words_of(render.turn(answer(), 1))
