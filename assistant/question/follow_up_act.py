"""What a follow-up wants of the answer before it: further items, other figures, a shorter form, a reason, ...

Told by a regression of the same form as a question's kind (``kind.py``), over words and the vector; fitted by
``training.fit_kind --follow-ups``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from assistant.question.kind import label_odds, load_kind_model
from assistant.text.tokens import content_words

FollowUpAct = Literal[
    "others", "figures", "items", "source", "summary", "why", "narrowed", "courtesy", "none"
]
ACT_WEIGHTS = Path(__file__).parent.parent / "models" / "weights" / "follow_up_act.json"
SURE_ACT = 0.6
"""Least probability with which a follow-up wants something of the answer before."""
FOLLOW_UP_WORDS = 5
"""Content words beyond which a question asks something of its own."""


def act_of(question: str) -> FollowUpAct:
    """Tell what a follow-up wants of the answer before; "none" for a question of its own, or about its topic."""
    if len(content_words(question)) > FOLLOW_UP_WORDS:
        return "none"
    odds = label_odds(question, load_kind_model(ACT_WEIGHTS))
    best = max(odds, key=lambda act: odds[act])
    return cast(FollowUpAct, best) if odds[best] >= SURE_ACT else "none"
