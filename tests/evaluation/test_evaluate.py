import dataclasses
import json

import pytest
from small_corpus import answer_with

from assistant.errors import QuestionSetError
from assistant.evaluation import evaluate
from assistant.evaluation.predictions import Prediction, load_predictions, prediction_line
from assistant.types import Answer, Example


def test_right_wrong_withheld_and_failed_stay_apart(examples, system):
    def answer(example: Example) -> Answer:
        if example.id == "cost":
            raise ConnectionError("the model server is gone")
        if example.id == "opened":
            return answer_with(example, None)
        return system(example)

    report = evaluate(answer, examples)
    verdicts = {result.example.id: result.verdict for result in report.results}
    assert verdicts == {"opened": "not_attempted", "cost": "error", "heat": "wrong", "harbour": "right"}
    assert report.metrics["errors"] == 1
    assert report.metrics["accuracy"] == pytest.approx(1 / 3)
    assert report.metrics["wrong_rate"] == pytest.approx(1 / 3)
    assert report.metrics["not_attempted_rate"] == pytest.approx(1 / 3)
    failed = next(result for result in report.results if result.example.id == "cost")
    assert failed.scores == {}
    assert "the model server is gone" in failed.prediction.error


def test_what_the_set_comes_to(examples, system):
    report = evaluate(system, examples)
    assert report.metrics["accuracy"] == 0.75
    assert report.metrics["answer_accuracy"] == pytest.approx(2 / 3)
    assert report.metrics["abstention_f1"] == 1
    assert report.metrics["exact_match"] == 0.5
    assert report.metrics["quote_exactness"] == report.metrics["citation_recall"] == 1
    assert report.metrics["answer_recall@1"] == pytest.approx(2 / 3)
    assert report.metrics["answer_recall@2"] == 1
    assert report.metrics["latency_p50_ms"] <= report.metrics["latency_p95_ms"]
    assert report.categories["who"]["accuracy"] == 0.5
    assert report.value("how many/accuracy") == 1
    assert report.value("how many/aurc") == 0
    assert report.value("nowhere/accuracy") is None


def test_other_names_count_where_the_usual_ones_are_answered(examples, system):
    by_id = {example.id: example for example in examples}
    kept = dataclasses.replace(by_id["opened"], id="kept", variant_of="opened")
    lost = dataclasses.replace(by_id["opened"], id="lost", variant_of="opened")
    beside = dataclasses.replace(by_id["cost"], id="beside", variant_of="heat")

    def answer(example: Example) -> Answer:
        if example.id == "lost":
            return answer_with(example, None)
        usual = by_id.get(example.variant_of if example.id == "kept" else example.id, by_id["cost"])
        return system(usual)

    report = evaluate(answer, (*examples, kept, lost, beside))
    assert report.metrics["name_variant_recall"] == 0.5
    assert "name_variant_recall" not in evaluate(system, examples).metrics


def test_evidence_that_is_not_indexed_is_reported_and_does_not_count(examples, system):
    every = evaluate(system, examples)
    known = evaluate(system, examples, articles={"bridge", "market", "school"})
    assert every.missing_evidence == {}
    assert every.value("who/recall@10") == 0.5
    assert known.missing_evidence == {"heat": ("gone",)}
    assert known.value("who/recall@10") == 1
    nothing = evaluate(system, examples, articles=set())
    assert "recall@10" not in nothing.metrics


def test_a_quote_that_is_not_in_its_article_shows(examples, system):
    def answer(example: Example) -> Answer:
        given = system(example)
        altered = (dataclasses.replace(one, quote=one.quote + "!") for one in given.citations)
        return dataclasses.replace(given, citations=tuple(altered))

    report = evaluate(answer, examples)
    assert report.metrics["quote_exactness"] == 0
    assert "differs" in report.results[0].reason


def test_words_that_must_not_appear_make_an_answer_wrong(system):
    example = Example("When did it open?", "opened", answers=("Monday",), none_of=("bridge opened",))
    (result,) = evaluate(system, [example]).results
    assert result.verdict == "wrong"
    assert result.scores["forbidden_rate"] == 1


