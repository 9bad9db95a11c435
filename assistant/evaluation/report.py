"""A report as files: ``report.json`` for programs, ``report.html`` for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from assistant.errors import QuestionSetError
from assistant.evaluation import plots
from assistant.evaluation.abstention import risk_coverage
from assistant.evaluation.compare import Comparison
from assistant.evaluation.evaluate import Report, Result, write_whole
from assistant.evaluation.examples import example_to_row
from assistant.evaluation.gates import ReleaseGate
from assistant.evaluation.matching import answers_question
from assistant.evaluation.metrics import DESCRIPTIONS, trials_of
from assistant.evaluation.scores import CUTOFFS, Verdict


def write_report(
    report: Report, out: Path, *, gates: Sequence[ReleaseGate] = (), comparison: Comparison | None = None
) -> None:
    """Write ``report.json`` and ``report.html`` into the folder, each whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    document = {**summary_to_dict(report, gates=gates, comparison=comparison), "questions": []}
    document["questions"] = [_question_record(result) for result in report.results]
    write_whole(out / "report.json", json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")
    write_whole(out / "report.html", report_to_html(report, gates=gates, comparison=comparison))


def load_report(path: Path) -> dict[str, Any]:
    """Read an earlier ``report.json``.

    Raises:
        QuestionSetError: there is none, or it is not JSON.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QuestionSetError(
            f"{path}: cannot be read as a report: {reason}; make one with evaluate --out"
        ) from None
    if not isinstance(document, dict):
        raise QuestionSetError(f"{path}: is not a report; make one with evaluate --out")
    return document


def summary_to_dict(
    report: Report, *, gates: Sequence[ReleaseGate] = (), comparison: Comparison | None = None
) -> dict[str, Any]:
    """Return everything of a report but its questions, ready for JSON."""
    return {
        "metrics": report.metrics,
        "categories": report.categories,
        "verdicts": verdict_counts(report.results),
        "judge": report.judge,
        "created": report.created,
        "settings": report.settings,
        "versions": report.versions,
        "missing_evidence": {name: list(ids) for name, ids in report.missing_evidence.items()},
        "gates": [
            {"gate": str(gate), "value": report.value(gate.metric), "passed": gate.passes(report)}
            for gate in gates
        ],
        "comparison": None if comparison is None else asdict(comparison),
    }


def verdict_counts(results: Sequence[Result]) -> dict[str, int]:
    """Return how many questions got each verdict, those with none left out."""
    counts = Counter(result.verdict for result in results)
    return {verdict: counts[verdict] for verdict in get_args(Verdict) if counts[verdict]}


def report_to_html(
    report: Report, *, gates: Sequence[ReleaseGate] = (), comparison: Comparison | None = None
) -> str:
    """Return the report as one page that asks nothing of any other address and runs no script."""
    environment = Environment(
        loader=PackageLoader("assistant.evaluation", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        report=report,
        summary=summary_to_dict(report, gates=gates),
        comparison=comparison,
        descriptions=DESCRIPTIONS,
        verdicts=get_args(Verdict),
        plots=_plots(report),
        rows=[_result_record(result) for result in report.results],
        format_value=format_value,
    )


def format_value(metric: str, value: float) -> str:
    """Return a metric's value as people read it: counts whole, milliseconds to one place, shares to three."""
    if metric.rpartition("/")[2] in ("questions", "errors"):
        return f"{value:.0f}"
    return f"{value:,.1f}" if metric.endswith("_ms") else f"{value:.3f}"


def _question_record(result: Result) -> dict[str, Any]:
    expected = example_to_row(result.example)
    return {
        "id": expected.pop("id"),
        "question": expected.pop("question"),
        "category": result.example.category,
        "expected": {name: value for name, value in expected.items() if name != "context"},
        "verdict": result.verdict,
        "reason": result.reason,
        "scores": result.scores,
        "milliseconds": result.prediction.milliseconds,
        "error": result.prediction.error,
        "exact_quotes": list(result.prediction.exact_quotes),
        "answer": result.prediction.answer,
    }


def _result_record(result: Result) -> dict[str, Any]:
    example, answer = result.example, result.prediction.answer
    hits = [] if answer is None or result.verdict == "right" else answer["hits"]
    return {
        "result": result,
        "hits": [
            {**hit, "holds_answer": answers_question(hit["text"], (*example.answers, *example.all_of))}
            for hit in hits
        ],
    }


def _plots(report: Report) -> dict[str, Markup]:
    drawn: dict[str, Markup] = {}
    curves = {
        name: [(k, report.metrics[f"{metric}@{k}"]) for k in CUTOFFS if f"{metric}@{k}" in report.metrics]
        for name, metric in (("the answer's words", "answer_recall"), ("articles of evidence", "recall"))
    }
    curves = {name: points for name, points in curves.items() if points}
    if curves:
        drawn["What is found among the first k"] = plots.line_chart(
            curves, x_label="k", y_label="recall", x_ticks=CUTOFFS
        )
    pairs = [(result.example, result.prediction.answer) for result in report.results]
    trials = trials_of((example, answer) for example, answer in pairs if answer is not None)
    if trials:
        drawn["What withholding answers costs and saves"] = plots.line_chart(
            {"risk": risk_coverage(*zip(*trials, strict=True))},
            x_label="coverage: share of questions answered",
            y_label="share of these wrong",
            x_ticks=[0, 0.25, 0.5, 0.75, 1],
        )
    times = [result.prediction.milliseconds for result in report.results if result.prediction.answer]
    if times:
        drawn["Time to an answer"] = plots.histogram(
            times,
            x_label="milliseconds",
            lines={"median": report.metrics["latency_p50_ms"], "95 %": report.metrics["latency_p95_ms"]},
        )
    if report.categories:
        grouped = {
            category: verdict_counts([row for row in report.results if row.example.category == category])
            for category in report.categories
        }
        drawn["By category"] = plots.stacked_bars(grouped)
    return drawn
