"""Fits the weights of the built-in sentence scorer (``assistant/models/weights/sentence_scorer.json``).

    python -m training.fit_sentence_scorer DATA [--questions 1500] [--work .work]

``DATA`` holds ``squad2/questions.jsonl`` and ``nq/nq-open-oracle.jsonl.gz``. Every Wikipedia passage becomes
an article of one index; every question is retrieved and its sentences are described by the program's own
code. A sentence is right when the annotated answer stands in it. Whether the articles answer at all is learnt
from the same questions with their own passage taken out of the hits, and from SQuAD2's unanswerable ones. A
quarter of the passages' titles is kept apart; the figures printed are on those.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from assistant.evidence.features import (
    ANSWER_FEATURES,
    SCORER_WEIGHTS,
    SENTENCE_FEATURES,
    Matches,
    answer_features,
)
from assistant.evidence.sentences import COSINE, ScoredSentence, describe_sentences, passage_context
from assistant.index import Index
from assistant.models.embedder import Embedder
from assistant.models.load import load_embedder
from assistant.question.question_type import Profile, profile
from assistant.retrieval.search import Retrieval, retrieve
from assistant.settings import Settings
from assistant.text.sentences import split_sentences
from assistant.types import Article, Query
from training.wikipedia_questions import Question, load

SEED = 20240917
DEV_SHARE = 0.25
ADVERSARIAL_WEIGHT = 0.5
PENALTY = 1e-3
AGAINST = frozenset({"type_absent", "short", "question_mark", "unknown_name", "repeats"})


@dataclass(frozen=True)
class Row:
    """A question's described sentences: which are right (-1: unclear), and whether there is an answer."""

    profile: Profile
    features: NDArray[np.float64]
    right: NDArray[np.int8]
    answerable: bool
    adversarial: bool
    dev: bool


def described(
    question: Question,
    index: Index,
    embedder: Embedder,
    settings: Settings,
    vectors: Mapping[str, NDArray[np.float32]],
    dev: bool,
) -> Iterator[Row]:
    """Describe the sentences retrieved for a question: with its own passage, and without."""
    found = retrieve(Query(question.text, question.text), index, embedder, settings, k=settings.hits + 1)
    asked = profile(question.text, found.counts, found.passages)
    keep = [i for i, hit in enumerate(found.hits) if hit.article.id != question.article]
    without = replace(
        found, hits=tuple(found.hits[i] for i in keep), cosines=tuple(found.cosines[i] for i in keep)
    )
    answerable = bool(question.spans)
    for retrieval, own in ((cut(found, settings.hits), True), (cut(without, settings.hits), False)):
        if not own and not answerable:
            continue
        texts = [passage_context(hit) for hit in retrieval.hits]
        sentences = describe_sentences(Matches(asked, texts, embedder.embed_words), retrieval)
        right = np.array([rightness(one, question) for one in sentences], dtype=np.int8)
        if not sentences or (own and answerable and not (right == 1).any()):
            continue
        yield Row(
            asked,
            compared(sentences, found.vector, vectors),
            right,
            own and answerable,
            not answerable,
            dev,
        )


def compared(
    sentences: list[ScoredSentence], question: NDArray[np.float32], vectors: Mapping[str, NDArray[np.float32]]
) -> NDArray[np.float64]:
    """Collect the features, with each sentence's own cosine to the question."""
    features = np.array([one.features for one in sentences])
    for row, one in zip(features, sentences, strict=True):
        if one.text in vectors:
            row[COSINE] = vectors[one.text] @ question
    return features


def sentence_vectors(
    articles: Iterable[Article], embedder: Embedder, cache: Path
) -> dict[str, NDArray[np.float32]]:
    """Embed every sentence of the articles once, and keep the vectors for the next run."""
    texts = list({a.text[one.start : one.end]: None for a in articles for one in split_sentences(a.text)})
    vectors = np.load(cache) if cache.exists() else np.empty((0, embedder.dimension), dtype=np.float32)
    if len(vectors) != len(texts):
        vectors = embedder.embed_passages(texts)
        np.save(cache, vectors)
    return dict(zip(texts, vectors, strict=True))


def cut(retrieval: Retrieval, k: int) -> Retrieval:
    """Keep the first ``k`` hits."""
    return replace(retrieval, hits=retrieval.hits[:k], cosines=retrieval.cosines[:k])


def rightness(sentence: ScoredSentence, question: Question) -> int:
    """Tell whether a sentence holds the annotated answer (1), cannot be judged (-1), or does not (0)."""
    if sentence.article.id == question.article:
        return int(any(sentence.start <= start < sentence.end for start, _ in question.spans))
    return 0


