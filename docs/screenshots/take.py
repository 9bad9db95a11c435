"""Takes the screenshots beside this file, on the demonstration corpus: `python docs/screenshots/take.py`."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from assistant import Assistant, Settings
from assistant.interfaces.web.server import chat_server
from assistant.workspace.watches import watches_of
from assistant.workspace.watching import look

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from scripted_chat import TurningChat  # noqa: E402 - where the tests keep it

DESKTOP = {"width": 1360, "height": 850}
WIDE = {"width": 1440, "height": 850}
PHONE = {"width": 390, "height": 844}
COLOURS = 128
WAIT = 300_000  # milliseconds: a busy machine takes its time
DEAD = "How many people were killed in Diallassago?"
ADDED = (
    "---\ntitle: Diallassago counts its dead again\npublisher: Demo Wire\npublished: 2025-07-14\n---\n"
    "A search of the fields has raised the toll of the June massacre. 148 people were killed in Diallassago, the "
    "governor of the region said on Monday. The last sixteen were found near the river."
)
# What a chat model might write: a sentence that its quote says, one with a figure of its own, one that is not said.
WRITTEN = (
    ("JNIM said that it was behind the attacks on Kayes and six other towns.",
     "JNIM claimed the attacks on Kayes and six other towns."),
    ("Four Indians were abducted in Kayes.",
     "On Tuesday of the same week jihadists attacked seven towns, and three Indians were abducted in Kayes."),
    ("The army admitted that it had lost its barracks.",
     "It says that the assaults were repelled and that it killed 80 fighters when it struck back."),
)  # fmt: skip


def main() -> None:
    """Index the corpus, serve the chat, without and with a chat model, and photograph it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.build(ROOT / "corpus", Settings(index=folder)) as assistant,
        sync_playwright() as playwright,
    ):
        chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(assistant) as address:
            photograph(browser, address)
            photograph_desk(browser, address, assistant)
            close_pages(browser)
        with served(with_chat_model(assistant)) as address:
            photograph_marks(browser, address)
            close_pages(browser)
        browser.close()
    for picture in HERE.glob("*.png"):
        Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            picture, optimize=True
        )


@contextlib.contextmanager
def served(assistant: Assistant) -> Iterator[str]:
    """Serve a chat on a free port, and yield its address."""
    server = chat_server(assistant, port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.should_exit = True
        thread.join()


def with_chat_model(assistant: Assistant) -> Assistant:
    """Return the assistant with a chat model that writes ``WRITTEN``."""
    lines = "\n".join(
        json.dumps({"say": say, "rests_on": [{"passage": number, "words": words}]})
        for number, (say, words) in enumerate(WRITTEN, start=1)
    )
    model = TurningChat(scripts=(lines, "1: ok"))
    settings = assistant.settings.model_copy(
        update={"chat_model": "http://127.0.0.1/v1#scripted", "chat_steps": 0, "keep_conversations": False}
    )
    return Assistant(
        assistant.index,
        assistant.embedder,
        settings,
        model,
        assistant.reader,
        assistant.reranker,
        assistant.judge,
    )


def opened(browser: Browser, address: str, **options: object) -> Page:
    """Open the chat in a page of its own."""
    page = browser.new_page(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.locator(".example").first.wait_for()
    return page


def close_pages(browser: Browser) -> None:
    """Close all pages, so that the server may end."""
    for context in browser.contexts:
        context.close()


def photograph(browser: Browser, address: str) -> None:
    """Take the pictures of questions and answers."""
    page = opened(browser, address, viewport=DESKTOP)
    page.screenshot(path=HERE / "welcome.png")
    ask(page, "Who claimed the Kayes attacks?", 1)
    page.locator("#turn-1 a.marker").first.click()
    page.screenshot(path=HERE / "desktop-light.png")
    ask(page, "Which team won the football championship?", 2)
    page.screenshot(path=HERE / "not-in-corpus.png")
    ask(page, "How many soldiers died at Boulkessi?", 3)
    page.screenshot(path=HERE / "sides.png")
    ask(page, "What happened in Mali in September 2024?", 4)
    page.locator("#turn-4 a.dot").last.click()
    page.screenshot(path=HERE / "timeline.png")
    page.get_by_role("tab", name="Corpus").click()
    page.locator(".articles").wait_for()
    page.screenshot(path=HERE / "corpus.png")

    page = opened(browser, address, viewport=DESKTOP, color_scheme="dark")
    ask(page, DEAD, 1)
    page.locator("#turn-1 a.marker").first.click()
    page.screenshot(path=HERE / "desktop-dark.png")

    page = opened(browser, address, viewport=PHONE)
    ask(page, "Who claimed the Kayes attacks?", 1)
    page.screenshot(path=HERE / "phone.png")
    page.locator("#turn-1 a.marker").first.click()
    page.screenshot(path=HERE / "phone-source.png")


def photograph_desk(browser: Browser, address: str, assistant: Assistant) -> None:
    """Take the pictures of the list of conversations, and of a watched question whose answer has changed."""
    page = opened(browser, address, viewport=WIDE)
    ask(page, "How many articles mention Africa Corps by month?", 1)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=HERE / "conversations.png")
    page.locator("#desk .fresh").click()
    page.locator(".example").first.wait_for()
    ask(page, DEAD, 1)
    page.locator("#turn-1 a.watch").click()
    page.locator("a.is-watched").wait_for()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "diallassago-counts-again.md").write_text(ADDED)
        assistant.ingest([folder])
        look(assistant, watches_of(assistant.settings))
        page.reload()
        page.locator("[role=tab][data-unseen]").click()
        page.locator(".change").wait_for()
        page.set_viewport_size(DESKTOP)
        page.evaluate("document.body.classList.remove('desk-open')")
        page.screenshot(path=HERE / "watching.png")


def photograph_marks(browser: Browser, address: str) -> None:
    """Take the picture of what a chat model wrote, with the words marked that its quotes do not hold."""
    page = opened(browser, address, viewport=DESKTOP)
    ask(page, "What is reported about the attacks on Kayes?", 1)
    page.evaluate("window.scrollTo(0, 0)")
    page.locator("#turn-1 a.marker").first.click()
    page.screenshot(path=HERE / "marked.png")


def ask(page: Page, question: str, number: int) -> None:
    """Ask the question of that number and wait for its answer."""
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator(f"#turn-{number}.done").wait_for()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
