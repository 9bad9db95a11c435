"""Words of articles and questions that try to run, to load something or to look like the page itself."""

import re
import unicodedata
from urllib.parse import urlencode

import pytest
from web_articles import HOSTILE, PAYLOADS, UNTITLED, article
from web_served import make_index, serve_chat

from assistant import Assistant

pytestmark = pytest.mark.browser

FOREIGN_ELEMENTS = (
    "script, img, svg, iframe, object, embed, video, input, form, style, link, meta, base, math"
)
OWN_LINK = re.compile(
    r"#(?:cite|edit|watch|remove|share|unshare)-[\w.%~-]+$|/article\?|https://gazette\.example/"
)
PARTS = ("#thread", "#sources", "#newest", "#table", "#period")


@pytest.fixture
def chat(open_chat, hostile_address):
    return open_chat(hostile_address)


def visible(text):
    """The text without its control and format characters, which a question may lose."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Zs"} and c != "\ufffd")


def assert_inert(page):
    assert page.evaluate("window.pwned") is None
    for part in PARTS:
        assert page.locator(part).locator(FOREIGN_ELEMENTS).count() == 0
        for link in page.locator(part).locator("a").all():
            address = link.get_attribute("href")
            assert OWN_LINK.match(address), address


def test_payloads_in_articles_are_shown_as_the_words_they_are(chat):
    page = chat.page
    for number in range(0, len(HOSTILE), 15):
        chat.ask(f"What was reported about the quagmire of case {number}?")
    shown = page.locator("#sources").text_content()
    # In a title every payload stands whole, but for its line breaks; at least some cards must show theirs.
    assert sum(article.title in shown for article in HOSTILE) >= 5
    assert_inert(page)
    for marker in page.locator("#thread a.marker").all()[:5]:
        marker.click()
    assert_inert(page)


def test_payloads_in_a_drawn_timeline_are_shown_as_the_words_they_are(open_chat, tmp_path):
    articles = [
        article(
            f"dated-{number:02d}.md",
            f"Quagmire {number} {payload}",
            f"Gazette {payload}",
            "2031-05-30",
            f"On {number % 28 + 1} May 2031 case {number} of the Ostheim quagmire was {payload} found and filed.",
        )
        for number, payload in enumerate(" ".join(one.split()) for one in PAYLOADS)
    ]
    settings = make_index(tmp_path, articles).model_copy(update={"answer_events": 100})
    with Assistant.open(settings) as assistant:
        served = serve_chat(assistant)
        chat = open_chat(next(served))
        turn = chat.ask("What happened in Ostheim in May 2031?")
        dots = turn.locator(".plot a.dot")
        assert dots.count() > 10
        words = [dot.locator("title").text_content() for dot in dots.all()]
        assert sum(any(payload in title for payload in PAYLOADS) for title in words) > 5
        for dot in dots.all()[:5]:
            dot.click()
        inside = turn.locator("svg *").evaluate_all("parts => parts.map(part => part.tagName)")
        assert set(inside) == {"a", "title", "line", "circle", "text"}
        assert turn.locator("svg").count() == turn.locator("figure.plot > svg").count() == 1
        turn.locator("svg").evaluate("drawing => drawing.remove()")
        assert_inert(chat.page)
        next(served, None)


def test_payloads_as_questions_are_shown_as_the_words_they_are(chat):
    for first in range(0, len(PAYLOADS), 16):
        question = " and ".join(("Is this in Ostheim?", *PAYLOADS[first : first + 16]))
        turn = chat.ask(question)
        assert visible(turn.locator(".question").text_content()) == visible(question)
    assert_inert(chat.page)


def test_payloads_in_the_list_of_articles_are_shown_as_the_words_they_are(chat):
    page = chat.page
    page.get_by_role("tab", name="Corpus").click()
    page.locator(".articles").wait_for()
    assert_inert(page)
    every = [*HOSTILE, *UNTITLED]
    shown = page.locator(".articles tbody th a:not(.remove)").all_text_contents()
    for first in range(50, len(every), 50):
        page.get_by_role("button", name="Next").click()
        page.get_by_text(f"{first + 1} to {min(first + 50, len(every))} of {len(every)}").wait_for()
        assert_inert(page)
        shown += page.locator(".articles tbody th a:not(.remove)").all_text_contents()
    assert sorted(map(visible, shown)) == sorted(visible(one.title or one.id) for one in every)


def test_payloads_in_names_of_files_are_shown_as_the_words_they_are(chat):
    page = chat.page
    for number in range(0, len(UNTITLED), 20):
        chat.ask(f"Which leaflet lay in the library of Ostheim until case {number} was heard?")
    shown = page.locator("#sources").text_content()
    assert sum(one.id in shown for one in UNTITLED) >= 4
    assert_inert(page)
    for one in UNTITLED[::3]:
        chat.go(f"{chat.address}/article?{urlencode({'id': one.id})}")
        assert page.locator("h1").text_content() == one.id
        assert page.evaluate("window.pwned") is None
        assert page.locator("body").locator(FOREIGN_ELEMENTS).count() == 0


def test_payloads_on_an_article_page_are_shown_as_the_words_they_are(chat):
    page = chat.page
    for one in HOSTILE[::3]:
        chat.go(f"{chat.address}/article?{urlencode({'id': one.id, 'start': 0, 'end': 10})}")
        assert page.locator(".text").text_content() == one.text.replace("\x00", "\ufffd")
        assert page.evaluate("window.pwned") is None
        assert page.locator("body").locator(FOREIGN_ELEMENTS).count() == 0
