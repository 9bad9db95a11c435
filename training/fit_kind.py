"""Fit the kind of a question: ``assistant/models/weights/question_kind.json``.

    python -m training.fit_kind QUESTIONS.jsonl [MORE.jsonl ...]
    python -m training.fit_kind --follow-ups

The second fits what a follow-up wants of the answer before, ``follow_up_act.json``: from
``follow_up_templates.txt``, and from the same questions, which want nothing of it.

Rows need ``question`` and ``kind`` (who, when, where, how_many and name are ``short``), ``answers`` (a quiz, or
SQuAD 2.0: its questions are ``short`` where the answer is a few words, and else left out), or ``sentence`` (a claim
of a set for entailment: with a question mark it is one of yes or no). Keywords are taken with a question mark, too.
For the kinds that these lack there are ``kind_questions.tsv``, 2,261 questions that a language model wrote for this
project, and others made from ``kind_templates.txt``: "kind: template", with {a|b} for alternatives. Measured on
``assistant/evaluation/questions/kinds.jsonl``, of which nothing is fitted here.
"""

from __future__ import annotations

import collections
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.question.asking import asks
from assistant.question.follow_up_act import ACT_WEIGHTS
from assistant.question.kind import KIND_FEATURES, KIND_WEIGHTS, features, kind_words, vector_of
from training.reader_data import DEV_SHARE
from training.reader_data import SEED as TITLES_SEED

TEMPLATES = Path(__file__).parent / "kind_templates.txt"
FOLLOW_UPS = Path(__file__).parent / "follow_up_templates.txt"
QUESTIONS = Path(__file__).parent / "kind_questions.tsv"
SHORT = {"who", "when", "where", "how_many", "name"}
DRAWS = 60  # questions drawn from each template, at most
FRAME_WORDS = 220
FEWEST = 3  # questions that hold a feature
SCALE = 100
LEAST = 0.12  # of a feature's weights, below which all of them are left out
VECTOR = 6.0  # by which a question's vector of length 1 is stretched
FIRMNESS = 0.5  # the inverse strength of regularisation
WEIGHT_OF_QUESTIONS = 3.0  # of a question in kind_questions.tsv, one of the others being 1
CLAIM_WORDS = 14  # most words of a claim that is taken as a question
SQUAD_QUESTIONS = 600
SEED = 7
QUIZ_WORDS = 4  # most words of an answer that makes a quiz question a short one
NO_SHORT = re.compile(
    r"\bwhy\b|\b(?:reason|purpose|goal)s?\b|[,;&]| and ", re.I
)  # in such a question's answer or itself


def drawn(template: str, chance: random.Random) -> str:
    """Fill in a template: one of each group of alternatives, from the inside out."""
    while found := re.search(r"\{([^{}]*)\}", template):
        template = (
            template[: found.start()] + chance.choice(found.group(1).split("|")) + template[found.end() :]
        )
    return re.sub(r"\s+", " ", template).strip()


def roughened(question: str, chance: random.Random) -> str:
    """Write a question as people type: small letters, no question mark, a slip of the finger."""
    if chance.random() < 0.4:
        question = question.lower()
    if chance.random() < 0.4:
        question = question.rstrip("?.! ")
    if chance.random() < 0.3 and len(question) > 8:
        at = chance.randrange(1, len(question) - 2)
        kept = question[at + 1] + question[at] if chance.random() < 0.5 else question[at]
        question = question[:at] + kept + question[at + 2 :]
    return question


def written(paths: list[str]) -> list[tuple[str, str]]:
    """Read questions and their kinds, and claims with a question mark."""
    rows: list[dict[str, Any]] = []
    for path in paths:
        read = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        rows += of_squad(read) if "context" in read[0] else read
    asked = [
        (row["question"], "short" if "kind" not in row or row["kind"] in SHORT else row["kind"])
        for row in rows
        if "question" in row and ("kind" in row or is_brief(row))
    ]
    claims = [row["sentence"] for row in rows if "sentence" in row]
    return asked + [
        (claim.rstrip(" .") + "?", "yesno") for claim in claims if len(claim.split()) <= CLAIM_WORDS
    ]


