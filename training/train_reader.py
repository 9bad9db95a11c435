"""Trains the reader on what ``reader_data`` gathered, or its teacher, or the reader on what the teacher says.

    python -m training.train_reader DATA OUT (--minutes 64 | --steps 5000)
    python -m training.train_reader DATA TEACHER --teacher ALL-MPNET-BASE-V2 --minutes 50 --rate 5e-5 --batch 16
    python -m training.teach ALL-MPNET-BASE-V2 TEACHER/reader.pt DATA TAUGHT
    python -m training.train_reader TAUGHT OUT --start EARLIER.pt --minutes 40

The last of these learns from a larger reader's scores of every piece beside the right spans (Hinton et al. 2015).

Pure bfloat16 where the processor multiplies it, with weights kept in float32; dropout off, but now and then a piece
is masked; matrices rounded as they will ship, to seven bits a row, the gradient going to the weights themselves
(Bengio et al. 2013); a mean of the weights along the way is what is kept. With ``--minutes`` the learning rate
follows the clock, so that a run ends when it should; with ``--steps`` it follows the same course at any speed.
It goes on from ``OUT/state.pt`` when it was interrupted.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.models.reader import CLS, NO_TITLE, SEP
from training.reader_model import Reader, Teacher, encode
from training.variants import Example

SEED = 20240917
POOL = 2048
WARM = 0.04
AVERAGE = 0.9985
SOFTENED, SOFT_SHARE = 2.0, 0.75
UNTITLED = 0.1
FIRST_SHARE, LAST_SHARE = 0.3, 0.8
MASK, MASKED = 103, 0.04
SOURCES = ("made", "labelled-wikipedia", "labelled-quiz")


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
    made: list[Row], labelled: list[Row], course: Course, chance: random.Random, size: int
) -> Iterator[list[Row]]:
    """Yield batches of nearly equal length: the share of labelled rows grows along the way."""
    orders = {name: [] for name in ("made", "labelled")}  # type: dict[str, list[int]]
    sources = {"made": made, "labelled": labelled}

    def draw(name: str) -> Row:
        if not orders[name]:
            orders[name] = list(range(len(sources[name])))
            chance.shuffle(orders[name])
        return sources[name][orders[name].pop()]

    while True:
        share = FIRST_SHARE + (LAST_SHARE - FIRST_SHARE) * course.progress()
        pool = [draw("labelled" if chance.random() < share else "made") for _ in range(POOL)]
        pool.sort(key=lambda row: len(row.ids) + 8 * chance.random())
        groups = [pool[i : i + size] for i in range(0, len(pool), size)]
        chance.shuffle(groups)
        yield from groups


class Course:
    """How far the training has come, in steps or by the clock, and the learning rate there."""

    def __init__(self, minutes: float | None, steps: int | None) -> None:
        self.minutes, self.steps = minutes, steps
        self.step, self.spent, self.began = 0, 0.0, time.monotonic()

    def elapsed(self) -> float:
        """Return the seconds trained, earlier runs included."""
        return self.spent + time.monotonic() - self.began

    def progress(self) -> float:
        """Return the share of the way that is done, 0 to 1."""
        if self.steps:
            return min(1.0, self.step / self.steps)
        return min(1.0, self.elapsed() / (60 * (self.minutes or 1.0)))

    def rate(self) -> float:
        """Return the share of the highest learning rate: rising, then falling in a line."""
        gone = self.progress()
        return gone / WARM if gone < WARM else (1 - gone) / (1 - WARM)


def masked(row: Row, chance: random.Random) -> NDArray[np.int64]:
    """Mask a few pieces of every other row, none of an answer."""
    ids = row.ids.astype(np.int64)
    if chance.random() < 0.5:
        for at in range(1, len(ids)):
            apart = ids[at] not in (CLS, SEP) and not any(first <= at <= last for first, last in row.spans)
            if apart and chance.random() < MASKED:
                ids[at] = MASK
    return ids


def rounded(weight: Tensor) -> Tensor:
    """Round a matrix as the shipped file does, to integers of seven bits with a scale a row."""
    scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 63.5
    return (weight / scale).round() * scale


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


def loss_of(model: Reader | Teacher, batch: Batch) -> Tensor:
    """Marginal likelihood of the right starts and ends, and of answering at all; likeness to the teacher's."""
    start, end, answering = model(batch.ids, batch.types, batch.mask)
    start, end = (logits.float().masked_fill(~batch.allowed, -1e9) for logits in (start, end))

    def marginal(logits: Tensor, right: Tensor) -> Tensor:
        return -logits.log_softmax(-1).masked_fill(~right, -1e9).logsumexp(-1).mean()

    def alike(logits: Tensor, taught: Tensor) -> Tensor:
        wanted = (taught.masked_fill(~batch.allowed, -1e9) / SOFTENED).softmax(-1)
        return -(wanted * (logits / SOFTENED).log_softmax(-1)).sum(-1).mean() * SOFTENED

    judge = torch.nn.functional.binary_cross_entropy_with_logits
    answering = answering.float()
    loss = (marginal(start, batch.starts) + marginal(end, batch.ends)) / 2 + judge(answering, batch.answers)
    if batch.taught is None:
        return loss
    spans = (alike(start, batch.taught[:, 0]) + alike(end, batch.taught[:, 1])) / 2
    soft = spans + judge(answering, batch.judged.sigmoid())
    return SOFT_SHARE * soft + (1 - SOFT_SHARE) * loss


