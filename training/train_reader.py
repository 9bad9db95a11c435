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
from pathlib import Path

import torch
from torch import Tensor

from training.reader_batches import SEED, Batch, Row, batches, collate, rows
from training.reader_model import Reader, Teacher
from training.variants import Example

WARM = 0.04
AVERAGE = 0.9985
SOFTENED, SOFT_SHARE = 2.0, 0.75
SOURCES = ("made", "labelled-wikipedia", "labelled-quiz")


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


def rounded(weight: Tensor) -> Tensor:
    """Round a matrix as the shipped file does, to integers of seven bits with a scale a row."""
    scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 63.5
    return (weight / scale).round() * scale


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
    for group in batches(loaded["made"], labelled, course.progress, chance, arguments.batch):
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
