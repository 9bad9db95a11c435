"""An index that is grown to measure searches holds what it says, and goes on where it was stopped."""

import contextlib
from pathlib import Path

import pytest
from made_up_news import EMBEDDER, ids_found, settings_of, write_folder

from assistant.index import Index
from assistant.index.sqlite.ledger import Ledger
from benchmarks import grow


def test_an_index_is_grown_and_grown_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grow, "KEPT", 2)
    monkeypatch.setattr(grow, "EXCHANGED", 30)
    monkeypatch.setattr(grow, "ARTICLES_A_TRANSACTION", 3)
    settings = settings_of(tmp_path / "index", 5000)
    with Index.open(settings, create=True) as index:
        index.ingest([str(write_folder(tmp_path / "news"))], EMBEDDER)
        originals = {one.id: index.article(one.id) for one in index.articles()}
        passages = index.counts().passages
    for most in (2 * passages, 3 * passages):
        with contextlib.closing(Ledger(tmp_path / "index" / "ledger.sqlite3")) as ledger:
            assert list(grow.grow(ledger, most))[-1] >= most
    with Index.open(settings) as index:
        copies = [one.id for one in index.articles() if one.id not in originals]
        assert len(copies) == len(set(copies)) >= 16
        texts = {index.article(id_).text for id_ in [*originals, *copies]}
        assert len(texts) == len(originals) + len(copies), "a copy is like its original"
        assert index.counts().passages >= 3 * passages
        assert {problem.reason for problem in index.verify()} == {
            "the marks by which its near-duplicates are found are damaged; rebuild, then ingest it again"
        }
        copy = index.article(copies[0])
        assert copy.id in ids_found(index, copy.text, 40)
