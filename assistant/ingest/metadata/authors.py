"""Authors as sources write them -> names: "desk@post.example (Ada Berg)", "Berg, Ada; Roe, Jo", "Li in Oslo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.utils import parseaddr

# What journalists call themselves beside their names, and what stands for those who are not named.
ROLE = (
    r"(?:[^\W\d_][\w’'-]*\s+){0,4}(?:reporters?|correspondents?|editors?|writers?|columnists?|journalists?|producers?|"
    r"contributors?|photographers?|critics?|analysts?|staff|agenc(?:y|ies)|reports|redaktion|redacci[oó]n|rédaction)"
)
_ROLE = re.compile(rf"(?:(?:our |the |a )?{ROLE}|special (?:to|for) .+)\W*", re.IGNORECASE)
_BY = re.compile(
    r"^(?:written |reported |story |article )?(?:by|par|von|por)(?:\s*:|\b)\s*(?=\S)", re.IGNORECASE
)
# "our correspondent Ada Berg", as papers of several languages introduce their own.
_OUR_OWN = re.compile(
    r"^(?i:our|unser(?:e[mrn]?)?|notre|nuestr[oa]|(?:il |la )?nostr[oa]|noss[oa]|onze)\s+"
    r"(?:[^\W\d_][\w’'-]*\s+){1,4}?(?=[A-ZÀ-Þ][\w.’'-]*(?: [^\W\d_][\w’'-]*)? [A-ZÀ-Þ][\w’'-]+$)"
)
_NAME = r"[^\W\d_][\w.’'-]*"
# In some languages a single letter joins the two surnames of one person as well as two persons.
_BREAK = re.compile(
    r"\([^()]*\)|\"[^\"]*\"|<[^<>]*>|(?P<break>\s*[;|\n]\s*|\s+/\s+|\s*,?\s+(?i:and|et|&|und|och|og)\s+"
    rf"|(?<=[^\W\d_])\s+(?:y|e|i|en)\s+(?={_NAME}\s+{_NAME}))"
)
_COMMA = re.compile(r"\([^()]*\)|\"[^\"]*\"|<[^<>]*>|(?P<break>\s*,(?!\s*(?:(?:Jr|Sr|I{2,3}|IV)\b|in\s))\s*)")
_BRACKETED_ADDRESS = re.compile(r"[(<\[]\s*(?:mailto:)?[^\s()<>\[\]]+@[^\s()<>\[\]]+\s*[)>\]]", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:mailto:)?[^\s()<>\[\],;]*@[^\s()<>\[\],;]+", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|for|from|with|à|en|aus)\s+(?:the\s+)?[A-ZÀ-Þ].*$")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_INVERTED = re.compile(
    rf"(?P<family>(?:[a-zà-ÿ][\w’'-]*\s+){{0,2}}{_NAME}(?P<more>(?:\s+{_NAME}){{0,2}})),\s*"
    r"(?P<given>[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w.’'-]*){0,2})"
)
_WHOLE_NAME = re.compile(rf"[A-ZÀ-Þ][\w.’'-]*(?: {_NAME}){{0,2}} [A-ZÀ-Þ][\w’'-]+")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}")


def authors_in(text: str) -> list[str]:
    """Return the names in a text that may name several authors."""
    parts = list(_parts(_BY.sub("", text.strip()), _BREAK))
    if not _are_inverted(parts, alone=True):
        parts = [name for part in parts for name in _parts(part, _COMMA)]
    return authors_among(parts)


def authors_among(names: Sequence[str]) -> list[str]:
    """Return names, each of one author, without addresses, places and offices, the given name first.

    A name that is plainly several persons' is parted. That of an office alone ("staff reporter", "agencies") counts
    only where nobody is named.
    """
    inverted = _are_inverted(names, alone=False)
    bare = [_bare_name(name, inverted=inverted) for name in names]
    found = [one for name in bare if name for one in _persons_in(name)]
    persons = [one for one in found if not _ROLE.fullmatch(one)]
    return persons or found


def _persons_in(name: str) -> list[str]:
    """Return the persons in a name such as "Ada Berg and Jo Roe"; "Department of Trade and Industry" stays one."""
    parts = [one for part in _parts(name, _BREAK) for one in _parts(part, _COMMA)]
    return parts if len(parts) > 1 and all(map(_WHOLE_NAME.fullmatch, parts)) else [name]


def _parts(text: str, rule: re.Pattern[str]) -> Iterator[str]:
    """Yield the parts of a text between breaks, of which none lies within brackets or quotation marks."""
    start = 0
    for found in rule.finditer(text):
        if found["break"] is not None:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _are_inverted(names: Sequence[str], *, alone: bool) -> bool:
    """Return True when names are written surname first; where ``alone``, each of them must be.

    A surname of one word shows it: "Ada Berg, Reuters" may be a person and an agency.
    """
    shapes = [_inverted_parts(_without_address(name)) for name in names]
    known = [one for one in shapes if one]
    if not known or (alone and len(known) < len(shapes)):
        return False
    return any(not one["more"] for one in known)


def _inverted_parts(name: str) -> re.Match[str] | None:
    found = _INVERTED.fullmatch(name.strip(" \"'"))
    if not found or _ROLE.fullmatch(found["given"]) or _CAPITALS.fullmatch(found["given"]):
        return None
    return found


def _bare_name(name: str, *, inverted: bool) -> str:
    name = _without_address(_OUR_OWN.sub("", _BY.sub("", name.strip()))).strip(" \"'")
    if inverted and (parts := _inverted_parts(name)):
        return f"{parts['given']} {parts['family']}"
    first, _, rest = name.partition(",")
    if rest and _ROLE.fullmatch(rest.strip()):
        name = first
    shorter = _PLACE.sub("", _IN_BRACKETS.sub("", name))
    return (shorter if any(one.isalpha() for one in shorter) else name).strip(" ,.;|()")


def _without_address(text: str) -> str:
    """Return the name beside an e-mail address or an account ("@ada"); nothing where there is none."""
    if "@" not in text:
        return "" if text.startswith(("http:", "https:")) else text
    name, address = parseaddr(text)
    if name and "@" in address and "@" not in name:
        return name
    return _ADDRESS.sub("", _BRACKETED_ADDRESS.sub("", text))
