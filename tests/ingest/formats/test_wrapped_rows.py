import json
from typing import Any

import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.json_files import document_of, read_json
from assistant.ingest.formats.limits import Limits
from assistant.ingest.formats.wrapped_rows import rows_of
from assistant.ingest.metadata.documents import Document

TEXT = "The harbour of Velmo was shut on Friday after a ferry had struck the pier, the port authority said."
ROW = {"title": "Harbour shut", "text": TEXT}
WRAPPED: dict[str, Any] = {
    "a list of another name": {"request": {"version": 3}, "objects": [ROW]},
    "edges of nodes": {"data": {"search": {"edges": [{"cursor": "1", "node": ROW}]}}},
    "one article, wrapped": {"response": {"status": "ok", "content": ROW}},
    "columns and cells": {"columns": ["title", "text"], "index": [0], "data": [["Harbour shut", TEXT]]},
}


@pytest.mark.parametrize("name", WRAPPED)
def test_articles_are_found_in_what_wraps_them(name: str) -> None:
    rows = rows_of(WRAPPED[name]) or []
    assert [document_of(row).text for row in rows] == [TEXT]
    assert document_of(rows[0]).fields["title"] == "Harbour shut"


def test_what_an_article_links_to_is_no_list_of_articles() -> None:
    assert rows_of({**ROW, "related": [ROW, ROW]}) is None
    assert (
        rows_of({"title": "Harbour shut", "images": [{"title": "Pier", "url": "https://a.example"}]}) is None
    )


def test_a_json_feed_gives_its_authors_to_items_without_any() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Velmo Post",
        "authors": [{"name": "Ann Ray"}],
        "items": [{"content_text": TEXT}, {"content_text": TEXT, "author": {"name": "Jo Lind"}}],
    }
    found = [one.document for one in read_json(json.dumps(feed).encode(), Limits(10_000, 10_000))]
    authors = [one.fields["authors"] for one in found if isinstance(one, Document)]
    assert authors == [[{"name": "Ann Ray"}], {"name": "Jo Lind"}]


NESTED: dict[str, dict[str, Any]] = {
    "beside the text": {"page_content": TEXT, "metadata": {"title": "Harbour shut", "date": "2025-03-07"}},
    "with the text": {"attributes": {"title": "Harbour shut", "date": "2025-03-07", "body": {"value": TEXT}}},
    "in the language of the trade": {
        "headlines": {"basic": "Harbour shut"},
        "display_date": "2025-03-07",
        "content_elements": [{"type": "text", "content": TEXT}],
    },
    "in Markdown": {
        "markdown": f"# Harbour shut\n\n{TEXT}",
        "metadata": {"title": "Harbour shut", "date": "2025-03-07"},
    },
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_stated_in_an_object_of_its_own_is_found(name: str) -> None:
    document = document_of(NESTED[name])
    assert document.text.strip().removeprefix("Harbour shut").strip() == TEXT
    assert (document.fields["title"], document.fields["published"]) == ("Harbour shut", "2025-03-07")


def test_a_notice_in_place_of_the_text_gives_way_to_the_lead() -> None:
    found = document_of({"title": "Harbour", "content": "ONLY IN PAID PLANS", "description": TEXT})
    assert (found.text, found.truncated) == (TEXT, True)


def test_a_bookmark_with_its_title_alone_is_refused() -> None:
    with pytest.raises(UnreadableError, match="link without"):
        document_of({"href": "https://a.example/1", "description": "Prices rise by 5.5 per cent in Velmo"})
