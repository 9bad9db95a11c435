"""The lines around an article in which it states its own title, day, authors, publisher and address."""

from __future__ import annotations

import re
from typing import Literal

from assistant.ingest.metadata.authors import ROLE
from assistant.ingest.metadata.publication_date import date_span

FactKind = Literal["title", "published", "updated", "authors", "publisher", "url", "other"]
Fact = tuple[FactKind, str]

_LONGEST_BYLINE = 300
_BREAK = re.compile(r"\s+[|•·–—-]\s+|\s*\|\s*")
_PUBLISHED_LABEL = re.compile(
    r"(?:(?:this (?:article|story|report|post) (?:was )?)?(?:(?:first|originally) )?"
    r"(?:published|posted|issued|released|publiée?|mis en ligne|paru)(?:\s+(?:on|at|time|le|à))?"
    r"|(?:(?:publication|published|publish|release) )?date(?: published| of publication)?|dated"
    r"|veröffentlicht(?: am)?|erschienen(?: am)?|publicad[oa](?: el| em)?|pubblicato(?: il)?|"
    r"gepubliceerd(?: op)?|stand|تاريخ النشر|نشر(?:ت)?(?: في)?)"
    r"\b\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_UPDATED_LABEL = re.compile(
    r"(?:(?:this (?:article|story|report|post) was )?(?:last |page |most recently )?"
    r"(?:updated|modified|revised|mise? à jour)(?:\s+(?:on|at|le|à))?|last update"
    r"|(?:zuletzt )?aktualisiert(?: am)?|(?:última )?(?:actualizado|actualización|atualizado)(?: el| em)?|"
    r"aggiornato(?: il)?|bijgewerkt(?: op)?|آخر تحديث)\b\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_TIME_PART = re.compile(
    r"[\s,;@()–—.:/+-]*"
    r"(?:(?:at|à|h|t|z|[ap]\.?m\.?|[a-z]{1,4}t|utc|uhr|local time|\d{1,2}(?:[:.h]\d\d){0,2}(?:[.,]\d+)?z?)"
    r"(?![^\W\d_])[\s,;@()–—.:/+-]*){0,6}",
    re.IGNORECASE,
)
_BYLINE_NAME = r"[A-ZÀ-Þ][\w.’'-]*"
_NAME_LINKS = r"and|et|und|y|e|i|en|och|og|in|of|for|de|da|di|du|del|la|le|van|von|der|den|bin|ibn|al|el|&"
_BYLINE = re.compile(
    r"(?:(?:(?:[Ww]ritten |[Rr]eported |[Ss]tory )?[Bb]y|BY|Par|PAR)[\s:]+(?!(?:The|A|An|Our|All|This)\b)"
    # a word that begins headings as well wants a whole name
    r"|(?:[Vv]on|VON|[Pp]or|POR|[Pp]ar|[Dd]i|De|[Dd]oor|Av|Af)(?:\s*:)?\s+"
    rf"(?={_BYLINE_NAME} (?:{_BYLINE_NAME}|von|van|de|del|di|da)\b))"
    rf"({_BYLINE_NAME}(?:,? (?:{_BYLINE_NAME}|{_NAME_LINKS})){{0,14}})[,;.]?"
)
_WITH_ROLE = re.compile(rf"({_BYLINE_NAME}(?: {_BYLINE_NAME}){{1,3}}), (?:our |the )?(?i:{ROLE})\.?")
_AGENCY = r"(?:\([^()]{1,60}\)|/[^/]{1,40}/)"
_DATELINE_PLACE = re.compile(
    r"(?!(?:On|In|By|As|Since|Until|From|After|Before)\b)[A-ZÀ-Þ][\w.’'-]*(?:[ ,/-]{1,2}[A-ZÀ-Þ][\w.’'-]*){0,5}"
    rf"(?:[ ,(]{{1,2}}|,? {_AGENCY}[ ,]{{1,2}})"
)
_DATELINE_END = re.compile(rf"[ ,)]*{_AGENCY}?\s*(?:[–—]|(?:[:-]|--)(?!\S))")
_BYLINE_NAMES = re.compile(rf"{_BYLINE_NAME}(?: (?:{_BYLINE_NAME}|of|the|and|de|da|di|du|la|le|&)){{0,6}}")
_NAME_ENDS = ",|•·–—-();.:"
_LONGEST_HEAD = 120
_LABELS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    ("title", re.compile(r"(?:title|headline|titre)\s*:\s*(.+)", re.IGNORECASE)),
    (
        "authors",
        re.compile(
            r"(?:authors?|byline|written by|reporter|by|auteurs?|autor(?:a|es|in|en)?|autore|verfasser|von|por|par|"
            r"كتبت?|بقلم|إعداد|تحرير)\s*:\s*(.+)",
            re.IGNORECASE,
        ),
    ),
    (
        "url",
        re.compile(
            r"(?:(?:source|article|original )?\s*(?:url|link)|url source|source|permalink)\s*:\s*(https?://\S+)",
            re.I,
        ),
    ),
    (
        "publisher",
        re.compile(r"(?:publisher|publication|outlet|newspaper|published by|éditeur)\s*:\s*(.+)", re.I),
    ),
    (
        "other",
        re.compile(r"(?:categor(?:y|ies)|section|tags?|topics?|keywords?|language|views?)\s*:\s*(.+)", re.I),
    ),
)
_IN_HEADING: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    ("authors", _BYLINE),
    ("authors", _WITH_ROLE),
    ("publisher", re.compile(r"source\s*:\s*(.{2,80})", re.IGNORECASE)),
    ("url", re.compile(r"(https?://\S+)")),
)


