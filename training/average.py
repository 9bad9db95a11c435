"""Averages checkpoints of the reader that come from one start: what the runs learnt adds up.

    python -m training.average OUT/reader.pt RUN/reader.pt RUN/reader.pt... [--shares 0.5 0.5]

Source: Wortsman et al. 2022, "Model soups" (arXiv 2203.05482) and "Robust fine-tuning of zero-shot models" (arXiv
2109.01903).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(states: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """Return the mean of the weights of one network, each state with its share; the shares add up to 1.

    Raises:
        ValueError: the states are of different networks, or the shares do not fit them.
    """
    if len(shares) != len(states) or abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"{len(states)} checkpoints need as many shares, which add up to 1, not {shares}")
    if any(state.keys() != states[0].keys() for state in states):
        raise ValueError("the checkpoints are of different networks")
    return {
        name: torch.stack([share * state[name] for share, state in zip(shares, states, strict=True)]).sum(0)
        for name in states[0]
    }


def main() -> int:
    """Write the mean of the checkpoints that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+", help="equal ones unless told")
    arguments = parser.parse_args()
    states = [torch.load(path) for path in arguments.weights]
    try:
        mean = average(states, arguments.shares or [1 / len(states)] * len(states))
    except ValueError as error:
        parser.error(str(error))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
