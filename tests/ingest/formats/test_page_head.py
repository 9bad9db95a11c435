import pytest
from lxml.html import document_fromstring

from assistant.ingest.formats.html import read_html
from assistant.ingest.formats.page_head import site_of, standfirst_of

LEAD = "Buses run in place of trains, and sixteen more bridges are to be looked at."
TEXT = (
    "<p>"
    + "The bridge at Velmo was shut on Friday after cracks had been found in a pier, the railway said. " * 3
)
HEADS = {
    "beside the headline": f"<header><h1>Bridge shut</h1><p>{LEAD}</p></header>",
    "named": f"<div><h1>Bridge shut</h1><h2 class='article-dek'>{LEAD.rstrip('.')}</h2></div>",
    "behind a byline": f"<div><h1>Bridge</h1><p class=byline>By Ann Ray</p><p class=standfirst>{LEAD}</p></div>",
}


@pytest.mark.parametrize("name", HEADS)
def test_a_standfirst_before_the_article_is_text(name: str) -> None:
    document = read_html(f"<html><body>{HEADS[name]}<article>{TEXT}</article></body></html>")
    assert document.text.count(LEAD.rstrip(".")) == 1
    assert document.text.index(LEAD.rstrip(".")) < document.text.index("The bridge at Velmo")


@pytest.mark.parametrize(
    "beside",
    [
        "<p class=byline>Ann Ray is a reporter who covers bridges and trains.</p>",
        "<p><a href='/x'>Why the bridges of the north are in such a bad state.</a></p>",
        "<p>7 March 2025</p>",
    ],
)
def test_bylines_links_and_days_are_no_standfirst(beside: str) -> None:
    assert standfirst_of(document_fromstring(f"<body><div><h1>Bridge shut</h1>{beside}</div></body>")) is None


def test_the_site_is_named_in_the_title_where_the_page_bears_its_name() -> None:
    head = "<head><title>Bridge shut | Velmo Post</title></head>"
    page = f"<html>{head}<body><h1>Bridge shut</h1><footer>© 2025 Velmo Post</footer></body></html>"
    assert site_of(document_fromstring(page)) == "Velmo Post"
    assert site_of(document_fromstring(page.replace("© 2025 Velmo Post", "Terms"))) is None
    logo = page.replace("<footer>© 2025 Velmo Post", "<a href='/'><img alt='Velmo Post'></a><footer>")
    assert site_of(document_fromstring(logo)) == "Velmo Post"