def stated_facts(line: str, *, heading: bool) -> list[Fact] | None:
    """Return what a line states about the article, or None where it is not a line of statements only.

    Parts that say nothing kept here ("Category: world") count only beside one that does. ``heading``
    tells that it stands before the body, where a day, a byline or an address needs no label, and a source
    is the article's and not a figure's.
    """
    if len(line) > _LONGEST_BYLINE:
        return None
    found: list[Fact] = []
    for part in filter(None, map(str.strip, _BREAK.split(line))):
        facts = _labelled(part, heading=heading) or (_unlabelled(part) if heading or found else None)
        if facts is None:
            return None
        found.extend(facts)
    return found if any(kind != "other" for kind, _ in found) else None


def day_of_dateline(line: str) -> str | None:
    """Return the day of a line that begins as agencies' reports do: "MARROWBY, 15 June 2023 (Coast Wire) – …"."""
    span = date_span(line[:_LONGEST_HEAD])
    if not span or not _DATELINE_PLACE.fullmatch(line[: span[0]]) or not _DATELINE_END.match(line[span[1] :]):
        return None
    return line[span[0] : span[1]]


def day_beside_name(line: str) -> tuple[str, str, str] | None:
    """Return name, day and writers ("" if none) of a line like "The Post, 16 June 2025. By Ada Berg".

    The name is "" where there are several.
    """
    span = date_span(line) if len(line) <= _LONGEST_HEAD else None
    if span is None:
        return None
    day = line[span[0] : span[1]]
    before, after = line[: span[0]].rstrip(), line[span[1] :]
    clock = _TIME_PART.match(after)
    after = after[clock.end() if clock else 0 :].strip(_NAME_ENDS + " ")
    written = _BYLINE.fullmatch(after)
    name = before.strip(_NAME_ENDS + " ") or after
    parts = [one.strip() for one in name.split("|")]
    if len(parts) > 1 and all(map(_BYLINE_NAMES.fullmatch, parts)):
        return "", day, ""  # a writer and a paper, in either order
    is_parted = not before or before.endswith(tuple(_NAME_ENDS))
    if (before and after and not written) or not is_parted or not _BYLINE_NAMES.fullmatch(name):
        return None
    return name, day, written[1] if written else ""


def _labelled(part: str, *, heading: bool) -> list[Fact] | None:
    if label := _PUBLISHED_LABEL.match(part):
        return _days("published", part[label.end() :], heading=heading)
    if label := _UPDATED_LABEL.match(part):
        return _days("updated", part[label.end() :], heading=heading)
    for kind, pattern in _LABELS:
        if found := pattern.fullmatch(part):
            is_prose = found[1].endswith(".") and found[1].count(" ") > 6
            return None if is_prose else [(kind, found[1].strip())]
    return None


def _unlabelled(part: str) -> list[Fact] | None:
    if days := _days("published", part, heading=True):
        return days
    if _TIME_PART.fullmatch(part) and re.search(r"\d:\d", part):
        return [("other", part)]
    for kind, pattern in _IN_HEADING:
        if found := pattern.fullmatch(part):
            return [(kind, found[1])]
    if span := date_span(part):
        byline = _BYLINE.fullmatch(part[: span[0]].rstrip(" ,;"))
        if byline and _TIME_PART.fullmatch(part[span[1] :]):
            return [("authors", byline[1]), ("published", part[span[0] : span[1]])]
    return None


def _days(kind: FactKind, text: str, *, heading: bool) -> list[Fact] | None:
    """Return the days that a text begins with, where it holds nothing else but times and statements."""
    span = date_span(text)
    if not span or not _TIME_PART.fullmatch(text[: span[0]]):
        return None
    rest = text[span[1] :]
    clock = _TIME_PART.match(rest)
    rest = rest[clock.end() if clock else 0 :]
    more = stated_facts(rest, heading=heading) if rest else []
    return None if more is None else [(kind, text[span[0] : span[1]]), *more]
