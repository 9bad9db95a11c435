"""Exports: the JSON contract of ``ask``, ``search`` and ``show``, and Markdown that renders nothing."""

import datetime
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.interfaces.cli.terminal import answer_lines, hit_lines
from assistant.output.to_json import answer_to_dict, article_to_dict, conversation_to_json, hits_to_list
from assistant.output.to_markdown import (
    answer_to_text,
    conversation_to_markdown,
    web_address,
    without_sources,
)
from assistant.types import Answer, Article, Candidate, Citation, Hit, Passage, Side, Statement

TEXT = "Cafés opened late. The bridge at Onde fell on Monday. Nobody was hurt."
QUOTE = "The bridge at Onde fell on Monday."


def article(**changes):
    fields = {
        "id": "onde/bridge.md",
        "text": TEXT,
        "title": "Bridge falls",
        "publisher": "Demo Wire",
        "published": datetime.date(2025, 3, 4),
        "url": "https://demo.example/bridge",
        "sha256": "ab" * 32,
    }
    return Article(**(fields | changes))


def answer(source=None, **changes):
    source = source or article()
    start = source.text.index(QUOTE) if QUOTE in source.text else 0
    citation = Citation(1, source, start, start + len(QUOTE), source.text[start : start + len(QUOTE)])
    passage = Passage("p1", source.id, start, start + len(QUOTE), citation.quote)
    fields = {
        "question": "And when?",
        "standalone_question": "When did the bridge fall?",
        "outcome": "answered",
        "answered": True,
        "short": "Monday",
        "confidence": 0.91234567,
        "text": "The bridge at Onde fell on Monday. [1]",
        "statements": (Statement(QUOTE, (citation,), True),),
        "citations": (citation,),
        "candidates": (Candidate("Monday", 0.9, (citation,)),),
        "sides": (Side("Monday", "the mayor", "stated", datetime.date(2025, 3, 5), (citation,), 2),),
        "notes": ("One source.",),
        "removed": (Statement("It was red."),),
        "hits": (Hit(passage, source, 3.5),),
        "timings": {"understand": 0.11, "retrieve": 12.345},
    }
    return Answer(**(fields | changes))


def test_answer_has_the_keys_and_offsets_of_the_contract():
    exported = json.loads(json.dumps(answer_to_dict(answer())))
    assert set(exported) == {
        *("question", "standalone_question", "outcome", "answered", "short", "confidence", "text"),
        *(
            "statements",
            "citations",
            "candidates",
            "sides",
            "events",
            "notes",
            "removed",
            "missing",
            "steps",
            "written_by",
            "hits",
            "timings_ms",
        ),
        *("kind", "items", "items_total", "table", "missing"),
    }
    [citation] = exported["citations"]
    assert set(citation) == {
        *("number", "article", "article_sha256", "title", "publisher", "authors", "published", "url"),
        *("start", "end", "quote", "speaker", "stance", "page"),
    }
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"] == QUOTE
    assert citation["published"] == "2025-03-04"
    unmarked = {"support": None, "mark": None, "marked": [], "speaker": None, "stance": None, "drawn": False}
    assert exported["statements"] == [{"text": QUOTE, "supported": True, "citations": [1], **unmarked}]
    assert exported["removed"] == [{"text": "It was red.", "supported": None, "citations": [], **unmarked}]
    assert (exported["kind"], exported["items"], exported["table"]) == ("short", [], None)
    assert exported["candidates"][0]["citations"] == exported["sides"][0]["citations"] == [1]
    assert exported["sides"][0]["independent_sources"] == 2
    assert exported["timings_ms"] == {"understand": 0.1, "retrieve": 12.3}


def test_hits_are_ranked_from_one_and_unknown_dates_are_null():
    source = article(published=None, title=None)
    hits = answer(source).hits * 2
    listed = hits_to_list(hits)
    assert [hit["rank"] for hit in listed] == [1, 2]
    assert set(listed[0]) == {"rank", "article", "title", "published", "start", "end", "text", "score"}
    assert listed[0]["published"] is None
    assert TEXT[listed[0]["start"] : listed[0]["end"]] == listed[0]["text"]


def test_article_carries_its_text():
    exported = json.loads(json.dumps(article_to_dict(article(authors=("A. Reporter",)))))
    assert exported["text"] == TEXT
    assert exported["authors"] == ["A. Reporter"]


def test_conversation_json_keeps_order():
    document = json.loads(conversation_to_json([answer(question="one"), answer(question="two")]))
    assert [exported["question"] for exported in document["answers"]] == ["one", "two"]


def test_markdown_names_the_source_and_quotes_it():
    rendered = conversation_to_markdown([answer()])
    html = MarkdownIt().render(rendered)
    assert f"<blockquote>\n<p>{QUOTE}</p>" in html
    assert '<a href="https://demo.example/bridge">' in html
    assert "2025-03-04" in rendered
    assert "Nearest passages" not in rendered
    assert "Nearest passages" in conversation_to_markdown([answer(answered=False, outcome="not_in_corpus")])


