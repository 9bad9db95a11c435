import json

import pytest

from assistant.interfaces.cli.find_command import in_context
from assistant.interfaces.cli.main import main
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def index(corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(corpus_settings.index))


def test_find_prints_the_contract_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "Africa Corps", "--by", "article", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"query", "spellings", "total", "articles", "groups", "matches"}
    assert found["query"] == "Africa Corps" and "African Corps" in found["spellings"]
    assert found["total"] == len(found["matches"]) == sum(group["total"] for group in found["groups"]) == 7
    assert found["articles"] == len(found["groups"]) == 5
    for match in found["matches"]:
        assert main(["show", match["article"], "--json"]) == 0
        text = json.loads(capsys.readouterr().out)["text"]
        assert text[match["start"] : match["end"]] == match["quote"]


def test_find_counts_and_tabulates_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "Africa Corps", "--count", "--by", "month"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("7 occurrences in 5 articles: Africa Corps, African Corps\n") and "2025-07" in out
    assert main(["find", "Africa Corps"]) == 0
    assert "[African Corps]" in capsys.readouterr().out
    assert main(["find", "Africa Corps", "--count", "--json"]) == 0
    assert "matches" not in json.loads(capsys.readouterr().out)


def test_none_found_is_no_error_and_bad_input_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "xyzzy"]) == 0
    assert capsys.readouterr().out.startswith("0 occurrences in 0 articles")
    for wrong in (["find", "?"], ["find", "army", "--publisher", "No Such Paper"]):
        assert main(wrong) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(SystemExit) as stop:
        main(["find", "army", "--by", "author"])
    assert stop.value.code == 2


def test_context_stays_within_the_text() -> None:
    assert in_context("ab cd", 3, 5) == "ab [cd]"
    long = "word " * 40
    assert in_context(long, 100, 104).startswith("…word") and in_context(long, 100, 104).endswith("word…")
