"""The items of a row, "A, B and C": where it is split, and what belongs to none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.labelled_figures import subject_name
from assistant.text.phrases import phrases, proper_names
from assistant.text.tokens import STOP_WORDS, names, stems_of
from assistant.text.wording import one_line

FEWEST_ITEMS = 2

_SPLIT = re.compile(r"\s*[,;](?!\d)\s*(?:(?:and|or|as well as)\s)?\s*|\s+(?:and|or|as well as)\s+")
_QUOTED = re.compile(r"“[^”]{1,60}”|\"[^\"]{1,60}\"")
_COMMA_WITHIN = re.compile(r"([“\"][^“”\"]{1,60}),([”\"])(?=\s)")
_CLOSING = "”)]"
"""What begins no item, but ends what was said before: "” she said"."""
_SPACE = re.compile(r"\s")
_CLAUSE_BREAKS = re.compile(r"\s*;\s*(?:(?:and|or)\s)?\s*")
_LAST_AFTER_SEMICOLON = re.compile(r";\s*(?:and|or)\s")
_PAIR = re.compile(r";|\s(?:and|or|as\s+well\s+as)\s")
_RELATIVE = re.compile(r"(?:who|whom|whose|which|where)\b")
_COMMA_BEFORE_LAST = re.compile(r",\s+(?:and|or)\s")
_NAME = r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3}"
_APPOSED = re.compile(rf",\s+(?P<name>{_NAME})(?=[,.;:!?)]|$)")
APPOSED_LAST = re.compile(rf",\s+(?:and|or)\s+{_NAME}(?P<apposed>,\s+{_NAME})$")
"""A row that ends with what is set beside its last item."""
_OPENING = re.compile(r"[A-Z]\S*\s+(?:\S+\s+)?(?:of|for|in|on|to|against)\s+")
"""How each item of a row begins that lost what parted them: "One count of theft One count of fraud"."""
_NICKNAMED = re.compile(r"\s[“\"‘'][^”\"’']{1,20}[”\"’']\s[A-Z][\w’'-]+")
_APPOSITION = re.compile(r",\s+$")
_AFTER_NAME = re.compile(
    r"\s+(?:in|on|at|to|for|by|of|from|with|were|was|are|is|have|has|had|will|which|who|that|as|after|before|during|since)\s.*$"
)
_PREDICATE = re.compile(
    r"\s+(?:(?:all|both|each)\s+[a-z]|(?:is|are|was|were|has|have|had|must|may|might|can|could|will|would|should|does|do|did)\b).*$"
)
_ITEM_LEAD = re.compile(
    r"^(?:and|or|also|both|followed\s+by|the\s+towns?\s+of|in|at|near|from|to|by|of|with|for|against|after"
    r"|including|such as|like|between|on|as|namely|least|some)\s+",
    re.I,
)
_FIGURE = re.compile(r"\d")
_REST = re.compile(r"\bothers?\b|^(?:\w+\s+)?more$", re.I)
"""What stands for all that a row leaves out: "and many other towns"."""
_LEADS_TO_NAMES = re.compile(r"[a-z]+ing\s+(?=[A-Z“\"])|[a-z]+ed\s+by\s+(?=[A-Z“\"])")
"""A participle that names follow: "starring Ada Berg"."""
_ARTICLE = re.compile(r"(?:the\s+)?", re.I)
_PARTICIPLE = re.compile(r"[a-z]+ed\b")


def is_named(item: str) -> bool:
    """Return True for an item that is or holds a name, or a title in quotation marks."""
    capital = item[:1].isupper() and item.split(maxsplit=1)[0].lower() not in STOP_WORDS
    return capital or item[:1] in '“"' or bool(proper_names(item))


def is_clause(part: str) -> bool:
    """Return True for a participle with no noun of its own: "killed in May", and not "delayed trains"."""
    return _PARTICIPLE.match(part) is not None and not _adjectival(part)


def tells(item: str) -> bool:
    """Return True for an item with a verb; a participle before its noun is none."""
    return "v" in phrases(item).kinds[1 if _adjectival(item) else 0 :]


def _adjectival(part: str) -> bool:
    return _PARTICIPLE.match(part) is not None and phrases(part).kinds[1:2] in {"w", "s", "n", "e"}


def alike(parts: list[str]) -> list[str]:
    """Leave out what ends a row and is no item: "and many other towns", "Arle, Benholt and weakening".

    Among names only a noun phrase is one too, "Ada Berg, Jo Reed and the mayor": with an article, a number or a
    plural.
    """
    if len(parts) <= FEWEST_ITEMS:
        return parts
    *before, last = parts
    kinds = phrases(last).kinds
    led = _PARTICIPLE.match(last) is not None and all(part[:1].isupper() for part in before)
    other = not is_named(last) and all(map(is_named, before)) and kinds[:1] not in {"d", "#"}
    return before if _REST.search(last) or led or (other and not kinds.endswith("s")) else parts


def without_introduction(parts: list[str], wanted: set[str]) -> list[str]:
    """Leave out what names the class of the items: "Two more towns are hit, Arle and Benholt"."""
    if len(parts) <= FEWEST_ITEMS:
        return parts
    kinds = phrases(parts[0]).kinds
    of_class = wanted & stems_of(parts[0]) and "v" in kinds
    of_several = kinds.endswith("s") and not proper_names(parts[0]) and all(map(is_named, parts[1:]))
    return parts[1:] if of_class or of_several else parts


def subjects(parts: Sequence[str]) -> list[str]:
    """Reduce clauses in a row to the names that they are about: "Ada sang, Jo played" gives Ada and Jo.

    What the last of them joins by "and" is part of it. Items that are no clauses, or have no name each, stay.
    """
    kept = list(parts)
    while len(kept) > FEWEST_ITEMS and not proper_names(kept[-1]) and all(map(proper_names, kept[:-1])):
        kept[-2:] = [kept[-2]]
    clauses = [bool(re.search("[v#]", phrases(part).kinds) or _FIGURE.search(part)) for part in kept]
    names_in = [proper_names(part) for part in kept]
    if sum(clauses) < FEWEST_ITEMS or not any(clauses[:-1]) or not all(names_in):
        return list(parts)
    found = []
    for part, named in zip(kept, names_in, strict=True):
        leads = re.match(r"(?:the\s+|\S+-\S+\s+)?", part, re.I)
        begins = leads is not None and part[leads.end() :].startswith(named[0])
        if not begins and len(named) > 1:
            return list(parts)
        found.append(subject_name(part) or named[0])
    return found


def enumerated(run: str) -> list[str]:
    """Split "the towns of A, B, C and D" into its items; where they are names, the first sheds what leads to it."""
    parts = split_row(run)
    if len(parts) < FEWEST_ITEMS:
        return parts
    if (about := subjects(parts)) != parts:
        return about
    parts = without_lead(alike(parts))
    begins = [found.end() if (found := _ARTICLE.match(part)) else 0 for part in parts]
    if all(part[at : at + 1].isupper() for part, at in zip(parts[1:], begins[1:], strict=True)):
        parts[0] = _last_name(parts[0])
        tail = names(parts[-1])
        parts[-1] = (
            _opening_name(parts[-1], tail[0].end) if tail and tail[0].start == begins[-1] else parts[-1]
        )
    else:
        parts = [_ITEM_LEAD.sub("", part) for part in parts]
        if not any(_PREDICATE.search(part) for part in parts[:-1]):
            parts[-1] = _PREDICATE.sub("", parts[-1])
        shorter = parts[-1] if len(parts[-1].split()) <= 4 else _AFTER_NAME.sub("", parts[-1])
        parts[-1] = shorter if proper_names(shorter) or not proper_names(parts[-1]) else parts[-1]
    items = [part.strip(" .") for part in parts if part.strip(" .")]
    clause = (
        len(items) > FEWEST_ITEMS
        and tells(items[-1])
        and all(proper_names(one) == [one] for one in items[:-1])
    )
    return items[:-1] if clause else items


def _opening_name(part: str, end: int) -> str:
    """Cut what follows the name that a part begins with; a nickname may stand within it."""
    nicknamed = _NICKNAMED.match(part, end)
    return part[: nicknamed.end() if nicknamed else end]


def _last_name(part: str) -> str:
    """Cut what leads to the last name of a part, with what that is set beside: "Cole Island in the Arle Sea"."""
    told = names(part)
    if not told:
        return part
    at = told[-1].start
    if len(told) > 1:
        between = part[told[-2].end : at]
        beside = _APPOSITION.search(part[:at]) or (
            " " in told[-2].text and set(phrases(between).kinds) <= {"p", "d"}
        )
        at = told[-2].start if beside else at
    return part[at:]


def _opens_named(part: str) -> bool:
    return part[:1].isupper() or part[:1] in '“"'


def _tells_more(parts: list[str]) -> bool:
    """Return True for parts that tell more of the first: "Arle, one of the towns", "Arle, a town, which burned"."""
    return any(map(_RELATIVE.match, parts)) or (len(parts) == FEWEST_ITEMS and not _opens_named(parts[1]))


def after_participle(parts: list[str]) -> list[str]:
    """Keep the names that a participle leads to: "It ran on Monday, starring Ada Berg and Jo Reed"."""
    at = max(
        (at for at, part in enumerate(parts[: 1 - FEWEST_ITEMS]) if _LEADS_TO_NAMES.match(part)), default=None
    )
    if at is None or not all(map(_opens_named, parts[at + 1 :])):
        return parts
    return [_LEADS_TO_NAMES.sub("", parts[at]), *parts[at + 1 :]]


def without_lead(parts: list[str]) -> list[str]:
    """Leave out what a sentence opens with: "In May, Arle and Benholt"; "It sold, after Ada Berg, Jo and Bea".

    So is what stands before a clause that leads to names: "If so, it is to have Ada Berg, Jo Reed and Bea".
    """
    clauses = [
        at
        for at, part in enumerate(parts[: 1 - FEWEST_ITEMS])
        if at and part[0].islower() and tells(part) and part.endswith(tuple(proper_names(part)[-1:]))
    ]
    if clauses and all(part[0].isupper() for part in parts[clauses[-1] + 1 :]):
        return parts[clauses[-1] :]
    if (named := after_participle(parts)) != parts:
        return named
    led = [phrases(part).kinds[:2] for part in parts]
    first = max((at for at, kinds in enumerate(led) if kinds == "pn"), default=0)
    if 0 < first <= len(parts) - FEWEST_ITEMS and tells(parts[first - 1]):
        return [_ITEM_LEAD.sub("", parts[first]), *parts[first + 1 :]]
    opens = led[0][:1] == "p" and not proper_names(parts[0])
    return parts[1:] if len(parts) > FEWEST_ITEMS and opens and all(map(is_named, parts[1:])) else parts


def without_clause(parts: list[str]) -> list[str]:
    """Cut the clause that leads to some noun phrases: "They sold bread and tea"; and what stands before it."""
    verbs = list(map(tells, parts))
    if sum(verbs) != 1 or verbs[-1]:
        return parts
    at = verbs.index(True)
    cut = phrases(parts[at])
    led = all(part[0].islower() for part in parts[:at]) and cut.kinds[0] == "n"
    if at and not (led and all(map(proper_names, parts[at:]))):
        return parts
    last = cut.kinds.rfind("v") + 1
    if last == len(cut.words):
        return parts
    item = _ITEM_LEAD.sub("", cut.slice(last, len(cut.words)))
    adverb = item.endswith("ly") and " " not in item
    return parts[at + 1 :] if adverb and len(parts) > FEWEST_ITEMS else [item, *parts[at + 1 :]]


def split_row(run: str) -> list[str]:
    """Split a run at its commas and "and", or at its semicolons where "; and" leads to the last item.

    It is not split within quotation marks: "Salt and Iron" is one title, and a comma before the mark that closes
    one parts it from the next.
    """
    run = _COMMA_WITHIN.sub(r"\1\2,", run)
    joins = _CLAUSE_BREAKS if _LAST_AFTER_SEMICOLON.search(run) else _SPLIT
    parts = joins.split(_QUOTED.sub(lambda found: _SPACE.sub("\x00", found.group()), run))
    written = (one_line(one.replace("\x00", " ")) for one in parts)
    return [part for part in written if part and part[0] not in _CLOSING]


def with_apposed(parts: list[str], run: str, rest: str) -> list[str]:
    """Give places what is set beside each: "Arle, Norway, and Cole" and ", Denmark, were hit" are two of them.

    Only where a comma before "and" closes what is set beside the one before, and one follows in the ``rest``.
    """
    apposed = _APPOSED.match(rest)
    if apposed is None or not all(map(proper_names, parts)):
        return parts
    last = f"{parts[-1]}, {apposed['name']}"
    if ";" in run:
        return [*parts[:-1], last]
    only_names = all(proper_names(one) == [one] for one in split_row(run)[1:])
    if len(parts) % 2 == 0 or not only_names or not _COMMA_BEFORE_LAST.search(run):
        return parts
    return [*(f"{one}, {two}" for one, two in zip(parts[:-1:2], parts[1::2], strict=True)), last]


def after_colon(run: str) -> list[str]:
    """Split what follows a colon: where its first words come again, at semicolons, or as an enumeration."""
    opening = _OPENING.match(run)
    if opening and run.count(opening.group()) >= FEWEST_ITEMS:
        return [one_line(f"{opening.group()}{one}") for one in run.split(opening.group()) if one.strip()]
    parts = _CLAUSE_BREAKS.split(run) if ";" in run else split_row(run)
    if not _PAIR.search(run) and _tells_more(parts):
        return [run]
    parts = after_participle(parts)
    if not any(_PREDICATE.search(part) for part in parts[:-1]):
        parts[-1] = _PREDICATE.sub("", parts[-1])
    return subjects([part for part in (one_line(one).strip(" .") for one in parts) if part])
