"""Turn public data sets into question sets, corpora and claims: ``python -m benchmarks.convert NAME SOURCE OUT``.

SOURCE is the folder of the data set. What is written into OUT:

===========  =====================================================================================
realtimeqa   of each part (dev, train): PART-questions.jsonl and PART-articles.jsonl.xz
squad2       questions.jsonl, each with its paragraph as the whole corpus
ramdocs      questions.jsonl, each with its documents; wrong answers must not appear
ragtruth     questions.jsonl with their passages, no answer known; claims.jsonl of the responses
wice         claims.jsonl
poisonedrag  of each set: NAME-questions.jsonl, and the planted texts in NAME-articles.jsonl
written      of each part (dev, train): PART-questions.jsonl and PART-claims.jsonl
===========  =====================================================================================

A claim is ``{"id", "claim", "evidence": [texts], "supported": true or false, "group"}``, where
``group`` names the part of the data set; ``benchmarks.claims`` scores judges of support on them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from pathlib import Path

from benchmarks.data_sets import CONVERTERS


def convert(name: str, source: Path, out: Path, *, sample: int | None = None) -> dict[str, int]:
    """Write a data set's files into ``out``; return the number of rows of each.

    ``sample`` keeps that many rows of each file of questions or claims, drawn by a fixed seed.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for file, rows in CONVERTERS[name](source):
        kept = list(rows)
        if sample is not None and "articles" not in file and sample < len(kept):
            kept = random.Random(0).sample(kept, sample)
        path = out / file
        # the fastest preset: the default one takes three minutes over 20,000 articles to save a fifth
        packed = path.suffix == ".xz"
        with lzma.open(path, "wt", preset=0, encoding="utf-8") if packed else path.open("w") as target:
            target.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
        counts[file] = len(kept)
    return counts


def main() -> int:
    """Convert the data set that the command line names."""
    parser = argparse.ArgumentParser(description="Turn a public data set into question sets and corpora.")
    parser.add_argument("name", choices=CONVERTERS)
    parser.add_argument("source", type=Path, help="folder of the data set")
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--sample", type=int, metavar="N", help="keep N questions or claims, by a fixed seed")
    arguments = parser.parse_args()
    try:
        counts = convert(arguments.name, arguments.source, arguments.out, sample=arguments.sample)
    except (OSError, ValueError, KeyError) as error:
        print(f"{arguments.source}: is not the folder of {arguments.name}: {error!r}", file=sys.stderr)
        return 2
    if not counts:
        print(f"{arguments.source}: holds no file of {arguments.name}", file=sys.stderr)
        return 2
    for file, count in counts.items():
        print(f"{arguments.out / file}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
