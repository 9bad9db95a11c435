"""Checks statements by the words they cite: what must go, what is marked, and how far the rest was checked.

Statements of the built-in answerer stand in their quotations word for word. Of a chat model's only three kinds go:
those with no words of an article to rest on, those that follow an order found in an article, and those that are
nothing but markup. All else is shown; what its quotations do not hold is marked (``marks.py``), and a judge, where
there is one, says how likely they support it (``bands.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.draft import Draft
from assistant.checking.bands import band, likeness_to_sentences, statement_supports
from assistant.checking.citations import cite, exact, numbered, stems_held, with_question
from assistant.checking.marks import marked_words
from assistant.checking.planted_orders import gives_orders, obeys
from assistant.checking.stances import speaker_marks, stance_marks
from assistant.models.judge import Judge
from assistant.names import KnownNames
from assistant.question.understand import is_english
from assistant.text.numbers import find_numbers
from assistant.text.tokens import content_words, names, stems, tokens
from assistant.text.wording import number_of, one_line
from assistant.types import Citation, Hit, MarkedWords, Statement

# The share of a statement's content words that sentences must hold which are cited for it though it cites none.
_LINK_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
FOUND_WORDS = 0.5
# The passages that may hold them together, for a statement that sets two side by side.
FOUND_PASSAGES = 2
# Words up to which an answer is read together with its question.
FRAGMENT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """The statements that are shown, each with its mark; those that are not; and a remark for each reason why."""

    kept: tuple[Statement, ...] = ()
    removed: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()


def check(statement: Statement) -> Statement:
    """Mark a statement as supported when its words stand, in order, in words that it cites exactly."""
    return replace(statement, supported=_holds(statement.citations, statement.text))


def checked(draft: Draft) -> Draft:
    """Check every statement of a built-in draft, and keep the items whose words stand in what they cite.

    An item of an answer about the corpus names an article, and cites words of it.
    """
    statements = tuple(check(statement) for statement in draft.reading.statements)
    own = draft.outcome == "about_corpus"
    items = tuple(
        one
        for one in draft.items
        if not one.citations or _holds(one.citations, one.text) or (own and exact(one.citations))
    )
    return replace(draft, reading=replace(draft.reading, statements=statements), items=items)


def check_statements(
    statements: Sequence[Statement],
    question: str,
    hits: Sequence[Hit],
    known: KnownNames | None = None,
    judge: Judge | None = None,
    counts: Sequence[int] = (),
    *,
    small: bool = False,
) -> Checked:
    """Check what a chat model wrote by what it cites, or else by sentences of the passages that it was given.

    ``known`` are ways to write one name, each of which stands for the others. ``counts`` are exact ones that were
    looked up; a statement that is drawn may tell them. A ``small`` model is believed less.
    Kept statements have numbered citations, ``supported`` and a mark; ``support`` where a judge read them.
    """
    kept: list[Statement] = []
    removed: list[Statement] = []
    unquoted = obeying = linking = 0
    for statement in statements:
        cited = _resting(statement, question, hits)
        if not cited:
            unquoted += 1
        elif gives_orders(statement.text) or obeys(statement.text, cited, hits):
            obeying += 1
        elif any(link not in one.quote for link in _LINK_ADDRESS.findall(statement.text) for one in cited):
            linking += 1
        else:
            kept.append(_marked(replace(statement, citations=tuple(cited)), known, counts))
            continue
        removed.append(replace(statement, citations=(), supported=False))
    judged = statement_supports(kept, judge)
    banded = [
        replace(
            one,
            support=support,
            mark=band(
                one.marked,
                support,
                exact=one.mark is None and _answers_in_words(one, question),
                likeness=likeness_to_sentences(one),
                small=small,
            ),
        )
        for one, support in zip(kept, judged, strict=True)
    ]
    notes = []
    if unquoted:
        notes.append(f"{_removed_note(unquoted)}: no words of the articles were given as its ground.")
    if obeying:
        notes.append(f"{_removed_note(obeying)}: an instruction found in an article was followed.")
    if linking:
        notes.append(f"{_removed_note(linking)}: it leads to an address that its quotes do not hold.")
    return Checked(numbered(banded), tuple(removed), tuple(notes))


def share_line(statements: Sequence[Statement]) -> str:
    """Say in one line how many statements were checked, only quoted, or to be compared; "" without marks."""
    if not any(one.mark for one in statements):
        return ""
    total = len(statements)
    counts = {
        mark: sum(one.mark == mark for one in statements)
        for mark in ("checked", "quoted", "compare", "doubtful")
    }
    best = "checked" if counts["checked"] else "quoted"
    said = [f"{counts[best]} of {total} statements {best}"]
    said += [f"{counts['quoted']} quoted only"] if best == "checked" and counts["quoted"] else []
    said += [f"{counts['compare']} to compare with the quotes"] if counts["compare"] else []
    said += [f"{counts['doubtful']} doubtful"] if counts["doubtful"] else []
    return ", ".join(said)


def _holds(citations: Sequence[Citation], text: str) -> bool:
    return exact(citations) and any(one_line(text) in one_line(one.quote) for one in citations)


def _resting(statement: Statement, question: str, hits: Sequence[Hit]) -> list[Citation]:
    """Return the citations of a statement that may be shown, or else sentences of the passages that hold its words.

    A citation that holds an order to a language model is none.
    """
    own = [one for one in statement.citations if exact([one]) and not gives_orders(one.quote)]
    if own:
        return [] if _is_stray(statement, own) else own
    basis = with_question(statement.text, question)
    left = stems(content_words(basis))
    enough = (1 - FOUND_WORDS) * len(left)
    found: list[Citation] = []
    options = [cite(basis, hit) for hit in hits]
    for _ in range(FOUND_PASSAGES):
        best = max(options, key=lambda one: len(left & stems_held(one)), default=[])
        found += [one for one in best if one not in found]
        left -= stems_held(best)
        if len(left) < enough:
            return found
    return []


def _is_stray(statement: Statement, citations: Sequence[Citation]) -> bool:
    """Return True for a word or two without a name or number of which nothing stands in the quotations."""
    words = statement.text.split()
    named = any(span.start > 0 or " " in span.text for span in names(statement.text))
    if len(words) > FRAGMENT_WORDS or len(words) < 2 or named or find_numbers(statement.text):
        return False
    held = stems(token.text for one in citations for token in tokens(one.quote))
    return not stems(token.text for token in tokens(statement.text)) & held


def _answers_in_words(statement: Statement, question: str) -> bool:
    """Return False for an answer of a word or two whose quotations hold little of its question."""
    if len(statement.text.split()) > FRAGMENT_WORDS or not is_english(statement.text):
        return True
    basis = f"{question} {statement.text}"
    wanted = stems(content_words(basis))
    held = stems(token.text for one in statement.citations for token in tokens(one.quote))
    return len(wanted & held) >= FOUND_WORDS * len(wanted)


def _marked(statement: Statement, known: KnownNames | None, counts: Sequence[int]) -> Statement:
    marked: Sequence[MarkedWords] = [
        *statement.marked,
        *marked_words(statement.text, statement.citations, known, counts, drawn=statement.drawn),
        *stance_marks(statement),
        *speaker_marks(statement),
    ]
    ordered = tuple(sorted(dict.fromkeys(marked), key=lambda one: (one.start, one.end)))
    return replace(statement, supported=True, marked=ordered)


def _removed_note(count: int) -> str:
    return f"{number_of(count, 'statement')} of the chat model left out"
