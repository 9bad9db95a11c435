"""Who holds an office, as sentences put it: "Norlandic President Ada Berg", "Ada Berg, the mayor of Arle"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence.sentences import ScoredSentence
from assistant.question.asked_office import Office
from assistant.text.sentences import split_sentences
from assistant.types import Article

LATEST_DAYS = 60
"""Days before the newest article that names a holder, most of whose articles decide."""
_PARTICLE = r"(?:al|bin|da|das|de|del|della|der|di|do|dos|el|la|van|von)"
_NAME = (
    r"(?P<name>(?-i:[A-Z][\w’'-]*[a-z](?:\s+(?:[A-Z]\.|(?:"
    rf"{_PARTICLE}\s+)?[A-Z][\w’'-]*[a-z][\w’'-]*|[IVX]+\b))"
    r"{1,4}))"
)
_NOT_NOW = "".join(
    rf"(?<!{one})"
    for one in (
        "former ",
        "ex-",
        "then-",
        "then ",
        "late ",
        "incoming ",
        "outgoing ",
        "deputy ",
        "vice ",
        r"lt\. ",
    )
)
_AFTER_OFFICE = r"(?![\s-]*(?:elect|emeritus|hopeful|candidate|nominee)\b)"


class Holders:
    """Finds the holders of one office in sentences."""

    def __init__(self, office: Office) -> None:
        role = rf"(?:{_either(office.names)})(?!\w){_AFTER_OFFICE}"
        body, whose = _either(office.bodies), _either((*office.bodies, *office.adjectives))
        apposed = (
            r"(?:(?:is|remains|has\s+been|became|(?:took\s+office|was\s+sworn\s+in)(?:\s+\w+){0,2}\s+as)\s+)?"
            r"(?:the\s+|a\s+)?(?:current\s+|new\s+)?"
        )
        theirs = rf"{_NOT_NOW}\b(?:{whose})(?:[’']s?)?(?:\s+(?:new|current|acting))*\s+{_NOT_NOW}{role}"
        of_it = rf"{_NOT_NOW}\b{role}\s+(?:of|for|at)\s+(?:the\s+)?(?:{body})(?![\w-])"
        self._patterns = (
            re.compile(rf"{theirs},?\s+{_NAME}", re.I),
            re.compile(rf"{of_it}(?:,|\s+is)?\s+{_NAME}", re.I),
            re.compile(rf"{_NAME},?\s+(?:who\s+)?{apposed}(?:{theirs}|{of_it}(?!\s+(?-i:[A-Z])))", re.I),
        )
        self._whose = re.compile(rf"\b(?:{whose})(?!\w)", re.I)
        self._role = re.compile(rf"\b{role}", re.I)

    def tells_of_it(self, text: str) -> bool:
        """Return True for a text with the office and whose it is."""
        return bool(self._whose.search(text) and self._role.search(text))

    def named_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the names of holders in a text, and where each stands."""
        for pattern in self._patterns:
            for found in pattern.finditer(text):
                if not self._whose.search(found["name"]):
                    yield re.sub(r"[’']s?$", "", found["name"]), found.start("name")


def holders_told(office: Office, articles: Iterable[Article]) -> list[tuple[str, ScoredSentence]]:
    """List holders with the sentence that names each as such, one an article, the newest first."""
    told, finder = [], Holders(office)
    for article in articles:
        for part in split_sentences(article.text):
            text = article.text[part.start : part.end]
            name = next((name for name, _ in finder.named_in(text)), None)
            if name and not part.heads:
                told.append((name, ScoredSentence(article, part.start, part.end, text, ())))
                break
    dated = [one for one in told if one[1].article.published]
    return sorted(dated, key=lambda one: one[1].article.published.toordinal(), reverse=True)  # type: ignore[union-attr]


def holder(told: Sequence[tuple[str, ScoredSentence]]) -> str | None:
    """Return the name that most of the newest articles give, by its last word; None where two are even."""
    days = [one.article.published for _, one in told if one.article.published]
    newest = [name for (name, _), day in zip(told, days, strict=True) if (days[0] - day).days <= LATEST_DAYS]
    counted = Counter(map(last_word, newest)).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    names = Counter(name for name in newest if last_word(name) == counted[0][0])
    return max(names, key=lambda one: (names[one], len(one)))


def last_word(name: str) -> str:
    """Return the last word of a name: "President Berg" and "Ada Berg" are one."""
    return name.rsplit(maxsplit=1)[-1]


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