class Trainer:
    """The network, its weights in float32, their mean, and the optimizer."""

    def __init__(self, model: Reader | Teacher, course: Course, rate: float, *, half: bool) -> None:
        self.model, self.course, self.rate = model, course, rate
        self.chance = random.Random(SEED)
        self.trained: list[Tensor] = [p for p in self.model.parameters() if p.requires_grad]
        # one flat vector: a step of the optimizer then costs 6 ms instead of 150
        self.master = torch.nn.Parameter(torch.cat([p.detach().float().flatten() for p in self.trained]))
        self.average = self.master.detach().clone()
        self.optimizer = torch.optim.AdamW(
            [self.master], lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        if half:
            self.model.bfloat16()
        self.model.train()

    def step(self, group: list[Row]) -> float:
        """Learn from a batch; returns the loss."""
        loss = loss_of(self.model, collate(group, self.chance))
        loss.backward()
        self.master.grad = torch.cat([p.grad.flatten() for p in self.trained if p.grad is not None]).float()
        torch.nn.utils.clip_grad_norm_([self.master], 1.0)
        self.optimizer.param_groups[0]["lr"] = self.rate * self.course.rate()
        self.optimizer.step()
        step = self.course.step
        self.average.lerp_(self.master.detach(), 1 - min(AVERAGE, (1 + step) / (10 + step)))
        self.put()
        self.model.zero_grad()
        self.course.step += 1
        return float(loss.detach())

    def put(self) -> None:
        """Write the flat weights into the network, in its own precision."""
        for one, value in zip(self.trained, _cut(self.master.detach(), self.trained), strict=True):
            matrix = isinstance(self.model, Reader) and value.dim() == 2 and min(value.shape) > 2
            one.data.copy_(rounded(value) if matrix else value)

    def save(self, out: Path) -> None:
        """Keep what a later run goes on from (``state.pt``), and the averaged weights (``reader.pt``)."""
        torch.save(
            {
                "step": self.course.step,
                "spent": self.course.elapsed(),
                "master": self.master.data,
                "average": self.average,
                "optimizer": self.optimizer.state_dict(),
            },
            out / "state.tmp",
        )
        (out / "state.tmp").replace(out / "state.pt")
        whole = {name: value.float() for name, value in self.model.state_dict().items()}
        names = {id(p): name for name, p in self.model.named_parameters()}
        for one, value in zip(self.trained, _cut(self.average, self.trained), strict=True):
            whole[names[id(one)]] = value.clone()
        torch.save(whole, out / "reader.tmp")
        (out / "reader.tmp").replace(out / "reader.pt")

    def resume(self, out: Path) -> None:
        """Go on from what an earlier run kept, if one did."""
        if (out / "state.pt").exists():
            saved = torch.load(out / "state.pt")
            self.course.step, self.course.spent = saved["step"], saved["spent"]
            self.master.data.copy_(saved["master"])
            self.average.copy_(saved["average"])
            self.optimizer.load_state_dict(saved["optimizer"])
        self.put()


def _cut(flat: Tensor, shaped: list[Tensor]) -> Iterator[Tensor]:
    at = 0
    for one in shaped:
        yield flat[at : at + one.numel()].view_as(one)
        at += one.numel()


def main() -> int:
    """Train until the course is run; write the averaged weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--float32", action="store_true")
    parser.add_argument("--start", type=Path, help="the weights of an earlier run to begin with")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--teacher", type=Path, help="train the teacher, from this copy of all-mpnet-base-v2")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    loaded = {}
    for name in SOURCES:
        with (arguments.data / f"{name}.pkl").open("rb") as file:
            kept = pickle.load(file)
        loaded[name] = rows(kept) if isinstance(kept[0], Example) else kept
        print(name, len(loaded[name]), flush=True)
    course = Course(arguments.minutes, arguments.steps)
    model = Teacher(arguments.teacher) if arguments.teacher else Reader()
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start))
    trainer = Trainer(model, course, arguments.rate, half=not arguments.float32)
    trainer.resume(arguments.out)
    labelled = loaded["labelled-wikipedia"] + loaded["labelled-quiz"]
    shown, total, seen = time.monotonic(), 0.0, 0
    chance = random.Random(SEED + course.step)
    for group in batches(loaded["made"], labelled, course, chance, arguments.batch):
        if course.progress() >= 1:
            break
        total, seen = total + trainer.step(group), seen + len(group)
        if course.step % 100 == 0:
            speed = seen / (time.monotonic() - shown)
            minutes = course.elapsed() / 60
            print(f"{minutes:.1f} min, step {course.step}: loss {total / 100:.4f}, {speed:.0f}/s", flush=True)
            shown, total, seen = time.monotonic(), 0.0, 0
        if course.step % 1000 == 0:
            trainer.save(arguments.out)
    trainer.save(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
