"""Finds questions that assume what no article reports: "When did A attack B?" where A and B never meet.

It errs on the side of silence: a premise is doubted only where the articles mention both names, and no passage
and its neighbours hold both, in whatever form.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.datamodels import Answer, Passage, Query
from assistant.followups.phrases import proper_names
from assistant.index import Index, StoredPassage
from assistant.words import content_words, names, same_word, stem, tokens

PASSAGES = 300
NEAR_CHARACTERS = 500
SAME_BEGINNING = 3

_ASSUMES = re.compile(
    r"^(?:when|where|why|how|how (?:many|much) .+) (?:did|does|do|was|were|is|are|has|have|had)\b", re.I
)


def unreported(query: Query, index: Index) -> str | None:
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
    rows = [row for row, _ in index.search_words(words, PASSAGES, None)]
    held = [(one.passage, _held(one, known)) for one in index.passages(rows)]
    for one, other in itertools.combinations(known, 2):
        by_one = [passage for passage, together in held if one in together]
        by_other = [passage for passage, together in held if other in together]
        if not any(_near(first, second) for first in by_one for second in by_other):
            return f"The articles mention {one} and {other}, but nowhere together."
    return None


def _held(stored: StoredPassage, known: Sequence[str]) -> set[str]:
    text = f"{stored.article.title or ''}\n{stored.passage.text}"
    return {name for name in known if mentions(text, name)}


def _near(one: Passage, other: Passage) -> bool:
    between = max(one.start, other.start) - min(one.end, other.end)
    return one.article_id == other.article_id and between <= NEAR_CHARACTERS


def mentions(text: str, name: str) -> bool:
    """Tell whether a text may speak of a name: by a word of it, its initials, or a word that begins as it does."""
    wanted = [token.text for token in tokens(name)]
    initials = "".join(word[0] for word in wanted)
    for span in names(text):
        words = [token.text for token in tokens(span.text)]
        if initials in {"".join(word[0] for word in words), *words} and len(initials) > 1:
            return True
        if name == "".join(word[0] for word in words if word[0].isupper()):
            return True
        if any(_alike(one, other) for one in words for other in wanted):
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


def _alike(one: str, other: str) -> bool:
    """Tell whether two words may be one name, or a land and its people ("France" and "French")."""
    letters = 2 if one.endswith(("ch", "sh")) else SAME_BEGINNING
    same_beginning = one[0].isupper() and one[:letters].lower() == other[:letters].lower()
    return same_beginning or same_word(stem(one), stem(other))
