"""The types that travel through the assistant: frozen dataclasses without behaviour of their own.

Offsets count Unicode code points of ``Article.text``; ``end`` is exclusive.
"""

from assistant.types.answers import (
    Answer,
    Candidate,
    Cell,
    Citation,
    Event,
    Item,
    Mark,
    MarkedWords,
    Outcome,
    Row,
    Side,
    Statement,
    Table,
)
from assistant.types.articles import Article, Failure, Hit, IngestReport, Passage, Skipped, SourceFile
from assistant.types.examples import Example, ExpectedSide
from assistant.types.questions import AskedPeriod, Filters, Kind, Period, Plan, Query, Turn

__all__ = [
    "Answer",
    "Article",
    "AskedPeriod",
    "Candidate",
    "Cell",
    "Citation",
    "Event",
    "Example",
    "ExpectedSide",
    "Failure",
    "Filters",
    "Hit",
    "IngestReport",
    "Item",
    "Kind",
    "Mark",
    "MarkedWords",
    "Outcome",
    "Passage",
    "Period",
    "Plan",
    "Query",
    "Row",
    "Side",
    "Skipped",
    "SourceFile",
    "Statement",
    "Table",
    "Turn",
]
