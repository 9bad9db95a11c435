"""Examples encoded for the reader, and drawn, masked and padded into batches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.models.reader import CLS, NO_TITLE, SEP
from training.reader_model import encode
from training.variants import Example

SEED = 20240917

POOL = 2048
UNTITLED = 0.1
FIRST_SHARE, LAST_SHARE = 0.3, 0.8
MASK, MASKED = 103, 0.04


@dataclass(slots=True)
class Row:
    """An encoded example: pieces, where title and text begin, and the spans as pieces (first, last).

    ``taught`` holds a teacher's logits of start and end (2, pieces), ``judged`` its log odds of answering at all.
    """

    ids: NDArray[np.uint16]
    second: int
    text: int
    spans: list[tuple[int, int]]
    taught: NDArray[np.float16] | None = None
    judged: float = 0.0


def rows(examples: list[Example]) -> list[Row]:
    """Encode examples; those whose answer was cut off are left out. A few lose their title, as articles do."""
    found = []
    chance = random.Random(SEED)
    for at in range(0, len(examples), 4096):
        batch = examples[at : at + 4096]
        titles = [NO_TITLE if chance.random() < UNTITLED or not e.title else e.title for e in batch]
        encoded = encode([e.question for e in batch], titles, [e.text for e in batch])
        for example, one in zip(batch, encoded, strict=True):
            spans = []
            for start, end in example.spans:
                inside = [i for i, (a, b) in enumerate(one.offsets) if a < end and start < b]
                if inside and one.offsets[inside[-1]][1] >= end:
                    spans.append((one.text + inside[0], one.text + inside[-1]))
            if spans or not example.spans:
                found.append(Row(np.array(one.ids, dtype=np.uint16), one.second, one.text, spans))
    return found


def batches(
    made: list[Row], labelled: list[Row], progress: Callable[[], float], chance: random.Random, size: int
) -> Iterator[list[Row]]:
    """Yield batches of nearly equal length: the share of labelled rows grows with ``progress``, 0 to 1."""
    orders = {name: [] for name in ("made", "labelled")}  # type: dict[str, list[int]]
    sources = {"made": made, "labelled": labelled}

    def draw(name: str) -> Row:
        if not orders[name]:
            orders[name] = list(range(len(sources[name])))
            chance.shuffle(orders[name])
        return sources[name][orders[name].pop()]

    while True:
        share = FIRST_SHARE + (LAST_SHARE - FIRST_SHARE) * progress()
        pool = [draw("labelled" if chance.random() < share else "made") for _ in range(POOL)]
        pool.sort(key=lambda row: len(row.ids) + 8 * chance.random())
        groups = [pool[i : i + size] for i in range(0, len(pool), size)]
        chance.shuffle(groups)
        yield from groups


def masked(row: Row, chance: random.Random) -> NDArray[np.int64]:
    """Mask a few pieces of every other row, none of an answer."""
    ids = row.ids.astype(np.int64)
    if chance.random() < 0.5:
        for at in range(1, len(ids)):
            apart = ids[at] not in (CLS, SEP) and not any(first <= at <= last for first, last in row.spans)
            if apart and chance.random() < MASKED:
                ids[at] = MASK
    return ids


@dataclass(slots=True)
class Batch:
    """Padded rows: what the network reads, and what it should say; all but the last three are (rows, pieces)."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    allowed: Tensor
    starts: Tensor
    ends: Tensor
    answers: Tensor
    taught: Tensor | None
    judged: Tensor


def collate(group: list[Row], chance: random.Random | None) -> Batch:
    """Pad rows; with ``chance`` some pieces are masked."""
    length = -(-max(len(row.ids) for row in group) // 16) * 16
    ids = torch.zeros(len(group), length, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    allowed, starts, ends = (torch.zeros(len(group), length, dtype=torch.bool) for _ in range(3))
    taught = torch.zeros(len(group), 2, length) if all(row.taught is not None for row in group) else None
    for i, row in enumerate(group):
        count = len(row.ids)
        ids[i, :count] = torch.from_numpy(masked(row, chance) if chance else row.ids.astype(np.int64))
        types[i, row.second : count] = 1
        mask[i, :count] = 1
        allowed[i, row.text : count - 1] = True
        allowed[i, 0] = True
        for first, last in row.spans or [(0, 0)]:
            starts[i, first] = True
            ends[i, last] = True
        if taught is not None and row.taught is not None:
            taught[i, :, :count] = torch.from_numpy(row.taught.astype(np.float32))
    answers = torch.tensor([float(bool(row.spans)) for row in group])
    judged = torch.tensor([row.judged for row in group])
    return Batch(ids, types, mask, allowed, starts, ends, answers, taught, judged)
