"""Writes trained weights as the file that ships: ``assistant/reader.onnx``, int8.

    python -m training.export_reader WEIGHTS [--out assistant/reader.onnx]

Matrices become int8, one scale a row, kept within seven bits so that processors without VNNI do not overflow;
activations are quantised as they come (ONNX Runtime's dynamic quantisation).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.reader_model import Reader


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


def export(reader: Reader, path: Path) -> None:
    """Write a reader as a float32 ONNX file."""
    exported = Exported(reader.float().eval())
    example = (
        torch.zeros(2, 16, 384),
        torch.zeros(2, 16, dtype=torch.long),
        torch.ones(2, 16, dtype=torch.long),
    )
    names = ["vectors", "types", "mask"]
    axes = {name: {0: "rows", 1: "pieces"} for name in [*names, "start", "end"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            exported,
            example,
            str(path),
            input_names=names,
            output_names=["start", "end", "answers"],
            dynamic_axes={**axes, "answers": {0: "rows"}},
            opset_version=17,
            dynamo=False,
        )


def main() -> int:
    """Export, quantise, and print the size and the hash."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assistant/reader.onnx"))
    parser.add_argument("--float32", action="store_true", help="do not quantise")
    arguments = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(torch.load(arguments.weights))
    with tempfile.TemporaryDirectory() as folder:
        whole = arguments.out if arguments.float32 else Path(folder) / "reader.onnx"
        export(reader, whole)
        if not arguments.float32:
            quantize_dynamic(
                whole, arguments.out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
    digest = hashlib.sha256(arguments.out.read_bytes()).hexdigest()
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes, SHA-256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
