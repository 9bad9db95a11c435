"""A link to one answer: who can open it, until when, and what else of its conversation it shows."""

import contextlib

import httpx
import pytest
from test_chat import answered
from test_conversation_routes import client_of, users  # noqa: F401 - two users with passwords
from test_sign_in import with_settings
from web_served import DESKTOP, PHONE, serve_chat

from assistant.errors import UnknownConversation
from assistant.interfaces.web.conversation import Conversation, Shelf
from assistant.interfaces.web.shared_answer import answer_page
from assistant.workspace.sqlite.conversations import SqliteConversations

CANARY = "canary-8b40"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def closed(assistant, users, workspace):  # noqa: F811
    yield from serve_chat(with_settings(assistant, web_users=users, workspace=workspace))


@pytest.fixture
def conversations(workspace):
    return SqliteConversations(workspace)


@pytest.fixture
def own(conversations):
    """A conversation of Ada's whose first and third answer hold the canary."""
    answers = [answered(f"{CANARY} one"), answered("of the bridge"), answered(f"{CANARY} three")]
    return conversations.create("ada", answers).id


def opened(client, name, number):
    return client.get("/answer", params={"conversation": name, "number": number})


def test_another_user_opens_what_is_shared_and_nothing_else_of_it(closed, conversations, own):
    conversations.share("ada", own, 1, shared=True)
    with client_of(closed, "grace") as grace:
        page = opened(grace, own, 2)
        assert page.status_code == 200 and "of the bridge" in page.text
        assert CANARY.replace("-", "&#45;") not in page.text and CANARY not in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"] and "<script" not in page.text
        for number in (-1, 0, 1, 3, 4, 10**30):
            refused = opened(grace, own, number)
            assert refused.status_code == 404 and "canary" not in refused.text
        whole = grace.get("/desk/conversations/whole", params={"id": own})
        assert whole.status_code == 404 and "canary" not in whole.text


def test_its_owner_takes_the_link_back_and_no_other_user_shares_it(closed, conversations, own):
    with pytest.raises(UnknownConversation):
        conversations.share("grace", own, 1, shared=True)
    with pytest.raises(UnknownConversation):
        conversations.share("ada", own, 3, shared=True)
    conversations.share("ada", own, 1, shared=True)
    with pytest.raises(UnknownConversation):
        conversations.share("grace", own, 1, shared=False)
    with client_of(closed, "grace") as grace:
        assert opened(grace, own, 2).status_code == 200
        conversations.share("ada", own, 1, shared=False)
        assert opened(grace, own, 2).status_code == 404


def test_an_answer_in_its_place_is_not_shared_nor_a_deleted_one(closed, conversations, own):
    for place in (0, 1, 2):
        conversations.share("ada", own, place, shared=True)
    conversations.put("ada", own, 1, 1, answered("asked again"))
    kept = conversations.open("ada", own, lambda article: None)
    assert kept.shared == {0}
    with client_of(closed, "grace") as grace:
        assert [opened(grace, own, number).status_code for number in (1, 2, 3)] == [200, 404, 404]
        conversations.delete("ada", own)
        assert opened(grace, own, 1).status_code == 404


def test_a_stranger_signs_in_first(closed, conversations, own):
    conversations.share("ada", own, 1, shared=True)
    with contextlib.closing(httpx.Client(base_url=closed)) as stranger:
        refused = opened(stranger, own, 2)
    assert refused.status_code == 303 and "of the bridge" not in refused.text
    assert refused.headers["location"].startswith("/sign-in?to=%2Fanswer")


def test_the_page_of_a_conversation_says_which_answers_are_shared(conversations, own):
    shelf, conversation = Shelf(conversations, "ada"), Conversation()
    conversation.show(conversations.open("ada", own, lambda article: None), "ada", {})
    conversation.share(shelf, 0, shared=True)
    assert conversations.open("ada", own, lambda article: None).shared == conversation.shared == {0}
    conversation.share(shelf, 0, shared=False)
    assert conversation.shared == frozenset()


def test_words_of_an_answer_are_no_markup_there():
    page = answer_page(answered("<script>window.pwned=1</script>"), {})
    assert "<script" not in page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_the_link_is_copied_opened_and_taken_back(open_chat, assistant, tmp_path, viewport, scheme):
    serving = serve_chat(with_settings(assistant, workspace=tmp_path))
    chat = open_chat(next(serving), viewport=viewport, color_scheme=scheme)
    page = chat.page
    chat.ask("How many people died in the collapse of the Varn bridge?")
    page.locator("#question textarea").fill("half a question")
    page.get_by_role("link", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    page.get_by_role("link", name="Take back link").wait_for()
    assert page.locator("#question textarea").input_value() == "half a question"
    address = page.evaluate("navigator.clipboard.readText()")
    chat.go(address)
    assert "Fourteen" in page.locator(".turn").inner_text()
    page.locator("a.marker").first.click()
    assert page.evaluate("document.querySelector(':target + mark')?.textContent")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.go_back()
    page.go_back()
    page.locator("#turn-1.done").wait_for()
    page.get_by_role("link", name="Take back link").click()
    page.get_by_text("The link opens nothing any more.").wait_for()
    page.get_by_role("link", name="Take back link").wait_for(state="detached")
    assert httpx.get(address).status_code == 404
    next(serving, None)
