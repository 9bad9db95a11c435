"""``python -m assistant evaluate``: run a question set, print a table, hold the gates."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.compare import Comparison, compare_reports
from assistant.evaluation.evaluate import Report, evaluate
from assistant.evaluation.examples import load_examples
from assistant.evaluation.gates import parse_gates
from assistant.evaluation.metrics import DESCRIPTIONS
from assistant.evaluation.report import (
    format_value,
    load_report,
    summary_to_dict,
    verdict_counts,
    write_report,
)
from assistant.types import Answer, Example

GATE_FAILED = 3
"""The exit code when a gate fails."""


def run(
    answer: Callable[[Example], Answer],
    questions: Path,
    *,
    out: Path | None = None,
    compare: Path | None = None,
    gates: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    articles: Collection[str] | None = None,
    as_json: bool = False,
) -> int:
    """Evaluate a question set and print what it comes to; return 0, or 3 where a gate failed.

    The summary goes to stdout, as a table or one JSON object; the progress bar, warnings and
    failed gates to stderr. ``articles`` are the ids that the index holds.

    Raises:
        QuestionSetError: the set, the earlier report or a gate cannot be used.
    """
    bounds = parse_gates(gates)
    earlier = load_report(compare) if compare else None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        examples = load_examples(questions)
    for warning in caught:
        _print_note(f"warning: {warning.message}")
    report = evaluate(answer, examples, out=out, settings=settings, articles=articles, progress=True)
    comparison = compare_reports(earlier, report) if earlier is not None else None
    if report.missing_evidence:
        missing = {name for ids in report.missing_evidence.values() for name in ids}
        _print_note(
            f"warning: {len(missing)} articles of the evidence of {len(report.missing_evidence)} questions "
            f"are not indexed and do not count: {', '.join(sorted(missing)[:5])}"
            + (" …" if len(missing) > 5 else "")
        )
    summary = summary_to_dict(report, gates=bounds, comparison=comparison)
    if out is not None:
        write_report(report, out, gates=bounds, comparison=comparison)
    if as_json:
        sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        sys.stdout.write(report_table(report, comparison))
    failed = [gate for gate in bounds if not gate.passes(report)]
    for gate in failed:
        value = report.value(gate.metric)
        _print_note(
            f"gate failed: {gate}: " + ("no question gives it" if value is None else f"it is {value:.4g}")
        )
    return GATE_FAILED if failed else 0


def report_table(report: Report, comparison: Comparison | None = None) -> str:
    """Return the metrics of a report, and what changed since an earlier one, as lines of text."""
    counts = ", ".join(
        f"{count} {verdict.replace('_', ' ')}" for verdict, count in verdict_counts(report.results).items()
    )
    lines = [f"{len(report.results)} questions: {counts}", ""]
    lines += [
        f"{name:<24}{format_value(name, value):>10}  {DESCRIPTIONS[name.partition('@')[0]]}"
        for name, value in report.metrics.items()
        if name not in ("questions", "errors")
    ]
    if report.categories:
        lines += ["", f"{'category':<24}{'questions':>10}{'right':>8}{'wrong':>8}{'withheld':>10}"]
        lines += [
            f"{category[:23]:<24}{metrics['questions']:>10.0f}"
            f"{metrics.get('accuracy', 0):>8.3f}{metrics.get('wrong_rate', 0):>8.3f}"
            f"{metrics.get('not_attempted_rate', 0):>10.3f}"
            for category, metrics in report.categories.items()
        ]
    if comparison is not None:
        lines += ["", f"{'against the earlier':<24}{'before':>10}{'now':>8}  95 % interval of the difference"]
        lines += [
            f"{row.metric:<24}{row.old:>10.3f}{row.new:>8.3f}  {row.low:+.3f} to {row.high:+.3f}"
            + (" *" if row.certain else "")
            for row in comparison.differences
        ]
        for title, changes in (("better", comparison.better), ("worse", comparison.worse)):
            lines.append(f"{title}: {len(changes)}")
            lines += [f"  {change.id}: {change.old} -> {change.new}: {change.question}" for change in changes]
    return "\n".join(lines) + "\n"


def _print_note(line: str) -> None:
    sys.stderr.write(line + "\n")
