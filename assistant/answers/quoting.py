"""Chooses sentences to quote, and quotes them: what the answers of several kinds share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answers.abstain import within_corpus
from assistant.answers.draft import Corpus
from assistant.answers.select_sentences import read_evidence
from assistant.evidence.announced import with_announced, without_repetition
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence
from assistant.ingest.clean.credits import credit_before
from assistant.text.corrections import is_editors_note, states_correction
from assistant.text.tokens import content_words, stem, stems, tokens
from assistant.text.wording import one_line
from assistant.types import Citation, Plan, Statement

REPEATED_SHARE = 0.6
"""Least share of common words that makes two sentences the same."""
AROUND = 300
"""Characters before a sentence that are looked at with it."""
LEAD = 350
"""Characters of an article that are its lead."""
SHORTEST, LONGEST = 5, 60
"""Words of a sentence that reports."""
_ENDS = re.compile(r"[.!…][”\"’')\]]*$")
_POINTS = re.compile(
    r"(?:here|sign\s+up|subscribe|click|watch|follow)\b|for\s+(?:the\s+latest|more|live|full|updates)\b"
    r"|.*\blive\s+(?:updates?|coverage|blog)\b"
    r"|.*\b(?:reached\s+out|requests?\s+for\s+comment|requesting\s+comment)\b",
    re.I,
)
"""What tells nothing of the matter: "Here's what to know", "The firm did not answer requests for comment"."""
_QUOTED = re.compile(r"[“\"].*?[”\"]")
_ADDRESSES = re.compile(r"\b(?:I|[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")
"""What a writer says to the reader, outside quotations."""
_LEANING = re.compile(
    r"^[“\"‘'(]?(?:he|she|it|they|this|these|that|those|his|her|their|its|but|and|so|however|also)\b", re.I
)


def judged(plan: Plan, evidence: Evidence, corpus: Corpus) -> Reading:
    """Return the reading of the evidence, withheld where it is too unlikely or of another time."""
    found = read_evidence(plan.query, evidence, corpus.settings, in_few_words=False)
    return within_corpus(plan.query, found, corpus.index.counts())


def unlike(sentences: Iterable[ScoredSentence], most: int, most_words: int) -> list[ScoredSentence]:
    """Take the first sentences that do not repeat one another, within a number of sentences and of words."""
    chosen: list[ScoredSentence] = []
    seen: list[set[str]] = []
    words = 0
    for one in sentences:
        if len(chosen) == most:
            break
        own = stems(token.text for token in tokens(one.text))
        length = len(one.text.split())
        if any(len(own & other) >= REPEATED_SHARE * len(own | other) for other in seen):
            continue
        if chosen and words + length > most_words:
            continue
        chosen.append(one)
        seen.append(own)
        words += length
    return chosen


def quoted(
    sentences: Sequence[ScoredSentence],
    first: int = 1,
    run: Callable[[ScoredSentence], ScoredSentence] = with_announced,
) -> tuple[Statement, ...]:
    """State sentences word for word, each with a citation of its own, numbered from ``first``.

    ``run`` tells how far each reaches: one that announces brings what it announces.
    """
    runs = without_repetition(map(without_credit, map(run, sentences)))
    return tuple(
        Statement(one_line(one.text), (Citation(number, one.article, one.start, one.end, one.text),))
        for number, one in enumerate(runs, start=first)
    )


def answered_by(base: Reading, statements: tuple[Statement, ...]) -> Reading:
    """Return a reading that whole sentences answer: ``statements``, each with one citation, and no short answer."""
    return replace(
        base,
        answered=True,
        short=None,
        statements=statements,
        citations=tuple(one.citations[0] for one in statements),
        candidates=tuple(replace(one, citations=()) for one in base.candidates),
    )


def without_credit(one: ScoredSentence) -> ScoredSentence:
    """Leave out the credit of a picture that a sentence begins with."""
    shift = credit_before(one.text)
    return replace(one, start=one.start + shift, text=one.text[shift:]) if shift else one


def around(one: ScoredSentence) -> str:
    """Return what tells a sentence's matter: its article's title, the words before it, and itself."""
    return f"{one.article.title or ''} {one.article.text[max(0, one.start - AROUND) : one.end]}"


def mentions(text: str, name: str) -> bool:
    """Return True when a text holds every content word of a name, in any inflection."""
    wanted = stems(content_words(name))
    return bool(wanted) and wanted <= stems(token.text for token in tokens(text))


def leans(text: str) -> bool:
    """Return True when a sentence leans on the one before it: "He did not say why"."""
    return bool(_LEANING.match(text))


def reports(text: str) -> bool:
    """Return True for a whole sentence that tells news: no note of the editor's, no words to the reader."""
    fits = SHORTEST <= len(text.split()) <= LONGEST and _ENDS.search(text) and not _POINTS.match(text)
    told = _QUOTED.sub("", text)
    whole = not re.search(r"[“”\"]", told) and not _ADDRESSES.search(told)
    return bool(fits) and whole and not states_correction(text) and not is_editors_note(text)


def coverage(matches: Matches, text: str) -> float:
    """Return the share of the question, by weight of its words, that a text takes up."""
    if not matches.words:
        return 0.0
    return float(matches.table[:, matches.columns(text)].max(axis=1) @ matches.weights)


def words_in(text: str) -> set[str]:
    """Return the stems of a text's words."""
    return {stem(token.text) for token in tokens(text)}
