"""What the long forms of the tests measured: printed at the end of the run, so that it can be written down."""

import math
import os
import time

FIGURES: list[str] = []


def figure(line: str) -> None:
    """Note a figure for the end of the run."""
    FIGURES.append(line)


def seconds_left() -> float:
    """Return when a long form must stop, on the monotonic clock: TORTURE_SECONDS from now, 300 by default."""
    return time.monotonic() + float(os.environ.get("TORTURE_SECONDS", "300"))


def seconds_granted() -> float:
    """As ``seconds_left``, for a form whose count is promised: without TORTURE_SECONDS it has no bound."""
    return seconds_left() if "TORTURE_SECONDS" in os.environ else math.inf
