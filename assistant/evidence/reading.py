"""What was read for a question: the draft that later steps complete and check."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence.sentences import ScoredSentence
from assistant.question.question_type import Profile
from assistant.types import Candidate, Citation, Side, Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """What the passages say: statements (or, when ``answered`` is false, the nearest evidence as citations).

    ``asked`` is the question's profile, ``ranked`` the sentences it was read from, best first.
    ``sides``, ``differ`` (whether they contradict one another), ``lead`` (a line that lists them) and ``notes``
    are filled in by ``agreement.agree``.
    ``dated`` is True when dates in the text put the best sentence into the period asked about; ``unknown``
    lists the names of the question that no article holds.
    """

    answered: bool
    confidence: float
    short: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    candidates: tuple[Candidate, ...]
    mentioned: bool
    asked: Profile | None = None
    ranked: tuple[ScoredSentence, ...] = ()
    sides: tuple[Side, ...] = ()
    differ: bool = False
    lead: str = ""
    notes: tuple[str, ...] = ()
    dated: bool = False
    unknown: tuple[str, ...] = ()
