"""The command ``find``: every occurrence of a word, name or phrase, with the true total."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from assistant.index import Store
from assistant.interfaces.cli.inputs import filter_options, open_index, settings_of
from assistant.interfaces.cli.terminal import print_json
from assistant.retrieval.find import FindResult, OccurrenceCount, find
from assistant.text.wording import number_of
from assistant.types import Article

SHOWN_CONTEXT = 50
"""Characters that are shown on either side of an occurrence."""


def run_find(arguments: argparse.Namespace) -> int:
    """Print the occurrences, or their numbers; none found is no error."""
    from assistant.names import known_names
    from assistant.output.occurrences import found_to_dict

    with open_index(arguments) as index:
        found = find(
            arguments.phrase,
            index,
            known_names(index, settings_of(arguments)),
            by=arguments.by,
            count=arguments.count,
            **filter_options(arguments),
        )
        if arguments.json:
            print_json(found_to_dict(found, count=arguments.count))
        else:
            print("\n".join(found_lines(found, index)))
    return 0


def found_lines(found: FindResult, index: Store) -> Iterator[str]:
    """Lay out what was found for a terminal: the total, the groups, and a line an occurrence."""
    yield (
        f"{number_of(found.total, 'occurrence')} in {number_of(found.articles, 'article')}: "
        f"{', '.join(found.spellings)}"
    )
    if found.groups:
        yield ""
        yield from _group_lines(found.groups)
    article: Article | None = None
    for one in found.matches:
        if article is None or article.id != one.article:
            article = index.article(one.article)
            known = (article.id, article.title, article.publisher, article.published)
            yield "\n" + ", ".join(str(value) for value in known if value)
        yield f"{one.start:>8}  {in_context(article.text, one.start, one.end)}"


def in_context(text: str, start: int, end: int) -> str:
    """Return words of a text on one line, between brackets, with what stands around them."""
    before, after = text[max(0, start - SHOWN_CONTEXT) : start], text[end : end + SHOWN_CONTEXT]
    before = before if start <= SHOWN_CONTEXT else "…" + before.partition(" ")[2]
    after = after if end + SHOWN_CONTEXT >= len(text) else after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())


def _group_lines(groups: Sequence[OccurrenceCount]) -> Iterator[str]:
    rows = [("occurrences", "articles", "")]
    rows += [(f"{one.total:,}", f"{one.articles:,}", one.value or "(unknown)") for one in groups]
    for total, articles, value in rows:
        yield f"{total:>11}  {articles:>8}  {value}".rstrip()
