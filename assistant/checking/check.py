"""Checks whether statements are supported by the words they cite, and keeps those that are.

Statements of the built-in answerer must stand in them word for word. Those of a chat model must pass the exact
gate and be likely by a fitted score (``support_score``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.verdict import Verdict
from assistant.chat.write import Draft, cite, declines, in_context, numbered
from assistant.checking.exact_gate import assumes, exact, misattaches, obeys, plain, supports, telling
from assistant.evidence.features import Matches, answer_threshold
from assistant.evidence.reading import Reading
from assistant.models.embedder import Embedder
from assistant.models.support_score import described, doubt, support, thresholds
from assistant.names import KnownNames
from assistant.settings import Settings
from assistant.types import Citation, Hit, Query, Statement

# The share of the threshold for answering below which a chat model's answer is withheld as well.
UNLIKELY = 0.75
# The share of a question's words, by weight, that a statement or what it cites must take up.
TAKES_UP = 0.3


def check(statement: Statement) -> Statement:
    """Mark a statement as supported when its words stand, in order, in words that it cites exactly."""
    text = plain(statement.text)
    supported = exact(statement.citations) and any(text in plain(one.quote) for one in statement.citations)
    return replace(statement, supported=supported)


def check_draft(
    draft: Draft,
    reading: Reading,
    query: Query,
    hits: Sequence[Hit],
    settings: Settings,
    names: KnownNames | None = None,
    embedder: Embedder | None = None,
) -> Verdict:
    """Keep of a chat model's draft what the hits support; where nothing is left, the built-in reading stays.

    ``names`` are ways to write one name, each of which stands for the others. With an ``embedder`` what is left is
    scored as well: an unlikely statement goes, and a doubtful answer says so. An answer that takes up little of
    the question goes, and so does one to what the passages most likely do not answer.
    """
    notes = []
    if draft.unknown_markers:
        count = draft.unknown_markers
        notes.append(
            f"The chat model cited {_count(count, 'passage')} that it was not given; {_these(count, 'marker')} "
            f"{'was' if count == 1 else 'were'} dropped."
        )
    if draft.abstains:
        withheld = replace(reading, answered=False, short=None, statements=())
        return Verdict(withheld, notes=tuple(notes))
    checked = [check_written(statement, query.text, hits, names, embedder) for statement in draft.statements]
    if embedder:
        checked = [_likely(statement, hits, embedder, names) for statement in checked]
    removed = tuple(statement for statement in checked if not statement.supported)
    kept = numbered(_shortened([one for one in checked if one.supported], settings.answer_words))
    if kept and not _answers(kept, reading, settings, embedder, names):
        removed, kept = (*removed, *kept), ()
        notes.append("What the chat model wrote does not seem to answer the question and was left out.")
    elif removed:
        notes.append(
            f"{_count(len(removed), 'statement')} of the chat model {'was' if len(removed) == 1 else 'were'} left "
            f"out: the articles do not support {'it' if len(removed) == 1 else 'them'} as put."
        )
    if not kept:
        notes.append("Nothing is left of what the chat model wrote; this is the built-in answer.")
        return Verdict(reading, removed, tuple(notes))
    if embedder and _doubtful(kept, hits, embedder, names):
        notes.append("The chat model's words go beyond those of the articles: compare them with the quotes.")
    if not reading.answered:
        notes.append("By its own measure the built-in answerer would have withheld an answer.")
    return Verdict(rewritten(reading, kept), removed, tuple(notes))


def _likely(
    statement: Statement, hits: Sequence[Hit], embedder: Embedder, names: KnownNames | None
) -> Statement:
    if not statement.supported:
        return statement
    chance = support(statement.text, cited_passages(statement.citations, hits, names), embedder)
    enough = chance >= thresholds()["sentence"]
    return statement if enough else replace(statement, citations=(), supported=False)


def _answers(
    statements: Sequence[Statement],
    reading: Reading,
    settings: Settings,
    embedder: Embedder | None,
    names: KnownNames | None,
) -> bool:
    """Tell whether supported statements may answer: not what most likely has no answer, nor what is beside it."""
    asked = reading.asked
    if not reading.answered and reading.confidence < UNLIKELY * answer_threshold(settings):
        return False
    if embedder is None or asked is None or not asked.weights:
        return True
    own = {plain(one.text) for one in reading.statements}

    def takes_up(statement: Statement) -> bool:
        cited = (f"{one.article.title or ''}\n{one.quote}" for one in statement.citations)
        ground = "\n".join([statement.text, *cited])
        matches = Matches(asked, [ground], embedder.embed_words, names.same if names else None)
        return float(matches.table[:, matches.columns(ground)].max(axis=1) @ matches.weights) >= TAKES_UP

    return any(plain(one.text) in own or takes_up(one) for one in statements)


def _doubtful(
    statements: Sequence[Statement], hits: Sequence[Hit], embedder: Embedder, names: KnownNames | None
) -> bool:
    citations = [citation for statement in statements for citation in statement.citations]
    rows = described([one.text for one in statements], cited_passages(citations, hits, names), embedder)
    return bool(rows) and doubt(rows, 0) >= thresholds()["note"]


def cited_passages(
    citations: Sequence[Citation], hits: Sequence[Hit], names: KnownNames | None = None
) -> list[str]:
    """Collect the passages of cited articles, with their titles and other ways to write their names."""
    cited = {citation.article.id for citation in citations}
    found = [f"{hit.article.title or ''}\n{hit.passage.text}" for hit in hits if hit.article.id in cited] or [
        one.quote for one in citations
    ]
    variants = names.variants("\n".join(found)) if names else ()
    return [*found, *variants]


def check_written(
    statement: Statement,
    question: str,
    hits: Sequence[Hit],
    names: KnownNames | None = None,
    embedder: Embedder | None = None,
) -> Statement:
    """Check a chat model's statement against what it cites and, failing that, against each other hit.

    ``supported`` says whether it passed; of several articles those stay cited that support it by
    themselves or hold words of it that no other does. One that fails keeps no citation.
    """
    basis = in_context(statement.text, question)
    if declines(statement.text):
        return replace(statement, citations=(), supported=False)

    def rests_on(citations: Sequence[Citation]) -> bool:
        return not (
            obeys(statement.text, citations, hits)
            or misattaches(statement.text, citations)
            or assumes(statement.text, question, citations, names, embedder)
        )

    cited = telling(statement.citations, statement.text, basis, names, embedder)
    if cited and rests_on(cited):
        return replace(statement, citations=tuple(cited), supported=True)
    for hit in hits:
        citations = cite(basis, hit)
        if supports(citations, statement.text, basis, names, embedder) and rests_on(citations):
            return replace(statement, citations=tuple(citations), supported=True)
    return replace(statement, citations=(), supported=False)


def rewritten(reading: Reading, statements: tuple[Statement, ...]) -> Reading:
    """Put checked statements in the place of a reading's own; its short answer stays where they hold it."""
    citations = tuple(dict.fromkeys(one for statement in statements for one in statement.citations))
    text = plain(" ".join(statement.text for statement in statements)).casefold()
    return replace(
        reading,
        answered=True,
        short=reading.short if reading.short and plain(reading.short).casefold() in text else None,
        statements=statements,
        citations=citations,
        candidates=tuple(
            replace(
                candidate,
                citations=tuple(
                    citation
                    for citation in citations
                    if any(
                        citation.article.id == old.article.id
                        and citation.start < old.end
                        and old.start < citation.end
                        for old in candidate.citations
                    )
                ),
            )
            for candidate in reading.candidates
        ),
    )


def _shortened(statements: Sequence[Statement], most_words: int) -> list[Statement]:
    kept: list[Statement] = []
    words = 0
    for statement in statements:
        words += len(statement.text.split())
        if kept and words > most_words:
            break
        kept.append(statement)
    return kept


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _these(number: int, noun: str) -> str:
    return f"this {noun}" if number == 1 else f"these {noun}s"
