"""Finds questions that assume what no article reports: "When did A attack B?" where A and B never meet.

It errs on the side of silence: a premise is doubted only where the articles mention both names, and no passage
holds both, in whatever form.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from assistant.datamodels import Answer, Query
from assistant.index import Index
from assistant.phrases import proper_names
from assistant.words import names, same_word, stem, tokens

PASSAGES = 300
SAME_BEGINNING = 2

_ASSUMES = re.compile(
    r"^(?:when|where|why|how|how (?:many|much) .+) (?:did|does|do|was|were|is|are|has|have|had)\b", re.I
)


def unreported(query: Query, index: Index) -> tuple[str, str] | None:
    """Find two names that a question joins and no passage does, or None where its premise stands.

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
    words = [token.text for name in known for token in tokens(name)]
    if len(known) < 2:
        return None
    rows = [row for row, _ in index.search_words(words, PASSAGES, None)]
    texts = [f"{one.article.title or ''}\n{one.passage.text}" for one in index.passages(rows)]
    held = [{name for name in known if mentions(text, name)} for text in texts]
    for one, other in itertools.combinations(known, 2):
        if not any({one, other} <= together for together in held):
            return one, other
    return None


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


def with_doubt(answer: Answer, premise: tuple[str, str]) -> Answer:
    """Withhold an answer whose question assumes what no article reports; what it cited stays as the nearest."""
    markers = "".join(f"[{citation.number}]" for citation in answer.citations)
    text = f"The articles mention {premise[0]} and {premise[1]}, but nowhere together."
    return replace(
        answer,
        outcome="false_premise",
        answered=False,
        short=None,
        statements=(),
        text=f"{text} The nearest they come is quoted below. {markers}" if markers else text,
    )


def _alike(one: str, other: str) -> bool:
    same_beginning = one[0].isupper() and one[:SAME_BEGINNING].lower() == other[:SAME_BEGINNING].lower()
    return same_beginning or same_word(stem(one), stem(other))
