"""Writes trained weights as the file that ships: ``assistant/models/weights/reader.onnx``, int8.

    python -m training.export_reader WEIGHTS [--out assistant/models/weights/reader.onnx]

The matrices are rounded as ``quantise`` says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
from torch import Tensor, nn

from training.quantise import texts, write
from training.reader_model import Reader, encode


class Exported(nn.Module):
    """The network from word vectors on, for the vectors come from the packaged embedder."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, vectors: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read vectors (rows, pieces, 384): logits of start, end (rows, pieces), and answering (rows,)."""
        return self.reader.from_hidden(
            self.reader.bert(
                inputs_embeds=vectors, attention_mask=mask, token_type_ids=types
            ).last_hidden_state
        )


def main() -> int:
    """Export, quantise, and print the size and the hash."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assistant/models/weights/reader.onnx"))
    arguments = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(torch.load(arguments.weights))
    table = reader.bert.embeddings.word_embeddings.weight.detach()
    titles, passages = zip(*texts(), strict=True)
    samples = []
    # a headline stands in for a question: it is of the passage's article, and short
    for one in encode(titles, titles, passages):
        ids = torch.tensor([one.ids])
        types = (torch.arange(ids.shape[1]) >= one.second).long()[None]
        samples.append((table[ids], types, torch.ones_like(ids)))
    write(
        Exported(reader.float().eval()),
        samples,
        ["vectors", "types", "mask"],
        ["start", "end", "answers"],
        {"start": {1: "pieces"}, "end": {1: "pieces"}},
        arguments.out,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
