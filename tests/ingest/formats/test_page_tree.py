from lxml.html import document_fromstring

from assistant.ingest.formats.page_tree import mend

LONG = "Engineers opened three gates of the dam after two days of rain had raised the lake to its crest."


def mended(body: str) -> str:
    root = document_fromstring(f"<html><body>{body}</body></html>")
    mend(root)
    return " ".join(root.text_content().split())


def test_the_parts_of_a_body_are_joined_in_their_order() -> None:
    part = '<div class="story-body"><p>{} {}</p></div>'
    root = document_fromstring(
        "<article>"
        + part.format("One.", LONG)
        + '<div class="ad">Buy</div>'
        + part.format("Two.", LONG)
        + "</article>"
    )
    mend(root)
    first = root.find(".//div[@class='story-body']")
    assert first is not None
    assert "One." in first.text_content() and "Two." in first.text_content()


def test_the_body_of_another_article_is_not_joined() -> None:
    one = '<article><h1>{0}</h1><div class="story-body"><p>{0} {1}</p></div></article>'
    root = document_fromstring(f"<main>{one.format('One', LONG)}{one.format('Two', LONG)}</main>")
    mend(root)
    first = root.find(".//div[@class='story-body']")
    assert first is not None and "Two" not in first.text_content()


def test_a_correction_in_a_box_becomes_a_paragraph_of_the_article() -> None:
    root = document_fromstring(
        f"<article><p>{LONG}</p><aside><h4>Correction</h4><p>An earlier version said 11; it was 9.</p></aside>"
        f"<p>{LONG}</p></article>"
    )
    mend(root)
    texts = [" ".join(one.text_content().split()) for one in root.iter("p")]
    assert texts[1] == "Correction An earlier version said 11; it was 9."
    assert root.find(".//aside") is None


def test_each_correction_below_an_article_is_kept_once_and_alone() -> None:
    root = document_fromstring(
        f"<div><p>{LONG}</p><footer><p><em>Correction, 5 May: An earlier version of this article said 11.</em></p>"
        "<p><em>Clarification, 7 May: The loss is an estimate.</em></p><div>Share this</div></footer></div>"
    )
    mend(root)
    assert [" ".join(one.text_content().split()) for one in root.iter("p")][1:] == [
        "Correction, 5 May: An earlier version of this article said 11.",
        "Clarification, 7 May: The loss is an estimate.",
    ]


def test_tooltips_go() -> None:
    link = '<a href="/p">Ada Berg<span class="tip">Ada BergRoads: deputies oppose the toll</span></a>'
    assert mended(f"<p>Deputy {link} said so.</p>") == "Deputy Ada Berg said so."
    assert mended('<p>The toll<span role="tooltip">a tax</span> rises.</p>') == "The toll rises."
