"""Questions on which the weights of what is read are fitted: what the reader finds for each, and what is right."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from assistant.evaluation.matching import contains_answer
from assistant.evidence.features import Matches
from assistant.evidence.gather import of_period_first
from assistant.evidence.sentences import ScoredSentence, describe_sentences, passage_context, scored
from assistant.evidence.windows import ReadSentence, read_sentences
from assistant.index import Index
from assistant.models.embedder import Embedder
from assistant.models.reader import Reader
from assistant.question.question_type import Profile, profile, put_as_question
from assistant.question.understand import understand
from assistant.retrieval.search import Retrieval, retrieve
from assistant.settings import Settings
from assistant.types import Article, Filters, Hit, Query
from training.reader_data import SEED, natural, squad
from training.wikipedia_questions import load

TAKEN_OUT, ADVERSARIAL, OWN = "taken out", "adversarial", "own"


@dataclass
class Row:
    """A question's hits and sentences as ranked without reading, what was read in them, and which are right."""

    query: Query
    profile: Profile
    hits: tuple[Hit, ...]
    right_hits: set[int]
    ranked: list[ScoredSentence]
    found: dict[tuple[str, int], ReadSentence]
    right: set[tuple[str, int]]
    answers: list[str]
    kind: str
    source: str
    half: int


def rows(
    query: Query,
    answers: list[str],
    right: set[tuple[str, int]] | None,
    index: Index,
    embedder: Embedder,
    reader: Reader,
    settings: Settings,
    source: str,
    own_articles: set[str] | None = None,
) -> Iterator[Row]:
    """Read what is retrieved for a question: as it is, and with what answers it taken out."""
    found = retrieve(query, index, embedder, settings, k=settings.reread + 6)
    text = query.asked_period.topic if query.asked_period else query.text
    asked = profile(text, found.counts, found.passages, typed=query.original)
    half = random.Random(query.original).randrange(2)

    def told(retrieval: Retrieval, kind: str) -> Row:
        texts = [passage_context(hit) for hit in retrieval.hits]
        matches = Matches(asked, texts, embedder.embed_words)
        ranked = scored(describe_sentences(matches, retrieval))
        leading = of_period_first(query, ranked, retrieval.hits)
        read = read_sentences(put_as_question(text), leading, reader)
        answering = {
            (one.article.id, one.start)
            for one in ranked
            if (right is None and any(contains_answer(one.text, answer) for answer in answers))
            or (
                right is not None
                and any(one.article.id == a and one.start <= at < one.end for a, at in right)
            )
        }
        good = {
            number
            for number, hit in enumerate(retrieval.hits)
            if any(contains_answer(hit.passage.text, answer) for answer in answers)
            and (right is None or any(hit.article.id == article for article, _ in right))
        }
        return Row(query, asked, retrieval.hits, good, ranked, read, answering, answers, kind, source, half)

    own = told(_kept(found, range(len(found.hits)), settings.reread), OWN if answers else ADVERSARIAL)
    if not answers:
        yield own
        return
    if own.right:
        yield own
    without = [
        i
        for i, hit in enumerate(found.hits)
        if not any(contains_answer(hit.passage.text, answer) for answer in answers)
        and (own_articles is None or hit.article.id not in own_articles)
    ]
    if without:
        yield told(_kept(found, without, settings.reread), TAKEN_OUT)


def _kept(found: Retrieval, numbers: Sequence[int], most: int) -> Retrieval:
    chosen = list(numbers)[:most]
    return replace(
        found, hits=tuple(found.hits[i] for i in chosen), cosines=tuple(found.cosines[i] for i in chosen)
    )


def wikipedia(data: Path, work: Path, most: int, embedder: Embedder, reader: Reader) -> list[Row]:
    """Read for questions of the titles kept apart, among all Wikipedia passages."""
    articles, questions = load(data)
    chance = random.Random(SEED)
    apart = {
        one.question.rstrip("?") for one in squad(data, chance)[1] + natural(data, chance)[1] if one.spans
    }
    absent = {one.question for one in squad(data, random.Random(SEED))[1] if not one.spans}
    settings = Settings(index=work / "wikipedia")
    found: list[Row] = []
    with Index.open(settings, create=True) as index:
        known = {one.id for one in index.articles()}
        missing: list[Article] = [one for one in articles.values() if one.id not in known]
        if missing:
            index.add_articles(missing, embedder)
        kept = [
            one for one in questions if (one.text.rstrip("?") in apart and one.spans) or one.text in absent
        ]
        random.Random(SEED).shuffle(kept)
        for one in tqdm(kept[:most], desc="Wikipedia"):
            answers = [articles[one.article].text[a:b] for a, b in one.spans]
            right = {(one.article, a) for a, _ in one.spans}
            query = understand(one.text, settings)
            found += rows(
                query, answers, right, index, embedder, reader, settings, "Wikipedia", {one.article}
            )
    return found


def news(data: Path, where: Path, most: int, embedder: Embedder, reader: Reader) -> list[Row]:
    """Read for the RealTimeQA questions of the second half of 2024."""
    found: list[Row] = []
    settings = Settings(index=where)
    with Index.open(settings) as index:
        known = {one.id for one in index.articles()}
        lines = (data / "realtimeqa" / "dev-questions.jsonl").read_text(encoding="utf-8").splitlines()
        for line in tqdm(lines[:most], desc="News"):
            row = json.loads(line)
            if known.intersection(row["contains_answer"]):
                query = understand(
                    row["question"],
                    settings,
                    filters=Filters(asked=datetime.date.fromisoformat(row["asked"])),
                )
                found += rows(query, row["answers"], None, index, embedder, reader, settings, "news")
    return found
