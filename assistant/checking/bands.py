"""How far a statement was checked, as one of four marks.

- ``quoted``: the words it rests on stand in the article as quoted, and so does each of its names, figures, dates
  and quotations. Whether they say what the statement says was not looked at, or the judge does not tell.
- ``checked``: the same, and a judge or a second look by the user's model finds that they do, or it is a whole
  sentence of the article.
- ``compare``: something does not stand in the quotes, or the judge finds it unlikely: read the quote.
- ``doubtful``: the judge finds it very unlikely, or the second look finds that the quotes do not say it.

The judge's bounds were set on ``tests/chat/marks``, where .92 of the true sentences bear no mark and .48 of
the planted errors do; of RAGTruth's responses that people found supported .49 bear one, .27 with
``UNLIKELY`` at .10, where .39 of the planted errors do. A judge is drawn to what repeats the words of its
text (McCoy, Pavlick and Linzen 2019), so that to ask less of statements in their own words was tried with
the judge before, and left: with a weight of 3 in log odds .56 instead of .41 of the planted errors in rows
21 to 60 are marked, but on sentences of RAGTruth, whose errors nobody planted, its AUC falls from .59 to
.45.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.citations import sentences_of
from assistant.models.judge import Judge
from assistant.question.understand import is_english
from assistant.text.tokens import tokens
from assistant.types import Citation, Mark, MarkedWords, Statement

# The judge's probability from which a statement counts as checked, and those below which it is to be compared, or
# doubtful.
CHECKED = 0.65
UNLIKELY = 0.225
DOUBTFUL = 0.09
# The probability below which what a small model says in its own words is to be compared: it has no second look. And
# the likeness from which it has copied a sentence.
SMALL_UNLIKELY = 0.35
COPIED_SENTENCE = 0.97


def band(
    marked: Sequence[MarkedWords],
    support: float | None,
    *,
    exact: bool = True,
    likeness: float = 0.0,
    small: bool = False,
) -> Mark:
    """Choose the mark from the marked words, the judge's support and whether the quotes were the article's own.

    What is a whole sentence of the article (``likeness`` 1) needs no judge. Of what a ``small`` model says in words
    of its own more support is asked.
    """
    if likeness == 1 and exact and not marked:
        return "checked"
    unlikely = SMALL_UNLIKELY if small and likeness < COPIED_SENTENCE else UNLIKELY
    if support is not None and support < DOUBTFUL:
        return "doubtful"
    if marked or not exact or (support is not None and support < unlikely):
        return "compare"
    return "checked" if support is not None and support >= CHECKED else "quoted"


def likeness_to_sentences(statement: Statement) -> float:
    """Return how like a statement is, 0 to 1, to the sentence of a cited article that it is likest to."""
    from rapidfuzz import fuzz

    told = _folded(statement.text)
    return max(
        (
            fuzz.ratio(told, _folded(one.article.text[sentence.start : sentence.end])) / 100
            for one in statement.citations
            for sentence in sentences_of(one.article.text)
            if one.start < sentence.end and sentence.start < one.end
        ),
        default=0.0,
    )


def _folded(text: str) -> str:
    return " ".join(token.text.casefold() for token in tokens(text))


def statement_supports(statements: Sequence[Statement], judge: Judge | None) -> list[float | None]:
    """Ask the judge how likely the quotations of each statement support it; None without a judge.

    It reads English, so that it is not asked about a statement in another language.

    The judge reads the quoted sentences of each article with the one before and after; of several articles the best
    counts, and all together count for what is drawn from several.
    """
    if judge is None or not statements:
        return [None] * len(statements)
    pairs, owners = [], []
    for place, statement in enumerate(statements):
        grounds = grounds_of(statement.citations) if is_english(statement.text) else []
        if len(grounds) > 1:
            grounds.append(("", "\n".join(text for _, text in grounds)))
        pairs += [(statement.text, title, text) for title, text in grounds]
        owners += [place] * len(grounds)
    best: list[float | None] = [None] * len(statements)
    for owner, judged in zip(owners, judge.judge(pairs), strict=True):
        best[owner] = max(best[owner] or 0.0, judged.supported)
    return best


def grounds_of(citations: Sequence[Citation], around: int = 1) -> list[tuple[str, str]]:
    """Return each cited article's title with its date, and the quoted sentences with so many around them."""
    grounds = []
    for article in {one.article.id: one.article for one in citations}.values():
        spans = [(one.start, one.end) for one in citations if one.article.id == article.id]
        sentences = sentences_of(article.text)
        touched = [
            place
            for place, one in enumerate(sentences)
            if any(one.start < end and start < one.end for start, end in spans)
        ]
        near = sorted({place + by for place in touched for by in range(-around, around + 1)})
        told = [sentences[place] for place in near if 0 <= place < len(sentences)]
        text = " ".join(article.text[one.start : one.end] for one in told)
        day = f" ({article.published.isoformat()})" if article.published else ""
        grounds.append((f"{article.title or ''}{day}".strip(), re.sub(r"\s+", " ", text)))
    return grounds
