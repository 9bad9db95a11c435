"""The writers whom a page names below its headline, where nothing in its markup states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.ingest.clean.bylines import stated_facts
from assistant.ingest.formats.html_text import lengths_of
from assistant.ingest.metadata.authors import authors_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How the languages of Europe name a byline in their markup.
_BYLINE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:by-?lines?|authors?|autor(?:es|en|in)?|autore|auteurs?|firma|verfasser|writers?|reporters?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset("nav aside footer script style noscript select option form figure".split())
_PERSON = r"[^\W\d_a-zà-ÿ][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4}"
_PERSONS = re.compile(rf"{_PERSON}(?:(?:,| and| und| y| et| e| &) {_PERSON}){{0,4}}")
_LONGEST = 120
_LONGEST_MARKUP = 2000
_TEXT_WORDS = 25


def shown_authors(root: HtmlElement) -> list[str]:
    """Return the names in a page's byline: between headline and text, it begins as one or is marked as one."""
    for element, words in _head_lines(root):
        facts = stated_facts(words, heading=True) or []
        named = next((value for kind, value in facts if kind == "authors"), "")
        is_marked = element.get("rel") == "author" or _BYLINE_NAMES.search(_names_of(element))
        if not named and is_marked and (first := " ".join((element.text or words).split())):
            named = first if _PERSONS.fullmatch(first) else ""
        if named and not any(one.isdigit() for one in named):
            names = authors_in(named)
            return [name for name in names if " " in name] or names
    return []


def _head_lines(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the short elements between the first headline and the first paragraph, with their words."""
    heading = root.find(".//h1")
    lengths = lengths_of(root)
    started = heading is None
    for element in root.iter():
        if element is heading:
            started = True
        elif started and isinstance(element.tag, str) and element.tag not in _ELSEWHERE:
            if lengths[element] > _LONGEST_MARKUP and element.tag != "p":
                continue
            words = " ".join("".join(element.itertext()).split())
            if element.tag == "p" and words.count(" ") >= _TEXT_WORDS:
                return
            beside = next(element.iterancestors(*_ELSEWHERE), None) is not None
            if words and len(words) <= _LONGEST and not beside:
                yield element, words


def _names_of(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
