"""Words as HTML in which none of them is markup, and the small pieces that every part of the page is made of.

Gradio passes the HTML through a Markdown parser and a sanitizer, so every character that is not a
letter, a digit or a space is written as a numeric entity: inert in HTML and in Markdown alike.
"""

from __future__ import annotations

import datetime
import re

from assistant.text.wording import day_in_words

UNBROKEN = "&#160;"

_NOT_PLAIN = re.compile(r"[^\w ]|_")


def escape(words: str) -> str:
    """Return words with everything but letters, digits and spaces as numeric entities."""
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", words)


def bdi(words: str) -> str:
    """Return words escaped and kept apart from the direction of the text around them."""
    return f"<bdi>{escape(words)}</bdi>"


def marker(citation_number: int, turn: int) -> str:
    """Return the link from an answer to the words that it cites, in the sources of that turn."""
    return (
        f'<a class="marker" href="#cite-{turn}-{citation_number}" '
        f'title="Show source {citation_number}">{citation_number}</a>'
    )


def time(date: datetime.date) -> str:
    """Return a day as HTML, in words for readers and as a number for machines."""
    return f'<time datetime="{date.isoformat()}">{day_in_words(date)}</time>'
