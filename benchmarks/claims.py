"""Score judges of support on claims: ``python -m benchmarks.claims CLAIMS.jsonl [--judge MODULE:FUNCTION]``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.evaluation.examples import open_text


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """Scores of one class over claims, each a share from 0 to 1."""

    accuracy: float
    precision: float
    recall: float
    f1: float
    claims: int


def score_claims(expected: Sequence[bool], given: Sequence[bool]) -> ClaimScores:
    """Score a class: whether each claim has it, and whether the judge says so.

    Source: RAGTruth (arXiv 2401.00396), class "unsupported"; WiCE (arXiv 2303.01432), class
    "supported". A share of nothing is 0.
    """
    pairs = list(zip(expected, given, strict=True))
    hit = sum(wanted and said for wanted, said in pairs)
    said, wanted = sum(given), sum(expected)
    return ClaimScores(
        accuracy=sum(one == other for one, other in pairs) / len(pairs),
        precision=hit / said if said else 0.0,
        recall=hit / wanted if wanted else 0.0,
        f1=2 * hit / (said + wanted) if said + wanted else 0.0,
        claims=len(pairs),
    )


def best_threshold(expected: Sequence[bool], support: Sequence[float]) -> float:
    """Return the support from which a claim is called supported that gives the best F1.

    To be found on claims other than those it is then scored on.
    """
    return max(
        sorted(set(support)),
        key=lambda bound: score_claims(expected, [value >= bound for value in support]).f1,
    )


def judge_claims(path: Path, judge: Callable[[Sequence[str], str], float]) -> dict[str, ClaimScores]:
    """Score a judge, which returns support from 0 to 1, by both classes.

    The threshold is found on the claims of even position and scored on the odd ones.
    """
    with open_text(path) as file:
        claims = [json.loads(line) for line in file]
    support = [float(judge(claim["evidence"], claim["claim"])) for claim in claims]
    expected = [bool(claim["supported"]) for claim in claims]
    bound = best_threshold(expected[::2], support[::2])
    given = [value >= bound for value in support[1::2]]
    kept = expected[1::2]
    return {
        "supported": score_claims(kept, given),
        "unsupported": score_claims([not one for one in kept], [not one for one in given]),
    }


def main() -> int:
    """Score the judge that the command line names."""
    parser = argparse.ArgumentParser(description="Score a judge of support on converted claims.")
    parser.add_argument("claims", type=Path)
    parser.add_argument(
        "--judge", default="assistant.evaluation.citing:containment", metavar="MODULE:FUNCTION"
    )
    arguments = parser.parse_args()
    module, _, name = arguments.judge.partition(":")
    scores = judge_claims(arguments.claims, getattr(importlib.import_module(module), name))
    print(json.dumps({group: asdict(one) for group, one in scores.items()}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
