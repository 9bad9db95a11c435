"""The packaged judging reader: one network that reads a text for a question and judges statements by it.

Nine layers of all-mpnet-base-v2 (Song et al. 2020; Reimers and Gurevych 2019), taught on questions and statements
about news; ``training/README.md`` is its model card. It cuts text into the same pieces as the packaged embedder,
whose tokenizer it uses. It runs in ONNX Runtime, one text on each core, and always gives the same numbers.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.models.judge import Judgement
from assistant.models.onnx_runtime import Array, pool, session
from assistant.models.reader import NO_TITLE, WORD, Encoded, PassageReading, Reader, decode
from assistant.text.sentences import split_sentences

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

WEIGHTS = Path(__file__).parent / "weights" / "judging-reader.onnx.gz"
VECTORS = Path(__file__).parent / "weights" / "judging-reader-vectors.npz"
# pieces of the published model: its numbers are those of the embedder's vocabulary, moved by four
FIRST, BETWEEN, MOVED = 0, 2, 4
UNKNOWN, UNKNOWN_THERE = 100, 3
ASKED_PIECES = 72
HEADLINE_PIECES = 24
MOST_PIECES = 384


@lru_cache(maxsize=1)
def load_tokenizer() -> Tokenizer:
    """Load the tokenizer of the packaged embedder."""
    from tokenizers import Tokenizer

    from assistant.models.embedder import packaged_embedder

    loaded = Tokenizer.from_file(str(packaged_embedder()[0] / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


def joined_pieces(asked: Encoding, title: Encoding, text: Encoding) -> Encoded:
    """Join the pieces of a question or statement, a title and a text, as the network reads them."""
    head = [FIRST, *_moved(asked.ids[:ASKED_PIECES]), BETWEEN]
    second = len(head)
    head += [*_moved(title.ids[:HEADLINE_PIECES]), BETWEEN]
    room = MOST_PIECES - len(head) - 1
    return Encoded([*head, *_moved(text.ids[:room]), BETWEEN], second, len(head), text.offsets[:room])


def _moved(ids: Sequence[int]) -> list[int]:
    return [UNKNOWN_THERE if one == UNKNOWN else one + MOVED for one in ids]


def attention_bias(by_distance: Array, pieces: int) -> Array:
    """Spread biases by distance (distances, heads) over pairs of pieces: (heads, pieces, pieces)."""
    farthest = len(by_distance) // 2
    place = np.arange(pieces)
    distance = np.clip(place[None, :] - place[:, None], -farthest, farthest) + farthest
    return np.ascontiguousarray(by_distance.astype(np.float32)[distance].transpose(2, 0, 1))


class JudgingReader:
    """Reads and judges with the packaged network.

    Args:
        weights: the compressed ONNX file: ``vectors`` (1, pieces, 768), ``bias`` (12, pieces, pieces) -> ``pieces``
            (1, pieces, 3), logits of a span's start, its end, and of a sentence that answers; ``answers`` (1, 3),
            of answering at all, yes, no; ``supports`` (1, 3), of supported, contradicted, neither.
        vectors: word and position vectors and the biases of attention (``training.export_judging_reader``).
        scout: a faster reader that chooses the passages.
    """

    def __init__(
        self, name: str, weights: Path, vectors: Path, digest: str, scout: Reader | None = None
    ) -> None:
        self.name, self.digest, self.scout = name, digest, scout
        self.session = session(gzip.decompress(weights.read_bytes()))
        with np.load(vectors) as stored:
            self.words, self.scales = stored["words"], stored["scales"].astype(np.float32)
            self.positions = stored["positions"].astype(np.float32)
            self.biases = stored["biases"].astype(np.float32)
        self.tokenizer: Any = load_tokenizer()
        self.lock = threading.Lock()

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read passages, each a title and a text, for a question; pieces after ``MOST_PIECES`` are not read."""
        texts = [text for _, text in passages]
        encoded = self.encode([(question, title, text) for title, text in passages])
        return list(pool().map(self._reading, texts, encoded))

    def judge(self, pairs: Sequence[tuple[str, str, str]]) -> list[Judgement]:
        """Judge each of (statement, title of the text, text)."""
        return list(pool().map(self._judgement, self.encode(pairs)))

    def encode(self, inputs: Sequence[tuple[str, str, str]]) -> list[Encoded]:
        """Cut questions or statements, titles and texts into pieces and join them."""
        titles = [title if WORD.search(title) else NO_TITLE for _, title, _ in inputs]
        with self.lock:
            asked, named, texts = (
                self.tokenizer.encode_batch(part, add_special_tokens=False)
                for part in ([one for one, _, _ in inputs], titles, [text for _, _, text in inputs])
            )
        return [joined_pieces(*parts) for parts in zip(asked, named, texts, strict=True)]

    def run(self, encoded: Encoded) -> tuple[Array, Array, Array]:
        """Run the network on one input: logits by piece (pieces, 3), of answering (3,) and of supporting (3,)."""
        ids = np.array(encoded.ids)
        vectors = self.words[ids].astype(np.float32) * self.scales[ids, None] + self.positions[: len(ids)]
        inputs = {"vectors": vectors[None], "bias": attention_bias(self.biases, len(ids))}
        pieces, answers, supports = self.session.run(["pieces", "answers", "supports"], inputs)
        return pieces[0], answers[0], supports[0]

    def _reading(self, text: str, encoded: Encoded) -> PassageReading:
        pieces, answers, _ = self.run(encoded)
        spans = decode(text, encoded, pieces[:, 0], pieces[:, 1], float(answers[0])).spans
        return PassageReading(
            float(answers[0]), spans, float(answers[1] - answers[2]), _read_parts(text, encoded, pieces[:, 2])
        )

    def _judgement(self, encoded: Encoded) -> Judgement:
        _, _, supports = self.run(encoded)
        shares = np.exp(supports - supports.max())
        return Judgement(*map(float, shares / shares.sum()))


def _read_parts(text: str, encoded: Encoded, evidence: Array) -> tuple[tuple[int, int, float], ...]:
    """Average the log odds of answering over the pieces of each sentence."""
    parts = []
    starts = np.array([start for start, _ in encoded.offsets])
    for one in split_sentences(text):
        inside = np.flatnonzero((starts >= one.start) & (starts < one.end)) + encoded.text
        if len(inside):
            parts.append((one.start, one.end, float(evidence[inside].mean())))
    return tuple(parts)
