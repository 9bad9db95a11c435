"""Fit how the judging reader's findings are weighed: which sentence answers, which words, and whether any do.

    python -m training.fit_judged DATA INDEX HELD [--rows ROWS.pkl] [--only-report] [--few ARTICLES]

DATA: the folder with ``written/``. INDEX: an index of many articles, those of HELD (a JSON list of ids, which the
reader was not taught on) among them. Each question on these articles is asked over the whole index. A sentence is
right where it overlaps one that the author marked, or where it holds the short answer; questions that their article
does not answer count as unanswerable. With ``--few`` they are asked over corpora of so many of the held articles.
By halves of the articles, each fitted on the other; the weights that are written are fitted on both.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from assistant.evidence.features import FEATURES, SCORER_WEIGHTS, fitted_weights
from assistant.evidence.judged import answer_row, short_rows
from assistant.models.load import judging_reader
from training.confidence import precisions
from training.fit_verdicts import decided, fit_verdicts, judged_sentences, verdict_figures
from training.judged_rows import Row, described, gathered_of, is_right, read_all, rescored, was_judged
from training.small_corpora import read_small

SHORT = {"who", "when", "where", "how_many", "name"}
SHOWN = 0.7


def fit(features: list[list[float]], right: list[bool], weight: list[float]) -> list[float]:
    """Fit a logistic regression; the weights are for the features as they are, the intercept first."""
    table = np.array(features)
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=0.3, max_iter=2000).fit(scaler.transform(table), right, sample_weight=weight)
    weights = model.coef_[0] / scaler.scale_
    return [float(model.intercept_[0] - weights @ scaler.mean_), *map(float, weights)]


def fit_sentences(rows: list[Row]) -> list[float]:
    """Fit which sentence that was read answers."""
    features, right, weight = [], [], []
    for row in rows:
        read = [one for one in row.evidence.ranked if was_judged(row, one)]
        if row.right & {(one.article.id, one.start) for one in read}:
            features += [described(one, row.evidence.found) for one in read]
            right += [(one.article.id, one.start) in row.right for one in read]
            weight += [1 / len(read)] * len(read)
    return fit(features, right, weight)


def weigh(rows: list[Row]) -> dict[str, list[float]]:
    """Fit the three regressions on rows; each uses those before it."""
    sentence = fit_sentences(rows)
    fitted_weights()["judged_sentence"] = np.array(sentence)
    features, right, answers, answered = [], [], [], []
    for row in rows:
        ranked = rescored(row, sentence)
        if not ranked:
            continue
        shorts = gathered_of(row, ranked)
        judged = [one for one in shorts if one.text in row.evidence.supported]
        if row.question["kind"] != "yesno" and judged and (row.question["short"] or not row.answerable):
            features += short_rows(
                ranked,
                row.evidence.found,
                judged,
                row.evidence.supported,
            )
            right += [is_right(row, one.text) for one in judged]
        answers.append(answer_row(ranked, row.evidence.found))
        answered.append(row.answerable)
    return {
        "judged_sentence": sentence,
        "judged_short": fit(features, right, [1.0] * len(right)),
        "judged_answer": fit(answers, answered, [1.0] * len(answered)),
    }


def report(
    name: str, rows: list[Row], weights: dict[str, list[float]]
) -> list[tuple[float, float, bool, bool, bool]]:
    """Return for each row: the chance of answering, of its short answer, whether each is right, answerable."""
    out = []
    for row in rows:
        ranked = rescored(row, weights["judged_sentence"])
        if not ranked:
            out.append((0.0, 0.0, False, False, row.answerable))
            continue
        fitted_weights()["judged_sentence"] = np.array(weights["judged_sentence"])
        shorts = gathered_of(row, ranked)
        answer = answer_row(ranked, row.evidence.found)
        odds = np.array(answer) @ np.array(weights["judged_answer"])[1:] + weights["judged_answer"][0]
        judged = [one for one in shorts if one.text in row.evidence.supported]
        chance, text = 0.0, ""
        if judged:
            table = np.array(
                short_rows(
                    ranked,
                    row.evidence.found,
                    judged,
                    row.evidence.supported,
                )
            )
            each = table @ np.array(weights["judged_short"])[1:] + weights["judged_short"][0]
            chance, text = float(1 / (1 + np.exp(-each.max()))), judged[int(each.argmax())].text
        stated = {(one.article.id, one.start) for one in ranked[:3]}
        out.append(
            (
                float(1 / (1 + np.exp(-odds))),
                chance,
                is_right(row, text),
                bool(stated & row.right),
                row.answerable,
            )
        )
    return out


def figures(rows: list[Row], told: list[tuple[float, float, bool, bool, bool]]) -> None:
    """Print how well answers and refusals, and short answers shown, can be told apart."""
    answers, shorts, right, stated, able = (np.array(column) for column in zip(*told, strict=True))
    kinds = np.array([row.question["kind"] in SHORT for row in rows])
    asked = kinds & np.array([bool(row.question["short"]) for row in rows])
    near = ~able
    telling = roc_auc_score(able, answers)
    print(f"answerable or near miss, AUC {telling:.3f}; the first three hold it {stated[able].mean():.3f}")
    first, telling = right[asked & able].mean(), roc_auc_score(right[asked | near], shorts[asked | near])
    print(f"short answer right first {first:.3f}; right or wrong, AUC {telling:.3f}")
    for t in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        shown = answers >= t
        print(
            f"  answers at {t}: of the answerable {shown[able].mean():.3f}, near misses refused "
            f"{np.mean(~shown[near]):.3f}, right of what is answered {np.mean(stated[shown] & able[shown]):.3f}"
        )
    for t in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        bold = kinds & (answers >= SHOWN) & (shorts >= t)
        print(
            f"  bold at {t}, where answered from {SHOWN}: on {bold[asked & able].mean():.3f} of the answerable "
            f"short ones, right of all bold {right[bold].mean() if bold.any() else 0:.3f} of {bold.sum()}"
        )


def main() -> int:
    """Read or load the rows, report by halves, fit on all, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("held", type=Path)
    parser.add_argument("--rows", type=Path, help="where to keep what was read")
    parser.add_argument("--part", default="train")
    parser.add_argument("--only-report", action="store_true")
    parser.add_argument("--few", type=int, help="ask over corpora of so many of the held articles")
    arguments = parser.parse_args()
    held = set(json.loads(arguments.held.read_text())) if arguments.part == "train" else set()
    if arguments.rows and arguments.rows.exists():
        rows = pickle.loads(arguments.rows.read_bytes())
        for row in rows:
            row.half = zlib.crc32(row.question["article"].encode()) // 10 % 2
    else:
        if arguments.few:
            rows = read_small(arguments.data, arguments.index, sorted(held), arguments.few)
        else:
            rows = read_all(arguments.data, arguments.index, held, arguments.part)
        if arguments.rows:
            arguments.rows.write_bytes(pickle.dumps(rows))
    read = [row.right & set(row.evidence.found) for row in rows if row.answerable]
    found = np.mean([bool(one) for one in read])
    print(f"{len(rows)} questions; a right sentence was read for {found:.3f} of the answerable")
    if arguments.only_report:
        kept = {
            name: list(map(float, fitted_weights()[name]))
            for name in ("judged_sentence", "judged_short", "judged_answer")
        }
        figures(rows, report("", rows, kept))
        return 0
    told: list[Any] = [None] * len(rows)
    decisions: list[Any] = [None] * len(rows)
    judge = judging_reader()
    for half in (0, 1):
        weights = weigh([row for row in rows if row.half != half])
        judged = judged_sentences(rows, [rescored(row, weights["judged_sentence"]) for row in rows], judge)
        verdicts = fit_verdicts([one for row, one in zip(rows, judged, strict=True) if row.half != half], fit)
        places = [i for i, row in enumerate(rows) if row.half == half]
        for i, one in zip(places, report("", [rows[i] for i in places], weights), strict=True):
            told[i] = one
            decisions[i] = decided(judged[i], verdicts) if judged[i] else None
    figures(rows, told)
    verdict_figures(rows, judged, decisions)
    weights = weigh(rows)
    weights |= fit_verdicts(
        judged_sentences(rows, [rescored(row, weights["judged_sentence"]) for row in rows], judge), fit
    )
    stored = json.loads(SCORER_WEIGHTS.read_text())
    for name, values in weights.items():
        stored["features"][name] = ["intercept", *FEATURES[name]]
        stored["weights"][name] = [round(value, 5) for value in values]
        print(name, dict(zip(stored["features"][name], np.round(values, 3), strict=True)))
    answers, _, _, stated, able = (np.array(column) for column in zip(*told, strict=True))
    stored["thresholds"] = precisions(answers, stated & able)
    SCORER_WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
