"""Readers who leave and come back: a newcomer over two days, two tabs on one conversation, a browser that dies."""

import os
import signal
import time

import pytest
from test_chat import answered
from test_chat_page import DEATHS
from test_stopping import Endless, assert_stops
from web_articles import PRESS
from web_served import DESKTOP, PHONE, make_index, serve_chat
from web_users import with_settings

from assistant import Answer, Assistant
from assistant.workspace.sqlite.conversations import SqliteConversations
from assistant.workspace.watches import watches_of
from assistant.workspace.watching import Watching

pytestmark = pytest.mark.browser

ARTICLE = "---\ntitle: {}\npublisher: Evening Paper\npublished: {}\n---\n{}"
FIRST = (
    ("Fire burns down the mill of Karst", "2031-05-05", "The mill of Karst burned down on Monday night."),
    (
        "The mill had no alarm",
        "2031-05-06",
        "The mill of Karst had no fire alarm, Lena Holt said on Tuesday.",
    ),
    (
        "Karst mourns",
        "2031-05-07",
        "Two thousand people walked through Karst on Wednesday evening, with candles.",
    ),
)
LATER = (
    (
        "Toll rises",
        "2031-05-10",
        "Twenty people died in the collapse of the Varn bridge, the mayor of Holmby said on Saturday. Six bodies "
        "were found in the river.",
    ),
)


def add(page, articles):
    """Add articles as files, in the tab of the corpus, and wait until they are read."""
    page.get_by_role("tab", name="Corpus").click()
    page.locator("#table table").wait_for()
    files = [
        {
            "name": f"{day}.md",
            "mimeType": "text/markdown",
            "buffer": ARTICLE.format(title, day, text).encode(),
        }
        for title, day, text in articles
    ]
    page.locator("#chosen-files").set_input_files(files)
    for title, _, _ in articles:
        page.locator(".jobs li", has_text="1 added").get_by_role("link", name=title).wait_for()


def test_a_newcomer_comes_back_the_next_day_and_sees_what_is_new(open_chat, tmp_path):
    settings = make_index(tmp_path / "index", PRESS)
    look = {"viewport": PHONE, "color_scheme": "dark", "timezone_id": "America/Los_Angeles"}
    with Assistant.open(settings) as assistant:
        serving = serve_chat(assistant)
        chat = open_chat(next(serving), **look)
        add(chat.page, FIRST)
        chat.page.get_by_role("tab", name="Questions").click()
        assert "Fourteen" in chat.ask(DEATHS).locator(".short").inner_text()
        chat.settle()
        chat.page.close()
        next(serving, None)
    watches = watches_of(settings)
    with Assistant.open(settings) as assistant, Watching(assistant, watches, settled_seconds=0.05):
        serving = serve_chat(assistant)
        chat = open_chat(next(serving), **look)
        page = chat.page
        page.get_by_role("button", name="Conversations").click()
        page.locator("#desk").get_by_role("link", name=DEATHS).click()
        page.locator("#turn-1.done").get_by_role("link", name="Watch").click()
        page.get_by_text("Watched: see the tab").wait_for()
        add(page, LATER)
        deadline = time.monotonic() + 60
        while not watches.changes() and time.monotonic() < deadline:
            page.wait_for_timeout(50)
        chat.go(page.url.partition("?")[0])
        page.locator("[role=tab][data-unseen='1']").click()
        before, now = page.locator(".change .side").all()
        assert "Fourteen" in before.inner_text() and "4 March 2031" in before.inner_text()
        # a file's day that lies ahead is no day of publication
        assert "Twenty" in now.inner_text() and "Evening Paper, no date" in now.inner_text()
        assert "Twenty" in now.locator("q.differs").first.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        chat.settle()
        page.close()
        next(serving, None)