def test_the_number_of_a_citation_answers_nothing(system):
    (result,) = evaluate(system, [Example("How many bridges?", "opened", answers=("1",))]).results
    assert result.verdict == "wrong"


def test_a_withheld_candidate_counts_on_the_risk_coverage_curve(examples):
    def answer(example: Example) -> Answer:
        short = "Monday" if example.id == "opened" else "a wrong guess"
        return answer_with(example, None, short=short, confidence=0.4 if short == "Monday" else 0.1)

    report = evaluate(answer, examples)
    assert report.metrics["aurc"] == pytest.approx((0 + 3 * 3 / 4) / 4)


def test_the_reason_tells_retrieval_from_reading(examples, system):
    def blind(example: Example) -> Answer:
        return answer_with(example, "A new roof was laid in May.", ranking=["school"])

    assert "none of the 1 passages" in evaluate(blind, examples).results[0].reason
    by_id = {result.example.id: result for result in evaluate(system, examples).results}
    assert "rank 2 hold" in by_id["heat"].reason
    assert by_id["opened"].reason == ""


def test_a_stopped_run_keeps_what_it_has_and_goes_on(tmp_path, examples, system):
    asked = []

    def until_the_third(example: Example) -> Answer:
        asked.append(example.id)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return system(example)

    def counted(example: Example) -> Answer:
        asked.append(example.id)
        return system(example)

    with pytest.raises(KeyboardInterrupt):
        evaluate(until_the_third, examples, out=tmp_path, settings={"hits": 3})
    partial = tmp_path / "predictions.partial.jsonl"
    assert len(partial.read_text().splitlines()) == 2
    with partial.open("a") as file:
        file.write('{"id": "heat", "ques')
    asked.clear()
    report = evaluate(counted, examples, out=tmp_path, settings={"hits": 3})
    assert asked == ["heat", "harbour"]
    assert report.metrics["accuracy"] == 0.75
    assert not partial.exists()
    rows = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [example.id for example in examples]
    asked.clear()
    evaluate(counted, examples, out=tmp_path, settings={"hits": 3})
    assert len(asked) == 4, "a finished run is not taken for a stopped one"


def test_what_ends_a_line_elsewhere_ends_no_prediction(tmp_path):
    words = "a\u2028b\u0085c\x0bd \U0001f600"
    kept = [Prediction(str(number), words, "run", 1.0, error=words) for number in range(3)]
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(map(prediction_line, kept)), encoding="utf-8")
    assert load_predictions(path) == kept


@pytest.mark.parametrize("changed", ["settings", "question"])
def test_predictions_made_otherwise_are_not_reused(tmp_path, examples, system, changed):
    asked = []

    def stopping(example: Example) -> Answer:
        if example.id == "heat":
            raise KeyboardInterrupt
        return system(example)

    def counted(example: Example) -> Answer:
        asked.append(example.id)
        return system(example)

    with pytest.raises(KeyboardInterrupt):
        evaluate(stopping, examples, out=tmp_path, settings={"hits": 3})
    settings = {"hits": 4 if changed == "settings" else 3}
    if changed == "question":
        examples = (dataclasses.replace(examples[0], question="On what day?"), *examples[1:])
    evaluate(counted, examples, out=tmp_path, settings=settings)
    again = {"settings": ["opened", "cost", "heat", "harbour"], "question": ["opened", "heat", "harbour"]}
    assert asked == again[changed]


def test_an_error_is_asked_again(tmp_path, examples, system):
    def flaky(example: Example) -> Answer:
        if example.id == "heat":
            raise KeyboardInterrupt
        raise TimeoutError("busy")

    with pytest.raises(KeyboardInterrupt):
        evaluate(flaky, examples, out=tmp_path)
    assert evaluate(system, examples, out=tmp_path).metrics["errors"] == 0


def test_nothing_to_evaluate_is_an_error(system, examples):
    with pytest.raises(QuestionSetError):
        evaluate(system, [])
    with pytest.raises(QuestionSetError):
        evaluate(system, [examples[0], examples[0]])
