"""Times the views of the page on a made-up index, with vectors made up as well.

    python -m benchmarks.views FOLDER [--articles 10000] [--conversations 1000] [--most 300]

Prints the milliseconds of each view, the median of five; the exit code is 1 when one takes more than ``--most``.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray

from assistant import Answer, Article, Assistant, Citation, Hit, Passage, Settings, Statement
from assistant.index import open_store
from assistant.interfaces.web.app import described
from assistant.interfaces.web.chat import view
from assistant.interfaces.web.conversation import Conversation, Shelf, opened
from assistant.interfaces.web.corpus import SORTS
from assistant.interfaces.web.corpus_tab import articles_page
from assistant.interfaces.web.server import chat_server
from assistant.models.load import load_embedder
from assistant.workspace.conversations import Conversations, conversations_of

ROUNDS = 5
WORDS = 400
TURNS = 4
HITS = 10
NOBODY = ""
"""The user where nobody signs in."""


class MadeUpVectors:
    """An embedder by the name of the packaged one, whose vectors are drawn by lot."""

    def __init__(self, settings: Settings) -> None:
        packaged = load_embedder(settings)
        self.name, self.digest, self.dimension = packaged.name, packaged.digest, packaged.dimension
        self.most_pieces = packaged.most_pieces
        self._draw = np.random.default_rng(0)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Draw a unit vector for each text."""
        drawn = self._draw.standard_normal((len(texts), self.dimension)).astype(np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Count words in the place of word pieces."""
        return [len(text.split()) for text in texts]


def articles(count: int) -> Iterator[Article]:
    """Make up articles of ``WORDS`` words, of 40 publishers, one in ten without a date."""
    draw = random.Random(0)
    words = ["".join(draw.choices("abcdefghiklmnoprstu", k=draw.randint(3, 9))) for _ in range(8000)]
    for number in range(count):
        sentences = [" ".join(draw.choices(words, k=16)).capitalize() + "." for _ in range(WORDS // 16)]
        day = date(2000, 1, 1) + timedelta(days=number) if number % 10 else None
        title = " ".join(draw.choices(words, k=7)).capitalize()
        text, publisher = " ".join(sentences), f"Outlet {number % 40}"
        yield Article(
            f"a{number:05}.md", text, title, publisher, published=day, path=f"/made-up/a{number:05}.md"
        )


def answer(question: str, hits: Sequence[Article]) -> Answer:
    """Make up an answer that quotes the first sentence of the first of some articles."""
    source = hits[0]
    end = source.text.index(".") + 1
    cited = Citation(1, source, 0, end, source.text[:end])
    found = [Hit(Passage(f"{one.id}:0", one.id, 0, 900, one.text[:900]), one, 1.0) for one in hits]
    statement = Statement(cited.quote, (cited,), True)
    return replace(
        Answer(question, question, "answered", True, text=f"{cited.quote} [1]"),
        statements=(statement,),
        citations=(cited,),
        hits=tuple(found),
    )


def prepare(settings: Settings, count: int, conversations: int) -> None:
    """Make the index and the conversations, unless they are there."""
    if Path(settings.index).exists():
        return
    made = list(articles(count))
    with open_store(settings, create=True) as store:
        store.add_articles(made, MadeUpVectors(settings))
    kept, draw = kept_in(settings), random.Random(1)
    for number in range(conversations):
        turns = [answer(f"Question {number} of {turn}?", draw.sample(made, HITS)) for turn in range(TURNS)]
        kept.create(NOBODY, turns)


def kept_in(settings: Settings) -> Conversations:
    """Open the conversations, which are kept here."""
    kept = conversations_of(settings)
    assert kept is not None
    return kept


def views(assistant: Assistant, client: httpx.Client) -> dict[str, Callable[[], object]]:
    """Name what a user may open, each as a call that makes it."""
    kept = kept_in(assistant.settings)
    names = [one.id for one in kept.list(NOBODY, most=1000)]
    article = assistant.index.articles()[5000 % len(assistant.index.articles())].id
    word = assistant.index.article(article).title or ""

    def got(path: str) -> Callable[[], object]:
        return lambda: client.get(path).raise_for_status()

    def conversation() -> Any:
        shown = Conversation()
        answers, lost = opened(Shelf(kept, NOBODY), names[len(names) // 2], assistant)
        shown.show(answers, NOBODY, lost)
        return view(shown.answers, of=shown)

    return {
        "what is on the page at first": lambda: described(assistant),
        **{f"corpus, {sort}": lambda sort=sort: articles_page(assistant, "", sort, 0) for sort in SORTS},
        "corpus, words": lambda: articles_page(assistant, word.split()[0], SORTS[0], 0),
        "corpus, last page": lambda: articles_page(assistant, "", SORTS[0], 10**6),
        "an article": got(f"/article?id={article}"),
        "conversations": got("/desk/conversations"),
        "conversations, words": got("/desk/conversations?words=question+77"),
        "conversations, words that none holds": got("/desk/conversations?words=nowhere"),
        "conversations, further down": got("/desk/conversations?after=900"),
        "a conversation": conversation,
        "a conversation, saved": got(f"/desk/conversations/whole?id={names[0]}"),
        "jobs": got("/desk/jobs"),
        "removed articles": got("/desk/removed"),
        "watches": got("/desk/watches"),
    }


def main() -> int:
    """Make what is shown, time it, and say what takes too long."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--conversations", type=int, default=1000)
    arguments.add_argument("--most", type=float, default=300.0)
    given = arguments.parse_args()
    settings = Settings(index=given.folder)
    prepare(settings, given.articles, given.conversations)
    spent: dict[str, float] = {}
    with Assistant.open(settings) as assistant:
        server = chat_server(assistant, port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=server.address, timeout=60) as client:
            for name, make in views(assistant, client).items():
                spent[name] = statistics.median(_milliseconds(make) for _ in range(ROUNDS))
        server.should_exit = True
        thread.join()
    print(json.dumps({name: round(value, 1) for name, value in spent.items()}, indent=2))
    return int(any(value > given.most for value in spent.values()))


def _milliseconds(make: Callable[[], object]) -> float:
    began = time.perf_counter()
    make()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
