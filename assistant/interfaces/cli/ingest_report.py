"""What an ingest has to say beside its counts: files passed over, articles cut short, languages not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.types import IngestReport, Skipped

READ_LANGUAGE = "en"
_MOST_KINDS = 30


def remarks_on(report: IngestReport) -> Iterator[str]:
    """Yield a line for each thing that a reader of the counts alone would miss."""
    if report.skipped:
        yield _passed_over(report.skipped)
    if report.truncated:
        yield f"{_article_count(report.truncated)} cut short by the source: only the beginning can be quoted"
    if unread := not_read(report.languages):
        yield unread


def not_read(languages: Mapping[str, int]) -> str | None:
    """Return how many articles are stored in languages that are not read, or None where all are."""
    others = {name: count for name, count in languages.items() if name != READ_LANGUAGE}
    if not others:
        return None
    counted = ", ".join(f"{count} {name}" for name, count in sorted(others.items(), key=lambda one: -one[1]))
    stored = _article_count(sum(others.values()))
    return f"{stored} in languages that are stored but not read ({counted}); only English is"


def _passed_over(skipped: tuple[Skipped, ...]) -> str:
    """Return how many files of which suffix were passed over, each with its reason and remedy."""
    kinds = Counter((Path(one.path).suffix.lower() or "no suffix", one.reason) for one in skipped)
    parts = [
        f"{count} {suffix}{_why(suffix, reason)}"
        for (suffix, reason), count in kinds.most_common(_MOST_KINDS)
    ]
    more = len(kinds) - len(parts)
    rest = f", and {more} other kinds" if more > 0 else ""
    return f"passed over {len(skipped)} files that no reader takes: {', '.join(parts)}{rest}"


def _why(suffix: str, reason: str) -> str:
    """Return in brackets what a reason says beyond the suffix."""
    plain = f"{suffix} files are not read"
    told = reason.removeprefix(plain).removeprefix(": ")
    return f" ({told})" if told else ""


def _article_count(count: int) -> str:
    return f"{count} article" + ("" if count == 1 else "s")
