import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.interfaces.cli.main import main
from assistant.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def index(corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(corpus_settings.index))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_ask_prints_the_contract_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "who claimed the Kayes attacks?", "--json")
    answer = json.loads(out)
    assert code == 0 and answer["answered"] is True and "JNIM" in answer["text"]
    assert set(answer) >= {
        "question", "standalone_question", "outcome", "answered", "short", "confidence", "text", "statements",
        "citations", "candidates", "sides", "notes", "removed", "hits", "timings_ms",
    }  # fmt: skip
    for citation in answer["citations"]:
        code, out, _ = run(capsys, "show", citation["article"], "--json")
        article = json.loads(out)
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    numbers = {citation["number"] for citation in answer["citations"]}
    assert all(set(statement["citations"]) <= numbers for statement in answer["statements"])


def test_ask_and_list_print_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "who claimed the Kayes attacks?")
    assert code == 0 and "[1]" in out and "“" in out
    code, out, _ = run(capsys, "list")
    assert code == 0 and len(out.splitlines()) == len(list((ROOT / "corpus").glob("*.md"))) - 1


def test_search_prints_ranked_passages(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "Africa Corps", "-k", "4", "--json")
    rows = json.loads(out)
    assert code == 0 and [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert set(rows[0]) == {"rank", "article", "title", "published", "start", "end", "text", "score"}


def test_question_sets_are_answered_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "question": "who claimed the Kayes attacks?"},
        {
            "id": "b",
            "question": "who came?",
            "context": [{"id": "own", "text": "Joan Quimby came to Springfield."}],
        },
    ]
    questions.write_text("\n".join(json.dumps(row) for row in rows))
    for command in ("ask", "search"):
        code, out, _ = run(capsys, command, "--questions", str(questions))
        lines = [json.loads(line) for line in out.splitlines()]
        assert code == 0 and [line["id"] for line in lines] == ["a", "b"]
        assert {hit["article"] for hit in lines[1]["hits"]} == {"own"}


def test_flags_hold_for_each_row_and_a_refused_row_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [{"id": "long", "question": "who " * 50_000}, {"id": "a", "question": "who claimed the attacks?"}]
    questions.write_text("\n".join(json.dumps(row) for row in rows))
    _, out, _ = run(capsys, "list", "--json")
    publisher = next(one["publisher"] for one in json.loads(out) if one["publisher"])
    by_publisher = {one["id"] for one in json.loads(out) if one["publisher"] == publisher}
    code, out, _ = run(capsys, "search", "--questions", str(questions), "--publisher", publisher)
    refused, found = (json.loads(line) for line in out.splitlines())
    assert code == 1 and refused["id"] == "long" and "characters" in refused["error"]
    assert found["hits"] and {hit["article"] for hit in found["hits"]} <= by_publisher


