"""Live blogs -> their entries as text, each under a line with its own time: "[17 June 2025, 09:10] Heading"."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from assistant.ingest.formats.html_text import text_of
from assistant.ingest.metadata.publication_date import date_span, parse_date
from assistant.text.entries import entry_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENTRIES = ("div", "article", "li", "section")
_NOT_ENTRIES = re.compile(
    r"comment|repl(?:y|ies)|teaser|related|recommend|promo|card|sidebar|footer|forum|review", re.IGNORECASE
)
_LIVE = re.compile(
    r"\blive\b|(?:live|news)-?blog|as it happened|\b(?:live-?)?ticker\b|\ben direct[eo]?\b|en vivo|minuto a minuto|"
    r"minute par minute|\bdiretta\b|ao vivo",
    re.IGNORECASE,
)
_TIME_CLASS = re.compile(r"(?:^|[-_\s])(?:time|timestamp|date|datetime|posted)(?:$|[-_\s])", re.IGNORECASE)
_ENTRY_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?", re.I
)
_NOTHING_MORE = re.compile(r"\W*(?:uhr|hrs?|h|utc|gmt|[a-z]{1,4}t)?\W*", re.IGNORECASE)
_SHORTEST_ENTRY = 5
_LONGEST_TIME = 60
_MOST_BESIDE_DAY = 12
_DAY_LINES = frozenset("h2 h3 h4 h5 h6 p div span time li strong".split())
_FEWEST = 3
_FEWEST_STATED = 2
_CLIMB = 4


def live_blog_text(
    root: HtmlElement, *, stated: bool, shown: str = "", published: datetime.date | None = None
) -> str | None:
    """Return the text of a live blog, or None where a page is none.

    ``stated`` tells that the page says that it is one; else its title (``shown``) or address must, and it
    must hold three entries. An entry is a container with a time of its own and a sentence; what only links to
    another article is none. An entry with a clock alone is of the day that the line above it names; a day
    without a year is of the year of ``published``.
    """
    entries = _timed_entries(root)
    if len(entries) < (_FEWEST_STATED if stated else _FEWEST) or not (stated or _LIVE.search(shown)):
        return None
    inside = {one for entry, _ in entries for one in entry.iter()}
    days = _days_above(root, [entry for entry, _ in entries], inside, published)
    first = entries[0][0]
    lead = []
    for element in root.iter():
        if element is first:
            break
        if (
            element.tag == "p"
            and element not in inside
            and len(element.text_content().split()) > _SHORTEST_ENTRY
        ):
            lead.append(" ".join(element.text_content().split()))
    return "\n\n".join([*lead, *(_entry_text(entry, time, days[entry]) for entry, time in entries)])


def _days_above(
    root: HtmlElement,
    entries: Sequence[HtmlElement],
    inside: Set[HtmlElement],
    published: datetime.date | None,
) -> dict[HtmlElement, datetime.date | None]:
    """Return for each entry the day that the last line of a day above it names."""
    days: dict[HtmlElement, datetime.date | None] = {}
    own, day = set(entries), None
    for element in root.iter():
        if element in own:
            days[element] = day
        elif element not in inside and isinstance(element.tag, str) and element.tag in _DAY_LINES:
            day = _day_of_line(" ".join(element.itertext()), published) or day
    return days


def _day_of_line(text: str, published: datetime.date | None) -> datetime.date | None:
    """Return the day of a line that holds nothing else."""
    line = " ".join(text[: 4 * _LONGEST_TIME].split())
    if not 4 < len(line) <= _LONGEST_TIME:
        return None
    for dated in (line, f"{line} {published.year}" if published else ""):
        span = date_span(dated)
        if span and len(dated) - (span[1] - span[0]) <= _MOST_BESIDE_DAY:
            return parse_date(dated[span[0] : span[1]], day_first=True)
    return None


def _timed_entries(root: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    groups: dict[tuple[str, str], list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    for time in root.iter():
        if not isinstance(time.tag, str) or not _is_time(time):
            continue
        entry = next(
            (one for one in list(time.iterancestors(*_ENTRIES))[:_CLIMB] if _says_something(one, time)), None
        )
        if entry is None or entry.find(".//h1") is not None:
            continue
        names = f"{entry.get('class') or ''} {entry.get('id') or ''}"
        if _NOT_ENTRIES.search(names) or _links_elsewhere(entry):
            continue
        names = next(iter((entry.get("class") or "").split()), "")
        group = groups[(entry.tag, names)]
        if not group or group[-1][0] is not entry:
            group.append((entry, time))
    best: list[tuple[HtmlElement, HtmlElement]] = max(groups.values(), key=len, default=[])
    return best


def _links_elsewhere(entry: HtmlElement) -> bool:
    """Return True when a heading in an entry links to another page, and not to the entry itself."""
    links = entry.xpath(".//h2//a|.//h3//a|.//h4//a|.//a[.//h2 or .//h3 or .//h4]")
    return any("#" not in (link.get("href") or "#") for link in links)


def _is_time(element: HtmlElement) -> bool:
    if element.tag == "time":
        return True
    if element.tag not in ("span", "div", "p", "strong", "b") or len(element) > 1:
        return False
    text = " ".join(element.text_content().split())
    if len(text) <= _LONGEST_TIME and _NOTHING_MORE.fullmatch(
        _ENTRY_TIME.sub("", _without_date(text), count=1)
    ):
        return bool(_ENTRY_TIME.search(_without_date(text)))
    return (
        len(text) <= _LONGEST_TIME
        and bool(_ENTRY_TIME.search(text) or date_span(text))
        and bool(_TIME_CLASS.search(element.get("class") or ""))
    )


def _says_something(entry: HtmlElement, time: HtmlElement) -> bool:
    return len(entry.text_content().split()) - len(time.text_content().split()) >= _SHORTEST_ENTRY


def _entry_text(entry: HtmlElement, time: HtmlElement, day: datetime.date | None) -> str:
    when, clock = _moment(time)
    when = when or day
    shown = " ".join(time.text_content().split())
    time.drop_tree()
    heading = next((one for one in entry.iter("h2", "h3", "h4", "h5", "h6")), None)
    title = ""
    if heading is not None:
        title = " ".join(heading.text_content().split())
        heading.drop_tree()
    return f"{entry_line(when, clock, title, shown)}\n{text_of(entry).strip().removeprefix('- ')}"


def _moment(time: HtmlElement) -> tuple[datetime.date | None, str]:
    """Return the day and the clock of an entry as its page states them, in the page's own time zone."""
    stated = next((one.get("datetime") for one in time.iter() if one.get("datetime")), "")
    values: Sequence[str] = [stated, " ".join(time.text_content().split())]
    day = None
    for value in values:
        span = date_span(value)
        day = day or parse_date(value) or (parse_date(value[span[0] : span[1]]) if span else None)
    clock = next(
        (found for value in values[::-1] if (found := _ENTRY_TIME.search(_without_date(value)))), None
    )
    if clock is None:
        return day, ""
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    return day, f"{hour:02}:{clock['minute']}"


def _without_date(value: str) -> str:
    span = date_span(value)
    return f"{value[: span[0]]} {value[span[1] :]}" if span else value
