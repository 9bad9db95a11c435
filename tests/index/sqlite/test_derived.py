from pathlib import Path

import pytest

from assistant.errors import CacheError
from assistant.index.sqlite.derived import DerivedFile


def test_texts_are_kept_until_they_are_dropped(tmp_path: Path) -> None:
    derived = DerivedFile(tmp_path / "names.sqlite3")
    assert derived.whole() is None
    assert derived.update({"b": ("1", "of b"), "a": ("1", "of a")}, []) == ["of a", "of b"]
    assert derived.update({"a": ("2", "anew")}, ["b"]) == ["anew"]
    assert derived.fingerprints() == {"a": "2"}
    derived.keep_whole("x", "all")
    derived.keep_whole("y", "all of it")
    assert DerivedFile(tmp_path / "names.sqlite3").whole() == ("y", "all of it")


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "names.sqlite3"
    path.write_bytes(b"not a database, and longer than its header" * 30)
    assert DerivedFile(path).fingerprints() == {}


def test_a_place_that_cannot_be_used_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match="names"):
        DerivedFile(tmp_path / "nowhere" / "names.sqlite3").whole()
