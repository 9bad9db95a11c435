"""``watch`` on the command line: its JSON, its exit codes, its one-line errors."""

import json
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.interfaces.cli.main import main

FIRST = "Four people died in the collapse of the Varn bridge on Monday. The road bridge had been closed to lorries."
SECOND = "Nine people died in the collapse of the Varn bridge on Monday, the governor said. Divers found five more."
QUESTION = "How many people died in the collapse of the Varn bridge?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    made = tmp_path / "articles"
    made.mkdir()
    (made / "first.md").write_text(f"---\ntitle: Bridge falls\ndate: 2025-03-04\n---\n{FIRST}")
    Assistant.build(made, Settings(index=tmp_path / "index")).close()
    return made


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    code = main(["watch", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_from_adding_to_a_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "add", "folder", str(folder), "--every", "0s"]) == 0
    assert main(["watch", "add", "question", QUESTION]) == 0
    assert "Four" in capsys.readouterr().out
    code, listed = told(capsys, "list")
    assert code == 0
    assert isinstance(listed, list)
    assert [(one["kind"], one["value"]) for one in listed] == [
        ("folder", str(folder)),
        ("question", QUESTION),
    ]
    assert {"id", "kind", "value", "every", "last"} <= set(listed[0])
    (folder / "second.md").write_text(f"---\ntitle: More found\ndate: 2025-03-05\n---\n{SECOND}")
    code, run = told(capsys, "run")
    assert code == 0
    assert isinstance(run, dict)
    assert run["sources"] == [{"id": listed[0]["id"], "added": 1, "updated": 0, "failures": []}]
    (changed,) = run["changed"]
    assert (changed["id"], changed["question"]) == (listed[1]["id"], QUESTION)
    assert "Nine" in changed["after"] and "Nine" not in changed["before"]
    code, run = told(capsys, "run")
    assert isinstance(run, dict)
    assert (code, run["changed"]) == (0, [])
    assert told(capsys, "remove", listed[1]["id"])[0] == 0
    assert main(["watch", "list"]) == 0
    assert QUESTION not in capsys.readouterr().out


def test_a_source_that_fails_is_exit_1_and_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "add", "feed", "http://127.0.0.1:9/feed.xml"]) == 0
    capsys.readouterr()
    assert main(["watch", "run"]) == 1
    assert "http://127.0.0.1:9/feed.xml" in capsys.readouterr().err
    assert main(["watch", "list"]) == 0
    assert "failing" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "99"],
        ["add", "feed", "nowhere"],
        ["add", "folder", "/no/such/folder"],
        ["add", "question", " "],
        ["add", "question", "why " * 5000],
    ],
)
def test_errors_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["watch", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["watch", "list"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("every", ["soon", "1", "1w", "99999d"])
def test_a_time_is_written_with_its_unit(every: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["watch", "add", "question", "Q?", "--every", every])
    assert stopped.value.code == 2
    assert "6h" in capsys.readouterr().err
