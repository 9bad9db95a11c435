"""The reader: question and passage -> how likely the passage answers, and with which of its words.

An extractive reader points at words and so cannot invent any (Rajpurkar et al. 2016; Devlin et al. 2019). The
packaged one is small; ``training/README.md`` is its model card. It runs in ONNX Runtime with the tokenizer and
word vectors of the packaged embedder, whose layers it began with.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.models.onnx_runtime import Array, pool, session, word_vectors

if TYPE_CHECKING:
    from tokenizers import Encoding

PACKAGED_WEIGHTS = Path(__file__).parent / "weights" / "reader.onnx"
QUESTION_PIECES = 64
TITLE_PIECES = 24
PIECES = 384
SPAN_PIECES = 30
SPANS = 8
# what stands for a title that an article lacks: all texts without one that were trained on held an answer
NO_TITLE = "News"
CLS, SEP = 101, 102
WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """Words of a passage that may answer, ``text[start:end]``, and the probability that they are the answer.

    The probabilities of a passage's spans, and of none, sum to 1 at most.
    """

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What a reader makes of a passage: the log odds that it answers, and its best spans, best first.

    ``yes`` is the log odds that the answer to a yes/no question is yes, None where the reader cannot tell.
    ``sentences`` are runs of the text (start, end) with the log odds that they answer, where it rates them.
    """

    answers: float
    spans: tuple[FoundSpan, ...]
    yes: float | None = None
    sentences: tuple[tuple[int, int, float], ...] = ()


class Reader(Protocol):
    """Reads passages for a question; ``name`` and ``digest`` identify the weights.

    ``scout``, where there is one, is a faster reader that chooses what this one reads.
    """

    name: str
    digest: str
    scout: Reader | None

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read passages, each a title and a text, for a question."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Word pieces of [CLS] question [SEP] title [SEP] text [SEP].

    Those from ``second`` on are of title and text, those from ``text`` on of the text, at ``offsets`` in it.
    """

    ids: list[int]
    second: int
    text: int
    offsets: list[tuple[int, int]]


def joined(question: Encoding, title: Encoding, text: Encoding, most: int) -> Encoded:
    """Join the pieces of a question, a title and a text; the text is cut at ``most`` pieces in all."""
    head = [CLS, *question.ids[:QUESTION_PIECES], SEP]
    second = len(head)
    head += [*title.ids[:TITLE_PIECES], SEP]
    room = most - len(head) - 1
    return Encoded([*head, *text.ids[:room], SEP], second, len(head), text.offsets[:room])


class PackagedReader:
    """The reader that comes with the program.

    Args:
        weights: an ONNX file: ``vectors`` (rows, pieces, 384), ``types`` and ``mask`` (rows, pieces) ->
            ``start`` and ``end`` (rows, pieces), ``answers`` (rows,), all logits.
        embedder: the model folder whose tokenizer and word vectors go with it.
    """

    def __init__(self, name: str, weights: Path, embedder: Path, digest: str) -> None:
        from tokenizers import Tokenizer

        self.name, self.digest = name, digest
        self.scout: Reader | None = None
        self.session = session(weights)
        self.table = word_vectors(embedder)
        self.tokenizer: Any = Tokenizer.from_file(str(embedder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.lock = threading.Lock()

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read passages, each a title and a text, one on each core; pieces after ``PIECES`` are not read."""
        texts = [text for _, text in passages]
        return list(pool().map(self._decoded, texts, self.encode(question, passages)))

    def _decoded(self, text: str, encoded: Encoded) -> PassageReading:
        return decode(text, encoded, *self.run(encoded))

    def encode(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Encoded]:
        """Cut question, titles and texts into word pieces."""
        titles = [title if WORD.search(title) else NO_TITLE for title, _ in passages]
        texts = [question, *titles, *(text for _, text in passages)]
        with self.lock:
            asked, *pieces = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [
            joined(asked, title, text, PIECES)
            for title, text in zip(pieces[: len(passages)], pieces[len(passages) :], strict=True)
        ]

    def run(self, encoded: Encoded) -> tuple[Array, Array, float]:
        """Run the network: logits of start and end for each piece, and of answering."""
        ids = np.array([encoded.ids])
        types = (np.arange(ids.shape[1]) >= encoded.second)[None].astype(np.int64)
        inputs = {"vectors": self.table[ids], "types": types, "mask": np.ones_like(ids)}
        start, end, answers = self.session.run(["start", "end", "answers"], inputs)
        return start[0], end[0], float(answers[0])


