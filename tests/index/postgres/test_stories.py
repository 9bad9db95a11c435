"""Articles that are stored together are compared with one another as those are that come one by one."""

from pathlib import Path

from made_up_news import EMBEDDER, body, settings_of
from stores import new_place

from assistant.index import Store, open_store
from assistant.index.postgres.stories import likeness_of
from assistant.types import Article

REPRINT = f"{body('camels', 12)} Printed again."


def article(name: str, text: str) -> Article:
    return Article(id=name, text=text, path=name)


FIRST = [
    article("camels", body("camels", 12)),
    article("bees", body("bees", 12)),
    article("reprint", REPRINT),
    article("moths", body("moths", 12)),
]
# The first of a story now tells of something else, and what it told is told by another.
SECOND = [
    article("camels", body("herons", 12)),
    article("again", REPRINT),
    article("herons", body("herons", 12)),
]


def stories(store: Store) -> set[frozenset[str]]:
    first = {one.id: one.duplicate_of or one.id for one in store.articles()}
    return {frozenset(id_ for id_ in first if first[id_] == own) for own in first.values()}


def test_reprints_in_one_transaction_are_one_story(tmp_path: Path) -> None:
    found = []
    for name, together in (("one", False), ("all", True)):
        with open_store(settings_of(new_place("postgres", tmp_path / name), 0), create=True) as store:
            for batch in (FIRST, SECOND):
                for some in [batch] if together else [[one] for one in batch]:
                    store.add_articles(some, EMBEDDER)
            found.append(stories(store))
            assert store.verify() == []
    assert found[0] == found[1]
    assert {frozenset({"reprint", "again"}), frozenset({"camels", "herons"})} <= found[0]


def test_likeness_is_of_the_text_alone() -> None:
    assert likeness_of(FIRST[0]).keys == likeness_of(article("other", FIRST[0].text)).keys
    assert likeness_of(article("empty", "")).keys == ()