def test_markdown_leads_with_the_short_answer_that_the_page_shows():
    leading = "**Monday** (stated, the mayor, 2025-03-05) [1]"
    plain = conversation_to_markdown([answer()]).replace("\\", "")
    assert plain.index(leading) < plain.index(f"{QUOTE} [1]")
    assert "**Monday**\n" in conversation_to_markdown([answer(sides=())])
    assert "Monday**" not in conversation_to_markdown([answer(short=None, sides=())])


def test_markdown_lists_values_that_differ_and_leads_with_none():
    [side] = answer().sides
    differing = conversation_to_markdown([answer(sides=(side, replace(side, value="Tuesday")))])
    plain = differing.replace("\\", "")
    assert "- Monday (stated, the mayor, 2025-03-05) [1]\n- Tuesday (stated," in plain
    assert "**Monday**" not in plain


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Cc")), min_size=1))
def test_no_words_of_an_article_or_question_render_as_markup(hostile):
    source = article(text=hostile, title=hostile, publisher=hostile, url=hostile)
    exported = conversation_to_markdown([answer(source, question=hostile, text=hostile, notes=(hostile,))])
    for token in MarkdownIt("commonmark").parse(exported):
        assert token.type not in {"html_block", "fence", "code_block", "hr", "ordered_list_open"}
        if token.type == "heading_open":
            assert token.tag in {"h2", "h3"}
        for child in token.children or ():
            assert child.type in {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close"}


def test_text_quotes_each_source_below_the_answer():
    [side] = answer().sides
    text = answer_to_text(answer(sides=(side, replace(side, value="Tuesday", stance=None))))
    assert text.startswith(answer().text)
    assert "Understood as: When did the bridge fall?" in text and "Note: One source." in text
    body, _, sources = text.partition("Sources:")
    assert "Monday (stated, the mayor, 2025-03-05) [1]\n\nTuesday (the mayor, 2025-03-05) [1]" in body
    assert "Monday (stated" not in answer_to_text(answer())
    assert sources.strip() == (
        "[1] Bridge falls, Demo Wire, 2025-03-04, https://demo.example/bridge: "
        f"“{QUOTE}” (onde/bridge.md, characters {TEXT.index(QUOTE)} to {TEXT.index(QUOTE) + len(QUOTE)})"
    )
    assert without_sources(text) == body.rstrip("\n")
    bare = answer(citations=(), notes=(), sides=(), standalone_question="And when?")
    assert answer_to_text(bare) == bare.text


def test_a_quote_of_a_document_with_pages_is_cited_with_its_page():
    cited = answer(article(pages=(0, 5, TEXT.index(QUOTE))))
    exported = answer_to_dict(cited)
    assert exported["citations"][0]["page"] == cited.citations[0].page == 3
    assert "https://demo.example/bridge, p. 3: “" in answer_to_text(cited)
    assert "<https://demo.example/bridge>, p. 3 (" in conversation_to_markdown([cited])
    assert "https://demo.example/bridge, p. 3\n    “" in "\n".join(answer_lines(cited))
    assert next(iter(hit_lines(cited.hits))).partition("\n")[0].endswith("2025-03-04, p. 3")
    assert article_to_dict(cited.citations[0].article)["pages"] == [0, 5, TEXT.index(QUOTE)]
    bare = answer()
    assert bare.citations[0].page is None
    assert not any(" p. " in text for text in (answer_to_text(bare), conversation_to_markdown([bare])))


MARKUP = (
    "[here](https://evil.example)", "![pixel](https://evil.example/p.png)", "<https://evil.example>",
    "![pixel][1]\n\n[1]: https://evil.example/p.png", "[1](javascript:alert(1))", "[1]: https://evil.example",
    "<img src=x onerror=alert(1)>", "\\[here](https://evil.example)", "\\<b>", "`x` [a`](https://evil.example)",
    "[[1]](https://evil.example)", "[1][here]\n\n[here]: <https://evil.example>", "<!-- x -->", "<script>",
)  # fmt: skip


@pytest.mark.parametrize("hostile", MARKUP)
def test_no_words_of_an_article_become_active_in_text(hostile):
    assert_inert(hostile)


@given(st.text(st.sampled_from("[]()<>!\\`:/1ax. \n"), min_size=1))
def test_no_signs_become_active_in_text(hostile):
    assert_inert(hostile)


def assert_inert(hostile):
    source = article(text=hostile, title=hostile, publisher=hostile, url=f"https://a.example/{hostile}")
    given_back = answer(source, text=hostile, standalone_question=hostile, notes=(hostile,))
    for token in MarkdownIt("commonmark").parse(answer_to_text(given_back)):
        assert token.type != "html_block"
        for child in token.children or ():
            assert child.type not in {"link_open", "image", "html_inline", "code_inline"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "https://",
        "https://a.example/><script>",
        "https://a.example/ b",
        " https://a.example",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url):
    assert web_address(url) is None


def test_a_web_address_is_kept_as_it_is():
    assert web_address("https://a.example/b?c=d&e=f#g") == "https://a.example/b?c=d&e=f#g"
