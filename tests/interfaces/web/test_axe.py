"""Every view of the page under axe-core's rules of accessibility, light and dark, on desktop and phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_sign_in import with_settings
from web_served import DESKTOP, PHONE, serve_chat

from assistant.workspace.users import set_password

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = {f"{name}-{scheme}": {"viewport": size, "color_scheme": scheme}
         for name, size in (("desktop", DESKTOP), ("phone", PHONE)) for scheme in ("light", "dark")}  # fmt: skip
# pixels from which the list of conversations stands beside the rest, and stays until it is closed
BESIDE = 1100
SHOWN = (
    "How many soldiers died at Boulkessi?",
    "What happened in Mali in September 2024?",
    "Which articles mention Africa Corps by month?",
    "Compare the attacks on Dioura and Boulkessi",
    "Who won the chess match in Lyon?",
)


@pytest.fixture(scope="module")
def kept_address(corpus_assistant, tmp_path_factory):
    yield from serve_chat(with_settings(corpus_assistant, workspace=tmp_path_factory.mktemp("workspace")))


@pytest.fixture(scope="module")
def closed_address(corpus_assistant, tmp_path_factory):
    users = tmp_path_factory.mktemp("users") / "users"
    set_password(users, "ada", "a long enough password")
    yield from serve_chat(with_settings(corpus_assistant, web_users=users))


def views(chat):
    """Go from view to view of the chat, and give the name of each as it stands."""
    page = chat.page
    yield "welcome"
    for question in SHOWN:
        chat.ask(question)
    yield "answers"
    page.locator("#turn-1 a.marker").first.click()
    page.locator("#sources mark.followed").first.wait_for()
    yield "sources"
    page.keyboard.press("Escape")
    page.locator("#turn-1 a.edit").click()
    page.locator("#editing .editing").wait_for()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Published from").wait_for()
    if not page.locator("#turn-1 a.is-watched").count():  # a look before this one may have watched it
        page.locator("#turn-1 a.watch").click()
    page.get_by_text("Watched: see").wait_for()
    page.locator("#turn-1 a.copy-link").click()
    page.locator("#link-said", has_text="Link copied").wait_for()
    yield "edited, filtered, watched and shared"
    page.locator("#desk-toggle").click()
    page.locator("#desk li").first.wait_for()
    yield "conversations"
    page.locator("#desk").get_by_role("button", name="Keys").click()
    page.locator("dialog#keys").wait_for()
    yield "keys"
    page.locator("dialog#keys button").click()
    if page.viewport_size["width"] >= BESIDE:
        page.locator("#desk-toggle").click()
    page.locator("#desk").wait_for(state="hidden")
    page.get_by_role("tab", name="Corpus").click()
    page.locator("#table table").wait_for()
    yield "corpus"
    page.get_by_role("tab", name="Watching").click()
    page.locator(".watched li").first.wait_for()
    yield "watching"
    link = page.evaluate("navigator.clipboard.readText()")
    for name, address in (("shared answer", link), ("article", f"{chat.address}/article?id={ARTICLE}")):
        chat.go(address)
        yield name


ARTICLE = "alliance-of-sahel-states.md"


def broken(page):
    """Name each rule that the page breaks, and the first element that does."""
    found = Axe().run(page, options=RULES).response["violations"]
    return {one["id"]: one["nodes"][0]["html"][:200] for one in found}


@pytest.mark.parametrize("look", LOOKS)
def test_no_view_breaks_a_rule(open_chat, kept_address, look):
    chat = open_chat(kept_address, **LOOKS[look])
    assert {name: found for name in views(chat) if (found := broken(chat.page))} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_to_sign_in_breaks_none(context_of, closed_address, look):
    page = context_of(**LOOKS[look], reduced_motion="reduce").new_page()
    page.goto(closed_address)
    assert broken(page) == {}
    page.close()
