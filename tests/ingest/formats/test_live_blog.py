import datetime

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


def test_an_entry_with_a_clock_is_of_the_day_above_it() -> None:
    entry = '<div class="post"><span class="t">{}</span><header><h3>{}</h3></header><p>{}</p></div>'
    text = "The water rose again over the lower road"
    body = (
        "<h2>Thursday 6 April</h2>"
        + entry.format("11:20", "Road shut", f"{text}, the police said.")
        + entry.format("07:05", "<a href='#p2'>More rain</a>", f"{text} in the night.")
        + "<h2>Wednesday 5 April 2023</h2>"
        + entry.format("23:55", "Bridge gone", f"{text} and the bridge.")
    )
    assert live_blog_text(
        document_fromstring(f"<main><h1>Flood: live</h1>{body}</main>"),
        stated=False,
        shown="Flood: live",
        published=datetime.date(2023, 4, 5),
    ) == (
        f"[6 April 2023, 11:20] Road shut\n{text}, the police said.\n\n"
        f"[6 April 2023, 07:05] More rain\n{text} in the night.\n\n"
        f"[5 April 2023, 23:55] Bridge gone\n{text} and the bridge."
    )
