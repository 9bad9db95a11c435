"""The boxes that pages put in place of what only subscribers may read, taken out of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.ingest.formats.html_text import lengths_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WALL_NAME = re.compile(
    r"pay-?wall|reg-?wall|subscri(?:be|ption|ber)-?(?:wall|gate|only|offer)|(?:^|[-_\s])(?:metered|locked|"
    r"gate|gated|barrier|"
    r"premium|offer|piano|tp-container|abo)(?:$|[-_\s])",
    re.IGNORECASE,
)
# What such a box speaks of, in the words that Europe's languages form alike.
_OF_OFFER = re.compile(
    r"\babonn|\babo\b|digitalabo|subscri|suscri|abbona|assina(?:nte|tura)|log ?in\b|sign ?in\b|anmelden|"
    r"registr|connect(?:er|ez)|"
    r"inicia(?:r)? sesión|accedi\b|\baccount\b|\btrial\b",
    re.IGNORECASE,
)
_LONGEST_OFFER = 900
_FEWEST_WORDS = 4
_BOXES = ("div", "section", "aside", "form", "p")


def drop_offers(root: HtmlElement) -> bool:
    """Take the offers to subscribe out of a page's tree; return True where one stood behind the article's text.

    A box is one that is named as such and whose few words speak of subscribing or an account, more than once or
    with something to click; some publishers give the same names to the text that is for subscribers.
    """
    lengths = lengths_of(root)
    boxes = [
        one
        for one in root.iter(*_BOXES)
        if lengths[one] <= _LONGEST_OFFER
        and _WALL_NAME.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        and len(one.text_content().split()) >= _FEWEST_WORDS
        and _offers(one)
    ]
    ends = False
    for box in boxes:
        if box.getparent() is not None:
            ends = ends or not _text_follows(box)
            box.drop_tree()
    return ends


def _offers(box: HtmlElement) -> bool:
    spoken = {found.casefold() for found in _OF_OFFER.findall(box.text_content())}
    return len(spoken) > 1 or (
        bool(spoken) and next(box.iter("a", "button", "form", "input"), None) is not None
    )


def _text_follows(box: HtmlElement) -> bool:
    """Return True when a whole paragraph stands behind a box in its article."""
    around = next(box.iterancestors("article", "main"), None)
    inside = box.getparent() if around is None else around
    passed = False
    for one in inside.iter():
        passed = passed or one is box
        behind = passed and one.tag == "p" and box not in one.iterancestors() and one is not box
        if behind and one.text_content().strip().endswith((".", "!", "?", "”", "»")):
            return True
    return False
