"""The judging reader's network: the lower layers of all-mpnet-base-v2, with heads for reading and for judging.

It reads <s> question </s> title </s> text </s>, or a statement in the question's place. The heads say of each piece
whether a span starts or ends there and whether it belongs to a sentence that answers, and from the first piece:
whether the text answers, yes or no, and whether the text supports the statement.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetModel

LAYERS = 9
WIDTH = 768
HEADS = 12
# distances beyond this share a bias, as the relative positions of the published model do
FARTHEST = 128
# rows of the table of positions; the first FIRST_POSITION are no positions of a text
POSITIONS, FIRST_POSITION = 514, 2
TRAINED_WITH: dict[str, Any] = {
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
    "attn_implementation": "eager",
}


class JudgingReader(nn.Module):
    """Logits from piece ids: see the module's docstring.

    ``folder`` holds all-mpnet-base-v2; without one the network has its shape, for weights that are loaded later.
    """

    def __init__(self, folder: Path | None, frozen: int) -> None:
        super().__init__()
        if folder:
            self.trunk = MPNetModel.from_pretrained(folder, add_pooling_layer=False, **TRAINED_WITH)
        else:
            shape = MPNetConfig(max_position_embeddings=POSITIONS, layer_norm_eps=1e-5, **TRAINED_WITH)
            self.trunk = MPNetModel(shape, add_pooling_layer=False)
        self.trunk.encoder.layer = self.trunk.encoder.layer[:LAYERS]
        self.pieces = nn.Linear(WIDTH, 3)
        self.pool_q, self.out_q = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 3)
        self.pool_s, self.out_s = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 3)
        encoder = self.trunk.encoder
        for part in (self.trunk.embeddings, encoder.relative_attention_bias, *encoder.layer[:frozen]):
            part.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read a batch (rows, pieces).

        Returns logits of start, end and evidence (rows, pieces, 3); of answering, yes, no (rows, 3); of supported,
        contradicted, neither (rows, 3).
        """
        return self.heads(self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state)

    def heads(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Apply the heads to hidden states (rows, pieces, width)."""
        first = hidden[:, 0]
        return (
            self.pieces(hidden),
            self.out_q(torch.tanh(self.pool_q(first))),
            self.out_s(torch.tanh(self.pool_s(first))),
        )


class Shipped(nn.Module):
    """The same network from word vectors on, one text at a time, in plain operations that export well.

    ``vectors`` (1, pieces, width) are word and position vectors added up; ``bias`` (heads, pieces, pieces) are the
    biases of attention by relative position (``relative_bias``).
    """

    def __init__(self, reader: JudgingReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, vectors: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of ``JudgingReader.forward``."""
        hidden = self.reader.trunk.embeddings.LayerNorm(vectors)
        for layer in self.reader.trunk.encoder.layer:
            attention = layer.attention.attn
            query, key, value = (
                part(hidden).view(1, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
                for part in (attention.q, attention.k, attention.v)
            )
            scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
            mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(1, -1, WIDTH)
            hidden = layer.attention.LayerNorm(attention.o(mixed) + hidden)
            hidden = layer.output(layer.intermediate(hidden), hidden)
        return self.reader.heads(hidden)


def relative_bias(reader: JudgingReader) -> Tensor:
    """Return the bias of attention for each distance from -FARTHEST to FARTHEST: (2 FARTHEST + 1, heads)."""
    encoder = reader.trunk.encoder
    distances = torch.arange(-FARTHEST, FARTHEST + 1)
    buckets = encoder.relative_position_bucket(distances)
    return encoder.relative_attention_bias(buckets).detach()
