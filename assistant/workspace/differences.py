"""How an answer differs from the one before: in its value, its sides, its entries, or in being given at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.text.dates import dates
from assistant.text.numbers import number_key
from assistant.text.tokens import names
from assistant.text.wording import number_of
from assistant.types import Answer, Citation

What = Literal[
    "a first answer",
    "no answer any more",
    "another value",
    "a new side",
    "a side less",
    "new entries",
    "entries less",
    "new sentences",
]


def difference(before: Answer | None, after: Answer) -> What | None:
    """Say in what an answer differs from the one before, None where a reader would learn nothing new.

    ``before`` is None where the question was never asked.
    """
    was = before is not None and before.answered
    if before is None or not was or not after.answered:
        if was == after.answered:
            return None
        return "a first answer" if after.answered else "no answer any more"
    for old, new, more, less in (
        (_side_values(before), _side_values(after), "a new side", "a side less"),
        (_entry_texts(before), _entry_texts(after), "new entries", "entries less"),
    ):
        if (old or new) and old != new:
            return more if new - old else less  # type: ignore[return-value]
    if before.short and after.short:
        return "another value" if _compared_form(before.short) != _compared_form(after.short) else None
    if _side_values(before) or _entry_texts(before):
        return None
    return "new sentences" if _new_statements(before, after) else None


def value_of(answer: Answer | None) -> str | None:
    """Return what an answer says in short: its value, sides, entries or first sentence; None where it has none."""
    if answer is None or not answer.answered:
        return None
    if len(answer.sides) > 1:
        return "; ".join(f"{one.value} ({one.speaker})" if one.speaker else one.value for one in answer.sides)
    if answer.short:
        return answer.short
    return "; ".join(one.text for one in answer.items) or _first_statement(answer) or answer.text


def values_changed(before: Answer | None, after: Answer) -> tuple[str | None, str | None]:
    """Return what an answer said in short and what it says now; of lists only the entries that went and came."""
    if before is None or not (before.items and after.items):
        return value_of(before), value_of(after)
    was, now = ({_plain_form(one.text) for one in answer.items} for answer in (before, after))
    went = [one.text for one in before.items if _plain_form(one.text) not in now]
    came = [one.text for one in after.items if _plain_form(one.text) not in was]
    if not went and not came:
        return value_of(before), value_of(after)
    return (
        "; ".join(went) or number_of(len(before.items), "entry", "entries"),
        "; ".join(came) or number_of(len(after.items), "entry", "entries"),
    )


def others_first(citations: Sequence[Citation], known: Answer | None) -> list[Citation]:
    """Put what another answer did not cite before what it did."""
    cited = {(one.article.id, one.quote) for one in known.citations} if known else set()
    return sorted(citations, key=lambda one: (one.article.id, one.quote) in cited)


def _side_values(answer: Answer) -> set[str]:
    return {_compared_form(one.value) for one in answer.sides} if len(answer.sides) > 1 else set()


def _entry_texts(answer: Answer) -> set[str]:
    if answer.table is not None and answer.outcome != "about_corpus":
        rows = answer.table.rows
        return {
            f"{row.label}: {_compared_form(cell.text)}" for row in rows for cell in row.cells if cell.text
        }
    return {_plain_form(one.text) for one in answer.items}


def _new_statements(before: Answer, after: Answer) -> list[str]:
    """List the statements in words that the answer before did not use, from articles that it did not cite."""
    cited = {one.article.id for one in before.citations}
    said = {_plain_form(one.text) for one in before.statements}
    return [
        one.text
        for one in after.statements
        if one.citations
        and not cited & {citation.article.id for citation in one.citations}
        and _plain_form(one.text) not in said
    ]


def _first_statement(answer: Answer) -> str:
    return answer.statements[0].text if answer.statements else ""


def _compared_form(words: str) -> str:
    """Return what equal values have in common: the number where that is all they are, no date and no name."""
    whole = dates(words) or names(words)
    return ("" if whole else number_key(words)) or _plain_form(words)


def _plain_form(words: str) -> str:
    return " ".join(words.casefold().split()).strip(".,;:!?")
