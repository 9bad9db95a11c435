"""Classify the kind of answer that a question asks for: a verdict, a list, a comparison, a summary, ...

A multinomial logistic regression over words, runs of words, the question's frame (its common words, with a gap for
the rest), and its vector by the packaged embedder. Features ignore capitals, accents and punctuation, but for the
mark of a question without a word that asks; the first letters of a word count too, so that a typing slip costs
little. Fitted by ``training.fit_kind``.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.models.load import question_embedder
from assistant.question.asking import asks
from assistant.question.number_asked import number_asked
from assistant.types import Kind

KIND_WEIGHTS = Path(__file__).parent.parent / "models" / "weights" / "question_kind.json"
BRIEF_FROM = 0.3
"""Probability of the kind short from which words of a sentence are asked for."""
KIND_WORDS = 24
"""How many words of a question, from the first, are looked at."""

_QUESTION_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class KindModel:
    """The fitted weights, one for each feature and kind, and the words that frames are made of."""

    kinds: tuple[str, ...]
    bias: NDArray[np.float32]
    frame_words: frozenset[str]
    weights: Mapping[str, tuple[float, ...]]
    vector_weights: NDArray[np.float32]
    """Of shape (384, kinds): the weights of the embedder's dimensions."""


def kind_odds(question: str) -> dict[Kind, float]:
    """Return the probability of each kind of question."""
    return dict(_kind_odds(question))


@lru_cache(maxsize=256)
def _kind_odds(question: str) -> Mapping[Kind, float]:
    return cast(dict[Kind, float], label_odds(question, load_kind_model()))


def wants_few_words(question: str) -> bool:
    """Return True for a question that is likelier answered by words of a sentence than by whole sentences."""
    return kind_odds(question)["short"] >= BRIEF_FROM


def label_odds(question: str, model: KindModel) -> dict[str, float]:
    """Return the probability of each label of a model."""
    totals = list(model.bias + vector_of(question) @ model.vector_weights)
    for feature in set(features(question, model.frame_words)):
        for place, weight in enumerate(model.weights.get(feature, ())):
            totals[place] += weight
    top = max(totals)
    powers = [math.exp(total - top) for total in totals]
    return {kind: power / sum(powers) for kind, power in zip(model.kinds, powers, strict=True)}


def vector_of(question: str) -> NDArray[np.float32]:
    """Embed a question, in small letters and without accents, by the packaged embedder: an array (384,)."""
    return question_embedder().embed_question(_without_accents(question).rstrip(" ?!.") + "?")


def kind_words(question: str) -> list[str]:
    """Return a question's words in small letters, without accents; a figure is "0"."""
    return [
        "0" if word[0].isdigit() else word for word in _QUESTION_WORD.findall(_without_accents(question))
    ][:KIND_WORDS]


def _without_accents(question: str) -> str:
    decomposed = unicodedata.normalize("NFKD", question.replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def features(question: str, frame_words: frozenset[str]) -> Iterator[str]:
    """Yield the features of a question: words, their beginnings, runs of words and of its frame, and the number.

    What ends with a question mark and has no word that asks may be a statement: "The strike ended?".
    """
    words = kind_words(question)
    for word in words:
        yield word
        if len(word) > BEGINNING_LETTERS:
            yield f"{word[:BEGINNING_LETTERS]}*"
    for one, two in itertools.pairwise(words):
        yield f"{one} {two}"
    for many in (1, 2, 3):
        yield f"^ {' '.join(words[:many])}"
    yield f"{words[-1] if words else ''} $"
    frame = frame_of(words, frame_words)
    yield f"^ {' '.join(frame[:6])}"
    yield f"{' '.join(frame[-3:])} $"
    for length in (2, 3, 4):
        for at in range(len(frame) - length + 1):
            yield f"~{' '.join(frame[at : at + length])}"
    yield f"#{min(len(words) // 3, 5)}"
    yield f"={number_asked(_without_accents(question)).number}"
    if question.rstrip().endswith("?") and not asks(question):
        yield "stated?"


BEGINNING_LETTERS = 4


def frame_of(words: list[str], frame_words: frozenset[str]) -> list[str]:
    """Keep a question's common words; "_" stands for each run of others."""
    frame: list[str] = []
    for word in words:
        kept = word if word in frame_words or word == "0" else "_"
        if kept != "_" or frame[-1:] != ["_"]:
            frame.append(kept)
    return frame


@lru_cache(maxsize=2)
def load_kind_model(path: Path = KIND_WEIGHTS) -> KindModel:
    """Load the packaged weights.

    Raises:
        ModelError: the file does not fit this version of the program.
    """
    stored = json.loads(path.read_text(encoding="utf-8"))
    kinds = tuple(stored["kinds"])
    if stored["features"] != KIND_FEATURES or not (path != KIND_WEIGHTS or set(kinds) <= set(get_args(Kind))):
        raise ModelError(
            f"{path} was fitted for other features; fit it again with python -m training.fit_kind"
        )
    rows: dict[str, tuple[float, ...]] = {}
    for name, row in stored["weights"].items():
        dense = [0.0] * len(kinds)
        for place, weight in zip(row[::2], row[1::2], strict=True):
            dense[place] = weight / stored["scale"]
        rows[name] = tuple(dense)
    vector_weights = np.array(stored["vector_weights"], dtype=np.float32) / stored["scale"]
    bias = np.array(stored["bias"], dtype=np.float32)
    return KindModel(kinds, bias, frozenset(stored["frame_words"]), rows, vector_weights)


KIND_FEATURES = "words, beginnings, pairs, first three, last, frame runs of 2 to 4, length, number, stated: 4"
"""The name of what ``features`` yields; change both together."""
