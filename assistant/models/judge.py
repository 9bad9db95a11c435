"""The judge: whether a text supports a statement.

A judge reads a text and a statement and says how likely the text supports it, contradicts it, or does neither
(natural language inference; Bowman et al. 2015, Williams et al. 2018). A question followed by its answer is read
as a statement too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probabilities that a text supports a statement, contradicts it, or does neither; they sum to 1."""

    supported: float
    contradicted: float
    neither: float


class Judge(Protocol):
    """Judges statements by texts; ``name`` and ``digest`` identify the weights."""

    name: str
    digest: str

    def judge(self, pairs: Sequence[tuple[str, str, str]]) -> list[Judgement]:
        """Judge each of (statement, title of the text, text)."""
