import json

import pytest

from assistant.errors import QuestionSetError
from assistant.evaluation.command import run
from assistant.evaluation.examples import example_to_row


@pytest.fixture
def questions(write_rows, examples):
    return write_rows(*map(example_to_row, examples))


def test_the_table_names_the_metrics_and_the_categories(questions, system, capsys):
    assert run(system, questions) == 0
    out = capsys.readouterr().out
    assert "4 questions: 3 right, 1 wrong" in out
    rows = {line.split()[0]: line.split()[1] for line in out.splitlines() if line.strip()}
    assert rows["accuracy"] == "0.750"
    assert "who" in rows


def test_json_goes_to_stdout_alone(questions, system, capsys):
    assert run(system, questions, as_json=True, gates=["accuracy>=0.5"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["metrics"]["accuracy"] == 0.75
    assert document["gates"][0]["passed"]


def test_a_failed_gate_is_exit_code_3_and_named(questions, system, capsys, tmp_path):
    assert run(system, questions, gates=["accuracy>=0.9", "errors<=0"], out=tmp_path / "out") == 3
    errors = capsys.readouterr().err
    assert "accuracy>=0.9" in errors
    assert "errors<=0" not in errors
    assert (tmp_path / "out" / "report.html").exists()


def test_a_report_is_compared_with_the_one_it_replaces(questions, system, capsys, tmp_path):
    run(system, questions, out=tmp_path)
    assert run(system, questions, out=tmp_path, compare=tmp_path / "report.json") == 0
    assert "better: 0" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} >= {"report.json", "report.html", "predictions.jsonl"}


def test_warnings_are_lines_on_stderr(write_rows, examples, system, capsys):
    path = write_rows(*({**example_to_row(one), "source": "x"} for one in examples))
    assert run(system, path, articles={"bridge", "market"}) == 0
    errors = capsys.readouterr().err
    assert "unknown fields are ignored: source" in errors
    assert "1 articles of the evidence of 1 questions are not indexed" in errors


def test_what_cannot_be_used_is_refused_before_any_question_is_asked(questions, tmp_path):
    def never(example):
        raise AssertionError("asked")

    with pytest.raises(QuestionSetError):
        run(never, questions, gates=["nonsense"])
    with pytest.raises(QuestionSetError):
        run(never, questions, compare=tmp_path / "none.json")
    with pytest.raises(QuestionSetError):
        run(never, tmp_path / "none.jsonl")
