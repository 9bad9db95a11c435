"""A small index, made without torch, and the real servers on free ports."""

import contextlib
import itertools
import threading
import time

from assistant import Answer, Article, Assistant, Settings
from assistant.index import Index
from assistant.models.load import load_embedder

TOKEN = "an-open-secret-of-the-tests"

PRESS = (
    (
        "bridge.md",
        "Bridge over the Varn collapses",
        "Demo Wire",
        "The road bridge over the river Varn collapsed on Monday morning.\n\n"
        "Fourteen people died in the collapse of the Varn bridge, the governor of Holmby said. Divers searched "
        "the river until nightfall.\n\nThe bridge had been closed to lorries since January.",
    ),
    (
        "inquiry.md",
        "Engineers blame rust for the Varn disaster",
        "Sample Post",
        "Rust on the northern pier brought down the Varn bridge, a commission of engineers concluded on "
        "Wednesday.\n\nThe commission was led by Ilse Brandt, who teaches civil engineering in Holmby.",
    ),
    (
        "flood.md",
        "Flood in Ostheim kills six firefighters",
        "Demo Wire",
        "A flood in Ostheim killed six firefighters on Friday when it took their boat.\n\n"
        "Mayor Paula Lindqvist thanked the volunteers. The water in Ostheim stood two metres high.",
    ),
)
QUESTION = "How many people died in the collapse of the Varn bridge?"


def make_index(folder):
    settings = Settings(index=folder)
    articles = [
        Article(
            id_,
            text,
            title=title,
            publisher=publisher,
            language="en",
            path=f"/home/reporter/{id_}",
            sha256=id_,
        )
        for id_, title, publisher, text in PRESS
    ]
    with Index.open(settings, create=True) as index:
        index.add_articles(articles, load_embedder(settings))
    return settings


@contextlib.contextmanager
def serving(server):
    """Run a prepared server in a thread; gives its address."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


class Endless(Assistant):
    """An assistant whose answers grow for ever; it counts how often it began and was stopped."""

    begun = 0
    stopped = 0
    growth = 1

    def stream(self, question, **options):
        self.begun += 1
        try:
            for words in itertools.count(1):
                time.sleep(0.05)
                yield Answer(
                    question, question, "answered", True, text="word " * words * self.growth, final=False
                )
        finally:
            self.stopped += 1

    def until(self, condition, seconds=2.0):
        """Wait for a condition; tell whether it came about in time."""
        deadline = time.monotonic() + seconds
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        return condition()
