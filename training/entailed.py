"""Make pairs of a statement and a text, and let a published entailment model say which are supported.

    python -m training.entailed DATA JUDGING-DATA ENTAILMENT-MODEL [--most 24000]

What a network of a few thousand labelled statements cannot learn, one that was taught on hundreds of thousands can
tell it: its verdicts on unlabelled pairs are what the judging reader learns from besides (distillation; Hinton et
al. 2015). The pairs are statements and sentences of news articles with texts of the same and of other articles, as
they are and with a name or number exchanged. ``entailed.pkl`` joins ``rows.pkl``.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.judging_data import OTHER
from training.judging_row import SUPPORTED, Row, Source, Text, load

SHORTEST, LONGEST = 8, 38
RUN = 75
# pieces that the model reads at once
PIECES = 160
# hits of a search whose score is less than this share of the best own one say little about the sentence
ALIKE = 0.25
AT_ONCE = 2000


class EntailmentModel:
    """A published cross-encoder that says whether a text entails a statement.

    Args:
        folder: holds an ONNX file (``input_ids`` and ``attention_mask``, both (texts, PIECES) -> logits
            (texts, 2): entailed or not) and the tokenizer's ``tokenizer.json``.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(next(folder.rglob("*.onnx")), options)
        self.tokenizer = Tokenizer.from_file(str(next(folder.rglob("tokenizer.json"))))
        self.tokenizer.enable_padding(length=PIECES)
        self.tokenizer.enable_truncation(PIECES, strategy="only_first")

    def odds(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Return the log odds that the text entails the statement, for pairs of (text, statement)."""
        encoded = self.tokenizer.encode_batch(list(pairs))
        odds = np.zeros(len(pairs))
        for at in range(0, len(pairs), 8):
            group = encoded[at : at + 8]
            ids, mask = (
                np.array([getattr(one, part) for one in group], np.int64)
                for part in ("ids", "attention_mask")
            )
            logits = self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            odds[at : at + 8] = logits[:, 0] - logits[:, 1]
        return odds


def exchanged(statement: str, text: str, chance: random.Random) -> str | None:
    """Put another name or number of the text in a statement; None where there is none to put."""
    own = [m for m in OTHER.finditer(statement) if m.start() > 0 or m.group()[0].isdigit()]
    others = [m for m in OTHER.findall(text) if m.strip() not in statement]
    chance.shuffle(own)
    for one in own:
        numeric = any(map(str.isdigit, one.group()))
        alike = [m for m in others if any(map(str.isdigit, m)) == numeric]
        if alike:
            other = chance.choice(alike).strip()
            return statement[: one.start()] + other + statement[one.end() :]
    return None


def of_statements(statements: list[Source], texts: dict[str, Text], chance: random.Random) -> Iterator[Row]:
    """Yield written statements with runs of other lengths than they are taught with, and exchanged."""
    for one in statements:
        text = texts[one["article"]]
        gold = text.overlapping(one["sentences"])
        for words in (1, 60):
            run = text.run(gold, words, chance) if gold else None
            other = exchanged(one["statement"], text.text, chance)
            if run and other:
                yield Row(other, text.title, run[0], "s", SUPPORTED, "entailed-exchanged")


def of_sentences(
    statements: list[Source], texts: dict[str, Text], names: list[str], chance: random.Random
) -> Iterator[Row]:
    """Yield sentences, titles and written statements with what a search finds for them in all articles."""
    import bm25s

    runs: list[tuple[str, str, str]] = []
    for name in names:
        text, at = texts[name], 0
        while at < len(text.sentences):
            run = text.run([at], RUN, random.Random(at))
            if run is None:
                break
            last = max(run[1])
            body = " ".join(
                " ".join(text.text[slice(*span)].split()) for span in text.sentences[at : last + 1]
            )
            runs.append((name, text.title, body))
            at = last + 1
    finder = bm25s.BM25()
    finder.index(
        bm25s.tokenize([f"{title} {body}" for _, title, body in runs], stopwords="en", show_progress=False),
        show_progress=False,
    )
    asked: list[tuple[str, str]] = [(one["article"], one["statement"]) for one in statements]
    for name in names:
        text = texts[name]
        parts = [" ".join(text.text[slice(*span)].split()) for span in text.sentences]
        parts = [one for one in parts if SHORTEST <= len(one.split()) <= LONGEST]
        asked += [(name, one) for one in chance.sample(parts, min(2, len(parts)))]
        if len(text.title.split()) >= SHORTEST - 2:
            asked.append((name, text.title))
    found, scores = finder.retrieve(
        bm25s.tokenize([one for _, one in asked], stopwords="en", show_progress=False),
        k=6,
        show_progress=False,
    )
    for (name, one), places, own in zip(asked, found, scores, strict=True):
        hits = [
            (place, score) for place, score in zip(places, own, strict=True) if one not in runs[int(place)][2]
        ]
        for place, score in hits[:2]:
            if score >= ALIKE * own[0]:
                other, title, body = runs[int(place)]
                kind = "same" if other == name else "other"
                yield Row(one, title if title != one else "", body, "s", SUPPORTED, f"entailed-{kind}")
        inside = [int(place) for place in places if one in runs[int(place)][2]]
        swapped = exchanged(one, runs[inside[0]][2], chance) if inside else None
        if swapped:
            yield Row(swapped, runs[inside[0]][1], runs[inside[0]][2], "s", SUPPORTED, "entailed-inside")


def calibrated(model: EntailmentModel, rows: Sequence[Row]) -> tuple[float, float]:
    """Return slope and intercept by which the model's log odds are those of the written statements."""
    from scipy.optimize import minimize

    odds = model.odds([(one.text, one.asked) for one in rows])
    right = np.array([one.label == SUPPORTED for one in rows], float)

    def loss(at: NDArray[np.float64]) -> float:
        logits = at[0] * odds + at[1]
        return float(np.mean(np.logaddexp(0, logits) - right * logits))

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    print(f"calibrated on {len(rows)}: slope {slope:.2f}, intercept {intercept:.2f}", flush=True)
    return float(slope), float(intercept)


def main() -> int:
    """Make the pairs, have them judged, and write ``entailed.pkl``, every 2,000."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("gathered", type=Path, help="the folder that judging_data wrote")
    parser.add_argument("model", type=Path)
    parser.add_argument("--most", type=int, default=24_000)
    arguments = parser.parse_args()
    chance = random.Random(7)
    articles = {one["id"]: one for one in load(arguments.data / "realtimeqa" / "train-articles.jsonl.xz")}
    developed = {one["id"] for one in load(arguments.data / "realtimeqa" / "dev-articles.jsonl.xz")}
    apart = developed | set(json.loads((arguments.gathered / "held.json").read_text()))
    statements = [
        one
        for one in load(arguments.data / "written" / "train-statements.jsonl")
        if one["article"] not in apart
    ]
    needed = {one["article"] for one in statements}
    names = sorted({*chance.sample(sorted(articles.keys() - apart), 6000), *needed})
    texts = {name: Text(articles[name]["text"], articles[name]["title"] or "") for name in names}
    model = EntailmentModel(arguments.model)
    taught: list[Row] = pickle.loads((arguments.gathered / "rows.pkl").read_bytes())
    plain = [one for one in taught if one.source.startswith("statement-") and not one.source.endswith("+")]
    slope, intercept = calibrated(model, chance.sample(plain, min(1500, len(plain))))
    rows = [*of_statements(statements, texts, chance), *of_sentences(statements, texts, names, chance)]
    chance.shuffle(rows)
    print(Counter(one.source for one in rows), flush=True)
    judged: list[Row] = []
    began = time.monotonic()
    for at in range(0, min(arguments.most, len(rows)), AT_ONCE):
        part = rows[at : min(at + AT_ONCE, arguments.most)]
        odds = slope * model.odds([(one.text, one.asked) for one in part]) + intercept
        judged += [
            replace(one, chance=1 / (1 + math.exp(-float(odd)))) for one, odd in zip(part, odds, strict=True)
        ]
        (arguments.gathered / "entailed.pkl").write_bytes(pickle.dumps(judged))
        share = sum(one.chance or 0 for one in judged) / len(judged)
        print(f"{len(judged)} in {time.monotonic() - began:.0f} s, {share:.2f} supported", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