def test_two_tabs_on_one_conversation_lose_nothing(open_chat, assistant, tmp_path):
    serving = serve_chat(with_settings(assistant, workspace=tmp_path))
    address = next(serving)
    one = open_chat(address)
    one.ask(DEATHS)
    one.page.wait_for_url("**/?conversation=*")
    two = open_chat(address)
    two.go(one.page.url)
    two.page.locator("#turn-1.done").wait_for()
    one.ask("When was that?")
    two.ask("Who led the commission?")
    assert "kept as a copy of its own" in two.page.locator("#turn-2 .remark").inner_text()
    assert one.page.url != two.page.url
    one.reload()
    one.page.locator("#turn-2.done", has_text="When was that?").wait_for()
    kept = SqliteConversations(tmp_path).list("")
    assert [conversation.turns for conversation in kept] == [2, 2]
    for chat in (one, two):
        chat.page.close()
    next(serving, None)


class Paced(Assistant):
    """An assistant that answers the question ``slow`` for ever, and any other at once."""

    slow = "Who asks for ever?"

    def suggest(self):
        yield from ()

    def stream(self, question, **options):
        while question == self.slow:
            time.sleep(0.05)
            yield Answer(question, question, "answered", True, text="word word", final=False)
        yield from super().stream(question, **options)


@pytest.fixture(scope="module")
def paced_address(tmp_path_factory):
    settings = make_index(tmp_path_factory.mktemp("paced"), PRESS)
    with Paced.open(settings.model_copy(update={"answer_seconds": 8.0})) as opened:
        yield from serve_chat(opened)


@pytest.mark.parametrize("before", [[], [DEATHS]], ids=["first", "later"])
def test_a_reload_before_the_answer_brings_the_question_back(open_chat, paced_address, before):
    chat = open_chat(paced_address)
    page, box = chat.page, chat.page.locator("#question textarea")
    for question in before:
        chat.ask(question)
        page.wait_for_url("**/?conversation=*")
    box.fill(Paced.slow)
    box.press("Enter")
    page.get_by_text("word word").wait_for()
    assert box.input_value() == ""
    for _ in range(2):
        page.reload()
        page.locator("#unanswered", has_text="not answered before the page was left").wait_for()
        assert box.input_value() == Paced.slow
    assert page.locator("#thread .turn.done").count() == len(before)
    box.fill("Who led the commission on the Varn bridge?")
    chat.ask(box.input_value())
    assert page.locator("#unanswered").inner_text() == ""
    assert page.locator("#thread .turn.done").count() == len(before) + 1
    chat.reload()
    page.locator(f"#turn-{len(before) + 1}.done").wait_for()
    chat.settle(0.3)
    assert box.input_value() == ""
    left = (
        "AbortError",
        "Unexpected error Connection errored out",
    )  # Gradio, of a page left before its answer
    chat.complaints[:] = [one for one in chat.complaints if not one.startswith(left)]


def test_what_is_typed_and_not_yet_asked_outlives_a_reload(open_chat, paced_address):
    chat = open_chat(paced_address)
    box = chat.page.locator("#question textarea")
    box.fill("Who led the")
    chat.reload()
    deadline = time.monotonic() + 15
    while box.input_value() != "Who led the" and time.monotonic() < deadline:
        chat.page.wait_for_timeout(50)
    assert box.input_value() == "Who led the"
    assert not chat.page.locator("#unanswered").is_visible()


def test_a_browser_that_dies_in_the_middle_of_an_answer_loses_nothing(launch, open_chat, tmp_path):
    settings = make_index(tmp_path / "index", PRESS[:1]).model_copy(update={"answer_seconds": 8.0})
    kept = SqliteConversations(tmp_path / "index").create("", [answered(1)])
    with Endless.open(settings) as endless:
        serving = serve_chat(endless)
        address = f"{next(serving)}/?conversation={kept.id}"
        dying = launch()
        page = dying.new_page(viewport=DESKTOP)
        page.goto(address)
        page.locator("#turn-1.done").wait_for()
        page.locator("#question textarea").fill("Who asks for ever?")
        page.locator("#question textarea").press("Enter")
        page.get_by_text("word word").wait_for()
        processes = dying.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        os.kill(next(one["id"] for one in processes if one["type"] == "browser"), signal.SIGKILL)
        assert_stops(endless)
        chat = open_chat(address.partition("/?")[0])
        chat.go(address)
        chat.page.locator("#turn-1.done", has_text="Question 1?").wait_for()
        assert chat.page.locator("#thread .turn").count() == 1
        chat.page.close()
        next(serving, None)
