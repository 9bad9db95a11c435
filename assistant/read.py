"""The built-in answerer: [Hit] -> statements, without a chat model.

It picks the sentences that answer, states them word for word, and cites them. A trained reader can take
the place of ``rank_sentences`` and ``short_answers``; what comes out, a ``Reading``, stays.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.datamodels import Article, Candidate, Citation, Query, Statement
from assistant.models import Embedder
from assistant.passages import split_sentences
from assistant.retrieve import Retrieval
from assistant.scoring import (
    TYPED,
    Profile,
    answer_features,
    log_odds,
    nearness,
    profile,
    sentence_features,
    wanted_spans,
)
from assistant.settings import Settings
from assistant.words import stem, tokens

EMBEDDED_SENTENCES = 8
SHORT_SENTENCES = 6
LEANING = re.compile(r"^[“\"‘'(]?(?:He|She|It|They|This|These|That|Those|His|Her|Their|Its)\b")
ENUMERATION = re.compile(
    r"(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4}, ){1,}(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4},? (?:and|or) )"
    r"[A-Z\d][\w’'‘()-]*(?: [A-Z][\w’'‘()-]*){0,4}"
)
SAME_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a retrieved passage: ``article.text[start:end] == text``; ``score`` is log odds."""

    article: Article
    start: int
    end: int
    text: str
    context: str
    rank: int
    passage_cosine: float
    features: tuple[float, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the passages say: statements (or, when ``answered`` is false, the nearest evidence as citations)."""

    answered: bool
    confidence: float
    short: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    candidates: tuple[Candidate, ...]
    mentioned: bool


def read(query: Query, retrieval: Retrieval, embedder: Embedder, settings: Settings) -> Reading:
    """Answer a query from its hits, or withhold the answer when the best sentence is too unlikely."""
    asked = profile(query.text, retrieval.counts, retrieval.passages)
    ranked = rank_sentences(asked, retrieval, embedder)
    if not ranked:
        return Reading(False, 0.0, None, (), (), (), mentioned=False)
    features = answer_features(asked, [one.features for one in ranked[:2]], [one.score for one in ranked[:2]])
    confidence = _probability(float(log_odds("answer", [features])[0]))
    answered = confidence >= settings.answer_threshold
    groups = _choose(asked, ranked, settings.answer_words) if answered else [[one] for one in ranked[:2]]
    citations = _number(groups)
    statements = tuple(_statement(group, citations) for group in groups) if answered else ()
    cited = tuple(citations.values())
    candidates = short_answers(asked, ranked, confidence, cited)
    best = dict(zip(("context_coverage", "context_name_coverage"), ranked[0].features[1:4:2], strict=True))
    return Reading(
        answered=answered,
        confidence=confidence,
        short=candidates[0].text if answered and candidates else None,
        statements=statements,
        citations=cited,
        candidates=candidates,
        mentioned=bool(asked.names) and best["context_name_coverage"] == 1.0,
    )


def rank_sentences(asked: Profile, retrieval: Retrieval, embedder: Embedder) -> list[ScoredSentence]:
    """Score the sentences of the hits, best first; the leading ones are compared with the question's vector."""
    found = _sentences(retrieval)
    if not found:
        return []
    found = _scored(asked, found, [one.passage_cosine for one in found])
    head = found[:EMBEDDED_SENTENCES]
    vectors = embedder.embed_few([one.text for one in head])
    return _scored(asked, head, [float(value) for value in vectors @ retrieval.vector]) + found[len(head) :]


def short_answers(
    asked: Profile, ranked: Sequence[ScoredSentence], confidence: float, cited: Sequence[Citation]
) -> tuple[Candidate, ...]:
    """Find the shortest pieces that answer, gathered over sentences, best first, with their probability."""
    if asked.kind not in TYPED:
        return ()
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    sources: dict[str, list[Citation]] = {}
    for one in ranked[:SHORT_SENTENCES]:
        likely = _probability(one.score)
        enumeration = ENUMERATION.search(one.text) if asked.several else None
        spans = [(span.text, nearness(asked, one.text, span)) for span in wanted_spans(asked, one.text)]
        if enumeration and spans:
            spans.append((enumeration.group(), 1.0))
        for text, near in spans:
            key = " ".join(stem(token.text) for token in tokens(text))
            scores[key] = scores.get(key, 0.0) + likely * (0.05 + near)
            texts.setdefault(key, text)
            sources.setdefault(key, []).extend(
                citation
                for citation in cited
                if citation.article.id == one.article.id and citation.start <= one.start < citation.end
            )
    total = sum(scores.values())
    best = sorted(scores, key=lambda key: -scores[key])[:10]
    return tuple(
        Candidate(texts[key], confidence * scores[key] / total, tuple(dict.fromkeys(sources[key])))
        for key in best
    )


def _sentences(retrieval: Retrieval) -> list[ScoredSentence]:
    found: dict[tuple[str, int], ScoredSentence] = {}
    for rank, (hit, cosine) in enumerate(zip(retrieval.hits, retrieval.cosines, strict=True)):
        text, base = hit.passage.text, hit.passage.start
        parts = list(split_sentences(text))
        for number, part in enumerate(parts):
            around = parts[max(0, number - 1) : number + 2]
            context = f"{hit.article.title or ''}\n{text[around[0].start : around[-1].end]}"
            key = (hit.article.id, base + part.start)
            if key not in found and not part.heads:
                found[key] = ScoredSentence(
                    hit.article, base + part.start, base + part.end, text[part.start : part.end],
                    context, rank, cosine,
                )  # fmt: skip
    return list(found.values())


def _scored(
    asked: Profile, found: Sequence[ScoredSentence], cosines: Sequence[float]
) -> list[ScoredSentence]:
    rows = [
        sentence_features(
            asked,
            one.text,
            one.context,
            passage_cosine=one.passage_cosine,
            sentence_cosine=cosine,
            rank=one.rank,
        )
        for one, cosine in zip(found, cosines, strict=True)
    ]
    scores = log_odds("sentence", rows)
    scored = [
        replace(one, features=tuple(row), score=float(score))
        for one, row, score in zip(found, rows, scores, strict=True)
    ]
    return sorted(scored, key=lambda one: (-one.score, one.rank, one.start))


def _choose(asked: Profile, ranked: Sequence[ScoredSentence], most_words: int) -> list[list[ScoredSentence]]:
    """Choose the sentences to state; those that say the same in other articles join as further sources."""
    groups: list[list[ScoredSentence]] = []
    words = 0
    wanted = 4 if asked.kind in {"why", "other"} or asked.several else 3
    floor = ranked[0].score - 2.5
    for one in ranked:
        if one.score < floor and groups:
            break
        same = next((group for group in groups if _alike(group[0].text, one.text)), None)
        if same is not None:
            if all(one.article.id != other.article.id for other in same):
                same.append(one)
            continue
        count = len(one.text.split())
        if groups and (words + count > most_words or len(groups) == wanted):
            continue
        groups.append([one])
        words += count
    return groups


def _number(groups: Sequence[Sequence[ScoredSentence]]) -> dict[tuple[str, int], Citation]:
    numbered: dict[tuple[str, int], Citation] = {}
    for one in (one for group in groups for one in group):
        key = (one.article.id, one.start)
        if key not in numbered:
            numbered[key] = Citation(len(numbered) + 1, one.article, one.start, one.end, one.text)
    return numbered


def _statement(group: Sequence[ScoredSentence], citations: dict[tuple[str, int], Citation]) -> Statement:
    text = re.sub(r"\s+", " ", group[0].text)
    return Statement(text, tuple(citations[one.article.id, one.start] for one in group))


def _alike(one: str, other: str) -> bool:
    words = {stem(token.text) for token in tokens(one)}
    others = {stem(token.text) for token in tokens(other)}
    return len(words & others) >= SAME_SENTENCE * len(words | others)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
