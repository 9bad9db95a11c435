"""The program's remarks on a chat model's answer: what could not be taken, what the built-in answerer holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.draft import ParsedReply
from assistant.chat.prompts import MOST
from assistant.evidence.reading import Reading
from assistant.text.numbers import find_numbers, missing_numbers
from assistant.text.tokens import tokens
from assistant.text.wording import number_of, one_line
from assistant.types import Statement

# An answer may be so much longer than the longest that is asked for.
PATIENCE = 1.6
VERDICTS = frozenset(("yes", "no"))


def draft_notes(draft: ParsedReply) -> list[str]:
    """Say what of a model's text could not be taken: unknown passages, unread lines, too many statements."""
    notes = []
    if count := draft.unknown_markers:
        notes.append(
            f"The chat model cited {number_of(count, 'passage')} that it was not given; "
            f"{'this marker was' if count == 1 else 'these markers were'} dropped."
        )
    if count := draft.unread:
        notes.append(f"{number_of(count, 'line')} of the chat model could not be read.")
    if count := draft.cut:
        notes.append(f"The chat model wrote {number_of(count, 'statement')} more than are shown.")
    if draft.stopped:
        notes.append("The chat model was stopped: it repeated itself, or wrote on and on.")
    return notes


def within_words(
    statements: Sequence[Statement], most_words: int = int(PATIENCE * MOST)
) -> tuple[tuple[Statement, ...], list[str]]:
    """Keep the statements that fit a number of words, at least one, and say how many do not."""
    kept: list[Statement] = []
    words = 0
    for statement in statements:
        words += len(statement.text.split())
        if kept and words > most_words:
            break
        kept.append(statement)
    left = len(statements) - len(kept)
    told = [f"The answer was cut: {number_of(left, 'statement')} more of the chat model"] if left else []
    return tuple(kept), [f"{one} {'is' if left == 1 else 'are'} not shown." for one in told]


def says(statements: Sequence[Statement], short: str) -> bool:
    """Return True when statements say a short answer: its words, its number, or its yes or no to begin with."""
    wanted = _folded_tokens(short)
    told = [_folded_tokens(one.text) for one in statements]
    if set(wanted) <= VERDICTS:
        return bool(told) and told[0][:1] == wanted
    numbers = find_numbers(short)
    if len(wanted) == 1 and numbers:
        return any(not missing_numbers(numbers, find_numbers(one.text)) for one in statements)
    return any(
        words[at : at + len(wanted)] == wanted for words in told for at in range(len(words) - len(wanted) + 1)
    )


def judges_only(reading: Reading) -> bool:
    """Return True where sources differ in that the built-in answerer judges them to: Yes by one, No by another."""
    return reading.differ and all(one.value.lower() in VERDICTS and one.citations for one in reading.sides)


def beside(reading: Reading, kept: Sequence[Statement]) -> list[str]:
    """Say what the built-in answerer holds beside a model's answer: another short answer, or that it has none."""
    if reading.lead and not reading.statements:
        return [f"The built-in answerer found: {one_line(reading.lead)}"]
    if reading.answered and judges_only(reading):
        told = "; ".join(f"{one.value}: “{one_line(one.citations[0].quote)}”" for one in reading.sides)
        return [f"The built-in answerer finds that the sources differ. {told}"]
    if not reading.answered:
        return ["By its own measure the built-in answerer would have withheld an answer."]
    if not reading.short or says(kept, reading.short):
        return []
    quote = next((one.quote for one in reading.citations if reading.short in one.quote), "")
    return [
        f"The built-in answerer gives “{reading.short}” instead"
        + (f": “{one_line(quote)}”" if quote else ".")
    ]


def _folded_tokens(text: str) -> list[str]:
    return [token.text.casefold() for token in tokens(text)]
