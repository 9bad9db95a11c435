"""Lays out answers, passages, events and progress for a terminal."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.checking.check import share_line
from assistant.evidence.speakers import spoken
from assistant.output.tables import table_lines
from assistant.output.to_markdown import marks_in_words
from assistant.text.wording import authors_in_words, page_in_words
from assistant.types import Answer, Event, Hit

if TYPE_CHECKING:
    from assistant.index import IngestEvent


@contextlib.contextmanager
def progress() -> Iterator[Callable[[IngestEvent], None]]:
    """Show an ingest on stderr: a bar with rate and time left on a terminal, otherwise a line an article."""
    if not sys.stderr.isatty():
        yield lambda event: print(event_line(event), file=sys.stderr, flush=True)
        return
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, desc="Reading", dynamic_ncols=True) as bar:

        def show(event: IngestEvent) -> None:
            if event.kind == "failed":
                bar.write(event_line(event), file=sys.stderr)
            bar.total = event.total_bytes
            bar.set_postfix_str(f"{event.passages:,} passages", refresh=False)
            bar.update(event.done_bytes - bar.n)

        yield show
        if bar.total:
            bar.update(bar.total - bar.n)


def event_line(event: IngestEvent) -> str:
    """Describe one event of an ingest in a line."""
    subject = " ".join(event.subject.splitlines())
    return f"{event.kind} {subject}: {event.reason}" if event.reason else f"{event.kind} {subject}"


def shown_as_it_grows(snapshots: Iterable[Answer]) -> Answer:
    """Show each snapshot of an answer on stderr, where that is a terminal, in place of the one before.

    Returns the last; what was shown on the way is wiped off the screen.
    """
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    answer = None
    with Live(console=Console(stderr=True), transient=True, vertical_overflow="ellipsis") as screen:
        for answer in snapshots:
            screen.update(Text("\n".join([*answer.steps, answer.text]), style="dim"))
    assert answer is not None  # noqa: S101 - there is always a snapshot
    return answer


def answer_lines(answer: Answer) -> Iterable[str]:
    """Lay out an answer for a terminal: the short answer, the text, the remarks, and the words of each source."""
    if answer.standalone_question != answer.question:
        yield f"Understood as: {answer.standalone_question}\n"
    if answer.short and not answer.text.startswith(answer.short):
        yield f"{answer.short}\n"
    if share := share_line(answer.statements):
        yield f"({share})\n"
    if answer.outcome == "about_corpus" or not answer.table:
        yield answer.text
    if answer.table:
        yield from table_lines(answer.table)
    for part in answer.missing:
        yield f"\nNot stated in the articles: {part}"
    for words in marks_in_words(answer):
        yield f"\n{words}"
    for note in answer.notes:
        yield f"\nNote: {note}"
    for citation in answer.citations:
        article = citation.article
        who = spoken(citation.speaker, citation.stance, article.publisher)
        page = page_in_words(citation.page)
        authors = authors_in_words(article.authors)
        known = (
            *(article.title or article.id, article.publisher, authors, article.published, article.url),
            *(page, who),
        )
        yield f"\n[{citation.number}] " + ", ".join(str(value) for value in known if value)
        quote = " ".join(citation.quote.split())
        yield f"    “{quote}”  ({article.id}, characters {citation.start}–{citation.end})"


def hit_lines(hits: Sequence[Hit]) -> Iterable[str]:
    """Lay out hits for a terminal."""
    for rank, hit in enumerate(hits, 1):
        page = page_in_words(hit.article.page_at(hit.passage.start))
        known = (hit.article.title or hit.article.id, hit.article.publisher, hit.article.published, page)
        yield f"{rank}. " + ", ".join(str(value) for value in known if value) + f"\n{hit.passage.text}"


def event_text(event: Event) -> str:
    """Lay out an event for a terminal: its date, what is told of it, and where."""
    from assistant.text.periods import in_words

    first = event.citations[0]
    count = event.independent_sources
    places = (
        (one.article.id, page_in_words(one.page), f"characters {one.start}–{one.end}")
        for one in event.citations
    )
    sources = ", ".join(" ".join(part for part in place if part) for place in places)
    quote = " ".join(first.quote.split())
    told = f"{in_words(event.period)} ({count} {'source' if count == 1 else 'sources'})"
    return f"{told}\n    “{quote}”\n    {sources}"


def print_json(value: Any, indent: int | None = 2) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=indent, default=str))
