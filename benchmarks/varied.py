"""Articles enough for a test of size: copies of real ones with other names, numbers and words.

    python -m benchmarks.varied FOLDER ARTICLES.jsonl[.xz] ... [--copies 5]

The real articles come first, then copies, each in files of some thousands. In a copy a word becomes another that is
about as frequent, or, where it is rare, a new one of parts of two: so words keep to the law of Zipf, the vocabulary
grows as it does with real articles, and no copy is taken for a reprint. The most frequent words stay.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.rows import read_rows

WORD = re.compile(r"[^\W\d_]+|\d+")
# Words that no copy changes, words of which a copy takes another as frequent, and how far down the list that is.
KEPT = 150
EXCHANGED = 40_000
NEAR = 0.1
SHARE = 0.7
ARTICLES_A_FILE = 4_000


class Wording:
    """The words of some texts by how frequent they are, and other wordings of texts made of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(word.lower() for text in texts for word in WORD.findall(text) if word.isalpha())
        self._words = [word for word, _ in counts.most_common()]

    def other(self, seed: int) -> dict[str, str]:
        """Return what another wording has in place of words; the same for the same seed."""
        draw = random.Random(seed)
        words = self._words
        exchanged = {}
        for place, word in enumerate(words):
            if place < KEPT or draw.random() > SHARE:
                continue
            if place < EXCHANGED:
                far = max(5, int(NEAR * place))
                exchanged[word] = words[max(KEPT, min(len(words) - 1, place + draw.randint(-far, far)))]
            else:
                end = draw.choice(words[KEPT:])
                exchanged[word] = word[: (len(word) + 1) // 2] + end[len(end) // 2 :]
        return exchanged


def reworded(text: str, exchanged: dict[str, str], draw: random.Random) -> str:
    """Return a text with other words, written with capitals where the first ones were, and other numbers."""

    def another(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return word if len(word) == 4 else "".join(draw.choice("123456789") for _ in word)
        new = exchanged.get(word.lower(), word)
        return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new

    return WORD.sub(another, text)


def copies(rows: Sequence[dict[str, Any]], many: int) -> Iterator[dict[str, Any]]:
    """Yield the articles, then copies of them, so many of each."""
    yield from rows
    wording = Wording(row["text"] for row in rows)
    for copy in range(many):
        exchanged, draw = wording.other(copy), random.Random(copy)
        for row in rows:
            title, text = (reworded(row.get(name) or "", exchanged, draw) for name in ("title", "text"))
            yield {**row, "id": f"{row['id']}-copy-{copy}", "title": title, "text": text}


def main() -> int:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--copies", type=int, default=5)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    rows = {row["id"]: row for path in arguments.articles for row in read_rows(path)}
    written = 0
    file = None
    for row in copies(list(rows.values()), arguments.copies):
        if written % ARTICLES_A_FILE == 0:
            if file:
                file.close()
            file = (arguments.folder / f"articles-{written // ARTICLES_A_FILE:03}.jsonl").open("w")
        assert file
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        written += 1
    if file:
        file.close()
    print(json.dumps({"articles": written}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
