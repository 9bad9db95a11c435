"""The days that a page shows near its headline, and what a stated time in UTC is there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.ingest.formats.html_text import lengths_of
from assistant.ingest.metadata.publication_date import date_span, parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_DATE_LINE = 100
# Characters with the white space of the markup, which does not count.
_LONGEST_DATE_MARKUP = 2000
_LINES_BEFORE = 8
_LINES_AFTER = 12
_TEXT_WORDS = 15
_UPDATED_WORD = re.compile(
    r"\b(?:updated?|modified|revised|mis(?:e)? à jour|aktualisiert|actualizado)\b", re.IGNORECASE
)
_FIRST_PUBLISHED = re.compile(r"\b(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_ELSEWHERE = frozenset("nav aside footer script style noscript select option form figure".split())
_NOT_THE_ARTICLE = re.compile(
    r"comment|related|recommend|teaser|sidebar|footer|widget|\bnav|menu|breadcrumb|ticker|most-?read|popular|"
    r"trending",
    re.IGNORECASE,
)
_UTC = re.compile(r"(?:Z|[+-]00:?00|\bGMT|\bUTC)\W*$")
_STATED_TIME = re.compile(r"(?<!\d)(?P<hour>\d\d):?\d\d")
# Local time is at most 12 hours behind UTC, and 14 before it.
_WEST, _EAST = 12, 10


def shown_dates(root: HtmlElement) -> list[str]:
    """Return the days that a page shows as that of its article, likeliest first.

    They stand in short lines about the first headline: after it up to the first paragraph, then before it, then
    behind the last paragraph. What says that it is of an update counts where nothing else is shown.
    """
    lines = list(_tagged_lines(root))
    heading = next((place for place, (tag, _) in enumerate(lines) if tag == "h1"), None)
    after = range((-1 if heading is None else heading) + 1, len(lines))
    first = next((place for place in after if _is_running_text(lines[place][1])), len(lines))
    last = next((place for place in reversed(after) if _is_running_text(lines[place][1])), len(lines))
    start = heading if heading is not None else max(first - _LINES_AFTER, -1)
    places = [
        *range(start + 1, min(first + 1, start + _LINES_AFTER + 1, len(lines))),
        *range(start - 1, max(start - _LINES_BEFORE, -1), -1),
        *range(last + 1, min(last + _LINES_BEFORE, len(lines))),
    ]
    found: list[str] = []
    updates: list[str] = []
    for place in places:
        text = lines[place][1]
        span = date_span(text) if place >= 0 and len(text) <= _LONGEST_DATE_LINE else None
        if span is None:
            continue
        before = text[: span[0]]
        updated = _UPDATED_WORD.search(before) and not _FIRST_PUBLISHED.search(before)
        (updates if updated else found).append(text[span[0] : span[1]])
    return found or updates


def is_shown(root: HtmlElement, day: datetime.date) -> bool:
    """Return True when some short line of a page, outside its furniture, shows a day."""
    for _, line in _tagged_lines(root):
        span = date_span(line) if len(line) <= _LONGEST_DATE_LINE else None
        if span and parse_date(line[span[0] : span[1]], day_first=True) == day:
            return True
    return False


def in_local_time(stated: str, day: datetime.date, near: Sequence[datetime.date | None]) -> datetime.date:
    """Return the day of a stated time; of a time in UTC, the neighbouring day that the page shows, where it can be.

    The evening of the 8th in California is the 9th in UTC; its page and address say the 8th.
    """
    clock = _STATED_TIME.search(stated[8:])
    if not clock or not _UTC.search(stated.strip()):
        return day
    possible = set()
    if int(clock["hour"]) < _WEST:
        possible.add(day - datetime.timedelta(days=1))
    if int(clock["hour"]) >= _EAST:
        possible.add(day + datetime.timedelta(days=1))
    return next((other for other in near if other in possible), day)


def _is_running_text(line: str) -> bool:
    return len(line.split()) >= _TEXT_WORDS and not date_span(line[:_LONGEST_DATE_LINE])


def _tagged_lines(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the lines of a page with the tag of the element that each stands in, in the order of the page."""
    lengths = lengths_of(root)
    waiting: list[HtmlElement] = [root]
    while waiting:
        element = waiting.pop()
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _ELSEWHERE or (tag not in ("html", "body", "article", "main") and _is_elsewhere(element)):
            continue
        if lengths[element] > _LONGEST_DATE_MARKUP and tag not in ("p", "h1"):
            waiting.extend(reversed(element))
            continue
        text = " ".join(element.text_content().split()) if tag not in ("html", "body", "head") else ""
        if text and (len(text) <= _LONGEST_DATE_LINE or tag in ("p", "h1")):
            if len(text) <= _LONGEST_DATE_LINE and (moment := _moment_behind(element, text)):
                yield tag, moment
            yield tag, text
        else:
            waiting.extend(reversed(element))


def _moment_behind(element: HtmlElement, text: str) -> str | None:
    """Return the moment that the attributes of a short line state whose words ("on Sunday") name no day."""
    if date_span(text):
        return None
    stated = (
        one.get("datetime") or (one.get("title") if one.tag in ("abbr", "time", "span") else "")
        for one in element.iter()
    )
    return next((moment for moment in stated if moment and date_span(moment)), None)


def _is_elsewhere(element: HtmlElement) -> bool:
    return bool(_NOT_THE_ARTICLE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
