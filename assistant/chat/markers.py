"""Reads what a chat model wrote as plain words, and takes the markers such as ``[2]`` out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPEN, _CLOSE = "\ue000", "\ue001"
_NUMBERS = r"\d{1,4}(?:\s?(?:,|;|-|–|&|and)\s?\d{1,4})*"
_WRITTEN_MARKER = re.compile(
    rf"(?<!!)[\[【]\s?\^?(?:(?:passages?|sources?)\s)?({_NUMBERS})\s?[\]】](?:\([^()\s]*\))?", re.I
)
_PLACED_MARKER = re.compile(rf"[ \t]*{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_UNFINISHED = re.compile(r"\s*!?[\[【][^\]】\n]{0,40}$|(?<=\])\([^()\n]*$")
THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.S | re.I)
_HTML_MARKUP = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|</?[a-z!?][^<>]*(?:>|\Z)", re.S | re.I
)
_WEB_ADDRESS = re.compile(
    r"\(?\b(?:(?:(?:https?|ftp|javascript|vbscript|data|file):|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*)",
    re.I,
)
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)?)?")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ud800-\udfff]")
_PREFACE = re.compile(
    r"(?:^[ \t]*|(?<=[.!?\ue001][ \n]))(?:(?:answer|response)[ \t]*:"
    r"|(?:based on|according to|in|as per) (?:the |these )?(?:\w+ ){0,2}(?:passages?|context|texts?)(?: \d+)?,"
    r"|(?:the )?passages?(?: from passage)?(?: number)?(?: \d+| ?\ue000[^\ue001]*\ue001)?"
    r" (?:state|say|tell|mention|report|indicate)s? that\b)"
    r"[ \t]*(\w?)",
    re.I | re.M,
)


def plain_text(written: str) -> str:
    """Reduce what a model wrote to words and markers: no Markdown, HTML, image, address, code or reasoning.

    A link leaves its words, an image nothing. Markers stand between two private characters.
    """
    from markdown_it import MarkdownIt

    text = THINKING.sub("", UNSEEN.sub("", written))
    text = _WRITTEN_MARKER.sub(lambda match: f"{_OPEN}{match.group(1)}{_CLOSE}", _IMAGE.sub("", text))
    text = _UNFINISHED.sub("", _HTML_MARKUP.sub(" ", text))
    reader = MarkdownIt("commonmark").disable(["code", "lheading", "html_block", "html_inline", "entity"])
    lines = []
    heading = False
    for token in reader.parse(text):
        if token.type in {"heading_open", "heading_close"}:
            heading = token.type == "heading_open"
        elif token.type == "inline" and not heading:
            lines.append(_token_words(token.children or []))
    return _PREFACE.sub(
        lambda match: match.group(1).upper(), _WEB_ADDRESS.sub("", _HTML_MARKUP.sub(" ", "\n".join(lines)))
    )


def separate_markers(text: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """Take the markers out of a text: what is left, and each marker's place in it with its numbers."""
    left = ""
    at = 0
    marks = []
    for match in _PLACED_MARKER.finditer(text):
        left += text[at : match.start()]
        marks.append((len(left), _listed_numbers(match.group(1))))
        at = match.end()
        if not left or left[-1] == "\n":
            at += len(text[at:]) - len(text[at:].lstrip(" \t"))
    return left + text[at:], marks


def _token_words(children: Sequence[Token]) -> str:
    words = []
    bare = False
    for token in children:
        if token.type == "link_open":
            bare = token.markup == "autolink"
        elif token.type == "link_close":
            bare = False
        elif token.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        elif token.type in {"text", "code_inline", "text_special"} and not bare:
            words.append(token.content)
    return "".join(words)


def _listed_numbers(numbers: str) -> list[int]:
    """Read "1, 3" and "2-4"."""
    found = [int(number) for number in re.findall(r"\d+", numbers)]
    is_range = re.fullmatch(r"\d+\s?[-–]\s?\d+", numbers) and 0 < found[1] - found[0] < 10
    return list(range(found[0], found[1] + 1)) if is_range else found
