"""Work ends when nobody waits for it: the Stop button, a closed page, the time limit."""

import itertools
import time

import pytest
from web_articles import PRESS
from web_served import make_index, serve_chat

from assistant import Answer, Assistant

pytestmark = pytest.mark.browser


class Endless(Assistant):
    """An assistant whose answers grow for ever; it keeps when it last worked and how often it was stopped."""

    worked = 0.0
    stopped = 0

    def suggest(self):
        yield "Who asks for ever?"

    def stream(self, question, **options):
        try:
            for words in itertools.count(1):
                self.worked = time.monotonic()
                time.sleep(0.05)
                yield Answer(question, question, "answered", True, text="word " * (words % 50), final=False)
        finally:
            self.stopped += 1


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    settings = make_index(tmp_path_factory.mktemp("endless"), PRESS[:1])
    # long enough that a busy machine clicks "Stop" before the answer is given up
    with Endless.open(settings.model_copy(update={"answer_seconds": 8.0})) as opened:
        yield opened


@pytest.fixture(scope="module")
def endless_address(endless):
    yield from serve_chat(endless)


def assert_stops(endless):
    """The work stands still within two seconds, and what it held is given up when its time is over."""
    time.sleep(2)
    worked = endless.worked
    deadline = time.monotonic() + 2 * endless.settings.answer_seconds
    while not endless.stopped and time.monotonic() < deadline:
        time.sleep(0.05)
    assert endless.stopped == 1
    assert endless.worked == worked


def begin(open_chat, address, endless):
    chat = open_chat(address)
    endless.stopped = 0
    chat.page.locator(".example").first.click()
    chat.page.get_by_text("word word").wait_for()
    return chat.page


def test_stop_ends_the_work_and_gives_the_page_back(open_chat, endless_address, endless):
    page = begin(open_chat, endless_address, endless)
    page.get_by_role("button", name="Stop").click()
    page.locator("#welcome").wait_for()
    assert_stops(endless)
    assert page.locator("#thread .turn").count() == 0
    assert page.get_by_role("button", name="Ask", exact=True).is_visible()
    assert page.locator("#question textarea").input_value() == "Who asks for ever?"


def test_a_closed_page_ends_the_work_within_two_seconds(open_chat, endless_address, endless):
    begin(open_chat, endless_address, endless).close()
    assert_stops(endless)


def test_an_answer_that_takes_too_long_is_given_up_in_one_line(open_chat, endless_address, endless):
    page = begin(open_chat, endless_address, endless)
    page.locator(".failure").wait_for()
    assert_stops(endless)
    assert page.locator(".failure").inner_text().count("\n") == 0
