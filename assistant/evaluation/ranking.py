"""How well a ranking puts forward what was looked for."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from assistant.evaluation.matching import answers_question


def distinct(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids in order of first appearance: a ranking of passages as a ranking of articles."""
    return tuple(dict.fromkeys(ids))


def recall_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant ids among the first k (trec_eval's ``recall``)."""
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 / rank of the first relevant id, or 0 (Voorhees 1999, TREC-8; trec_eval's ``recip_rank``)."""
    return next((1 / rank for rank, found in enumerate(ranking, start=1) if found in relevant), 0.0)


def average_precision(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Return the mean, over all relevant ids, of the precision at their rank (trec_eval's ``map``)."""
    total, seen = 0.0, 0
    for rank, found in enumerate(ranking, start=1):
        if found in relevant:
            seen += 1
            total += seen / rank
    return total / len(set(relevant))


def ndcg_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first k, with gains of 0 and 1.

    Source: Järvelin and Kekäläinen 2002 (ACM TOIS 20:4), discounted by log2(rank + 1) as in
    trec_eval's ``ndcg_cut``.
    """
    gains = (1 / math.log2(rank + 1) for rank, found in enumerate(ranking[:k], start=1) if found in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))
    return sum(gains) / ideal


def answer_rank(texts: Sequence[str], answers: Sequence[str], all_of: Sequence[str] = ()) -> int | None:
    """Return the smallest k at which the first k texts together hold the answer, or None.

    One of ``answers`` must stand in one of the texts, and each of ``all_of`` in any of them.
    Source: top-k accuracy of passage retrieval (Karpukhin et al. 2020, arXiv 2004.04906).
    """
    ranks = [_first_rank(texts, (answer,)) for answer in all_of]
    if answers:
        ranks.append(_first_rank(texts, answers))
    known = [rank for rank in ranks if rank is not None]
    return max(known) if known and len(known) == len(ranks) else None


def _first_rank(texts: Sequence[str], answers: Sequence[str]) -> int | None:
    return next((rank for rank, text in enumerate(texts, start=1) if answers_question(text, answers)), None)
