"""Finds that a question assumes a claim which the articles give to somebody else, or to nobody."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asked import profile
from assistant.claims.agreement import acts_told, with_acts
from assistant.claims.noun_phrases import ARTICLE, Stance
from assistant.claims.same_event import Event
from assistant.datamodels import Query
from assistant.premises import mentions
from assistant.read import Reading
from assistant.retrieve import Retrieval
from assistant.settings import Settings
from assistant.words import names

ASSUMES_CLAIM = re.compile(
    r"^\W*(?:when|where|why|how)\b[^,;]*?\b(?:did|has|have|had)\s+(?P<actor>.+?)\s+(?:(?:ever|also|first|then)\s+)?"
    r"(?:claim(?:ed)?(?:\s+(?:responsibility|credit)\s+for)?|(?:take|taken)\s+(?:responsibility|credit)\s+for)\s+"
    r"(?!(?:that|to)\b)(?P<deed>[^?!]+)",
    re.I,
)
CLAIMS: frozenset[Stance] = frozenset({"claimed", "no_claim"})


def contradicted(
    query: Query, reading: Reading, retrieval: Retrieval, settings: Settings
) -> tuple[str, Reading] | None:
    """Find that what somebody is assumed to have claimed was claimed by others, or by nobody.

    Returns a remark and a reading that cites who did; None where the premise may stand: the claimant is no plain
    name, the articles tell of no claim, or one of them mentions the claimant beside it.
    """
    found = ASSUMES_CLAIM.match(query.text)
    if found is None:
        return None
    actor = ARTICLE.sub("", found["actor"])
    if [span.text for span in names(actor)] != [actor]:
        return None
    question = f"Who claimed {found['deed'].strip()}?"
    asked = profile(question, retrieval.counts, retrieval.passages)
    event = Event(question, asked, retrieval.hits, retrieval.names)
    told = list(acts_told(reading, question, event, retrieval, CLAIMS)) if event.names else []
    known = (actor, *retrieval.names.variants(actor))
    if not told or any(mentions(one.sentence.text, name) for one in told for name in known):
        return None
    instead = with_acts(reading, told, retrieval.names, settings)
    claimed = [one.value for one in instead.sides if one.stance == "claimed"]
    who = f"{' and '.join(dict.fromkeys(claimed))} did" if claimed else "nobody has"
    remark = f"The articles do not say that {found['actor']} claimed it; they say that {who}."
    return remark, replace(instead, answered=False, short=None, statements=())
