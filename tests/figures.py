"""What the long forms of the tests measured: printed at the end of the run, so that it can be written down."""

import os
import time

FIGURES: list[str] = []


def figure(line: str) -> None:
    """Note a figure for the end of the run."""
    FIGURES.append(line)


def seconds_left() -> float:
    """Return when a long form must stop, on the monotonic clock: TORTURE_SECONDS from now, 300 by default."""
    return time.monotonic() + float(os.environ.get("TORTURE_SECONDS", "300"))
