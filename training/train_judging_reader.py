"""Teach the judging reader on what ``judging_data`` gathered.

    python -m training.train_judging_reader DATA OUT --mpnet ALL-MPNET-BASE-V2 (--minutes 80 | --steps 1100)
        [--go-on]

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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.models.judging_reader import WEIGHTS, joined_pieces, load_tokenizer
from assistant.models.reader import NO_TITLE
from training.judging_data import NEITHER, NOT_SUPPORTED, SUPPORTED, Row
from training.judging_reader import JudgingReader
from training.shipped_weights import shipped_weights
from training.train_reader import Course

PAD = 1
PIECES = 176
LEVELS = 31.5
AVERAGE = 0.998
POOL = 600
FIRST_PUBLIC, LATER_PUBLIC, LAST_PUBLIC = 0.6, 0.3, 0.18
ENTAILED = 0.3
UNTITLED = 0.1
SPAN_SHARE, VERDICT_SHARE = 0.5, 1.5
SEED = 3
# rows of a set, at most: the others are many and easy, or of another kind of text
MOST = {
    "qamr": 500, "qadiscourse": 400, "causal-news": 250, "boolq": 1800, "strategyqa": 800, "mnli-dev": 5000,
    "searched": 3500, "nq": 1200, "nq-without": 300, "cannot": 700, "breaking-nli": 400, "expertqa": 400,
    "factcheck-gpt": 400, "timeqa": 600, "written-elsewhere": 1500, "squad": 3000, "q-squared": 150,
    "summedits-other": 200, "asked-boolq": 1800, "asked-strategyqa": 800,
}  # fmt: skip
NEAR = ("written-", "asked-written-", "statement-", "answer", "searched", "bump", "summedits-news")


@dataclass(slots=True)
class Item:
    """An encoded row: pieces, where the text begins, and what is known of each piece of the text."""

    row: Row
    ids: NDArray[np.int64]
    text: int
    pieces: int
    starts: list[int] | None = None
    ends: list[int] | None = None
    evidence: NDArray[np.float32] | None = None


def encoded(rows: Sequence[Row], chance: random.Random) -> list[Item]:
    """Encode rows; a span that was cut off counts as unknown. A few lose their title, as articles do."""
    tokenizer = load_tokenizer()
    titles = [row.title if row.title and chance.random() >= UNTITLED else NO_TITLE for row in rows]
    parts = (
        tokenizer.encode_batch(list(part), add_special_tokens=False)
        for part in ([row.asked for row in rows], titles, [row.text for row in rows])
    )
    items = []
    for row, asked, title, text in zip(rows, *parts, strict=True):
        joined = joined_pieces(asked, title, text)
        offsets = joined.offsets[: PIECES - joined.text - 1]
        ids = [*joined.ids[: joined.text + len(offsets)], joined.ids[-1]]
        item = Item(row, np.array(ids), joined.text, len(offsets))
        if row.spans is not None:
            item.starts, item.ends = [], []
            for start, end in row.spans:
                inside = [n for n, (a, b) in enumerate(offsets) if a < end and start < b]
                if inside and offsets[inside[-1]][1] >= end:
                    item.starts.append(item.text + inside[0])
                    item.ends.append(item.text + inside[-1])
            if row.spans and not item.starts:
                item.starts = item.ends = None
        if row.evidence is not None:
            item.evidence = np.array(
                [float(any(a < end and start < b for start, end in row.evidence)) for a, b in offsets],
                np.float32,
            )
        items.append(item)
    return items


def loss_of(model: JudgingReader, group: Sequence[Item]) -> Tensor:
    """Return the mean loss of a batch, over all heads for which a row has labels."""
    length = -(-max(len(item.ids) for item in group) // 8) * 8
    ids = torch.full((len(group), length), PAD)
    mask = torch.zeros(len(group), length, dtype=torch.long)
    allowed, starts, ends = (torch.zeros(len(group), length, dtype=torch.bool) for _ in range(3))
    evidence, share = torch.zeros(len(group), length), torch.zeros(len(group), length)
    for n, item in enumerate(group):
        ids[n, : len(item.ids)] = torch.from_numpy(item.ids)
        mask[n, : len(item.ids)] = 1
        allowed[n, item.text : item.text + item.pieces] = True
        allowed[n, 0] = True
        for start, end in zip(item.starts or [0], item.ends or [0], strict=True):
            starts[n, start] = ends[n, end] = True
        if item.evidence is not None and item.pieces:
            evidence[n, item.text : item.text + item.pieces] = torch.from_numpy(item.evidence)
            share[n, item.text : item.text + item.pieces] = 1 / item.pieces
    by_piece, answers, supports = (one.float() for one in model(ids, mask))
    asked = torch.tensor([item.row.task == "q" for item in group])
    labels = torch.tensor([item.row.label for item in group])
    verdicts = torch.tensor([item.row.verdict for item in group])
    spanned = asked & torch.tensor([item.starts is not None for item in group])
    rated = asked & (share.sum(1) > 0)
    judge = nn.functional.binary_cross_entropy_with_logits
    loss = judge(answers[asked, 0], labels[asked].float(), reduction="sum")
    loss = loss + VERDICT_SHARE * nn.functional.cross_entropy(
        answers[asked & (verdicts >= 0), 1:], verdicts[asked & (verdicts >= 0)], reduction="sum"
    )
    for column, right in ((0, starts), (1, ends)):
        chances = by_piece[spanned, :, column].masked_fill(~allowed[spanned], -1e9).log_softmax(-1)
        loss = loss - SPAN_SHARE * chances.masked_fill(~right[spanned], -1e9).logsumexp(-1).sum()
    loss = loss + (judge(by_piece[rated, :, 2], evidence[rated], reduction="none") * share[rated]).sum()
    return (loss + statement_loss(group, supports, labels, ~asked)) / len(group)


def statement_loss(group: Sequence[Item], supports: Tensor, labels: Tensor, stated: Tensor) -> Tensor:
    """Return the loss of the judged statements: the right label, and of each pair the supported one likelier.

    Where another model's ``chance`` is known, it is the label.
    """
    chances = supports.log_softmax(-1)
    right = torch.stack(
        [
            labels == SUPPORTED,
            (labels == 1) | (labels == NOT_SUPPORTED),
            (labels == NEITHER) | (labels == NOT_SUPPORTED),
        ],
        1,
    )
    told = torch.tensor([item.row.chance is not None for item in group])
    loss = -chances.masked_fill(~right, -1e9).logsumexp(-1)[stated & ~told].sum()
    odds = chances[:, 0] - chances[:, 1:].logsumexp(-1)
    shares = torch.tensor([item.row.chance or 0.0 for item in group])
    loss = loss + nn.functional.binary_cross_entropy_with_logits(odds[told], shares[told], reduction="sum")
    pairs: dict[int, list[int]] = {}
    for n, item in enumerate(group):
        if item.row.task == "s" and item.row.pair >= 0:
            pairs.setdefault(item.row.pair, []).append(n)
    for members in pairs.values():
        true = [n for n in members if labels[n] == SUPPORTED]
        for wrong in (n for n in members if labels[n] != SUPPORTED):
            loss = loss + sum(nn.functional.softplus(odds[wrong] - odds[n]) for n in true)
    return loss


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
            saved = torch.load(out / "state.pt")
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
    parser.add_argument("--mpnet", type=Path, required=True)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--pieces", type=int, default=2000, help="pieces of a batch")
    parser.add_argument("--go-on", action="store_true", help="begin with the weights that ship")
    arguments = parser.parse_args()
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
    model = JudgingReader(arguments.mpnet, arguments.frozen)
    if arguments.go_on:
        unknown = model.load_state_dict(shipped_weights(WEIGHTS), strict=False)
        assert not unknown.unexpected_keys and all(
            "embeddings" in k or "bias" in k for k in unknown.missing_keys
        )
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
