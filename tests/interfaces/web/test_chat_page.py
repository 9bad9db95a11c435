"""The chat as an analyst uses it, in a real browser."""

import json
import re

import pytest
from web_articles import PRESS
from web_served import PHONE

pytestmark = pytest.mark.browser

DEATHS = "How many people died in the collapse of the Varn bridge?"
UNANSWERABLE = "Which orchestra won the Lisbon violin prize?"
TEXTS = {article.id: article.text for article in PRESS}


@pytest.fixture
def chat(open_chat, address):
    return open_chat(address)


def exported(chat, button):
    with chat.page.expect_download() as download:
        chat.page.locator(button).click()
    return download.value


def test_first_page_says_what_is_indexed_and_asks_an_example(chat):
    assert "5 articles" in chat.page.locator("#period").inner_text()
    assert "4 March 2031 to 2 April 2031" in chat.page.locator("#period").inner_text()
    assert "Ferry replaces the fallen bridge" in chat.page.locator("#newest li").first.inner_text()
    example = chat.page.locator(".example:visible").first
    question = example.inner_text()
    example.click()
    turn = chat.page.locator("#turn-1")
    chat.page.locator("#turn-1.done").wait_for()
    assert turn.locator(".question").inner_text() == question
    assert not chat.page.locator("#welcome").is_visible()


def test_a_marker_leads_to_the_quoted_words_in_their_article(chat):
    turn = chat.ask(DEATHS)
    assert "answered" in turn.get_attribute("class").split()
    marker = turn.locator("a.marker").first
    marker.click()
    followed = chat.page.locator("#sources mark.followed").first
    assert followed.evaluate(
        """mark => {
             const box = mark.getBoundingClientRect();
             return box.top >= 0 && box.bottom <= innerHeight;
           }"""
    )
    card = chat.page.locator(".card", has=chat.page.locator("mark.followed"))
    assert card.locator("h3").inner_text() == "Bridge over the Varn collapses"
    assert "Demo Wire" in card.inner_text()
    assert card.locator(".authors").inner_text() == "by Ada Berg and Jo Roe"
    assert "4 March 2031" in card.inner_text()
    assert "Fourteen people died" in followed.inner_text()
    assert "Divers searched" in card.locator(".excerpt").inner_text()
    assert "Divers searched" not in followed.inner_text()
    original = card.get_by_role("link", name="Original")
    assert original.get_attribute("href") == "https://demo-wire.example/varn"
    assert set(original.get_attribute("rel").split()) == {"noopener", "noreferrer"}
    assert original.get_attribute("target") == "_blank"


def test_the_article_page_shows_the_whole_text_with_the_quotation_marked(chat):
    chat.ask(DEATHS)
    with chat.page.context.expect_page() as opened:
        chat.page.locator("#sources .current .card").first.get_by_role("link", name="Full text").click()
    page = opened.value
    page.wait_for_load_state()
    assert page.locator(".byline .authors").inner_text() == "by Ada Berg and Jo Roe"
    assert page.locator(".text").text_content() == TEXTS["bridge.md"]
    assert page.locator("mark").text_content() in TEXTS["bridge.md"]
    assert page.locator("script").count() == 0


def test_what_the_corpus_does_not_hold_looks_different_and_shows_the_nearest(chat):
    turn = chat.ask(UNANSWERABLE, by="#send")
    assert "unanswered" in turn.get_attribute("class").split()
    assert turn.locator(".badge.withheld").is_visible()
    assert turn.locator(".short").count() == 0
    turn.locator(".nearest a.marker").first.click()
    assert chat.page.locator("#sources h2:visible").inner_text() == "Nearest passages"
    assert any(
        chat.page.locator("#sources mark.followed").first.inner_text() in text for text in TEXTS.values()
    )


def test_a_follow_up_shows_how_it_was_understood_and_older_markers_still_work(chat):
    chat.ask(DEATHS)
    turn = chat.ask("And who said that?")
    assert "Varn" in turn.locator(".understood").inner_text()
    chat.page.locator("#turn-1 a.marker").first.click()
    assert chat.page.locator("#sources .current .asked").inner_text() == DEATHS


def test_a_conversation_is_exported_with_its_sources(chat):
    chat.ask(DEATHS)
    chat.ask(UNANSWERABLE)
    download = exported(chat, "#save-json")
    assert re.fullmatch(r"conversation-\d{4}-\d\d-\d\d\.json", download.suggested_filename)
    answers = json.loads(download.path().read_text(encoding="utf-8"))["answers"]
    assert [answer["question"] for answer in answers] == [DEATHS, UNANSWERABLE]
    assert [answer["answered"] for answer in answers] == [True, False]
    for citation in answers[0]["citations"]:
        assert TEXTS[citation["article"]][citation["start"] : citation["end"]] == citation["quote"]
    markdown = exported(chat, "#save-markdown").path().read_text(encoding="utf-8")
    assert "Fourteen people died" in markdown
    assert "<https://demo-wire.example/varn>" in markdown
    chat.page.locator("#copy").click()
    chat.page.get_by_text("Copied").wait_for()
    assert chat.page.evaluate("navigator.clipboard.readText()") == markdown
    chat.page.locator("#clear").click()
    chat.page.locator("#welcome").wait_for()
    assert chat.page.locator("#thread .turn").count() == 0


