"""Takes the screenshots beside this file, on the demonstration corpus: `python docs/screenshots/take.py`."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from assistant import Assistant, Settings
from assistant.interfaces.web.server import chat_server

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "corpus"
DESKTOP = {"width": 1360, "height": 850}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Index the corpus, serve the chat, and photograph it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.build(CORPUS, Settings(index=folder)) as assistant,
    ):
        server = chat_server(assistant, port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            photograph(server.address)
        finally:
            server.should_exit = True
            thread.join()


def photograph(address: str) -> None:
    """Take each screenshot in a page of its own."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def opened(**options: object) -> Page:
            page = browser.new_page(reduced_motion="reduce", **options)  # type: ignore[arg-type]
            page.goto(address)
            page.locator(".example").first.wait_for()
            return page

        page = opened(viewport=DESKTOP)
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

        page = opened(viewport=DESKTOP, color_scheme="dark")
        ask(page, "How many people were killed in Diallassago?", 1)
        page.locator("#turn-1 a.marker").first.click()
        page.screenshot(path=HERE / "desktop-dark.png")

        page = opened(viewport=PHONE)
        ask(page, "Who claimed the Kayes attacks?", 1)
        page.screenshot(path=HERE / "phone.png")
        page.locator("#turn-1 a.marker").first.click()
        page.screenshot(path=HERE / "phone-source.png")
        browser.close()


def ask(page: Page, question: str, number: int) -> None:
    """Ask the question of that number and wait for its answer."""
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator(f"#turn-{number}.done").wait_for()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
