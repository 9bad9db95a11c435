"""The built-in answerer: [Hit] -> statements, without a chat model.

It picks the sentences that answer, states them word for word, and cites them. A trained reader can take
the place of ``rank_sentences`` and ``short_answers``; what comes out, a ``Reading``, stays.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.datamodels import Article, Candidate, Citation, Hit, Period, Query, Side, Statement
from assistant.models import Embedder
from assistant.passages import split_sentences
from assistant.periods.event_dates import CERTAINTY, WORTH, Fit, dates_of, fit
from assistant.retrieve import Retrieval
from assistant.scoring import (
    SENTENCE_FEATURES,
    TYPED,
    Matches,
    Profile,
    answer_features,
    log_odds,
    nearness,
    profile,
    sentence_features,
    wanted_spans,
)
from assistant.settings import Settings
from assistant.words import names, stem, tokens

EMBEDDED_SENTENCES = 6
COSINE = SENTENCE_FEATURES.index("sentence_cosine")
CONTEXT_NAMES = SENTENCE_FEATURES.index("context_name_coverage")
SHORT_SENTENCES = 6
LEANING = re.compile(r"^[“\"‘'(]?(?:He|She|It|They|This|These|That|Those|His|Her|Their|Its)\b")
ENUMERATION = re.compile(
    r"(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4}, ){1,}(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4},? (?:and|or) )"
    r"[A-Z\d][\w’'‘()-]*(?: [A-Z][\w’'‘()-]*){0,4}"
)
SAME_SENTENCE = 0.6
PREPOSITION = re.compile(r"^(?:in|on|since|by|during|of|from|until|after|before)\s+", re.I)
# what "last week" is worth as the answer to "when", compared with a date
RELATIVE = 0.5
# words addressed to whoever reads the articles by machine; never a statement
COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|directions)\b", re.I
)


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a retrieved passage: ``article.text[start:end] == text``; ``score`` is log odds.

    ``fit`` says how its dates go with the period asked about; None when there is none.
    """

    article: Article
    start: int
    end: int
    text: str
    features: tuple[float, ...]
    score: float = 0.0
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the passages say: statements (or, when ``answered`` is false, the nearest evidence as citations).

    ``asked`` and ``ranked`` are what it was read from: the question's profile and the sentences, best first.
    ``sides``, ``differ`` (whether they contradict one another), ``lead`` (a line that lists them) and ``notes``
    are filled in by ``agreement.agree``.
    ``dated`` tells whether dates in the text put the best sentence into the period asked about; ``unknown``
    lists names of the question that no article holds.
    """

    answered: bool
    confidence: float
    short: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    candidates: tuple[Candidate, ...]
    mentioned: bool
    asked: Profile | None = None
    ranked: tuple[ScoredSentence, ...] = ()
    sides: tuple[Side, ...] = ()
    differ: bool = False
    lead: str = ""
    notes: tuple[str, ...] = ()
    dated: bool = False
    unknown: tuple[str, ...] = ()


def read(query: Query, retrieval: Retrieval, embedder: Embedder, settings: Settings) -> Reading:
    """Answer a query from its hits, or withhold the answer when the best sentence is too unlikely."""
    text = query.asked_period.topic if query.asked_period else query.text
    asked = profile(text, retrieval.counts, retrieval.passages, typed=query.original)
    matches = Matches(
        asked, [passage_context(hit) for hit in retrieval.hits], embedder.embed_words, retrieval.names.same
    )
    ranked = rank_sentences(matches, retrieval, embedder)
    unknown = unknown_names(text, matches)
    if not ranked:
        return Reading(False, 0.0, None, (), (), (), mentioned=False, unknown=unknown)
    features = answer_features(asked, [one.features for one in ranked[:2]], [one.score for one in ranked[:2]])
    odds = float(log_odds("answer", [features])[0])
    if query.asked_period:
        fitting = in_period(ranked, retrieval.hits, query.asked_period.period)
        odds += CERTAINTY.get(fitting[0].fit or "open", 0.0) if fitting else -math.inf
        ranked = fitting or ranked
    confidence = _probability(odds)
    answered = confidence >= settings.answer_threshold
    groups = _choose(asked, ranked, settings.answer_words) if answered else [[one] for one in ranked[:2]]
    citations = _number(groups)
    statements = tuple(_statement(group, citations) for group in groups) if answered else ()
    cited = tuple(citations.values())
    candidates = short_answers(matches, ranked, confidence, cited)
    return Reading(
        answered=answered,
        confidence=confidence,
        short=candidates[0].text if answered and candidates else None,
        statements=statements,
        citations=cited,
        candidates=candidates,
        mentioned=bool(asked.names) and ranked[0].features[CONTEXT_NAMES] == 1.0,
        asked=asked,
        ranked=tuple(ranked),
        dated=ranked[0].fit in {"stated", "nearby"},
        unknown=unknown,
    )


def in_period(ranked: Sequence[ScoredSentence], hits: Sequence[Hit], period: Period) -> list[ScoredSentence]:
    """Leave out the sentences that are about another time than the period asked about; rank the rest anew.

    Where dates in the text put the best one into the period, those that may be of any time are left out as well.
    """
    dates = dates_of(hits)
    fits = [(one, fit(dates[one.article.id], one.start, one.end, period)) for one in ranked]
    kept = [replace(one, score=one.score + WORTH[how], fit=how) for one, how in fits if how != "contradicts"]
    kept = sorted(kept, key=lambda one: -one.score)
    if kept and kept[0].fit in {"stated", "nearby"}:
        return [one for one in kept if one.fit not in {"open", "doubtful"}]
    return kept


def unknown_names(text: str, matches: Matches) -> tuple[str, ...]:
    """List the names of a question of which no article holds a word, in any spelling."""
    rows = {word: row for row, word in enumerate(matches.words) if word in matches.asked.names}
    return tuple(
        span.text
        for span in names(text)
        if (span.start > 0 or " " in span.text)
        and (parts := [rows[stem(token.text)] for token in tokens(span.text) if stem(token.text) in rows])
        and all(matches.words[row] in matches.asked.unknown and matches.table[row].max() < 1 for row in parts)
    )


def rank_sentences(matches: Matches, retrieval: Retrieval, embedder: Embedder) -> list[ScoredSentence]:
    """Score the sentences of the hits, best first; the leading ones are compared with the question's vector."""
    found = _scored(describe_sentences(matches, retrieval))
    head = found[:EMBEDDED_SENTENCES]
    if not head:
        return []
    vectors = embedder.embed_few([one.text for one in head])
    compared = [
        replace(one, features=(*one.features[:COSINE], float(cosine), *one.features[COSINE + 1 :]))
        for one, cosine in zip(head, vectors @ retrieval.vector, strict=True)
    ]
    return _scored(compared) + found[len(head) :]


