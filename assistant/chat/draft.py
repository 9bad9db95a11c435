"""What a chat model has written so far, read as statements: JSON lines, or sentences with markers such as ``[2]``.

Either form is read whichever was asked for. Reasoning, code fences, calls of tools in text, markup and markers of
passages that were not given are taken out; what cannot be read is counted, not passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.chat.markers import THINKING, plain_text, separate_markers
from assistant.chat.prompts import ABSTENTION
from assistant.chat.rests_on import cite_marked, cite_quoted, rests_on
from assistant.checking.citations import numbered
from assistant.text.sentences import split_sentences
from assistant.types import Hit, Statement

MOST_STATEMENTS = 40
NAME_CHARACTERS = 120
# Keys by which an object is one of those that are asked for, and not one around them.
OWN_KEYS = frozenset(("say", "missing", "n", "name"))
STANCES = {
    "stated": "reported",
    "reported": "reported",
    "confirmed": "confirmed",
    "claimed": "claimed",
    "alleged": "claimed",
    "denied": "denied",
    "blamed": "blamed",
    "unconfirmed": "unconfirmed",
    "possible": "possible",
    "expected": "expected",
}

_DECLINES = re.compile(
    r"^\W*(?:(?:based on|according to) )?(?:none of |neither of )?(?:the |these |this |both )?"
    r"(?:(?:provided|given|available) )?"
    r"(?:passages?|articles?|context|texts?|information|documents?|sources?|reports?)\b"
    r".*\b(?:not?|nothing|none|\w+n[’']t|lacks?)\b"
    r"|^\W*(?:i (?:do not|don[’']t|cannot|can[’']t)\b|there is (?:no|not enough) (?:information|mention)\b)"
    r"|^\W*(?:none|neither|no) (?:of the )?(?:\w+ )?(?:passages?|articles?|sources?|reports?|outlets?|accounts?)\b"
    r"|\b(?:not|nothing|n[’']t) (?:\w+ )?(?:said|stated|reported|mentioned|given|specified|explained|named"
    r"|disclosed|known|clear)\b.{0,60}\b(?:passages?|articles?|sources?|reports?)\b",
    re.I,
)
_REFUSES = re.compile(
    r"^\W*(?:i[’']?m sorry|sorry|i am sorry|i apologi[sz]e|unfortunately, i|as an? (?:ai|language model)"
    r"|i (?:am unable|[’']?m unable|won[’']t|will not|must decline))\b",
    re.I,
)
_GROWING = re.compile(r'\{\s*"say"\s*:\s*"((?:[^"\\\n]|\\.)*)(?:"[^\n]*)?$')
_SEEMS_JSON = re.compile(r'^\s*(?:```\w*\s*)?(?:\{|\[\s*\{)|"say"\s*:')
_OBJECT = re.compile(r"\{")


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """What a chat model has written so far: statements not yet checked, with the words that they cite.

    ``missing`` is what it says that the passages do not answer; it ``abstains`` when there is nothing else, and
    ``refuses`` when it says that it will not answer. ``unknown_markers`` counts those that name no passage it was
    given, ``unread`` what could not be read, ``cut`` the statements past the most that are shown. It was
    ``stopped`` where it repeated itself or went on and on.
    """

    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()
    abstains: bool = False
    refuses: bool = False
    unknown_markers: int = 0
    unread: int = 0
    cut: int = 0
    stopped: bool = False


def draft(written: str, hits: Sequence[Hit], question: str, *, whole: bool = False) -> ParsedReply:
    """Read what a model has written, in either form, as statements that cite words of the hits.

    A JSON line that is cut off is shown while it grows; in a text that is ``whole`` it cannot be read.
    """
    text = THINKING.sub("", written)
    return (
        _parse_json_lines(text, hits, whole)
        if _SEEMS_JSON.search(text)
        else _from_sentences(text, hits, question)
    )


def declines(words: str) -> bool:
    """Return True for a sentence that speaks of what the passages lack, rather than of what they say."""
    return _DECLINES.search(words) is not None


def json_objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a text, also of lists and of objects around them; what is cut off is left out."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while found := _OBJECT.search(text, at):
        try:
            value, at = decoder.raw_decode(text, found.start())
        except (json.JSONDecodeError, RecursionError):
            at = found.end()
            continue
        yield from _objects_in(value)


def _objects_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [part for part in value.values() if isinstance(part, list | dict)]
        if not inner or not OWN_KEYS.isdisjoint(value):
            yield value
            return
        for part in inner:
            yield from _objects_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _objects_in(part)


def _parse_json_lines(text: str, hits: Sequence[Hit], whole: bool) -> ParsedReply:
    statements: dict[str, Statement] = {}
    missing: list[str] = []
    unknown = unread = 0
    for one in json_objects(text):
        lacking = one.get("missing")
        for words in lacking if isinstance(lacking, list) else [lacking]:
            missing += [plain] if isinstance(words, str) and (plain := _bare_line(words)) else []
        if not isinstance(one.get("say"), str):
            unread += "missing" not in one
            continue
        words = _bare_line(one["say"])
        rests = rests_on(one.get("rests_on"))
        if not words:
            unread += 1
        elif not rests and declines(words):
            missing.append(words)
        else:
            cited, marked, strange = cite_quoted(rests, words, hits)
            unknown += strange
            stance = one.get("stance")
            statement = Statement(
                words,
                tuple(cited),
                mark="compare" if marked else None,
                speaker=_speaker_name(one.get("speaker")),
                stance=STANCES.get(stance.lower()) if isinstance(stance, str) else None,
                drawn=one.get("drawn") is True,
            )
            statements.setdefault(words, statement)
    growing = _grown(text)
    if growing and growing not in statements and growing not in missing:
        if whole:
            unread += 1
        else:
            statements[growing] = Statement(growing)
    return _bounded(list(statements.values()), missing, unknown, unread)


def _grown(text: str) -> str:
    """Return the sentence of the JSON line that a text ends with, also of one that is cut off; "" without one."""
    found = _GROWING.search(text)
    if not found:
        return ""
    try:
        return _bare_line(str(json.loads(f'"{found.group(1)}"', strict=False)))
    except json.JSONDecodeError:
        return _bare_line(found.group(1).replace('\\"', '"'))


def _from_sentences(written: str, hits: Sequence[Hit], question: str) -> ParsedReply:
    text, marks = separate_markers(plain_text(written))
    sentences = list(split_sentences(text))
    cited: list[list[int]] = [[] for _ in sentences]
    for at, numbers in marks:
        leads = at == 0 or text[at - 1] == "\n"
        near = [
            index for index, one in enumerate(sentences) if (one.start >= at if leads else one.start < at)
        ]
        if near:
            cited[near[0] if leads else near[-1]].extend(numbers)
    statements: dict[str, Statement] = {}
    missing: list[str] = []
    abstains = False
    for sentence, numbers in zip(sentences, cited, strict=True):
        words = " ".join(text[sentence.start : sentence.end].split())
        if _letters_and_digits(ABSTENTION) in _letters_and_digits(words):
            abstains = True
        elif declines(words):
            missing.append(words)
        else:
            citations = cite_marked(words, numbers, question, hits)
            statements.setdefault(words, Statement(words, tuple(citations)))
    unknown = sum(not 0 < number <= len(hits) for _, numbers in marks for number in numbers)
    read = _bounded(list(statements.values()), missing, unknown, 0)
    refuses = bool(read.statements) and not marks and _REFUSES.search(read.statements[0].text) is not None
    return replace(read, abstains=read.abstains or (abstains and not read.statements), refuses=refuses)


def _bounded(statements: list[Statement], missing: list[str], unknown: int, unread: int) -> ParsedReply:
    return ParsedReply(
        statements=numbered(statements[:MOST_STATEMENTS]),
        missing=tuple(dict.fromkeys(missing))[:MOST_STATEMENTS],
        abstains=bool(missing) and not statements,
        unknown_markers=unknown,
        unread=unread,
        cut=max(0, len(statements) - MOST_STATEMENTS),
    )


def _bare_line(words: str) -> str:
    return " ".join(separate_markers(plain_text(words))[0].split())


def _speaker_name(value: Any) -> str | None:
    return _bare_line(value)[:NAME_CHARACTERS] or None if isinstance(value, str) else None


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
