"""The way of an answer with a chat model: gather, write, check, look again, correct; a snapshot at each step.

The built-in answer stands until the model has answered, and stays where the model fails. It never overrules a model
that has answered: what it holds against the answer is a remark.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answers.verdict import CheckedReading
from assistant.chat.draft import ParsedReply
from assistant.chat.passages import token_counter
from assistant.chat.plan import Material, fit_to_budget, gather_passages
from assistant.chat.remarks import beside, draft_notes, judges_only, says, within_words
from assistant.chat.second_look import repair, second_look
from assistant.chat.tools import Library
from assistant.chat.write import write, writes_json
from assistant.checking.check import check_statements
from assistant.checking.citations import numbered
from assistant.errors import ModelError
from assistant.evidence.reading import Reading
from assistant.models.judge import Judge
from assistant.names import KnownNames
from assistant.settings import Settings
from assistant.text.wording import number_of
from assistant.types import Answer, Hit, Query, Statement

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Seconds that must be left for a second look, or a correction, to be worth its call.
FEWEST_SECONDS = 2.0
# Outcomes of the built-in answerer that say more than that a model finds no answer.
TOLD = frozenset(("false_premise", "declined", "about_corpus"))
# The passages that a small model is given when it is asked once more, and what is then told as a step.
NEAREST = 2
AGAIN = "asked the chat model again, with the passages of the built-in answer alone"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a chat model works with: itself, the ways into the articles, and what its statements are checked by."""

    model: BaseChatModel
    settings: Settings
    library: Library
    count_pieces: Callable[[Sequence[str]], list[int]]
    names: KnownNames
    judge: Judge | None = None


def write_with_model(
    query: Query,
    hits: Sequence[Hit],
    reading: Reading,
    built_in: Answer,
    desk: Desk,
    compose: Callable[[CheckedReading], Answer],
    lap: Callable[[str], None],
    things: Sequence[str] = (),
) -> Iterator[Answer]:
    """Yield snapshots of an answer that a chat model writes; the last is final.

    Args:
        query: the question, standing alone.
        hits: the passages that the question itself found.
        reading: what the built-in answerer read in them.
        built_in: its answer, shown until the model has answered, and kept where the model fails.
        desk: the model, and what it works with.
        compose: puts a reading together as an answer.
        lap: ends a stage of the time that is told ("write", "check").
        things: what the question compares, or its parts, where it has any.
    """
    settings, model = desk.settings, desk.model
    began = time.monotonic()
    gathered = Material((tuple(hits),))
    for gathered in gather_passages(query, hits, desk.library, model, settings, built_in.kind, things):
        yield replace(built_in, final=False, steps=gathered.steps)
    given = fit_to_budget(gathered, settings, token_counter(model, desk.count_pieces))

    def shown(
        verdict: CheckedReading, draft: ParsedReply, notes: Sequence[str] = (), *, final: bool = False
    ) -> Answer:
        answer = compose(verdict)
        return replace(
            answer,
            notes=(*answer.notes, *notes),
            missing=draft.missing,
            steps=gathered.steps,
            hits=tuple(given),
            final=final,
        )

    draft = ParsedReply()
    try:
        for draft, read, steps in _drafts(query, given, built_in, desk, gathered.steps, began):
            given, gathered = read, replace(gathered, steps=steps)
            if draft.statements:
                yield shown(CheckedReading(rewritten(reading, draft.statements)), draft)
            else:
                yield replace(built_in, final=False, steps=steps, missing=draft.missing)
    except ModelError as error:
        lap("write")
        note = f"This is the built-in answer: {error}."
        yield replace(built_in, notes=(*built_in.notes, note), steps=gathered.steps)
        return
    lap("write")
    notes = draft_notes(draft)
    if draft.abstains and built_in.outcome in TOLD:
        yield replace(
            built_in, notes=(*built_in.notes, *notes), missing=draft.missing, steps=gathered.steps, final=True
        )
        return
    if draft.abstains:
        withheld = replace(reading, answered=False, short=None, statements=())
        notes += beside(reading, ()) if reading.answered and built_in.answered else []
        yield shown(CheckedReading(withheld), draft, notes, final=True)
        return
    checked = check_statements(
        draft.statements,
        query.standalone,
        given,
        desk.names,
        desk.judge,
        gathered.counts,
        small=not writes_json(settings),
    )
    kept, overlong = within_words(checked.kept)
    notes += [*checked.notes, *overlong]
    if kept and settings.chat_second_look and writes_json(settings):
        yield shown(CheckedReading(rewritten(reading, kept), checked.removed), draft, notes)
        seconds = settings.chat_seconds - (time.monotonic() - began)
        looking = _looked_again(kept, query, given, gathered.counts, desk, seconds)
        for found in looking:
            if found is None:
                yield shown(CheckedReading(rewritten(reading, kept), checked.removed), draft, notes)
            else:
                kept, remark = found
                notes += remark
    lap("check")
    if not kept:
        notes.append("Nothing is left of what the chat model wrote; this is the built-in answer.")
        yield replace(
            built_in,
            notes=(*built_in.notes, *notes),
            removed=checked.removed,
            missing=draft.missing,
            steps=gathered.steps,
        )
        return
    notes += [] if built_in.outcome == "unsupported_language" else beside(reading, kept)
    yield shown(CheckedReading(rewritten(reading, numbered(kept)), checked.removed), draft, notes, final=True)


