"""An answer asked again with another model, in a real browser."""

import pytest
from scripted_chat import ScriptedChat
from web_articles import PRESS
from web_served import PHONE, make_index, serve_chat

from assistant import Assistant

pytestmark = pytest.mark.browser
DEATHS = "How many people died in the collapse of the Varn bridge?"


def test_an_answer_is_asked_again_with_the_built_in_answerer_and_back(open_chat, tmp_path):
    with Assistant.open(make_index(tmp_path / "index", PRESS)) as assistant:
        assistant.chat_model = ScriptedChat(pieces=("Fourteen people died in the collapse. [1]",))
        serving = serve_chat(assistant)
        chat = open_chat(next(serving), viewport=PHONE)
        page = chat.page
        written = page.locator("#turn-1.done .measure", has_text="written by chat model")
        chat.ask(DEATHS)
        written.wait_for()
        page.get_by_role("button", name="built-in answerer").click()
        written.wait_for(state="detached")
        page.locator("#turn-1.done").wait_for()
        chat.settle()
        page.get_by_role("button", name="chat model").click()
        written.wait_for()
        chat.settle()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.close()
        next(serving, None)


def test_without_a_chat_model_nothing_is_offered(open_chat, address):
    chat = open_chat(address)
    chat.ask(DEATHS)
    assert not chat.page.locator("#models").is_visible()
