"""A file of what users keep: what fails leaves it as it was, and freed space is given back."""

from pathlib import Path

import pytest

from assistant.errors import WorkspaceError
from assistant.workspace.sqlite.own_file import FREE_PAGES, create, open_to_read, shrink, writing


def test_a_block_that_fails_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite3"
    create(path, "CREATE TABLE IF NOT EXISTS words (word TEXT)")
    with pytest.raises(KeyError), writing(path) as connection:
        connection.execute("INSERT INTO words VALUES ('lost')")
        raise KeyError
    with open_to_read(path) as connection:
        assert connection.execute("SELECT * FROM words").fetchall() == []
    with pytest.raises(WorkspaceError), writing(path) as connection:
        connection.execute("INSERT INTO no_such_table VALUES (1)")


def test_much_free_space_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite3"
    create(path, "CREATE TABLE IF NOT EXISTS words (word TEXT)")
    with writing(path) as connection:
        connection.execute("INSERT INTO words VALUES (?)", ("x" * 4096 * (FREE_PAGES + 10),))
    large = path.stat().st_size
    with writing(path) as connection:
        connection.execute("DELETE FROM words")
    shrink(path)
    assert path.stat().st_size < large / 10
