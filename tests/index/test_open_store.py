from pathlib import Path

import pytest

from assistant.errors import IndexMissing
from assistant.index import Index, open_store
from assistant.settings import Settings


def test_a_folder_is_opened_as_one_and_made_only_when_asked(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    with pytest.raises(IndexMissing):
        open_store(settings)
    with open_store(settings, create=True) as store:
        assert isinstance(store, Index)


def test_an_address_is_kept_as_written_and_all_else_is_a_folder() -> None:
    address = "postgresql://user@db.example.org/news?sslmode=require"
    assert Settings(index=address).index == address
    assert Settings(index=address).index_is_address
    assert Settings(index="news/index").index == Path("news/index")
    assert not Settings(index=Path("postgresql")).index_is_address
