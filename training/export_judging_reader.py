"""Write the trained judging reader as the two files that ship.

    python -m training.export_judging_reader WEIGHTS ALL-MPNET-BASE-V2 [--out assistant/models/weights]

``judging-reader.onnx.gz``: the layers and heads, int8, compressed. ``judging-reader-vectors.npz``: word vectors as
integers of six bits with a scale a row, position vectors, and attention's biases by distance.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.models.judging_reader import MOST_PIECES, attention_bias, joined_pieces, load_tokenizer
from training.judging_reader import FIRST_POSITION, JudgingReader, Shipped, relative_bias
from training.quantise import texts, write

WORD_LEVELS = 31.5
# of the runs of sentences that show how large activations are
EVERY = 4


def word_rows(table: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Round word vectors to integers with a scale a row: (words, width) int8, (words,) float16."""
    scale = (table.abs().amax(1) / WORD_LEVELS).clamp_min(1e-6).half()
    rows = (table / scale.float()[:, None]).round().clamp(-32, 32).to(torch.int8)
    return rows.numpy(), scale.numpy()


def main() -> int:
    """Export, quantise, and print sizes and hashes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assistant/models/weights"))
    arguments = parser.parse_args()
    reader = JudgingReader(None, frozen=0)
    reader.load_state_dict(torch.load(arguments.weights))
    reader.float().eval()
    embeddings = reader.trunk.embeddings
    rows, scales = word_rows(embeddings.word_embeddings.weight.detach())
    positions = embeddings.position_embeddings.weight.detach()[FIRST_POSITION : FIRST_POSITION + MOST_PIECES]
    by_distance = relative_bias(reader).numpy()
    vectors = arguments.out / "judging-reader-vectors.npz"
    np.savez_compressed(
        vectors,
        words=rows,
        scales=scales,
        positions=positions.half().numpy(),
        biases=by_distance.astype(np.float16),
    )
    samples = []
    tokenizer = load_tokenizer()
    titles, passages = zip(*list(texts())[::EVERY], strict=True)
    for title, passage in zip(titles, passages, strict=True):
        # a headline stands in for a question: it is of the passage's article, and short
        parts = tokenizer.encode_batch([title, title, passage], add_special_tokens=False)
        ids = joined_pieces(*parts).ids
        given = rows[ids].astype(np.float32) * scales[ids, None].astype(np.float32)
        given += positions[: len(ids)].numpy()
        samples.append(
            (torch.from_numpy(given)[None], torch.from_numpy(attention_bias(by_distance, len(ids))))
        )
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "judging-reader.onnx"
        write(
            Shipped(reader),
            samples,
            ["vectors", "bias"],
            ["pieces", "answers", "supports"],
            {"bias": {1: "pieces", 2: "pieces"}, "pieces": {1: "pieces"}},
            plain,
        )
        packed = arguments.out / "judging-reader.onnx.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes(), compresslevel=6, mtime=0))
    for file in (packed, vectors):
        print(
            f"{file}: {file.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
