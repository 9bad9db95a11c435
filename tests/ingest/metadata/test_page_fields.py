from lxml.html import document_fromstring

from assistant.ingest.metadata.page_fields import json_ld_scripts, page_fields

STATED = '{"@type":"NewsArticle","author":{"name":"Ann Ray"}}'
LD = f'<script type="application/ld+json; charset=utf-8">{STATED}</script>'


def test_json_ld_comes_before_meta_elements_and_these_before_microdata() -> None:
    meta = '<meta name=author content="Desk"><meta property="og:site_name" content="Velmo Post">'
    marked = '<div itemscope itemtype="https://schema.org/Article"><b itemprop=publisher>Other</b></div>'
    root = document_fromstring(f"<html lang=en><head>{LD}{meta}</head><body>{marked}</body></html>")
    fields = page_fields(root)
    assert (fields["authors"], fields["publisher"], fields["language"]) == ("Ann Ray", "Velmo Post", "en")
    assert len(list(json_ld_scripts(root))) == 1


def test_rdfa_states_what_microdata_does() -> None:
    body = (
        '<article vocab="https://schema.org/" typeof="schema:NewsArticle"><h1 property="headline">Bridge shut</h1>'
        '<span property="author" typeof="Person"><b property="name">Ann Ray</b></span>'
        '<time property="schema:datePublished" datetime="2025-03-07">Friday</time></article>'
    )
    fields = page_fields(document_fromstring(f"<html><body>{body}</body></html>"))
    assert (fields["title"], fields["authors"], fields["published"]) == (
        "Bridge shut",
        ["Ann Ray"],
        ["2025-03-07"],
    )
