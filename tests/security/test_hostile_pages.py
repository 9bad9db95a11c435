"""Pages and lines that are made to take long: each is done with in seconds, whatever comes of it."""

import contextlib
import time
from collections.abc import Callable

import pytest

from assistant.ingest.clean.credits import is_credit
from assistant.ingest.clean.text import clean
from assistant.ingest.formats.html import read_html
from assistant.ingest.formats.press_exports import press_documents
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.metadata.publication_date import date_span, day_in_address, parse_date
from assistant.text.corrections import corrections_in
from assistant.text.entries import entries_of

MOST_SECONDS = 8.0
DEEP = 2000
ENTRY = "<div class=post><time datetime='2025-06-16T10:00'>x</time><p>One two three four five six.</p></div>"

HOSTILE: dict[str, Callable[[], object]] = {
    "boxes within boxes": lambda: read_html(
        "<div class='story-body'>" * DEEP + "<p>Correction: " + "x " * 200
    ),
    "corrections within corrections": lambda: read_html("<aside>Correction: " * DEEP + "an earlier version"),
    "many entries": lambda: read_html("<title>live</title>" + ENTRY * DEEP),
    "entries within entries": lambda: read_html(
        "<title>live</title>" + "<div class=post><time>1 June 2025</time>" * DEEP
    ),
    "tooltips": lambda: read_html("<a>Name<span class=tip>Name x</span></a>" * DEEP),
    "microdata": lambda: read_html("<div itemscope itemtype='http://schema.org/Article'>" * DEEP),
    "an export of heads": lambda: press_documents("412 words\n16 June 2025\n" * 50_000 + "End of Document\n"),
    "years in a row": lambda: date_span("1234 " * 200_000),
    "one number": lambda: (date_span("1" * 1_000_000), parse_date("2025" * 19)),
    "an address of numbers": lambda: day_in_address("https://a.example/" + "2025/1" * 300),
    "a credit without end": lambda: is_credit("Reporting by " + "Aa-" * 150 + "!", is_sentence=False),
    "a credit of small words": lambda: is_credit("Photo by " + "and " * 100 + "x", is_sentence=False),
    "corrections without end": lambda: corrections_in("the earlier version " * 50_000),
    "lines of entries": lambda: entries_of("[1 June 2025, 10:10] x\n" * 50_000),
    "datelines": lambda: clean("A, " * 30 + "1 June 2025\n" * 20 + "DORVIK, " * 5_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_take_long_does_not(name: str) -> None:
    started = time.process_time()
    with contextlib.suppress(UnreadableError):
        HOSTILE[name]()
    assert time.process_time() - started < MOST_SECONDS
