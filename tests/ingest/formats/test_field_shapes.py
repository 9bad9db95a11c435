from typing import Any

import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.field_shapes import flat
from assistant.ingest.formats.json_files import document_of, read_json
from assistant.ingest.formats.limits import Limits
from assistant.ingest.formats.wrapped_rows import rows_of
from assistant.ingest.metadata.documents import Document

TEXT = "The harbour of Velmo was shut on Friday after a ferry had struck the pier, the port authority said."
ROW = {"title": "Harbour shut", "text": TEXT}
WRAPPED: dict[str, Any] = {
    "articles": {"articles": [ROW]},
    "results": {"articles": {"results": [ROW], "totalResults": 1}},
    "hits": {"took": 2, "hits": {"total": {"value": 1}, "hits": [{"_id": "a", "_source": ROW}]}},
    "posts": {"found": 1, "posts": [ROW]},
    "data": {"pagination": {"total": 1}, "data": [ROW]},
    "response": {"response": {"status": "ok", "results": [ROW]}},
    "entries": {"total": 1, "entries": [ROW]},
    "columns": {"title": ["Harbour shut"], "text": [TEXT]},
    "frame": {"title": {"0": "Harbour shut"}, "text": {"0": TEXT}},
    "by id": {"a": ROW, "b": ROW},
}


@pytest.mark.parametrize("name", WRAPPED)
def test_rows_are_found_wherever_a_producer_wraps_them(name: str) -> None:
    rows = rows_of(WRAPPED[name])
    assert rows
    assert document_of(rows[0]).text == TEXT


def test_one_article_is_no_list() -> None:
    assert rows_of(ROW) is None
    assert rows_of({**ROW, "data": [{"x": 1}]}) is None


SHAPES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "WordPress": (
        {"content": {"rendered": f"<p>{TEXT}</p>"}, "title": {"rendered": "Harbour"}},
        "title",
        "Harbour",
    ),
    "Guardian": (
        {"webTitle": "Harbour", "fields": {"bodyText": TEXT, "byline": "Ann Ray"}},
        "authors",
        "Ann Ray",
    ),
    "MongoDB": ({**ROW, "date": {"$date": "2025-03-07T08:00:00Z"}}, "published", "2025-03-07T08:00:00Z"),
    "CSL": ({"abstract": TEXT, "issued": {"date-parts": [[2025, 3, 7]]}}, "published", "2025-03-07"),
    "Readability": (
        {"textContent": TEXT, "publishedTime": "2025-03-07", "siteName": "Velmo Post"},
        "publisher",
        "Velmo Post",
    ),
    "Feedly": ({"content": {"content": TEXT}, "origin": {"title": "Velmo Post"}}, "publisher", "Velmo Post"),
    "Miniflux": (
        {"content": TEXT, "feed": {"title": "Velmo Post"}, "url": "https://a.example/1"},
        "publisher",
        "Velmo Post",
    ),
    "Event Registry": (
        {"body": TEXT, "source": {"title": "Velmo Post", "uri": "velmo.example"}},
        "publisher",
        "Velmo Post",
    ),
    "fundus": ({"body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]}}, "text", TEXT),
    "newspaper4k": (
        {**ROW, "meta_site_name": "Velmo Post", "source_url": "https://a.example"},
        "publisher",
        "Velmo Post",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_fields_of_known_producers_are_found(name: str) -> None:
    value, field, right = SHAPES[name]
    fields, _ = flat(value)
    assert fields.get(field) == right or document_of(value).fields.get(field) == right
    assert document_of(value).text.strip() == TEXT


def test_a_lead_is_flagged_and_links_alone_are_refused() -> None:
    assert document_of({"title": "Harbour", "lead_paragraph": TEXT}).truncated
    assert not document_of(ROW).truncated
    with pytest.raises(UnreadableError, match="link without"):
        document_of({"title": "Harbour", "url": "https://a.example/1"})


def test_lines_of_json_may_bear_the_name_of_json() -> None:
    lines = b'{"text": "First words of one."}\n{"text": "First words of two."}\n{broken\n'
    found = list(read_json(lines, Limits(10_000, 10_000)))
    assert [one.row for one in found] == [1, 2, 3]
    assert [isinstance(one.document, Document) for one in found] == [True, True, False]


def test_a_wordpress_post_has_the_writer_that_is_embedded() -> None:
    embedded = {"author": 12, "_embedded": {"author": [{"id": 12, "name": "Ada Berg"}]}}
    fields, _ = flat(
        {**embedded, "content": {"rendered": TEXT}, "yoast_head_json": {"og_site_name": "Velmo Post"}}
    )
    assert (fields["authors"], fields["publisher"]) == ([{"id": 12, "name": "Ada Berg"}], "Velmo Post")
