"""The names, numbers and quotations of a text, in forms that can be compared across spellings."""

from __future__ import annotations

import re

from assistant.text.tokens import NUMBER_WORDS, STOP_WORDS, names, tokens

SINGLE = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
VAGUE = frozenset(f"{name}s" for name in SCALES)
_FIGURE = re.compile(
    r"(?<![A-Za-z\d])\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)"
    r"|(?<![A-Za-z\d])\d+(?:[.,]\d+)?|per\scent\b|[A-Za-z]+|%",
    re.I,
)
_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)|«([^«»]+)»")


def quantities(text: str) -> set[str]:
    """Find the numbers of a text by value: "twenty-five" and "25" are one, "25%" and "25 percent" another.

    "One" alone is no number, so often is it none; "dozens" stands for itself.
    """
    found: set[str] = set()
    run: list[str] = []
    end = 0
    for match in _FIGURE.finditer(text):
        word = match.group().lower()
        near = re.fullmatch(r"[\s-]*", text[end : match.start()]) is not None
        if run and near and re.fullmatch(r"%|per\s?cent", word):
            found.add(f"{_value(run)}%")
            run = []
        elif word == "and" and run and run[-1] in SCALES:
            pass
        elif word[0].isdigit() or word in SINGLE or word in SCALES:
            if run and not (near and _continues(run, word)):
                found |= _whole(run)
                run = []
            run.append(word)
        else:
            found |= _whole(run)
            run = []
            if word in VAGUE:
                found.add(word)
        end = match.end()
    return found | _whole(run)


def name_words(text: str) -> list[tuple[str, bool]]:
    """List the capitalised words of names, each with whether it alone begins the text."""
    found: list[tuple[str, bool]] = []
    for span in names(text):
        words = [token.text for token in tokens(span.text)]
        alone = len(words) == 1 and not any(character.isalnum() for character in text[: span.start])
        found.extend(
            (word, alone)
            for word in words
            if word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in NUMBER_WORDS
        )
    return found


def quotations(text: str) -> list[str]:
    """List what stands in quotation marks, without the punctuation at its end."""
    return [
        next(part for part in match.groups() if part).strip().rstrip(".,;:!?…")
        for match in _QUOTATION.finditer(text)
    ]


def _continues(run: list[str], word: str) -> bool:
    """Tell whether a word goes on with the number begun: "twenty" with "five", "two" with "thousand"."""
    if word in SCALES:
        return run[-1] not in SCALES or SCALES[run[-1]] < SCALES[word]
    if word[0].isdigit() or run[-1][0].isdigit():
        return False
    return run[-1] in SCALES or (SINGLE[run[-1]] >= 20 and SINGLE[word] < 10)


def _whole(run: list[str]) -> set[str]:
    return {f"{_value(run)}"} if run and run != ["one"] else set()


def _value(run: list[str]) -> float:
    total = current = 0.0
    for word in run:
        if word[0].isdigit():
            grouped = re.sub(r"[, \u00a0\u202f](?=\d{3}(?!\d))", "", word)
            current += float(grouped.replace(",", "."))
        elif word in SINGLE:
            current += SINGLE[word]
        elif SCALES[word] < 1000:
            current = (current or 1) * SCALES[word]
        else:
            total += (current or 1) * SCALES[word]
            current = 0
    return total + current
