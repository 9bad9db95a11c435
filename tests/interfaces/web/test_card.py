"""The card of an answer in a real browser, over the demonstration articles: who says so, when, and how many."""

import pytest
from web_served import DESKTOP, PHONE

NARROW = {"width": 320, "height": 640}
pytestmark = pytest.mark.browser

TOLL = "How many soldiers died at Boulkessi?"
OVERVIEW = "What happened in Mali in September 2024?"
IN_VIEW = """part => {
  const box = part.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= document.getElementById("composer").getBoundingClientRect().top;
}"""
IN_WINDOW = (
    "part => part.getBoundingClientRect().top >= 0 && part.getBoundingClientRect().bottom <= innerHeight"
)


@pytest.fixture
def chat(open_chat, corpus_address):
    return open_chat(corpus_address)


def test_an_answer_says_how_many_sources_outlets_and_days_it_rests_on(chat):
    turn = chat.ask("Who claimed the Kayes attacks?")
    assert (
        "3 independent reports of one claim, 3 outlets, 1–3 July 2025" in turn.locator(".rests").inner_text()
    )
    captions = turn.locator("figcaption").all_inner_texts()
    assert "claimed by JNIM · Demo Wire, 1 July 2025" in captions
    assert len(captions) == turn.locator("blockquote").count()
    assert "built-in reader" in chat.page.locator("#who-reads").inner_text()


def test_an_answer_from_one_source_says_so(chat):
    turn = chat.ask("How many people were killed in the Bamako attack?")
    assert "1 source, Specimen Monitor, 27 September 2024" in turn.locator(".rests").inner_text()
    assert "This answer rests on one source." in turn.locator(".notes").inner_text()


def test_tolls_that_differ_stand_next_to_each_other_with_speakers_and_dates(chat):
    turn = chat.ask(TOLL)
    assert turn.locator(".badge").inner_text() == "Sources differ"
    sides = turn.locator(".side")
    assert sides.locator("h3").all_inner_texts() == ["25", "as high as 40"]
    one, other = (sides.nth(place).bounding_box() for place in (0, 1))
    assert one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]
    assert "confirmed by government · 4 October 2019" in sides.nth(0).locator(".said").inner_text()
    assert "3 independent reports of one claim" in sides.nth(0).locator(".said").inner_text()
    assert sides.nth(1).locator(".said").inner_text() == "4 October 2019 · 1 source"
    captions = sides.nth(0).locator("figcaption").all_inner_texts()
    assert "said by government · Demo Wire, 1 October 2019" in captions
    sides.nth(1).locator("a.marker").click()
    assert "as high as 40" in chat.page.locator("#sources mark.followed").inner_text()


def test_on_a_phone_the_sides_stand_one_below_the_other(open_chat, corpus_address):
    chat = open_chat(corpus_address, viewport=PHONE)
    sides = chat.ask(TOLL).locator(".side")
    one, other = (sides.nth(place).bounding_box() for place in (0, 1))
    assert one["y"] + one["height"] <= other["y"]
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_a_comparison_is_read_down_not_sideways(open_chat, corpus_address):
    chat = open_chat(corpus_address, viewport=NARROW)
    turn = chat.ask("compare the tolls of Boulkessi and Dioura")
    for row in turn.locator(".compared tbody tr").all():
        label, told, source = (cell.bounding_box() for cell in row.locator("th, td").all())
        assert label["y"] + label["height"] <= told["y"] and told["y"] + told["height"] <= source["y"]
        assert told["width"] > NARROW["width"] * 0.75
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_on_a_phone_the_dates_of_the_filters_stand_whole_beside_each_other(open_chat, corpus_address):
    chat = open_chat(corpus_address, viewport=PHONE)
    chat.page.locator("#filters > button").click()
    for name in ("#after", "#before"):
        field = chat.page.locator(f"{name} input")
        field.wait_for()
        box, around = field.bounding_box(), chat.page.locator(name).bounding_box()
        assert box["x"] >= around["x"] and box["x"] + box["width"] <= around["x"] + around["width"]


def test_a_dot_of_the_timeline_brings_its_event_and_source_into_view(chat):
    turn = chat.ask(OVERVIEW)
    entries = turn.locator(".timeline li")
    dots = turn.locator(".plot a.dot")
    assert dots.count() == entries.count() > 2
    dot = turn.get_by_role("link", name="Tuesday 17 September 2024: The attack")
    dot.click()
    entry = turn.locator(".timeline li.followed")
    assert entry.locator("time").inner_text() == "Tuesday 17 September 2024"
    assert entry.evaluate(IN_VIEW)
    source = chat.page.locator("#sources mark.followed").first
    assert "17 September 2024" in source.inner_text() and source.evaluate(
        IN_VIEW.replace("free", "innerHeight")
    )
    dots.first.click()
    assert turn.locator(".timeline li.followed time").all_inner_texts() == ["1 to 10 September 2024"]


def test_on_a_phone_a_dot_leads_to_the_event_that_names_its_source(open_chat, corpus_address):
    chat = open_chat(corpus_address, viewport=PHONE)
    turn = chat.ask(OVERVIEW)
    turn.locator(".plot a.dot").last.click()
    assert turn.locator(".timeline li.followed").evaluate(IN_VIEW)
    assert not chat.page.locator("#sources .card").first.is_visible()
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_keyboard_reaches_a_dot_and_comes_back_to_it(chat):
    turn = chat.ask(OVERVIEW)
    dot = turn.locator(".plot a.dot").first
    marker = turn.locator(".timeline a.marker").first
    marker.focus()
    for _ in range(turn.locator(".plot a.dot").count()):
        chat.page.keyboard.press("Shift+Tab")
    focused = "part => part === document.activeElement"
    assert dot.evaluate(focused)
    chat.page.keyboard.press("Enter")
    assert turn.locator(".timeline li").first.evaluate("entry => entry.matches('.followed')")
    chat.page.keyboard.press("Escape")
    assert dot.evaluate(focused)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_count_has_a_table_of_bars_and_its_articles(open_chat, corpus_address, viewport):
    chat = open_chat(corpus_address, viewport=viewport)
    turn = chat.ask("Which articles mention Africa Corps by month?")
    table = turn.get_by_role("table")
    assert "5 articles mention" in table.locator("caption").inner_text()
    assert table.get_by_role("rowheader").all_inner_texts() == ["June 2025", "July 2025", "no date"]
    widths = [bar.bounding_box()["width"] for bar in table.locator(".bar").all()]
    assert widths[0] == widths[1] and widths[2] == pytest.approx(1.5 * widths[0], rel=0.01)
    assert turn.locator("li a.marker").count() == 5
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
