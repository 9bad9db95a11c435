import pytest
from lxml.html import document_fromstring

from assistant.ingest.metadata.microdata import is_of_teaser, stated_in_microdata

PAGE = """<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Gates opened</h1>
<span itemprop="author" itemscope><span itemprop="name">Ada Berg</span></span>
<span itemprop="author creator" itemscope><i itemprop="givenName">Jo</i> <i itemprop="familyName">Roe</i></span>
<time itemprop="datePublished" datetime="2025-06-16T08:30">16 June</time>
<div itemprop="publisher" itemscope><div itemprop="logo" itemscope><meta itemprop="name" content="Logo"></div>
<meta itemprop="name" content="Dorvik Post"></div></div>"""


def test_the_article_s_own_properties_are_read() -> None:
    assert stated_in_microdata(document_fromstring(PAGE)) == {
        "title": "Gates opened",
        "published": "2025-06-16T08:30",
        "authors": ["Ada Berg", "Jo Roe"],
        "publisher": "Dorvik Post",
    }


def test_another_kind_of_thing_states_nothing() -> None:
    assert stated_in_microdata(document_fromstring(PAGE.replace("NewsArticle", "Recipe"))) == {}


TEASER = """<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Wine is early</b>
<meta itemprop="datePublished" content="2021-08-01"></div>"""
OWN = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Mill fined</h1>
<time itemprop="datePublished" datetime="2021-11-10"></time>
<p itemprop="articleBody">The mill was fined.</p></article>"""


@pytest.mark.parametrize("body", [TEASER + OWN, OWN + TEASER])
def test_a_teaser_beside_the_article_is_not_the_article(body: str) -> None:
    root = document_fromstring(f"<html><body>{body}</body></html>")
    assert stated_in_microdata(root) == {"title": "Mill fined", "published": "2021-11-10"}
    assert [is_of_teaser(one) for one in root.iter("meta")] == [True]