def passage_context(hit: Hit) -> str:
    """Join a hit's title and text: all that its sentences are read in."""
    return f"{hit.article.title or ''}\n{hit.passage.text}"


def describe_sentences(matches: Matches, retrieval: Retrieval) -> list[ScoredSentence]:
    """Find the sentences of the hits, each with its features; its cosine stands in for by its passage's."""
    found: dict[tuple[str, int], ScoredSentence] = {}
    for hit, cosine in zip(retrieval.hits, retrieval.cosines, strict=True):
        text, base = hit.passage.text, hit.passage.start
        parts = list(split_sentences(text))
        columns = [matches.columns(text[part.start : part.end]) for part in parts]
        title = matches.columns(hit.article.title or "")
        for number, part in enumerate(parts):
            key = (hit.article.id, base + part.start)
            if key in found or part.heads or COMMAND.search(text, part.start, part.end):
                continue
            context = list(itertools.chain(title, *columns[max(0, number - 1) : number + 2]))
            sentence = text[part.start : part.end]
            features = sentence_features(
                matches, sentence, context, passage_cosine=cosine, sentence_cosine=cosine
            )
            found[key] = ScoredSentence(
                hit.article, base + part.start, base + part.end, sentence, tuple(features)
            )
    return list(found.values())


def short_answers(
    matches: Matches, ranked: Sequence[ScoredSentence], confidence: float, cited: Sequence[Citation]
) -> tuple[Candidate, ...]:
    """Find the shortest pieces that answer, gathered over sentences, best first, with their probability."""
    asked = matches.asked
    if asked.kind not in TYPED:
        return ()
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    sources: dict[str, list[Citation]] = {}
    for one in ranked[:SHORT_SENTENCES]:
        likely = _probability(one.score)
        enumeration = ENUMERATION.search(one.text) if asked.several else None
        spans = [
            (_value(asked, span.text), sum(nearness(matches, one.text, span)))
            for span in wanted_spans(asked, one.text)
        ]
        if enumeration and spans:
            spans.append((enumeration.group(), 1.0))
        for text, near in spans:
            relative = asked.kind == "when" and not any(map(str.isdigit, text))
            key = " ".join(stem(token.text) for token in tokens(text))
            scores[key] = scores.get(key, 0.0) + likely * (0.05 + near) * (RELATIVE if relative else 1.0)
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


def _scored(found: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    if not found:
        return []
    scores = log_odds("sentence", [one.features for one in found])
    scored = [replace(one, score=float(score)) for one, score in zip(found, scores, strict=True)]
    return sorted(scored, key=lambda one: -one.score)


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
        count = len(one.text.split()) + 1  # its markers
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


def _value(asked: Profile, text: str) -> str:
    return PREPOSITION.sub("", text) if asked.kind == "when" else text


def _alike(one: str, other: str) -> bool:
    words = {stem(token.text) for token in tokens(one)}
    others = {stem(token.text) for token in tokens(other)}
    return len(words & others) >= SAME_SENTENCE * len(words | others)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
