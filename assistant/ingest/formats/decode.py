"""Bytes -> text: by their mark, as UTF-8, in the encoding that is declared, else in a guessed one."""

from __future__ import annotations

import codecs
import re

from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.metadata.language import detect_language

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 65536
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_MOSTLY_BINARY = 0.05
_FEW_WRONG_BYTES = 0.02
_MOSTLY_ZERO = 0.7
_RARELY_ZERO = 0.2
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
_TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_HIGH = re.compile("[^\x00-\x7f]")
# Letters and marks of the languages that are written in Windows-1252, and how they stand in a word.
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßšžÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŠŽªº‘’“”„‚–—…«»‹›€£§°·•©®™¿¡\xa0\xad"
)
_WESTERN_LANGUAGES = frozenset("en fr de es pt it nl da sv no nb nn fi is ca gl eu af ga lb oc sw".split())
_IN_WORD_MARK = re.compile(r"[a-z][¿¡ªº“„«»][a-z]|[a-zà-ÿ][À-ÖØ-Þ][a-zà-ÿ]")
_MOSTLY = 0.9
_MOST_HIGH = 0.25


def decode_text(data: bytes, charset: str | None = None) -> str:
    """Return the text of bytes; ``charset`` is the encoding that the sender or the text itself names.

    Raises:
        UnreadableError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:_SAMPLE_BYTES]
    if utf16 := _unmarked_utf16(sample):
        return data.decode(utf16, "replace")
    if len(_CONTROL.findall(sample)) > _MOSTLY_BINARY * len(sample):
        raise UnreadableError("binary data, not text")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    as_utf8 = data.decode("utf-8", "replace")
    if sum(map("\x7f".__lt__, as_utf8)) > 4 * as_utf8.count("\ufffd"):
        return as_utf8
    named = _known_encoding(charset)
    known = named if named and _is_valid(sample, named) else _guessed_encoding(sample)
    return data.decode(known, "replace")


def stated_charset(data: bytes) -> str | None:
    """Return the encoding that the head of a page or of an XML file names."""
    named = _META_CHARSET.search(data[:4096])
    return named[1].decode("ascii") if named else None


def _unmarked_utf16(sample: bytes) -> str | None:
    """Return the UTF-16 whose bytes these are: every other byte of Western text in it is zero."""
    if len(sample) < 16:
        return None
    even, odd = sample[0 : len(sample) & ~1 : 2], sample[1::2]
    for encoding, zero, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zero.count(0) > _MOSTLY_ZERO * len(zero) and letters.count(0) < _RARELY_ZERO * len(letters):
            return encoding
    return None


def _known_encoding(charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset or "").name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name if name != "utf-8" else None


def _guessed_encoding(sample: bytes) -> str:
    """Return the likeliest encoding: Windows-1252, the commonest by far, where it reads as Western text."""
    from charset_normalizer import from_bytes

    if _reads_as_western(sample):
        return "cp1252"
    matches = from_bytes(sample)
    best = matches.best()
    if best is None and sum(map((127).__lt__, sample)) < _FEW_WRONG_BYTES * len(sample):
        return "cp1252"
    if best is None:
        raise UnreadableError("binary data or an unknown encoding, not text")
    rivals = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    return "cp1252" if any("cp1252" in match.could_be_from_charset for match in rivals) else best.encoding


def _reads_as_western(sample: bytes) -> bool:
    """Return True when the bytes, read as Windows-1252, are text in a Western language."""
    text = _TAGS.sub(" ", sample.decode("cp1252", "replace"))
    high = _HIGH.findall(text)
    if not high:
        return False
    western = sum(character in _WESTERN for character in high) - len(_IN_WORD_MARK.findall(text))
    if western <= _MOSTLY * len(high) or len(high) > _MOST_HIGH * sum(map(str.isalpha, text)):
        return False
    return detect_language(" ".join(text.split())) in _WESTERN_LANGUAGES


def _is_valid(sample: bytes, encoding: str) -> bool:
    """Return True when the bytes can be read in an encoding; Windows-1252 can nearly always."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return encoding == "cp1252"
    return True
