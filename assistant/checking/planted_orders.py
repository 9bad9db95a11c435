"""Recognises a statement that does what an article orders, instead of telling what it reports."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.instructions import orders
from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stem, stems, tokens
from assistant.types import Citation, Hit

# Usual words that only an order holds, from which a statement counts as following it; of names and figures one
# is enough.
USUAL_WORDS = 2


def obeys(text: str, citations: Sequence[Citation], hits: Sequence[Hit]) -> bool:
    """Return True when a statement adds to what it cites words that stand only in an order that a passage gives.

    One name or figure is enough, or two usual words, or all that the statement has.
    """
    words = content_words(text)
    cited = _stems_of("\n".join(one.quote for one in citations))
    added = {stem(word): word for word in words if stem(word) not in cited}
    if not added:
        return False
    ordered: set[str] = set()
    reported: set[str] = set()
    for hit in hits:
        whole = f"{hit.article.title or ''}\n{hit.passage.text}"
        for span in split_sentences(whole):
            part = whole[span.start : span.end]
            (ordered if orders(part) else reported).update(_stems_of(part))
    taken = [added[one] for one in added.keys() & (ordered - reported)]
    telling = any(word[0].isupper() or word[0].isdigit() for word in taken)
    return bool(taken) and (telling or len(taken) >= min(USUAL_WORDS, len(words)))


def gives_orders(text: str) -> bool:
    """Return True when any sentence of a text gives a language model orders."""
    return any(orders(text[one.start : one.end]) for one in split_sentences(text))


def _stems_of(text: str) -> set[str]:
    return stems(token.text for token in tokens(text))
