"""Text whose UTF-8 was once read as Windows-1252 and so stored ("KeÃ¯ta", "itâ€™s") -> as it was written."""

from __future__ import annotations

import re

# The characters as which Windows-1252 shows the bytes 128 to 191, with which UTF-8 goes on; some programs lose 157.
_NEXT = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SEQUENCE = re.compile(f"[\xc2-\xdf][{_NEXT}]|[\xe0-\xef][{_NEXT}]{{2}}|[\xf0-\xf4][{_NEXT}]{{3}}")
_LOST_QUOTE = "â€\ufffd"
# Of Latin text these begin the sequences; of Greek, Cyrillic and Arabic, whole words consist of them.
_TELLING = re.compile(f"[\xc2\xc3][{_NEXT}]|â€[{_NEXT}\ufffd]|(?:[\xce-\xd1\xd8\xd9][{_NEXT}]){{4}}")
_FEWEST = 2


def put_right(text: str) -> str:
    """Return a text with such sequences as the characters that they stand for; one alone is left as it is."""
    if len(_TELLING.findall(text)) < _FEWEST:
        return text
    return _SEQUENCE.sub(_character, text.replace(_LOST_QUOTE, "”").replace(" Ã ", " à "))


def _character(found: re.Match[str]) -> str:
    try:
        character = b"".join(map(_byte, found[0])).decode()
    except UnicodeError:
        return found[0]
    code = ord(character)
    return character if code < 0x250 or 0x370 <= code < 0x700 or 0x2000 <= code < 0x2200 else found[0]


def _byte(character: str) -> bytes:
    return bytes((ord(character),)) if ord(character) < 256 else character.encode("cp1252")