def test_filters_bound_the_answer_and_stay_visible(chat):
    chat.page.get_by_role("button", name="Filters").click()
    chat.page.get_by_label("Published from").fill("2031-03-10")
    chat.page.get_by_label("Publishers").click()
    chat.page.get_by_role("option", name="Sample Post").click()
    chat.page.get_by_role("button", name="Filters: from 10 March 2031, Sample Post").wait_for()
    chat.ask("What brought down the Varn bridge?")
    times = chat.page.locator("#sources .current time").all()
    dates = [time.get_attribute("datetime") for time in times]
    assert dates
    assert all(date >= "2031-03-10" for date in dates)
    chat.page.get_by_label("Published to").fill("2031-03-01")
    chat.page.get_by_role("button", name="to 1 March 2031").wait_for()
    assert chat.ask("What brought down the Varn bridge?", end="failed").locator(".failure").is_visible()


def test_an_error_is_one_line_and_the_conversation_goes_on(chat):
    assert chat.ask(" ", end="failed").locator(".failure").is_visible()
    assert chat.page.locator("#welcome").is_visible()
    long = "why " * 1001
    chat.ask(long, end="failed")
    chat.page.locator(".failure", has_text="4,003 characters").wait_for()
    assert chat.page.locator("#question textarea").input_value() == long
    assert chat.page.locator("#welcome").is_visible()
    assert chat.page.locator(".turn .question").count() == 0
    assert "Traceback" not in chat.page.locator("body").inner_text()
    assert chat.ask(DEATHS).locator("a.marker").count() > 0


def test_the_keyboard_alone_suffices(chat):
    page = chat.page
    page.locator("body").press("/")
    page.keyboard.type(DEATHS)
    page.keyboard.press("Enter")
    page.locator("#turn-1.done").wait_for()
    marker = page.locator("#turn-1 a.marker").first
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if marker.evaluate("marker => marker === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert "Fourteen people died" in page.locator("mark:focus").inner_text()
    page.keyboard.press("Escape")
    assert marker.evaluate("marker => marker === document.activeElement")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(open_chat, address, scheme):
    chat = open_chat(address, viewport=PHONE, color_scheme=scheme)
    page = chat.page
    turn = chat.ask(DEATHS)
    assert not page.locator("#sources .card").first.is_visible()
    turn.locator("a.marker").first.click()
    followed = page.locator("#sources mark.followed").first
    assert followed.is_visible()
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= PHONE["width"]
    page.get_by_role("button", name="Close").click()
    assert not followed.is_visible()
    page.get_by_role("tab", name="Corpus").click()
    page.locator(".articles").wait_for()
    assert page.evaluate(width) <= PHONE["width"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert lightness < 64 if scheme == "dark" else lightness > 192


def test_the_corpus_can_be_searched_and_sorted(chat):
    page = chat.page
    page.get_by_role("tab", name="Corpus").click()
    rows = page.locator(".articles tbody tr")
    rows.first.wait_for()
    assert rows.count() == len(PRESS)
    assert "Ferry replaces" in rows.first.inner_text()
    page.get_by_label("Find by title, author, publisher or date").fill("sample rust")
    page.get_by_text("1 to 1 of 1").wait_for()
    assert "Engineers blame rust" in rows.first.inner_text()
    with page.context.expect_page() as opened:
        rows.first.get_by_role("link").first.click()
    opened.value.wait_for_load_state()
    assert opened.value.locator(".text").text_content() == TEXTS["inquiry.md"]


def test_two_pages_do_not_see_each_other(open_chat, address):
    one, other = open_chat(address), open_chat(address)
    one.ask(DEATHS)
    other.ask(UNANSWERABLE)
    assert DEATHS not in other.page.locator("body").inner_text()
    assert UNANSWERABLE not in one.page.locator("body").inner_text()
    assert other.page.locator("#turn-1 .understood").count() == 0


def test_how_a_follow_up_was_understood_is_shown_and_can_be_changed(chat):
    chat.ask(DEATHS)
    box = chat.page.locator("#understood textarea")
    assert not box.is_visible()
    chat.ask("When was that?")
    box.wait_for()
    assert box.input_value() == "When was the collapse of the Varn bridge?"
    assert box.input_value() in chat.page.locator("#turn-2 .understood").inner_text()
    box.fill("Who led the commission on the Varn bridge?")
    chat.page.locator("#again").click()
    chat.page.locator("#turn-2.done .understood", has_text="Who led the commission").wait_for()
    assert chat.page.locator("#thread .turn").count() == 2
    assert chat.page.locator("#turn-2 .question").inner_text() == "When was that?"