def _drafts(
    query: Query, given: list[Hit], built_in: Answer, desk: Desk, steps: tuple[str, ...], began: float
) -> Iterator[tuple[ParsedReply, list[Hit], tuple[str, ...]]]:
    """Yield what the model writes as it grows, with its passages and the steps that are told.

    A small model that finds no answer where the built-in answerer has a short one is asked once more, with the
    passages of that answer alone. What it then says counts, also that they do not answer.

    Raises:
        ModelError: as ``write``, the first time.
    """
    model, settings = desk.model, desk.settings
    draft = ParsedReply()
    left = settings.chat_seconds - (time.monotonic() - began)
    for draft in write(query, given, model, settings, built_in.kind, max(FEWEST_SECONDS, left), steps):
        yield draft, given, steps
    nearest = _nearest(built_in)
    left = settings.chat_seconds - (time.monotonic() - began)
    if not draft.abstains or writes_json(settings) or not nearest or left < FEWEST_SECONDS:
        return
    steps = (*steps, AGAIN)
    try:
        for again in write(query, nearest, model, settings, built_in.kind, left, insists=True):
            yield again, nearest, steps
    except ModelError:
        yield draft, given, steps


def _nearest(built_in: Answer) -> list[Hit]:
    """Return the few passages that the built-in answer rests on; none where there is no such answer."""
    if built_in.outcome not in {"answered", "sources_differ"}:
        return []
    cited = [(one.article.id, one.start, one.end) for one in built_in.citations]
    return [
        hit
        for hit in built_in.hits
        if any(
            hit.article.id == id_ and hit.passage.start < end and start < hit.passage.end
            for id_, start, end in cited
        )
    ][:NEAREST]


def rewritten(reading: Reading, statements: tuple[Statement, ...]) -> Reading:
    """Put a model's statements in the place of a reading's own; its short answer stays where they hold it.

    So do figures and names in which the sources differ, but no Yes and No that the built-in answerer reads in them.
    """
    if judges_only(reading):
        reading = replace(reading, sides=(), differ=False, notes=())
    citations = tuple(dict.fromkeys(one for statement in statements for one in statement.citations))
    return replace(
        reading,
        answered=True,
        short=reading.short if reading.short and says(statements, reading.short) else None,
        lead="",
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


def _looked_again(
    kept: tuple[Statement, ...],
    query: Query,
    given: Sequence[Hit],
    counts: Sequence[int],
    desk: Desk,
    seconds: float,
) -> Iterator[tuple[tuple[Statement, ...], list[str]] | None]:
    """Yield None while the model looks at its statements and corrects them; then these, and remarks on it."""
    deadline = time.monotonic() + seconds
    remarks: list[str] = []
    try:
        if seconds < FEWEST_SECONDS:
            raise ModelError("no time was left")
        for looked in second_look(kept, desk.model, desk.settings, seconds):
            if looked is None:
                yield None
            else:
                kept = looked
        places = [place for place, one in enumerate(kept) if one.marked or one.mark == "doubtful"]
        seconds = deadline - time.monotonic()
        if places and seconds >= FEWEST_SECONDS:
            mended: dict[int, str] = {}
            for found in repair([kept[place] for place in places], desk.model, desk.settings, seconds):
                if found is None:
                    yield None
                else:
                    mended = found
            again = {places[at]: words for at, words in mended.items()}
            kept, changed = _with_corrections(kept, again, query, given, counts, desk)
            if changed:
                remarks.append(
                    f"{number_of(changed, 'statement')} corrected by the chat model after its second look."
                )
    except ModelError as error:
        remarks.append(f"The chat model's second look at its statements was given up: {error}.")
    yield kept, remarks


def _with_corrections(
    kept: tuple[Statement, ...],
    mended: dict[int, str],
    query: Query,
    given: Sequence[Hit],
    counts: Sequence[int],
    desk: Desk,
) -> tuple[tuple[Statement, ...], int]:
    """Put corrected statements in the place of the first ones where they pass the check without a mark."""
    result = list(kept)
    changed = 0
    for place, words in mended.items():
        fresh = replace(kept[place], text=words, marked=(), support=None, mark=None)
        checked = check_statements([fresh], query.standalone, given, desk.names, desk.judge, counts)
        if checked.kept and not checked.kept[0].marked and checked.kept[0].mark != "doubtful":
            result[place] = checked.kept[0]
            changed += 1
    return tuple(result), changed
