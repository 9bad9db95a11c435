"""Rows as pieces, and what the judging reader loses on a batch of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.models.judging_reader import joined_pieces, load_tokenizer
from assistant.models.reader import NO_TITLE
from training.judging_reader import JudgingReader
from training.judging_row import NEITHER, NOT_SUPPORTED, SUPPORTED, Row

PAD = 1
PIECES = 176
UNTITLED = 0.1
SPAN_SHARE, VERDICT_SHARE = 0.5, 1.5


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
