"""Gates: the values that metrics must keep, given as ``metric>=value``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import QuestionSetError
from assistant.evaluation.evaluate import Report
from assistant.evaluation.metrics import DESCRIPTIONS

_GATE = re.compile(r"\s*(?P<metric>\S.*?)\s*(?P<sign>>=|<=)\s*(?P<bound>-?\d+(?:\.\d+)?)\s*")

_METRICS = ("questions", "errors", *DESCRIPTIONS)


@dataclass(frozen=True, slots=True)
class ReleaseGate:
    """A bound that a metric must keep: at least ``bound``, or, where ``at_most``, no more than it.

    ``metric`` is a name, or ``category/name`` for one category alone.
    """

    metric: str
    bound: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{self.metric}{'<=' if self.at_most else '>='}{self.bound:g}"

    def passes(self, report: Report) -> bool:
        """Return whether the report keeps the bound; a metric that its questions do not give does not."""
        value = report.value(self.metric)
        if value is None:
            return False
        return value <= self.bound if self.at_most else value >= self.bound


def parse_gates(texts: Iterable[str]) -> tuple[ReleaseGate, ...]:
    """Read gates such as ``accuracy>=0.8`` or ``errors<=0``; ``@FILE`` stands for the lines of a file.

    In a file, empty lines and what follows a ``#`` are left out.

    Raises:
        QuestionSetError: a gate is not of this form, names no metric, or its file cannot be read.
    """
    gates = []
    for text in texts:
        for line in _gate_lines(Path(text[1:])) if text.startswith("@") else [text]:
            match = _GATE.fullmatch(line)
            if match is None:
                raise QuestionSetError(
                    f"gate {line!r} cannot be read; write it as metric>=value or metric<=value"
                )
            name = match["metric"].rpartition("/")[2].partition("@")[0]
            if name not in _METRICS:
                raise QuestionSetError(
                    f"gate {line!r}: there is no metric {name!r}; choose from {', '.join(_METRICS)}"
                )
            gates.append(ReleaseGate(match["metric"], float(match["bound"]), match["sign"] == "<="))
    return tuple(gates)


def _gate_lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path}: cannot be read as a file of gates: {error}") from None
    return [line for line in (line.partition("#")[0].strip() for line in lines) if line]
