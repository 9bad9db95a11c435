"""Fits how what the reader finds is weighed: the last five regressions of ``sentence_scorer.json``.

    python -m training.fit_reading DATA [--work .work] [--news-index INDEX] [--news 606] [--weights CHECKPOINT]
        [--only-report]

On questions that the reader was not trained on: the Wikipedia titles kept apart (``reader_data``), and the
RealTimeQA questions of July to December 2024 over ``INDEX``, which holds their articles. As in
``fit_sentence_scorer``, a sentence is right when the answer stands in it, and whether the articles answer is
learnt from the same questions with what answers them taken out, and from SQuAD2's unanswerable ones. The figures
printed are of each half of the questions by weights fitted on the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from assistant.answers.select_sentences import read_answer_features
from assistant.evaluation.matching import exact_match, normalise_realtimeqa, token_f1
from assistant.evidence.features import (
    CANDIDATE_FEATURES,
    HIT_FEATURES,
    READ_ANSWER_FEATURES,
    READ_FEATURES,
    SCORER_WEIGHTS,
    fitted_weights,
)
from assistant.evidence.gather import (
    hit_features,
    holds,
    in_period,
    rank_hits,
)
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import candidate_features, from_spans, group_answers
from assistant.evidence.windows import rank_read, read_features
from assistant.models.load import load_embedder, small_reader
from assistant.models.reader import PACKAGED_WEIGHTS, Reader
from assistant.settings import Settings
from training.confidence import draw_reliability, precisions
from training.fit_sentence_scorer import ADVERSARIAL_WEIGHT, fit, odds
from training.reading_rows import ADVERSARIAL, OWN, TAKEN_OUT, Row, news, wikipedia

FITTED = {
    "read_sentence": READ_FEATURES,
    "hit": HIT_FEATURES,
    "candidate": CANDIDATE_FEATURES,
    "read_answer": READ_ANSWER_FEATURES,
}
# token F1 from which a short answer counts as right
RIGHT = 0.75


def fitted_on(train: list[Row]) -> dict[str, list[float]]:
    """Fit the regressions on rows."""
    features, right, weight = [], [], []
    for row in train:
        if row.kind != OWN:
            continue
        read = [one for one in row.ranked if (one.article.id, one.start) in row.found]
        if not any((one.article.id, one.start) in row.right for one in read):
            continue
        for one in read:
            features.append(read_features(one, row.found[one.article.id, one.start]))
            right.append((one.article.id, one.start) in row.right)
            weight.append(1.0 / len(read))
    sentence = fit(np.array(features), np.array(right), np.array(weight), READ_FEATURES)
    fitted_weights()["read_sentence"] = np.array(sentence)
    asked = [row for row in train if row.kind == OWN and row.right_hits]
    hit = fit(
        np.array([hit_features(one, row.ranked, row.found) for row in asked for one in row.hits]),
        np.array([i in row.right_hits for row in asked for i in range(len(row.hits))]),
        np.array([1.0 / len(row.hits) for row in asked for _ in row.hits]),
        HIT_FEATURES,
    )
    fitted_weights()["hit"] = np.array(hit)
    asked = [row for row in train if row.kind == OWN and row.answers and row.ranked]
    described, short, share = [], [], []
    for row in asked:
        leading = as_read(row, in_time=True)
        gathered = group_answers(row.profile, leading, row.found)
        right_ones = [token_f1(one.text, row.answers, normalise_realtimeqa) >= RIGHT for one in gathered]
        if any(right_ones):
            described += candidate_features(row.profile, gathered, leading)
            short += right_ones
            share += [1.0 / len(gathered)] * len(gathered)
    candidate = fit(np.array(described), np.array(short), np.array(share), CANDIDATE_FEATURES)
    fitted_weights()["candidate"] = np.array(candidate)
    judged = [row for row in train if row.ranked and row.found]
    answer = fit(
        np.array([answer_row(row) for row in judged]),
        np.array([row.kind == OWN for row in judged]),
        np.array([ADVERSARIAL_WEIGHT if row.kind == ADVERSARIAL else 1.0 for row in judged]),
        READ_ANSWER_FEATURES,
    )
    return {"read_sentence": sentence, "hit": hit, "candidate": candidate, "read_answer": answer}


def as_read(row: Row, *, in_time: bool = False) -> list[ScoredSentence]:
    """Rank a question's sentences as the weights now stand, those of the hits that are kept.

    With ``in_time``, only those that may be of the period asked about, if any are.
    """
    order = rank_hits(row.hits, row.ranked, row.found)[: Settings().hits]
    kept = [row.hits[i] for i in order]
    ranked = rank_read(row.ranked, row.found)
    inside = [one for one in ranked if any(holds(hit, one) for hit in kept)]
    if not inside or (inside[0].article.id, inside[0].start) not in row.found:
        inside = ranked
    if in_time and row.query.asked_period:
        return in_period(inside, row.hits, row.query.asked_period.period) or inside
    return inside


def answer_row(row: Row) -> list[float]:
    """Describe a question's best sentences, as the weights now stand, for the last regression."""
    ranked = as_read(row)
    return read_answer_features(row.profile, ranked, row.found, from_spans(row.profile, ranked, row.found))


