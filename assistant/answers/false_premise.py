"""Finds questions that assume what no article reports: "When did A attack B?" where A and B never meet.

It errs on the side of silence: a premise is doubted only where the articles mention both names, and no passage
and its neighbours hold both, in whatever form; or where they give a claim to somebody else, or to nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.agreement import acts_told, with_acts
from assistant.evidence.reading import Reading
from assistant.evidence.same_event import AskedEvent
from assistant.index import Store, StoredPassage
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval
from assistant.settings import Settings
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.noun_phrases import ARTICLE, Stance
from assistant.text.phrases import proper_names
from assistant.text.tokens import content_words, names, same_word, stem, tokens
from assistant.types import Answer, Passage, Query

NAME_PASSAGES = 300
NEAR_CHARACTERS = 500
SAME_BEGINNING = 3

_ASSUMES = re.compile(rf"^(?:when|where|why|how|how (?:many|much) .+) (?:{BE_DO_HAVE})\b", re.I)
ASSUMES_CLAIM = re.compile(
    r"^\W*(?:when|where|why|how)\b[^,;]*?\b(?:did|has|have|had)\s+(?P<actor>.+?)\s+(?:(?:ever|also|first|then)\s+)?"
    r"(?:claim(?:ed)?(?:\s+(?:responsibility|credit)\s+for)?|(?:take|taken)\s+(?:responsibility|credit)\s+for)\s+"
    r"(?!(?:that|to)\b)(?P<deed>[^?!]+)",
    re.I,
)
CLAIMS: frozenset[Stance] = frozenset({"claimed", "no_claim"})


def unreported(query: Query, index: Store) -> str | None:
    """Remark that no passage joins two names that a question joins, or None where its premise stands.

    Only questions that assume an event ("when did", "why was") are looked at, and only with names that the
    articles hold.
    """
    if not _ASSUMES.match(query.text):
        return None
    found = list(dict.fromkeys(proper_names(query.text)))
    if len(found) < 2:
        return None
    counts = index.word_counts([token.text for name in found for token in tokens(name)])
    known = [name for name in found if all(counts[token.text] for token in tokens(name))]
    if len(known) < 2:
        return None
    words = [word for name in known for word in content_words(name)]
    rows = [row for row, _ in index.search_words(words, NAME_PASSAGES, None)]
    held = [(one.passage, _names_held(one, known)) for one in index.passages(rows)]
    for one, other in itertools.combinations(known, 2):
        by_one = [passage for passage, together in held if one in together]
        by_other = [passage for passage, together in held if other in together]
        if not any(_are_near(first, second) for first in by_one for second in by_other):
            return f"The articles mention {one} and {other}, but nowhere together."
    return None


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
    event = AskedEvent(question, asked, retrieval.hits, retrieval.names)
    told = list(acts_told(reading, question, event, retrieval, CLAIMS)) if event.names else []
    known = (actor, *retrieval.names.variants(actor))
    if not told or any(may_mention(one.sentence.text, name) for one in told for name in known):
        return None
    instead = with_acts(reading, told, retrieval.names, settings)
    claimed = [one.value for one in instead.sides if one.stance == "claimed"]
    who = f"{' and '.join(dict.fromkeys(claimed))} did" if claimed else "nobody has"
    remark = f"The articles do not say that {found['actor']} claimed it; they say that {who}."
    return remark, replace(instead, answered=False, short=None, statements=())


def _names_held(stored: StoredPassage, known: Sequence[str]) -> set[str]:
    mentioned = _words_of_names(f"{stored.article.title or ''}\n{stored.passage.text}")
    return {name for name in known if _among(mentioned, name)}


def _are_near(one: Passage, other: Passage) -> bool:
    between = max(one.start, other.start) - min(one.end, other.end)
    return one.article_id == other.article_id and between <= NEAR_CHARACTERS


def may_mention(text: str, name: str) -> bool:
    """Return True when a text may mention a name: by a word of it, its initials, or a word with its beginning."""
    return _among(_words_of_names(text), name)


def _words_of_names(text: str) -> set[tuple[str, ...]]:
    return {tuple(token.text for token in tokens(span.text)) for span in names(text)}


def _among(mentioned: Iterable[tuple[str, ...]], name: str) -> bool:
    wanted = [token.text for token in tokens(name)]
    initials = "".join(word[0] for word in wanted)
    for words in mentioned:
        if len(initials) > 1 and (initials in words or initials == "".join(word[0] for word in words)):
            return True
        if name == "".join(word[0] for word in words if word[0].isupper()):
            return True
        if any(_may_be_one_name(one, other) for one in words for other in wanted):
            return True
    return False


def with_doubt(answer: Answer, remark: str) -> Answer:
    """Say of a withheld answer what its question wrongly assumes; it cites the nearest that the articles say."""
    markers = "".join(f"[{citation.number}]" for citation in answer.citations)
    return replace(
        answer,
        outcome="false_premise",
        text=f"{remark} The nearest they come is quoted below. {markers}" if markers else remark,
    )


def _may_be_one_name(one: str, other: str) -> bool:
    """Return True when two words may be one name, or a land and its people ("France" and "French")."""
    letters = 2 if one.endswith(("ch", "sh")) else SAME_BEGINNING
    same_beginning = one[0].isupper() and one[:letters].lower() == other[:letters].lower()
    return same_beginning or same_word(stem(one), stem(other))
