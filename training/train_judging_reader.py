"""Teach the judging reader on what ``judging_data`` gathered.

    python -m training.train_judging_reader DATA OUT (--mpnet ALL-MPNET-BASE-V2 | --go-on)
        (--minutes 80 | --steps 1100) [--device cuda --pieces 16000]

Pure bfloat16 with float32 master weights, no dropout, matrices rounded to six bits a row as they go (the gradient
goes to the weights themselves, Bengio et al. 2013), AdamW, a rate that falls in a line, batches of like length, a
running mean of the weights as the result. Public sets come first and mostly; written questions and statements take
over along the way. ``--go-on`` begins with the weights that ship, and with fewer public rows; pairs that another
model judged (``training.entailed``) join where there are any. It goes on from ``OUT/state.pt`` when it was
interrupted.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from assistant.models.judging_reader import VECTORS, WEIGHTS
from training.judging_loss import Item, encoded, loss_of
from training.judging_reader import JudgingReader
from training.judging_row import Row
from training.shipped_weights import shipped_embeddings, shipped_weights
from training.train_reader import Course

LEVELS = 31.5
AVERAGE = 0.998
POOL = 600
FIRST_PUBLIC, LATER_PUBLIC, LAST_PUBLIC = 0.6, 0.3, 0.18
ENTAILED = 0.4
SEED = 3
# rows of a set, at most: the others are many and easy, or of another kind of text
MOST = {
    "qamr": 500, "qadiscourse": 400, "causal-news": 250, "boolq": 1800, "strategyqa": 800, "mnli-dev": 5000,
    "searched": 3500, "nq": 2200, "nq-without": 300, "cannot": 700, "breaking-nli": 400, "expertqa": 400,
    "factcheck-gpt": 400, "timeqa": 600, "written-elsewhere": 1500, "squad": 4100, "q-squared": 150,
    "summedits-other": 200, "asked-boolq": 1800, "asked-strategyqa": 800, "silent": 1500, "silent-yesno": 1200,
}  # fmt: skip
NEAR = ("written-", "asked-written-", "statement-", "answer", "searched", "silent", "bump", "summedits-news")


def batches(
    items: Sequence[Item], course: Course, pieces: int, seed: int, first_public: float
) -> Iterator[list[Item]]:
    """Yield batches of like length: the share of the public sets falls along the way; pairs stay together."""
    units: dict[str, dict[tuple[bool, int], list[Item]]] = {"near": {}, "public": {}, "entailed": {}}
    for number, item in enumerate(items):
        kind = "near" if item.row.source.startswith(NEAR) else "public"
        kind = "entailed" if item.row.chance is not None else kind
        key = (True, item.row.pair) if item.row.pair >= 0 else (False, number)
        units[kind].setdefault(key, []).append(item)
    chance = random.Random(seed)
    left: dict[str, list[list[Item]]] = {kind: [] for kind in units}

    def draw() -> list[Item]:
        share = first_public - (first_public - LAST_PUBLIC) * course.progress()
        others = "entailed" if units["entailed"] and chance.random() < ENTAILED else "near"
        kind = "public" if chance.random() < share else others
        if not left[kind]:
            left[kind] = list(units[kind].values())
            chance.shuffle(left[kind])
            # second runs around the same sentences come after the first ones
            left[kind].sort(key=lambda unit: unit[0].row.source.endswith("+"), reverse=True)
        return left[kind].pop()

    while True:
        pool = sorted(
            (draw() for _ in range(POOL)),
            key=lambda unit: max(len(i.ids) for i in unit) + 6 * chance.random(),
        )
        groups: list[list[Item]] = [[]]
        for unit in pool:
            longest = max(len(item.ids) for item in [*groups[-1], *unit])
            if groups[-1] and (len(groups[-1]) + len(unit)) * longest > pieces:
                groups.append([])
            groups[-1].extend(unit)
        chance.shuffle(groups)
        yield from groups


def rounded(weight: Tensor) -> Tensor:
    """Round a matrix to integers of six bits with a scale a row."""
    scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / LEVELS
    return (weight / scale).round() * scale


class Trainer:
    """The network, its weights in float32 as one vector, their mean, and the optimizer."""

    def __init__(self, model: JudgingReader, course: Course, rate: float) -> None:
        self.model, self.course, self.rate = model, course, rate
        for name, weight in model.named_parameters():
            if not weight.requires_grad and "encoder.layer" in name and weight.dim() == 2:
                weight.data = rounded(weight.data)
        self.trained = [weight for weight in model.parameters() if weight.requires_grad]
        self.master = nn.Parameter(torch.cat([weight.detach().float().flatten() for weight in self.trained]))
        self.average = self.master.detach().clone()
        self.optimizer = torch.optim.AdamW(
            [self.master], lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        model.bfloat16().train()
        self.put(self.master.data)

    def put(self, flat: Tensor) -> None:
        """Write flat weights into the network, matrices rounded."""
        at = 0
        for weight in self.trained:
            value = flat[at : at + weight.numel()].view_as(weight)
            at += weight.numel()
            weight.data.copy_(rounded(value) if weight.dim() == 2 and min(weight.shape) > 4 else value)

    def step(self, group: Sequence[Item]) -> float:
        """Learn from a batch; returns the loss."""
        loss = loss_of(self.model, group)
        loss.backward()
        gradients = [torch.zeros_like(w) if w.grad is None else w.grad for w in self.trained]
        self.master.grad = torch.cat([one.flatten() for one in gradients]).float()
        nn.utils.clip_grad_norm_([self.master], 1.0)
        self.optimizer.param_groups[0]["lr"] = self.rate * self.course.rate()
        self.optimizer.step()
        step = self.course.step
        self.average.lerp_(self.master.detach(), 1 - min(AVERAGE, (1 + step) / (10 + step)))
        self.put(self.master.data)
        self.model.zero_grad()
        self.course.step += 1
        return float(loss.detach())

    def save(self, out: Path) -> None:
        """Keep what a later run goes on from (``state.pt``), and the averaged weights (``reader.pt``)."""
        state = {
            "step": self.course.step,
            "spent": self.course.elapsed(),
            "master": self.master.data,
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, out / "state.tmp")
        (out / "state.tmp").replace(out / "state.pt")
        self.put(self.average)
        weights = {k: v.float() if v.is_floating_point() else v for k, v in self.model.state_dict().items()}
        torch.save(weights, out / "reader.tmp")
        (out / "reader.tmp").replace(out / "reader.pt")
        self.put(self.master.data)

    def resume(self, out: Path) -> None:
        """Go on from what an earlier run kept, if one did."""
        if (out / "state.pt").exists():
            saved = torch.load(out / "state.pt", map_location=self.master.device)
            self.course.step, self.course.spent = saved["step"], saved["spent"]
            self.master.data.copy_(saved["master"])
            self.average.copy_(saved["average"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.put(self.master.data)


def main() -> int:
    """Teach until the course is run; write the averaged weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    begin = parser.add_mutually_exclusive_group(required=True)
    begin.add_argument("--mpnet", type=Path, help="the folder of all-mpnet-base-v2, to begin with")
    begin.add_argument("--go-on", action="store_true", help="begin with the weights that ship")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--pieces", type=int, default=2000, help="pieces of a batch")
    parser.add_argument("--device", default="cpu", help="where to compute: cpu, or cuda with a GPU")
    arguments = parser.parse_args()
    torch.set_default_device(arguments.device)
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    rows: list[Row] = pickle.loads((arguments.data / "rows.pkl").read_bytes())
    chance.shuffle(rows)
    entailed = arguments.data / "entailed.pkl"
    if entailed.exists():
        rows += pickle.loads(entailed.read_bytes())
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        seen[row.source] += 1
        if seen[row.source] <= MOST.get(row.source, len(rows)):
            kept.append(row)
    items = encoded(kept, chance)
    course = Course(arguments.minutes, arguments.steps)
    model = JudgingReader(arguments.mpnet, arguments.frozen).to(arguments.device)
    if arguments.go_on:
        model.load_state_dict(shipped_weights(WEIGHTS) | shipped_embeddings(VECTORS))
    trainer = Trainer(model, course, arguments.rate)
    trainer.resume(arguments.out)
    total, shown = 0.0, time.monotonic()
    first_public = LATER_PUBLIC if arguments.go_on else FIRST_PUBLIC
    for group in batches(items, course, arguments.pieces, SEED + course.step, first_public):
        if course.progress() >= 1:
            break
        total += trainer.step(group)
        if course.step % 50 == 0:
            print(f"{course.elapsed() / 60:.1f} min, step {course.step}: loss {total / 50:.4f}", flush=True)
            total = 0.0
        if time.monotonic() - shown > 300:
            trainer.save(arguments.out)
            shown = time.monotonic()
    trainer.save(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
