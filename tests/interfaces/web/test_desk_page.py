"""Conversations as a reader uses them in a real browser: left, found, renamed, edited, deleted."""

import pytest
from test_chat_page import DEATHS, UNANSWERABLE
from web_articles import PRESS
from web_served import DESKTOP, PHONE, make_index, serve_chat
from web_users import with_settings

from assistant import Assistant
from assistant.workspace.sqlite.watches import SqliteWatches
from assistant.workspace.watching import look

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def own_address(assistant, tmp_path_factory):
    yield from serve_chat(with_settings(assistant, workspace=tmp_path_factory.mktemp("workspace")))


def items(chat):
    return chat.page.locator("#desk li")


@pytest.mark.parametrize("viewport", [WIDE, DESKTOP, PHONE], ids=["wide", "desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_outlives_the_page(open_chat, own_address, viewport, scheme):
    chat = open_chat(own_address, viewport=viewport, color_scheme=scheme)
    page = chat.page
    chat.ask(DEATHS)
    page.wait_for_url("**/?conversation=*")
    chat.ask("When was that?")
    chat.reload()
    page.locator("#turn-2.done").wait_for()
    page.locator("#turn-1 a.marker").first.click()
    assert "Fourteen people died" in page.locator("#sources mark.followed").first.inner_text()
    page.keyboard.press("Escape")
    if viewport != WIDE:
        assert not page.locator("#desk").is_visible()
        page.locator("#desk-toggle").click()
    first = items(chat).first
    first.wait_for()
    assert DEATHS in first.inner_text()
    assert "2 questions" in first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_role("navigation", name="Conversations").get_by_text("New conversation").click()
    page.locator("#welcome").wait_for()
    assert "conversation=" not in page.url
    chat.ask(UNANSWERABLE)
    assert page.locator("#thread .turn").count() == 1


def test_it_is_found_renamed_and_deleted(open_chat, own_address):
    chat = open_chat(own_address, viewport=WIDE)
    page = chat.page
    hostile = "<img src=x onerror=window.pwned=1><b>zebra</b>"
    chat.ask(DEATHS)
    page.locator("#desk li:has([aria-current])").get_by_role("button", name="Rename").click()
    page.get_by_label("Title").fill(hostile)
    page.keyboard.press("Enter")
    page.locator("#desk li", has_text=hostile).wait_for()
    page.get_by_label("Find a conversation").fill("zebra")
    page.locator("#desk li:only-child", has_text="zebra").wait_for()
    assert page.evaluate("window.pwned") is None
    assert page.locator("#desk li img").count() == 0
    page.get_by_label("Find a conversation").fill("no such words")
    page.get_by_text("No conversation holds these words.").wait_for()
    page.get_by_label("Find a conversation").fill("zebra")
    with page.expect_download() as download:
        items(chat).first.get_by_role("button", name="Save all").click()
    assert "Fourteen people died" in download.value.path().read_text(encoding="utf-8")
    items(chat).first.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    page.locator("#welcome").wait_for()
    page.get_by_text("No conversation holds these words.").wait_for()


def test_a_question_is_edited_and_asked_again_from_there(open_chat, own_address):
    chat = open_chat(own_address)
    page = chat.page
    chat.ask(DEATHS)
    chat.ask("When was that?")
    page.locator("#turn-1 a.edit").click()
    page.locator("#editing", has_text="Editing question 1").wait_for()
    box = page.locator("#question textarea")
    assert box.input_value() == DEATHS
    box.fill("Who led the commission on the Varn bridge?")
    box.press("Enter")
    page.locator("#turn-1.done .question", has_text="Who led").wait_for()
    assert page.locator("#thread .turn").count() == 1
    assert not page.locator("#editing .editing").is_visible()


def test_another_tab_opens_it_and_an_unknown_one_is_one_line(open_chat, own_address):
    one = open_chat(own_address)
    one.ask(DEATHS)
    one.page.wait_for_url("**/?conversation=*")
    other = open_chat(own_address)
    other.go(one.page.url)
    other.page.locator("#turn-1.done").wait_for()
    one.go(f"{own_address}/?conversation=unknown")
    one.page.get_by_text("there is no such conversation").wait_for()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_box_of_a_follow_up_hides_behind_nothing(open_chat, own_address, viewport):
    chat = open_chat(own_address, viewport=viewport)
    page = chat.page
    chat.ask(DEATHS)
    chat.ask("When was that?")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Published from").wait_for()
    for part in ("#understood textarea", "#again", "#question textarea", "#copy", "#clear"):
        assert page.locator(part).evaluate(
            """part => {
                 const box = part.getBoundingClientRect();
                 const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                 return part === top || part.contains(top);
               }"""
        ), part


ADDED = (
    "---\ntitle: Toll rises\npublisher: Evening Paper\n---\nTwenty people died in the collapse of the Varn bridge, "
    "the mayor of Holmby said on Saturday. Six bodies were found in the river."
)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_articles_are_added_and_a_watched_answer_shows_what_changed(open_chat, tmp_path, viewport):
    with Assistant.open(make_index(tmp_path / "index", PRESS)) as assistant:
        serving = serve_chat(assistant)
        chat = open_chat(next(serving), viewport=viewport)
        page = chat.page
        chat.ask(DEATHS)
        page.locator("#turn-1 a.watch").click()
        page.get_by_text("Watched: see the tab").wait_for()
        page.get_by_role("tab", name="Corpus").click()
        file = {"name": "toll.md", "mimeType": "text/markdown", "buffer": ADDED.encode()}
        page.locator("#chosen-files").set_input_files([file])
        page.locator(".jobs li", has_text="1 added").wait_for()
        page.locator("#table tbody tr:first-child", has_text="Toll rises").wait_for()
        assert page.get_by_label("Order").input_value() == "Last added"
        page.locator("#period", has_text="6 articles").wait_for()
        page.get_by_role("button", name="Clear this list").click()
        page.locator(".jobs li").wait_for(state="detached")
        look(assistant, SqliteWatches(tmp_path / "index"))
        chat.reload()
        page.locator("[role=tab][data-unseen='1']").click()
        changed = page.locator(".change")
        changed.wait_for()
        assert "Fourteen" in changed.locator(".side").first.inner_text()
        assert "Twenty" in changed.locator(".side").last.inner_text()
        page.locator("[role=tab]:not([data-unseen])", has_text="Watching").wait_for()
        page.locator(".watched summary", has_text="Send changes to another program").click()
        page.get_by_label("Address that is told when the answer changes").fill("https://news.example/hook")
        page.locator(".watched").get_by_role("button", name="Save").click()
        page.locator(".watched summary", has_text="Changes are sent to news.example").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        page.get_by_role("tab", name="Corpus").click()
        page.locator("#table tr", has_text="Toll rises").locator("a.remove").click()
        page.locator("#adding summary", has_text="Removed articles (1)").click()
        page.get_by_role("button", name="Restore").click()
        page.locator("#table").get_by_text("Toll rises").wait_for()
        page.close()
        next(serving, None)


def test_a_pasted_text_becomes_an_article_and_a_greeting_suggests_questions(open_chat, tmp_path):
    with Assistant.open(make_index(tmp_path / "index", PRESS)) as assistant:
        serving = serve_chat(assistant)
        chat = open_chat(next(serving))
        page = chat.page
        page.get_by_role("tab", name="Corpus").click()
        address = page.get_by_label("Addresses of articles or feeds")
        address.click()
        page.evaluate(
            "words => navigator.clipboard.writeText(words)", "The pier closes.\n\nIt *rusts*, # too."
        )
        page.keyboard.press("ControlOrMeta+V")
        text = page.get_by_label("Text of the article")
        assert text.input_value() == "The pier closes.\n\nIt *rusts*, # too."
        page.get_by_label("Title of the article").fill("Pier / closes")
        page.get_by_label("Publisher of the article").fill("Evening Paper")
        page.get_by_label("Published of the article").fill("2025-04-01")
        page.get_by_role("button", name="Add this text").click()
        page.locator(".jobs li a", has_text="Pier").wait_for()
        row = page.locator("#table tr", has_text="Pier / closes")
        row.wait_for()
        assert "Evening Paper" in row.inner_text() and "1 April 2025" in row.inner_text()
        assert text.input_value() == ""
        dropped = page.evaluate_handle(
            """words => {
                 const given = new DataTransfer();
                 given.items.add(new File([words], "toll.md"));
                 return given;
               }""",
            ADDED,
        )
        page.dispatch_event("#adding .drop", "drop", {"dataTransfer": dropped})
        page.locator(".jobs li", has_text="toll.md").filter(has_text="1 added").wait_for()
        large = tmp_path / "large.md"
        with large.open("wb") as file:
            file.truncate(200_000_000)
        page.locator("#chosen-files").set_input_files(large)
        page.get_by_text("large.md: larger than 50 MB").wait_for()
        address.fill("pier closes")
        address.press("Enter")
        page.get_by_text("An address begins with http").wait_for()
        page.get_by_role("tab", name="Questions").click()
        assert "Not answered" not in chat.ask("hello").inner_text()
        page.locator("a.suggested").first.click()
        page.locator("#turn-2.done").wait_for()
        page.close()
        next(serving, None)


def test_the_sheet_of_keys_opens_and_its_keys_work(open_chat, own_address):
    page = open_chat(own_address).page
    page.locator("#question textarea").blur()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    sheet.wait_for()
    page.keyboard.press("?")
    sheet.wait_for(state="hidden")
    page.keyboard.press("2")
    page.locator(".articles").wait_for()
    page.keyboard.press("3")
    page.get_by_label("Question to watch").wait_for()
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.locator("#desk").wait_for()


def gone_to(page, address, shown):
    page.wait_for_url(address)
    page.locator(shown).wait_for()


def test_back_and_forth_go_through_views_and_conversations(open_chat, own_address):
    chat = open_chat(own_address)
    page = chat.page
    chat.ask(DEATHS)
    page.wait_for_url("**/?conversation=*")
    first = page.url
    chat.ask("When was that?")
    assert page.url == first
    page.get_by_role("tab", name="Corpus").click()
    page.wait_for_url("**/?view=corpus&conversation=*")
    page.locator("#table table").wait_for()
    page.go_back()
    gone_to(page, first, "#turn-2.done")
    page.locator("#clear").click()
    gone_to(page, f"{own_address}/", "#welcome")
    chat.ask(UNANSWERABLE)
    page.wait_for_url("**/?conversation=*")
    second = page.url
    page.go_back()
    gone_to(page, f"{own_address}/", "#welcome")
    page.go_back()
    gone_to(page, first, "#turn-2.done")
    page.go_back()
    gone_to(page, f"{own_address}/", "#welcome")
    for _ in range(3):
        page.go_forward()
        page.wait_for_timeout(200)
    gone_to(page, second, "#turn-1.unanswered.done")
    chat.go(f"{own_address}/?view=watching")
    page.get_by_label("Question to watch").wait_for()


def test_the_list_stands_beside_the_answers_or_gives_way_to_them(open_chat, own_address):
    chat = open_chat(own_address)
    page = chat.page
    turn = chat.ask(DEATHS)
    page.locator("#desk-toggle").click()
    page.locator("#desk li").first.wait_for()
    desk, answer = page.locator("#desk").bounding_box(), turn.bounding_box()
    assert answer["x"] >= desk["x"] + desk["width"] and answer["width"] > 400
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    turn.click()
    assert page.locator("#desk").is_visible()
    page.set_viewport_size({"width": 1000, "height": 800})
    page.locator("#desk").wait_for(state="hidden")
    page.set_viewport_size(WIDE)


def test_on_a_phone_back_closes_what_slid_over_the_page(open_chat, own_address):
    chat = open_chat(own_address, viewport=PHONE)
    page = chat.page
    turn = chat.ask(DEATHS)
    page.wait_for_url("**/?conversation=*")
    here = page.url
    turn.locator("a.marker").first.click()
    source = page.locator("#sources mark.followed").first
    source.wait_for()
    page.go_back()
    source.wait_for(state="hidden")
    assert page.url == here and turn.is_visible()
    page.locator("#desk-toggle").click()
    page.locator("#desk li").first.wait_for()
    page.locator("#desk .whose", has_text="Nobody signs in here").wait_for()
    page.go_back()
    page.locator("#desk").wait_for(state="hidden")
    assert page.url == here and turn.is_visible()
    page.locator("#desk-toggle").click()
    page.locator("#desk").get_by_role("button", name="Close").click()
    page.locator("#desk").wait_for(state="hidden")
    page.wait_for_timeout(700)  # the step back over the list that was closed is made a little later
    assert page.url == here and turn.is_visible()
    page.locator("#desk-toggle").click()
    page.get_by_role("navigation", name="Conversations").get_by_text("New conversation").click()
    gone_to(page, f"{own_address}/", "#welcome")
    page.wait_for_timeout(700)
    page.go_back()
    gone_to(page, here, "#turn-1.done")
