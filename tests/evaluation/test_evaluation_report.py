import json

import pytest
from lxml import html

from assistant.errors import QuestionSetError
from assistant.evaluation import evaluate
from assistant.evaluation.compare import compare_reports, paired_bootstrap
from assistant.evaluation.gates import ReleaseGate, parse_gates
from assistant.evaluation.report import load_report, report_to_html, write_report
from assistant.types import Example


def test_the_json_holds_every_question_answer_citation_score_and_time(tmp_path, examples, system):
    report = evaluate(system, examples, settings={"hits": 3})
    write_report(report, tmp_path, gates=parse_gates(["accuracy>=0.7"]))
    document = load_report(tmp_path / "report.json")
    assert document["metrics"] == report.metrics
    assert document["settings"] == {"hits": 3}
    assert document["judge"] == "containment"
    assert document["versions"]["python"]
    assert document["gates"] == [{"gate": "accuracy>=0.7", "value": 0.75, "passed": True}]
    first = document["questions"][0]
    assert first["answer"]["citations"][0]["quote"] == "The bridge opened on Monday."
    assert first["expected"]["answers"] == ["Monday"]
    assert first["milliseconds"] >= 0
    assert first["scores"]["accuracy"] == 1


def test_the_page_asks_nothing_of_others_and_shows_every_question(examples, system):
    page = report_to_html(evaluate(system, examples))
    tree = html.fromstring(page)
    assert len(tree.xpath("//details[contains(@class, 'question')]")) == len(examples)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@srcset | //@onclick")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "url(" not in page
    assert "@import" not in page
    assert len(tree.xpath("//svg")) == 4
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]


def test_no_text_of_a_question_or_category_becomes_markup(system):
    hostile = "<img src=x onerror=alert(1)>"
    example = Example(f"When {hostile}?", "opened", answers=(hostile,), category=f"{hostile}\"'")
    tree = html.fromstring(report_to_html(evaluate(system, [example])))
    assert not tree.xpath("//img")
    assert hostile in tree.text_content()


def test_a_set_of_errors_alone_still_makes_a_page(tmp_path, examples):
    def failing(example):
        raise OSError("no disk")

    write_report(evaluate(failing, examples), tmp_path)
    assert "no disk" in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize("text", ["accuracy", "accuracy>0.5", ">=0.5", "accuracy>=high", "acuracy>=0.5"])
def test_a_gate_that_cannot_be_read_is_an_error(text):
    with pytest.raises(QuestionSetError):
        parse_gates([text])


def test_gates_come_from_flags_and_files(tmp_path):
    path = tmp_path / "gates.txt"
    path.write_text("# kept low on purpose\nrecall@10 >= 0.9  # by article\n\nwho/accuracy>=0.5\n")
    assert parse_gates(["errors<=0", f"@{path}"]) == (
        ReleaseGate("errors", 0, at_most=True),
        ReleaseGate("recall@10", 0.9),
        ReleaseGate("who/accuracy", 0.5),
    )
    with pytest.raises(QuestionSetError):
        parse_gates([f"@{tmp_path / 'none'}"])


def test_gates_bind(examples, system):
    report = evaluate(system, examples)
    kept = parse_gates(["accuracy>=0.75", "wrong_rate<=0.25", "errors<=0", "who/accuracy>=0.5"])
    broken = parse_gates(["accuracy>=0.76", "wrong_rate<=0.2", "who/accuracy>=0.6", "forbidden_rate<=1"])
    assert all(gate.passes(report) for gate in kept)
    assert not any(gate.passes(report) for gate in broken)


def test_what_got_better_and_worse_is_told_question_by_question(tmp_path, examples, system):
    def improved(example):
        answer = system(Example(example.question, {"heat": "harbour"}.get(example.id, example.id)))
        if example.id == "opened":
            raise OSError("gone")
        return answer

    write_report(evaluate(system, examples), tmp_path)
    comparison = compare_reports(load_report(tmp_path / "report.json"), evaluate(improved, examples))
    assert [(one.id, one.old, one.new) for one in comparison.better] == [("heat", "wrong", "not_attempted")]
    assert [(one.id, one.old, one.new) for one in comparison.worse] == [("opened", "right", "error")]
    accuracy = next(one for one in comparison.differences if one.metric == "accuracy")
    assert accuracy.pairs == 3, "an error is no wrong answer: the pair is left out"


def test_only_shared_questions_are_compared(tmp_path, examples, system):
    write_report(evaluate(system, examples[:2]), tmp_path)
    old = load_report(tmp_path / "report.json")
    comparison = compare_reports(old, evaluate(system, examples[1:]))
    assert comparison.only_old == ("opened",)
    assert comparison.only_new == ("heat", "harbour")
    with pytest.raises(QuestionSetError):
        compare_reports(old, evaluate(system, examples[2:]))


def test_the_bootstrap_interval_is_seeded_and_covers_the_mean():
    values = [1.0] * 30 + [0.0] * 60 + [-1.0] * 10
    low, high = paired_bootstrap(values)
    assert (low, high) == paired_bootstrap(values)
    assert low < 0.2 < high
    spread = 1.96 * (0.36 / 100) ** 0.5
    assert low == pytest.approx(0.2 - spread, abs=0.03)
    assert high == pytest.approx(0.2 + spread, abs=0.03)
    assert paired_bootstrap([0.0] * 5) == (0, 0)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"questions": [{"id": "a"}]}', '{"questions": 3}'])
def test_an_earlier_report_of_another_form_is_an_error(tmp_path, examples, system, content):
    path = tmp_path / "report.json"
    path.write_text(content)
    with pytest.raises(QuestionSetError):
        compare_reports(load_report(path), evaluate(system, examples))


def test_the_json_of_a_report_survives_a_round_trip(tmp_path, examples, system):
    write_report(evaluate(system, examples), tmp_path)
    text = (tmp_path / "report.json").read_text()
    assert json.loads(text) == load_report(tmp_path / "report.json")
    assert not list(tmp_path.glob("*.new"))