def fit(
    features: NDArray[np.float64],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    names: Sequence[str],
    left_out: Sequence[str] = (),
) -> list[float]:
    """Fit a logistic regression whose weights have the sign that reason demands; intercept first.

    Features in ``left_out`` get no weight. The bounds keep correlated features from cancelling each other out,
    which fits Wikipedia a little better and other articles worse.
    """
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = (features - mean) / scale
    sign = np.where(right, 1.0, -1.0)
    share = weight / weight.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (rows @ weights[1:] + weights[0])
        slope = -share * sign * expit(-margin)
        penalty = PENALTY * float(weights[1:] @ weights[1:])
        gradient = np.concatenate([[slope.sum()], rows.T @ slope + 2 * PENALTY * weights[1:]])
        return float(share @ np.logaddexp(0, -margin)) + penalty, gradient

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for name in names:
        if name in left_out:
            bounds.append((0.0, 0.0))
        elif name in AGAINST:
            bounds.append((None, 0.0))
        else:
            bounds.append((None if name == "length" else 0.0, None))
    start = np.zeros(len(names) + 1)
    result = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000})
    weights = result.x[1:] / scale
    return [float(result.x[0] - weights @ mean), *map(float, weights)]


def odds(rows: NDArray[np.float64], weights: list[float]) -> NDArray[np.float64]:
    """Apply fitted weights: log odds, one a row."""
    result: NDArray[np.float64] = rows @ np.array(weights[1:]) + weights[0]
    return result


def answer_row(row: Row, weights: list[float]) -> list[float]:
    """Describe a question's best sentence for the second regression."""
    scores = odds(row.features, weights)
    order = np.argsort(-scores, kind="stable")[:2]
    return answer_features(
        row.profile, [row.features[i].tolist() for i in order], [float(scores[i]) for i in order]
    )


def main() -> int:
    """Fit, print the figures, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=1500)
    parser.add_argument("--work", type=Path, default=Path(".work"))
    arguments = parser.parse_args()
    articles, questions = load(arguments.data)
    settings = Settings(index=arguments.work / "wikipedia")
    embedder = load_embedder(settings)
    random.Random(SEED).shuffle(questions)
    titles = sorted({question.title for question in questions})
    random.Random(SEED).shuffle(titles)
    dev_titles = set(titles[: int(len(titles) * DEV_SHARE)])
    with Index.open(settings, create=True) as index:
        index.add_articles(list(articles.values()), embedder)
        vectors = sentence_vectors(articles.values(), embedder, arguments.work / "sentences.npy")
        rows = [
            row
            for question in tqdm(questions[: arguments.questions], desc="Questions")
            for row in described(question, index, embedder, settings, vectors, question.title in dev_titles)
        ]
    train, dev = [row for row in rows if not row.dev], [row for row in rows if row.dev]
    own = [row for row in train if row.answerable]
    features = np.concatenate([row.features for row in own])
    right = np.concatenate([row.right for row in own])
    clear = right >= 0
    sentence = fit(
        features[clear], right[clear] == 1, np.ones(int(clear.sum())), SENTENCE_FEATURES, ["passage_cosine"]
    )
    answer = fit(
        np.array([answer_row(row, sentence) for row in train]),
        np.array([row.answerable for row in train]),
        np.array([ADVERSARIAL_WEIGHT if row.adversarial else 1.0 for row in train]),
        ANSWER_FEATURES,
    )
    report(dev, sentence, answer)
    rounded = {"sentence": [round(w, 5) for w in sentence], "answer": [round(w, 5) for w in answer]}
    names = {"sentence": ["intercept", *SENTENCE_FEATURES], "answer": ["intercept", *ANSWER_FEATURES]}
    stored = json.loads(SCORER_WEIGHTS.read_text())
    stored = {"features": stored["features"] | names, "weights": stored["weights"] | rounded}
    SCORER_WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")
    return 0


def report(dev: list[Row], sentence: list[float], answer: list[float]) -> None:
    """Print what the weights reach on titles kept apart."""
    own = [row for row in dev if row.answerable]
    for k in (1, 3):
        found = [
            (row.right[np.argsort(-odds(row.features, sentence), kind="stable")[:k]] == 1).any()
            for row in own
        ]
        print(f"right sentence among the first {k}: {np.mean(found):.3f} of {len(own)}")
    chance = 1 / (1 + np.exp(-odds(np.array([answer_row(row, sentence) for row in dev]), answer)))
    answerable = np.array([row.answerable for row in dev])
    adversarial = np.array([row.adversarial for row in dev])
    for name, kept in (
        ("passage taken out", ~adversarial),
        ("SQuAD2 unanswerable", answerable | adversarial),
    ):
        print(f"answerable or not, {name}: AUC {roc_auc_score(answerable[kept], chance[kept]):.3f}")
    for threshold in (0.1, 0.2, 0.3, 0.5):
        print(
            f"at {threshold}: answers kept {np.mean(chance[answerable] >= threshold):.3f}, refused when taken out "
            f"{np.mean(chance[~answerable & ~adversarial] < threshold):.3f}, "
            f"SQuAD2 unanswerable {np.mean(chance[adversarial] < threshold):.3f}"
        )


if __name__ == "__main__":
    sys.exit(main())
