"""Question sets, metrics and the report people read."""

from assistant.evaluation.evaluate import Report, Result, evaluate
from assistant.evaluation.examples import load_examples

__all__ = ["Report", "Result", "evaluate", "load_examples"]