def report(
    name: str, judged: list[Row], chances: NDArray[np.float64], firsts: list[tuple[bool, bool, str]]
) -> None:
    """Print the figures of some rows; ``firsts``: whether the first sentence is right, by words and read; text."""
    own = np.array([row.kind == OWN for row in judged])
    answered = [(first, row.answers) for first, row in zip(firsts, judged, strict=True) if row.kind == OWN]
    figures = [
        np.mean([first[0] for first, _ in answered]),
        np.mean([first[1] for first, _ in answered]),
        np.mean([exact_match(first[2], answers, normalise_realtimeqa) for first, answers in answered]),
        np.mean([token_f1(first[2], answers, normalise_realtimeqa) for first, answers in answered]),
    ]
    print(
        f"{name}: {own.sum()} answerable; right sentence first {figures[0]:.3f} by words, {figures[1]:.3f} read; "
        f"short answer exact {figures[2]:.3f}, F1 {figures[3]:.3f}"
    )
    for kind in (TAKEN_OUT, ADVERSARIAL):
        kept = own | np.array([row.kind == kind for row in judged])
        if kept.sum() > own.sum():
            print(f"  answerable or {kind}: AUC {roc_auc_score(own[kept], chances[kept]):.3f}")
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        line = f"  at {threshold}: answered {np.mean(chances[own] >= threshold):.3f}"
        for kind in (TAKEN_OUT, ADVERSARIAL):
            kept = np.array([row.kind == kind for row in judged])
            if kept.any():
                line += f", refused when {kind} {np.mean(chances[kept] < threshold):.3f}"
        print(line)


def write(weights: dict[str, list[float]], measured: list[tuple[float, float]]) -> None:
    """Put the weights and the thresholds beside those of the sentence scorer."""
    stored = json.loads(SCORER_WEIGHTS.read_text())
    stored["features"] |= {name: ["intercept", *FITTED[name]] for name in weights}
    stored["weights"] |= {name: [round(value, 5) for value in values] for name, values in weights.items()}
    stored["thresholds"] = measured
    SCORER_WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")


def main() -> int:
    """Read, fit, print the figures, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".work"))
    parser.add_argument("--news-index", type=Path)
    parser.add_argument("--news", type=int, default=606, help="how many of these questions, at most")
    parser.add_argument("--wikipedia", type=int, default=600, help="how many of these questions, at most")
    parser.add_argument("--weights", type=Path, help="a checkpoint, instead of the packaged reader")
    parser.add_argument("--only-report", action="store_true", help="leave the weights as they are")
    parser.add_argument("--plot", type=Path, help="where to draw how far the confidence can be believed")
    arguments = parser.parse_args()
    embedder = load_embedder(Settings())
    if arguments.weights:
        from training.evaluate_reader import TorchReader

        reader: Reader | None = TorchReader(arguments.weights)
    else:
        reader = small_reader(PACKAGED_WEIGHTS)
    assert reader is not None
    found = wikipedia(arguments.data, arguments.work, arguments.wikipedia, embedder, reader)
    if arguments.news_index:
        found += news(arguments.data, arguments.news_index, arguments.news, embedder, reader)
    judged = [row for row in found if row.ranked]
    chances = np.zeros(len(judged))
    firsts: list[tuple[bool, bool, str]] = [(False, False, "")] * len(judged)
    places: list[tuple[int, int]] = [(99, 99)] * len(judged)
    for half in (0, 1):
        weights = fitted_on([row for row in judged if row.half != half])
        for number, row in enumerate(judged):
            if row.half == half:
                chances[number] = 1 / (
                    1 + np.exp(-odds(np.array([answer_row(row)]), weights["read_answer"])[0])
                )
                ranked = as_read(row, in_time=True)
                candidates = from_spans(row.profile, ranked, row.found)
                place = [(one.article.id, one.start) in row.right for one in (row.ranked[0], ranked[0])]
                order = rank_hits(row.hits, row.ranked, row.found)
                places[number] = (
                    min(row.right_hits, default=99),
                    next((place for place, i in enumerate(order) if i in row.right_hits), 99),
                )
                firsts[number] = (place[0], place[1], candidates[0].text if candidates else "")
    for source in sorted({row.source for row in judged}):
        own = [i for i, row in enumerate(judged) if row.source == source and row.kind == OWN]
        for k in (1, 3, 10):
            shares = [np.mean([places[i][side] < k for i in own]) for side in (0, 1)]
            print(f"{source}: recall@{k} of hits {shares[0]:.3f} as searched, {shares[1]:.3f} reread")
        chosen = [i for i, row in enumerate(judged) if row.source == source]
        report(source, [judged[i] for i in chosen], chances[chosen], [firsts[i] for i in chosen])
    right = np.array([row.kind == OWN and first[1] for row, first in zip(judged, firsts, strict=True)])
    weights = fitted_on(judged)
    if not arguments.only_report:
        write(weights, precisions(chances, right))
    if arguments.plot:
        draw_reliability(chances, np.array([row.kind == OWN for row in judged]), arguments.plot)
    for name, values in weights.items():
        print(name, dict(zip(("intercept", *FITTED[name]), np.round(values, 3), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
