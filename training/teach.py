"""Has the teacher read examples, so that the reader can learn from what it says.

    python -m training.teach ALL-MPNET-BASE-V2 TEACHER/reader.pt DATA OUT [--examples 28672] [--onto EARLIER]

DATA is what ``reader_data`` gathered. Examples are drawn by a fixed seed, labelled ones twice as often as made
ones; OUT holds them as ``train_reader`` reads them. With EARLIER, what an earlier run read and wrote, OUT holds
that too, and the reading goes on where it ended.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

from training.reader_batches import POOL, SEED, Row, collate, rows
from training.reader_model import Teacher
from training.train_reader import SOURCES

BATCH = 32


def teach(teacher: Teacher, group: list[Row]) -> None:
    """Write the teacher's logits into rows."""
    batch = collate(group, None)
    with torch.inference_mode():
        start, end, answers = (part.float().numpy() for part in teacher(batch.ids, batch.types, batch.mask))
    for i, row in enumerate(group):
        count = len(row.ids)
        row.taught = np.stack([start[i, :count], end[i, :count]]).astype(np.float16)
        row.judged = float(answers[i])


def main() -> int:
    """Read as many examples as the command line says, in whole pools, and write what was read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path, help="a copy of all-mpnet-base-v2")
    parser.add_argument("weights", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--examples", type=int, default=28_672, help="how many to read, at least")
    parser.add_argument("--onto", type=Path, metavar="EARLIER", help="what an earlier run wrote")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(arguments.model)
    teacher.load_state_dict(torch.load(arguments.weights))
    teacher.bfloat16().eval()
    drawn: list[tuple[float, str, Row]] = []
    chance = random.Random(SEED)
    for name in SOURCES:
        with (arguments.data / f"{name}.pkl").open("rb") as file:
            found = rows(pickle.load(file))
        drawn += [(chance.random() * (2 if name == "made" else 1), name, row) for row in found]
    drawn.sort(key=lambda one: one[0])
    taught: dict[str, list[Row]] = {name: [] for name in SOURCES}
    if arguments.onto:
        taught = {name: pickle.loads((arguments.onto / f"{name}.pkl").read_bytes()) for name in SOURCES}
    began, done = time.monotonic(), 0
    for at in range(sum(map(len, taught.values())), len(drawn), POOL):
        pool = sorted(drawn[at : at + POOL], key=lambda one: len(one[2].ids))
        for i in range(0, len(pool), BATCH):
            teach(teacher, [row for _, _, row in pool[i : i + BATCH]])
        for _, name, row in pool:
            taught[name].append(row)
        done += len(pool)
        print(f"{done} of {len(drawn)} read, {done / (time.monotonic() - began):.0f}/s", flush=True)
        if done >= arguments.examples:
            break
    for name, group in taught.items():
        with (arguments.out / f"{name}.pkl").open("wb") as file:
            pickle.dump(group, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