def of_squad(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw questions of SQuAD 2.0 with an answer, of the titles that the readers are taught on."""
    titles = sorted({row["title"] for row in rows})
    random.Random(TITLES_SEED).shuffle(titles)
    apart = set(titles[: int(len(titles) * DEV_SHARE)])
    taught = [row for row in rows if row["answers"] and row["title"] not in apart]
    return [
        {"question": row["question"], "answers": [row["answers"][0]["text"]]}
        for row in random.Random(SEED).sample(taught, min(SQUAD_QUESTIONS, len(taught)))
    ]


def is_brief(row: dict[str, Any]) -> bool:
    """Return True for a quiz question whose answer is one thing in a few words."""
    answer = row["answers"][0] if row["answers"] else ""
    asked = re.sub(r"[,;&]| and ", " ", row["question"])
    return (
        0 < len(answer.split()) <= QUIZ_WORDS and not NO_SHORT.search(answer) and not NO_SHORT.search(asked)
    )


def own(chance: random.Random, templates: Path = TEMPLATES) -> list[tuple[str, str]]:
    """Make questions from the templates, with their kinds."""
    lines = templates.read_text(encoding="utf-8").splitlines()
    fillers: dict[str, str] = {}
    made: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith("$"):
            name, _, options = line[1:].partition("=")
            fillers[name.strip()] = "{" + options.strip() + "}"
        elif ": " in line and not line.startswith("#"):
            kind, _, template = line.partition(": ")
            filled = re.sub(r"\$(\w+)", lambda found: fillers[found.group(1)], template)
            once = {drawn(filled, chance) for _ in range(DRAWS)}
            made += [(roughened(text, chance), kind) for text in sorted(once)]
    return made


def main() -> None:
    """Fit one of the regressions and write its weights."""
    chance = random.Random(SEED)
    questions = [
        (question, kind)
        for kind, question in (
            line.split("\t") for line in QUESTIONS.read_text(encoding="utf-8").splitlines()
        )
    ]
    if sys.argv[1:] == ["--follow-ups"]:
        alone = [(text, "courtesy" if kind == "courtesy" else "none") for text, kind in questions]
        made = [*own(chance, FOLLOW_UPS), *(row for row in own(chance, FOLLOW_UPS) if row[1] != "none")]
        fit([*made, *alone], 0, ACT_WEIGHTS, f"{len(made)} follow-ups and {len(alone)} questions")
        return
    on_articles = written(sys.argv[1:])
    rows = [*questions, *on_articles, *own(chance)]
    rows += [
        (text.rstrip(" .") + "?", kind)
        for text, kind in rows
        if kind != "yesno" and not text.endswith("?") and not asks(text)
    ]
    told = f"{len(rows)} questions, {len(on_articles)} of them written on articles"
    fit(rows, len(questions), KIND_WEIGHTS, told)


def fit(rows: list[tuple[str, str]], weighty: int, path: Path, told: str) -> None:
    """Fit the label of each text, the first ``weighty`` with more weight; ``told`` says on what."""
    counts = collections.Counter(word for text, _ in rows for word in set(kind_words(text)))
    frame_words = frozenset(
        word for word, _ in counts.most_common(FRAME_WORDS) if word.isalpha() or "'" in word
    )
    described = [dict.fromkeys(features(text, frame_words), 1.0) for text, _ in rows]
    held = collections.Counter(name for row in described for name in row)
    described = [{name: 1.0 for name in row if held[name] >= FEWEST} for row in described]
    labels = np.array([kind for _, kind in rows])
    sizes = collections.Counter(labels)
    weights = np.array([(1000 / sizes[kind]) ** 0.3 for kind in labels])
    weights[:weighty] *= WEIGHT_OF_QUESTIONS
    names = DictVectorizer()
    words = names.fit_transform(described)
    vectors = np.vstack([vector_of(text) for text, _ in rows])
    table = hstack([words, csr_matrix(vectors * VECTOR)]).tocsr()
    model = LogisticRegression(C=FIRMNESS, max_iter=400)
    model.fit(table, labels, sample_weight=weights)
    of_words, of_vectors = model.coef_[:, : words.shape[1]], model.coef_[:, words.shape[1] :]
    stored = {}
    for name, column in zip(names.get_feature_names_out(), of_words.T, strict=True):
        row = [v for place, w in enumerate(column) if (r := round(w * SCALE)) for v in (place, int(r))]
        if row and np.abs(column).max() >= LEAST:
            stored[name] = row
    data = {
        "fitted_on": told,
        "features": KIND_FEATURES,
        "kinds": list(model.classes_),
        "scale": SCALE,
        "bias": [round(float(b), 3) for b in model.intercept_],
        "frame_words": sorted(frame_words),
        "vector_weights": [[round(float(w) * VECTOR * SCALE) for w in row] for row in of_vectors.T],
        "weights": stored,
    }
    path.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(rows), "questions,", len(stored), "features,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
