"""The benchmark of the page's views makes what it shows: articles, and conversations about them."""

from pathlib import Path

import httpx

from assistant import Assistant, Settings
from benchmarks.views import NOBODY, TURNS, kept_in, prepare, views


def test_the_made_up_index_is_shown(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    prepare(settings, 60, 2)
    assert [one.turns for one in kept_in(settings).list(NOBODY)] == [TURNS] * 2
    with Assistant.open(settings) as assistant, httpx.Client() as client:
        made = views(assistant, client)
        rows, page, last = made["corpus, Last added"]()
        assert "1 to 50 of 60" in rows and (page, last) == (0, 1)
        assert "Question" in made["a conversation"]().thread
