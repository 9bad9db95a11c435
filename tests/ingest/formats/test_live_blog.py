from lxml.html import document_fromstring

from assistant.ingest.formats.live_blog import live_blog_text


def page(*entries: str) -> str:
    return (
        "<main><h1>Dam: live</h1>"
        + "".join(f'<div class="post">{entry}</div>' for entry in entries)
        + "</main>"
    )


ENTRIES = (
    '<time datetime="2025-06-17T09:10:00Z">9:10</time><h3>Gates shut</h3><p>The gates were shut at nine.</p>',
    '<span class="time">16 June 2025, 6.10pm</span><p>The gates were opened after two days of rain.</p>',
    "<time>15 June</time><p>The lake rose by forty centimetres in the night, the board said.</p>",
)


def test_each_entry_stands_under_its_own_time() -> None:
    text = live_blog_text(document_fromstring(page(*ENTRIES)), stated=False, shown="Dam: live")
    assert text == (
        "[17 June 2025, 09:10] Gates shut\nThe gates were shut at nine.\n\n"
        "[16 June 2025, 18:10]\nThe gates were opened after two days of rain.\n\n"
        "[15 June]\nThe lake rose by forty centimetres in the night, the board said."
    )


def test_a_page_is_no_live_blog_unless_it_says_so() -> None:
    assert live_blog_text(document_fromstring(page(*ENTRIES)), stated=False, shown="Dam") is None


def test_teasers_and_comments_are_no_entries() -> None:
    teaser = (
        "<time>15 June</time><h3><a href='/x'>Lake rises</a></h3><p>The lake rose by forty centimetres.</p>"
    )
    assert live_blog_text(document_fromstring(page(*3 * (teaser,))), stated=True) is None
    comments = page(*ENTRIES).replace('class="post"', 'class="comment"')
    assert live_blog_text(document_fromstring(comments), stated=True) is None