class HubReader:
    """Any extractive question-answering model of Hugging Face (with torch, and slower).

    Args:
        tokenizer: its fast tokenizer.
        model: the model itself; ``quietly`` makes the context in which it computes no gradients.
    """

    def __init__(
        self, name: str, tokenizer: Any, model: Any, quietly: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        self.name, self.digest = name, f"hub:{name}"
        self.scout: Reader | None = None
        self.tokenizer, self.model, self.quietly = tokenizer, model, quietly
        self.lock = threading.Lock()

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read passages, each a title and a text, for a question, one after the other."""
        return [self._read(question, title, text) for title, text in passages]

    def _read(self, question: str, title: str, text: str) -> PassageReading:
        with self.lock, self.quietly():
            inputs = self.tokenizer(
                question,
                f"{title}\n{text}",
                truncation="only_second",
                max_length=PIECES,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = inputs.pop("offset_mapping")[0].tolist()
            output = self.model(**inputs)
        before = len(title) + 1
        own = [i for i, part in enumerate(inputs.sequence_ids(0)) if part == 1 and offsets[i][0] >= before]
        start, end = (logits[0].float().numpy() for logits in (output.start_logits, output.end_logits))
        pieces = [0, *own]
        encoded = Encoded([], 0, 1, [(offsets[i][0] - before, offsets[i][1] - before) for i in own])
        reading = decode(text, encoded, start[pieces], end[pieces], 0.0)
        if not own:
            return reading
        # SQuAD 2.0's own measure of an answer: the best span against none (Devlin et al. 2019)
        answers = float((start[own].max() + end[own].max()) - (start[0] + end[0]))
        return PassageReading(answers, reading.spans)


def decode(text: str, encoded: Encoded, start: Array, end: Array, answers: float) -> PassageReading:
    """Find the best spans of whole words; the first piece stands for no span (Devlin et al. 2019)."""
    pieces = [0, *range(encoded.text, encoded.text + len(encoded.offsets))]
    begin, stop = _log_softmax(start[pieces]), _log_softmax(end[pieces])
    scores = begin[1:, None] + stop[None, 1:]
    place = np.arange(len(pieces) - 1)
    length = place[None, :] - place[:, None]
    scores[(length < 0) | (length >= SPAN_PIECES)] = -np.inf
    found: dict[tuple[int, int], float] = {}
    for flat in np.argsort(-scores, axis=None)[: 4 * SPANS]:
        first, last = divmod(int(flat), scores.shape[1])
        if not math.isfinite(scores[first, last]):
            break
        span = _whole_words(text, encoded.offsets[first][0], encoded.offsets[last][1])
        if span:
            found[span] = found.get(span, 0.0) + math.exp(float(scores[first, last]))
    best = sorted(found.items(), key=lambda item: -item[1])[:SPANS]
    return PassageReading(answers, tuple(FoundSpan(a, b, chance) for (a, b), chance in best))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Widen a span to whole words and numbers ("$1,200", "4.5%"), and leave out the punctuation around it."""
    while start > 0 and _inside_word(text, start):
        start -= 1
    while end < len(text) and _inside_word(text, end):
        end += 1
    while start < end and (text[start].isspace() or text[start] in ",.;:!?)]}’”\"'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:!?([{‘“\"'"):
        end -= 1
    if text[start:end].endswith(".") and not re.search(
        r"\b(?:[A-Z]\.|[A-Z][a-z]{1,3}\.|[ap]\.m\.)$", text[start:end]
    ):
        end -= 1
    return (start, end) if WORD.search(text, start, end) else None


def _inside_word(text: str, at: int) -> bool:
    """Tell whether the letters before and after a place belong to one word or number."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if before.isdigit() and (after == "%" or (after in ".," and text[at + 1 : at + 2].isdigit())):
        return True
    return after.isdigit() and (before in "$£€¥" or (before in ".," and at > 1 and text[at - 2].isdigit()))


def _log_softmax(logits: Array) -> Array:
    shifted: Array = logits - logits.max(initial=-np.inf)
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
