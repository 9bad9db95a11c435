import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from ingest_driver import settings_of
from stores import new_place

from assistant.errors import UnknownArticle
from assistant.index import open_store
from assistant.types import Article

EMBEDDER = HashingEmbedder(32)
NAMES = st.sampled_from([f"name{number}" for number in range(6)])
WORDS = st.lists(
    st.sampled_from("amber basalt cedar delta ember fjord garnet".split()), min_size=1, max_size=90
)


class AnyHistory(RuleBasedStateMachine):
    """An index against a dictionary, through any history of adding, removing and opening again."""

    store = "folder"

    @initialize(exact=st.sampled_from([0, 3, 5000]))
    def start(self, exact: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        place = new_place(self.store, self.folder)
        self.settings = settings_of(self.folder).model_copy(update={"index": place, "exact_passages": exact})
        self.index = open_store(self.settings, create=True)
        self.texts: dict[str, str] = {}
        self.removed: set[str] = set()

    @rule(name=NAMES, words=WORDS)
    def put(self, name: str, words: list[str]) -> None:
        text = " ".join([name, *words]) + "."
        self.index.add_articles([Article(id=name, text=text, title=name, path=name)], EMBEDDER)
        if name not in self.removed:
            self.texts[name] = text

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if name in self.texts:
            self.index.remove([name])
            self.removed.add(name)
        else:
            try:
                self.index.remove([name])
                raise AssertionError
            except UnknownArticle:
                pass

    @rule(name=NAMES)
    def restore(self, name: str) -> None:
        if name in self.texts:
            self.index.restore([name])
            self.removed.discard(name)

    @rule()
    def finish_an_ingest(self) -> None:
        self.index.ingest([str(self.folder / "nothing")], EMBEDDER)

    @rule()
    def open_again(self) -> None:
        self.index.close()
        self.index = open_store(self.settings)

    @rule()
    def rebuild(self) -> None:
        assert self.index.rebuild() == []

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        if not hasattr(self, "texts"):
            return
        live = {name: text for name, text in self.texts.items() if name not in self.removed}
        assert {one.id for one in self.index.articles() if not one.removed} == live.keys()
        numbers = [number for number, _ in self.index.search_vectors(EMBEDDER.embed_question("any"), 1000)]
        found: dict[str, set[str]] = {}
        for stored in self.index.passages(numbers):
            assert stored.article.text == live[stored.article.id]
            found.setdefault(stored.article.id, set()).add(stored.passage.text)
        assert found.keys() == live.keys()
        assert len(numbers) == self.index.counts().passages
        for word in ("amber", *live):
            holders = {one.article.id for one in self.index.passages(self._worded(word))}
            assert holders == {name for name, text in live.items() if word in text}

    def _worded(self, word: str) -> list[int]:
        return [number for number, _ in self.index.search_words([word], 1000)]

    def teardown(self) -> None:
        if hasattr(self, "index"):
            assert self.index.verify() == []
            self.index.close()
            shutil.rmtree(self.folder)


class HistoryInPostgres(AnyHistory):
    """The same for the store in PostgreSQL."""

    store = "postgres"


class ManyHistories(AnyHistory):
    """The same, for hundreds of longer histories."""


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)

TestHistoryInPostgres = HistoryInPostgres.TestCase
TestHistoryInPostgres.settings = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)

TestManyHistories = pytest.mark.slow(ManyHistories.TestCase)
TestManyHistories.settings = settings(
    max_examples=int(os.environ.get("TORTURE_HISTORIES", "500")),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_an_index_whose_only_article_went_is_sound() -> None:
    history = AnyHistory()
    history.start(exact=0)
    history.put(name="name0", words=["amber"])
    history.remove(name="name0")
    history.holds_what_the_dictionary_holds()
    history.teardown()