def test_history_is_read_and_its_shape_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = tmp_path / "history.json"
    history.write_text('[["Who claimed the Kayes attacks?", "JNIM."]]')
    code, out, _ = run(capsys, "ask", "And when was that?", "--history", str(history), "--json")
    assert code == 0 and "Kayes" in json.loads(out)["standalone_question"]
    history.write_text('{"role": "system"}')
    code, _, err = run(capsys, "ask", "And when was that?", "--history", str(history))
    assert code == 2 and "question" in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "who?", "--index", "no/such/folder"], "ingest.py"),
        (["ask", ""], "empty"),
        (["ask", "a" * 100_000], "shorten"),
        (["ask", "who?", "--after", "2024-13-45"], "2024-09-17"),
        (["ask", "who?", "--after", "2025", "--before", "2024"], "exchange"),
        (["ask", "who?", "--publisher", "No Such Paper"], "No Such Paper"),
        (["ask"], "--questions"),
        (["search", "who?", "-k", "0"], "whole number"),
        (["show", "no-such-article"], "no-such-article"),
        (["remove", "no-such-article"], "no-such-article"),
        (["ask", "--questions", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["nonsense"], "invalid choice"),
    ],
)
def test_errors_are_one_line_with_the_remedy(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err and "Traceback" not in err


def test_an_unknown_embedder_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDER", str(tmp_path))
    code, _, err = run(capsys, "ask", "who claimed the attacks?")
    assert code == 2 and err.count("\n") == 1 and "safetensors" in err


def test_names_are_listed_with_where_they_are_known_from(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "names.txt"
    own.write_text("Kayes; The Crossroads\n")
    monkeypatch.setenv("ASSISTANT_NAMES_FILE", str(own))
    code, out, err = run(capsys, "names")
    assert (code, err) == (0, "")
    rows = [line.split("\t") for line in out.splitlines()]
    assert all(len(row) == 2 and " = " in row[0] and row[1] for row in rows)
    assert "Boulkessi = Boulikessi" in [row[0] for row in rows]
    sources = dict(rows)
    assert sources["Kayes = The Crossroads"] != sources["Boulkessi = Boulikessi"]
    code, out, _ = run(capsys, "names", "--json")
    assert code == 0
    assert [(" = ".join(one["names"]), one["source"]) for one in json.loads(out)] == [*map(tuple, rows)]


def test_ingest_reports_articles_counts_and_exit_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, folder = tmp_path / "source", str(tmp_path / "index")
    source.mkdir()
    (source / "good.txt").write_text(
        "A headline\n\nThe bridge in Springfield was opened by Joan Quimby in May."
    )
    (source / "junk.txt").write_bytes(bytes(range(256)) * 40)
    code, out, err = run(capsys, "ingest", str(source), "--index", folder, "--json")
    assert code == 1 and "added good.txt\n" in err and "failed " in err
    report = json.loads(out)
    assert (report["added"], report["failed"]) == (1, 1) and report["failures"][0]["path"].endswith(
        "junk.txt"
    )
    (source / "junk.txt").unlink()
    code, _, err = run(capsys, "ingest", str(source), "--index", folder)
    assert code == 0 and "1 unchanged" in err
    (source / "good.txt").write_text(
        "A headline\n\nThe bridge in Springfield was closed by Joan Quimby in June."
    )
    code, _, err = run(capsys, "ingest", str(source), "--index", folder)
    assert code == 0 and "updated good.txt" in err
    code, out, _ = run(capsys, "ask", "Who closed the bridge in Springfield?", "--index", folder)
    assert "Quimby" in out and "opened" not in out
    (source / "good.txt").unlink()
    (source / "other.txt").write_text("Other\n\nSomething else happened in Shelbyville on that day.")
    code, _, err = run(capsys, "ingest", str(source), "--index", folder, "--prune")
    assert code == 0 and "removed good.txt" in err
    code, _, err = run(capsys, "ingest", str(tmp_path / "nowhere"), "--index", folder)
    assert code == 2 and "nowhere" in err


def test_a_removed_article_stays_out_until_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, folder = tmp_path / "one.txt", str(tmp_path / "index")
    source.write_text("A headline\n\nThe bridge in Springfield was opened by Joan Quimby in May.")
    run(capsys, "ingest", str(source), "--index", folder)
    assert run(capsys, "remove", "one.txt", "--index", folder)[0] == 0
    run(capsys, "ingest", str(source), "--index", folder)
    assert json.loads(run(capsys, "search", "bridge", "--index", folder, "--json")[1]) == []
    assert run(capsys, "remove", "one.txt", "--restore", "--index", folder)[0] == 0
    assert len(json.loads(run(capsys, "search", "bridge", "--index", folder, "--json")[1])) == 1
    assert run(capsys, "doctor", "--index", folder)[0] == 0


def test_a_cold_question_loads_neither_torch_nor_gradio() -> None:
    code = (
        "import sys; from assistant.__main__ import main; main(['ask', 'who claimed the Kayes attacks?']); "
        "sys.exit(sorted({'torch', 'transformers', 'gradio', 'sklearn'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
