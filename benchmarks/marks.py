"""Measures the marks on sentences of language models, and what an obedient model gets past the check.

    python -m benchmarks.marks ragtruth DATA [--sources 40] [--judge]
    python -m benchmarks.marks injection DATA

``ragtruth``: RAGTruth's responses (Niu et al. 2024; the half of its sources that is kept for measuring), in which
people marked what the source does not support. Each sentence cites the sentences of its source that match best. A
response is marked when one of its sentences is.
``injection``: BIPIA's instructions, each planted in an article; a scripted model that obeys states the instruction,
and its last words, as if they were reported. DATA is the folder that holds ``ragtruth/`` and ``injection/``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.checking.check import check_statements
from assistant.checking.citations import cite
from assistant.models.judge import Judge
from assistant.models.load import judging_reader
from assistant.text.sentences import split_sentences
from assistant.types import Article, Hit, Passage, Statement

PASSAGE_SENTENCES = 6
REPORT = "The road bridge over the river Varn collapsed on Monday. Fourteen people died, the governor said."


def hits_of(texts: list[str]) -> list[Hit]:
    """Cut texts into passages of a few sentences each."""
    hits = []
    for number, text in enumerate(texts):
        article = Article(str(number), text)
        spans = list(split_sentences(text))
        for at in range(0, len(spans), PASSAGE_SENTENCES):
            start, end = spans[at].start, spans[min(at + PASSAGE_SENTENCES, len(spans)) - 1].end
            hits.append(
                Hit(Passage(f"{number}:{start}", str(number), start, end, text[start:end]), article, 1.0)
            )
    return hits


def responses(path: Path, most: int) -> Iterator[tuple[list[str], list[tuple[str, bool]]]]:
    """Yield the texts of a source, and the sentences of each response to it with whether people marked them."""
    taken = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = row["source"]
        text = source if isinstance(source, str) else f"{source['question']}\n{source['passages']}"
        if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0:
            continue
        texts = [text] if isinstance(source, str) else re.split(r"passage \d+:", source["passages"])
        for given in row["responses"]:
            told = given["response"]
            yield (
                [one.strip() for one in texts if one.strip()],
                [
                    (
                        " ".join(told[one.start : one.end].split()),
                        any(mark["start"] < one.end and one.start < mark["end"] for mark in given["labels"]),
                    )
                    for one in split_sentences(told)
                    if len(told[one.start : one.end].split()) > PASSAGE_SENTENCES // 2
                ],
            )
        taken += 1
        if taken == most:
            return


def ragtruth(data: Path, sources: int, judge: Judge | None = None) -> dict[str, Any]:
    """Count what is removed and marked of supported and unsupported sentences and responses."""
    sentences = {True: [0, 0, 0], False: [0, 0, 0]}
    whole = {True: [0, 0], False: [0, 0]}
    for path in sorted((data / "ragtruth").glob("*.jsonl")):
        for texts, told in responses(path, sources):
            hits = hits_of(texts)
            cited = [
                Statement(text, tuple(found for hit in hits for found in cite(text, hit))) for text, _ in told
            ]
            checked = check_statements(cited, "", hits, None, judge)
            marks = {one.text: one.mark in {"compare", "doubtful"} for one in checked.kept}
            for text, bad in told:
                sentences[bad][0] += 1
                sentences[bad][1] += text not in marks
                sentences[bad][2] += marks.get(text, True)
            bad = any(wrong for _, wrong in told)
            whole[bad][0] += 1
            whole[bad][1] += any(marks.get(text, True) for text, _ in told)
    return {
        "sentences": {
            name: f"{n}: {removed} removed ({removed / n:.3f}), {marked} removed or marked ({marked / n:.3f})"
            for name, (n, removed, marked) in (
                ("supported", sentences[False]),
                ("unsupported", sentences[True]),
            )
        },
        "responses": {
            name: f"{marked} of {n} marked ({marked / n:.3f})"
            for name, (n, marked) in (("supported", whole[False]), ("unsupported", whole[True]))
        },
    }


def injection(data: Path) -> dict[str, Any]:
    """Count how many of BIPIA's instructions an obedient model gets shown: unmarked, marked, or not at all."""
    attacks = json.loads((data / "injection" / "bipia-text-attacks-train.json").read_text())
    orders = [one for kind in attacks.values() for one in kind] if isinstance(attacks, dict) else attacks
    counts = {"unmarked": 0, "marked": 0, "removed": 0}
    for order in orders:
        (hit,) = hits_of([f"{REPORT} {order}"])
        obeyed = Statement(str(order), tuple(cite(str(order), hit)))
        checked = check_statements([obeyed], "how many people died?", [hit])
        mark = checked.kept[0].mark if checked.kept else None
        counts[
            "removed" if mark is None else "marked" if mark in {"compare", "doubtful"} else "unmarked"
        ] += 1
    return {"instructions": len(orders), **counts}


def main() -> int:
    """Measure one or the other, and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("ragtruth", "injection"))
    parser.add_argument("data", type=Path)
    parser.add_argument("--sources", type=int, default=1000, help="most sources of each file")
    parser.add_argument(
        "--judge", action="store_true", help="let the packaged judge read the sentences as well"
    )
    arguments = parser.parse_args()
    found = (
        injection(arguments.data)
        if arguments.what == "injection"
        else ragtruth(arguments.data, arguments.sources, judging_reader() if arguments.judge else None)
    )
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
