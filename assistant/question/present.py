"""Whether a question asks how things stand now: "Who leads the army?", "How many have died so far?".

Most questions in the present tense are about what one article tells, whenever that was: to prefer new articles for
all of them put the right sentence first for .66 instead of .72 of 249 questions. For those recognised here it costs
nothing.
"""

from __future__ import annotations

import re

from assistant.text.english.verbs import PAST
from assistant.text.tokens import tokens
from assistant.types import Query

_NOW = re.compile(
    r"\b(?:now|currently|current|nowadays|these days|at present|so far|still|today|yet)\b", re.IGNORECASE
)
_HOLDS = re.compile(
    r"^\W*(?:and |so |but )?(?:(?:who|which [a-z]+)(?:[’']s| is| are| [a-z]+(?<!s)s)\b"
    r"|how (?:many|much)\b.*\b(?:has|have)\b|how old (?:is|are)\b"
    r"|what(?:[’']s| is| are) (?:the )?(?:[a-z]+ )?(?:tolls?|number|total)\b)",
    re.IGNORECASE,
)
_PAST_FORM = re.compile(rf"(?:{PAST}|[a-z]+ed)")
_PAST_FORMS = re.compile(rf"\b(?:{_PAST_FORM.pattern})\b")
_STANDS = re.compile(r"\W*(?:is|are|do|does|am)\b", re.IGNORECASE)
_PERFECT = frozenset({"has", "have"})


def asks_of_now(query: Query) -> bool:
    """Tell whether a question asks who holds a place, how many so far, for an age, or has a word for now.

    One that names a period is of that.

    "Who was chosen to lead it?" and "Was he still there?" are of the past.
    """
    if query.asked_period is not None:
        return False
    text = query.text
    first = next((one.text for one in tokens(text) if one.text.islower() or one.start == 0), "").lower()
    if _PAST_FORM.fullmatch(first) and first not in _PERFECT:
        return False
    return bool(_NOW.search(text) or (_HOLDS.match(text) and not _asks_of_past(text)))


def asks_how_things_stand(query: Query) -> bool:
    """Tell whether a question of yes or no is of the present, of no period: "Are prices rising?"."""
    return (
        query.asked_period is None and bool(_STANDS.match(query.text)) and not _PAST_FORMS.search(query.text)
    )


def _asks_of_past(text: str) -> bool:
    """Tell whether the verb after the question word is in the past: "who led", "which side has lost"."""
    words = [one.text for one in tokens(text)]
    return (
        len(words) > 1 and bool(_PAST_FORM.fullmatch(words[1].lower())) and words[1].lower() not in _PERFECT
    )
