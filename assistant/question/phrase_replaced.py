"""The phrase of a question that a fragment stands in for: "And in Rome?" after "What happened in Oslo?"."""

from __future__ import annotations

import re

from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.phrases import NOUNS, event_phrase, phrases, subject

_HOW_MANY_THINGS = re.compile(rf"^how many (.*?)(?= (?:{BE_DO_HAVE}|died|will)\b|$)", re.I)


def phrase_like(asked: str, fragment: str) -> str | None:
    """Choose the phrase of a question that a fragment replaces: one of the same form."""
    cut, own = phrases(asked), phrases(fragment)
    counted, doer, happened = _HOW_MANY_THINGS.match(asked), subject(asked), event_phrase(asked)
    if "e" in own.kinds and happened and happened in asked:
        return happened
    if "n" not in own.kinds:
        return counted.group(1) if counted else _owned(asked, doer) or doer
    named = [span for span in cut.matches(re.compile(NOUNS)) if "n" in cut.kinds[slice(*span)]]
    alike = [span for span in named if _bare_name(cut.kinds[slice(*span)]) == _bare_name(own.kinds)]
    if alike:
        return cut.slice(*(alike[0] if doer == cut.slice(*alike[0]) else alike[-1]))
    if own.kinds.startswith("d") and doer:
        return doer
    bare = cut.matches(re.compile("n+"))
    return cut.slice(*bare[-1]) if bare else doer


def _owned(asked: str, owner: str | None) -> str | None:
    """Return what an owner has: "heat pumps" of "Acme's heat pumps"."""
    if not owner or not owner.endswith(("’s", "'s")) or owner not in asked:
        return None
    after = phrases(asked[asked.index(owner) + len(owner) :].strip())
    found = re.match("[ws]*s", after.kinds)
    return after.slice(0, found.end()) if found else None


def _bare_name(kinds: str) -> bool:
    return re.fullmatch("d?n+", kinds) is not None


def with_phrase(asked: str, old: str, new: str) -> str:
    """Put a phrase in the place where another last stands in a question."""
    at = asked.rfind(old)
    if asked[:at].endswith(("’s ", "'s ")):
        new = re.sub(r"^(?:the|those|these)\s+", "", new)
    return f"{asked[:at]}{new}{asked[at + len(old) :]}"
