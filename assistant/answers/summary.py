"""Summaries, briefings and identities: sentences of several articles, without repetition, in order of time.

Sentences are chosen by maximal marginal relevance (Carbonell and Goldstein 1998): likeness to the question,
centrality among what was found (as in LexRank; Erkan and Radev 2004), the lead of an article, and a newer article
count for one; likeness to what was chosen counts against it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answers.abstain import within_corpus
from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.on_topic import held_in_lead, holding_names, is_about, on_topic, tells_of_topic
from assistant.answers.quoting import LEAD, around, coverage, judged, leans, quoted, words_in
from assistant.evidence.announced import announcing_run
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.thresholds import answer_threshold
from assistant.text.corrections import is_editors_note, states_correction
from assistant.text.sentences import split_sentences
from assistant.text.tense import intended
from assistant.text.tokens import content_words, stems
from assistant.types import Article, Plan

SUMMARY_SENTENCES = 7
IDENTITY_SENTENCES = 4
MOST_SENTENCES = 8
SUMMARY_WORDS = 170
POOL = 32
"""Sentences that are compared with one another."""
PER_ARTICLE = 3
"""Sentences of one article, where several report on the topic."""
NOVELTY = 0.6
"""Weight of likeness to what was chosen."""
MAIN_ARTICLES = 4
"""Articles that are summarised together."""
SHARE_OF_MOST = 0.75
"""Of the words of a topic that the title and lead of the best article hold, the share that others must hold."""
PER_LEAD = 8
"""First sentences of each of them that may be quoted."""
LEAD_WORTH, NEW_WORTH, CENTRAL_WORTH = 0.12, 0.08, 0.5
SUMMARY_COVERAGE = 0.5
"""Least share of the question, by weight of its words, in a sentence, its title and what stands before it."""
FEWEST_LEFT = 3
"""Sentences that must be left when plans are left out."""
SHORTEST, LONGEST = 5, 60
_DEFINES = re.compile(
    r"\b(?:is|was|are|were)\s+(?:an?|the|one|among)\b|,\s+(?:an?|the)\s+\w+|\bknown as\b|\bfounded\b|\bwho\b",
    re.I,
)
_ENDS = re.compile(r"[.!…][”\"’')\]]*$")
_POINTS = re.compile(r"here\b", re.I)
"""What points to other words, and says nothing: "Here's what to know"."""


# confidence below which the articles do not say who or what somebody or something is: of eight names that they only
# touch ("Otto von Bismarck", a cook) four lie below, of 28 that they tell of none
LEAST_IDENTITY = 0.6


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence with its vector and its worth, likeness to chosen ones not yet subtracted."""

    sentence: ScoredSentence
    vector: NDArray[np.float32]
    worth: float


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Summarise what the articles say of the topic, or one named article; None where nothing mentions the topic."""
    article = _meant(plan, corpus)
    if article is not None:
        return _of_article(article, plan, evidence, corpus)
    base = judged(plan, evidence, corpus)
    period = plan.query.asked_period
    topic = stems(content_words(plan.topic or "")) - stems(content_words(period.words if period else ""))
    if base.unknown or not base.ranked or (not base.dated and not within_corpus_time(plan, corpus)):
        return None
    identity = plan.kind == "identity"
    if identity and base.confidence < LEAST_IDENTITY:
        return None
    found, articles = _on_topic(base.ranked, topic, evidence)
    touched = bool(topic) and not any(is_about(article, topic) for article in articles)
    if not articles and (named := topic & evidence.asked.names):
        topic = named  # "Ada Berg's role in Lesk": no article need say "role"
        found, articles = _on_topic(base.ranked, topic, evidence)
    if not articles:
        return None
    articles = articles[:1] if touched and identity else articles
    own = {article.id for article in articles}
    told = [
        one for article in articles for one in _usable_sentences(article)[: None if touched else PER_LEAD]
    ]
    if identity or touched:
        found = [one for one in found if tells_of_topic(one, topic, evidence.asked)] or found
        told = [one for one in told if tells_of_topic(one, topic, evidence.asked)]
    pool = list(
        {place_of(one): one for one in (*(one for one in found if one.article.id in own), *told)}.values()
    )
    pool = (pool if identity else without_old_plans(pool))[:POOL]
    most = min(plan.most_sentences or (IDENTITY_SENTENCES if identity else SUMMARY_SENTENCES), MOST_SENTENCES)
    rated = rate(pool, corpus, evidence.retrieval.vector, topic, identity=identity)
    chosen = choose(rated, most, SUMMARY_WORDS, PER_ARTICLE if len(articles) > 2 else MOST_SENTENCES)
    if identity:
        chosen.sort(key=lambda one: -one.worth)
        chosen = [chosen[0], *sorted(chosen[1:], key=_time_of_sentence)]
    else:
        chosen.sort(key=_time_of_sentence)
    statements = quoted([one.sentence for one in chosen], run=_run_of(plan))
    made = reading(statements=statements, confidence=max(base.confidence, answer_threshold(corpus.settings)))
    return Draft(plan.kind, made, evidence.retrieval)


def _on_topic(
    ranked: Sequence[ScoredSentence], topic: set[str], evidence: Evidence
) -> tuple[list[ScoredSentence], list[Article]]:
    """Find the sentences that take up the topic, and the articles that are summarised for them."""
    found = [one for one in ranked if _fits_summary(one.text) and _takes_up_topic(one, topic, evidence)]
    return found, _main_articles(found, topic, evidence)


def _main_articles(found: Sequence[ScoredSentence], topic: set[str], evidence: Evidence) -> list[Article]:
    """Return the articles that are about the topic, or else the first that are on it."""
    found_in = {one.article.id: one.article for one in found}.values()
    articles = holding_names(on_topic(found_in, topic, evidence.asked), evidence.asked.text)
    most = max((held_in_lead(one, topic) for one in articles), default=0.0)
    main = [
        one for one in articles if is_about(one, topic) and held_in_lead(one, topic) >= SHARE_OF_MOST * most
    ]
    return with_newest(main or articles, MAIN_ARTICLES)


def with_newest(articles: Sequence[Article], most: int) -> list[Article]:
    """Keep the first articles, the last of them given up for the newest of all: how a matter ended is told late."""
    first, rest = list(articles[: most - 1]), articles[most - 1 :]
    return [*first, max(rest, key=lambda one: one.published or datetime.date.min)] if rest else first


def without_old_plans(pool: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Leave out what older articles tell as a plan where newer ones report: they tell what came of it."""
    newest = max((one.article.published or datetime.date.min for one in pool), default=datetime.date.min)
    kept = [one for one in pool if (one.article.published or newest) == newest or not intended(one.text)]
    return kept if len(kept) >= FEWEST_LEFT else list(pool)


def _usable_sentences(article: Article) -> list[ScoredSentence]:
    return [
        ScoredSentence(article, one.start, one.end, article.text[one.start : one.end], ())
        for one in split_sentences(article.text)
        if not one.heads and _fits_summary(article.text[one.start : one.end])
    ]


def within_corpus_time(plan: Plan, corpus: Corpus) -> bool:
    """Return True where the period asked about, if any, is one that the articles reach."""
    found = within_corpus(plan.query, reading(answered=True), corpus.index.counts())
    return found.answered or plan.query.asked_period is None


def rate(
    pool: Sequence[ScoredSentence],
    corpus: Corpus,
    question: NDArray[np.float32],
    topic: set[str],
    *,
    identity: bool,
) -> list[Rated]:
    """Rate sentences by likeness to the question, centrality, lead and age."""
    vectors = corpus.embedder.embed_passages([one.text for one in pool])
    relevant = vectors @ question
    central = (vectors @ vectors.T).mean(axis=1)
    days = [(one.article.published or datetime.date.min).toordinal() for one in pool]
    newest = {day: place for place, day in enumerate(sorted(set(days)))}
    rated = []
    for at, one in enumerate(pool):
        worth = float(relevant[at]) + CENTRAL_WORTH * float(central[at])
        worth += LEAD_WORTH if one.start < LEAD else 0.0
        worth += 2 * LEAD_WORTH if not one.article.text[: one.start].count(". ") else 0.0
        worth += NEW_WORTH * newest[days[at]] / max(1, len(newest) - 1)
        worth -= LEAD_WORTH if leans(one.text) else 0.0
        if topic:
            worth += LEAD_WORTH * len(topic & words_in(one.text)) / len(topic)
        if (
            identity
            and _DEFINES.search(one.text)
            and topic <= words_in(one.text[: one.text.find(",") + 1] or one.text)
        ):
            worth += 2 * LEAD_WORTH
        rated.append(Rated(one, vectors[at], worth))
    return rated


def choose(rated: Sequence[Rated], most: int, most_words: int, per_article: int = PER_ARTICLE) -> list[Rated]:
    """Take the worthiest sentence repeatedly; likeness to those taken counts against it."""
    chosen: list[Rated] = []
    words = 0
    left = list(rated)
    while left and len(chosen) < most:
        best = max(
            left,
            key=lambda one: (
                one.worth - NOVELTY * max((float(one.vector @ other.vector) for other in chosen), default=0.0)
            ),
        )
        left.remove(best)
        length = len(best.sentence.text.split())
        of_article = sum(other.sentence.article.id == best.sentence.article.id for other in chosen)
        if (chosen and words + length > most_words) or of_article >= per_article:
            continue
        chosen.append(best)
        words += length
    return chosen


def _time_of_sentence(one: Rated) -> tuple[datetime.date, str, int]:
    return one.sentence.article.published or datetime.date.min, one.sentence.article.id, one.sentence.start


def _fits_summary(text: str) -> bool:
    fits = SHORTEST <= len(text.split()) <= LONGEST and _ENDS.search(text) and not _POINTS.match(text)
    return bool(fits) and not states_correction(text) and not is_editors_note(text)


def _takes_up_topic(one: ScoredSentence, topic: set[str], evidence: Evidence) -> bool:
    """Return True when a sentence, with its title and what stands before it, takes up the topic."""
    told = around(one)
    return bool(topic and topic <= words_in(told)) or coverage(evidence.matches, told) >= SUMMARY_COVERAGE


def _of_article(article: Article, plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft:
    """Summarise one article: its lead, and the sentences that are central in it, in their order."""
    sentences = _usable_sentences(article)[:POOL]
    if not sentences:
        sentences = [ScoredSentence(article, 0, len(article.text), article.text, ())]
    vector = corpus.embedder.embed_question(article.title or sentences[0].text)
    rated = rate(sentences, corpus, vector, set(), identity=False)
    rated = [replace(rated[0], worth=rated[0].worth + 1.0), *rated[1:]]
    chosen = choose(
        rated,
        min(plan.most_sentences or SUMMARY_SENTENCES, MOST_SENTENCES),
        SUMMARY_WORDS,
        per_article=MOST_SENTENCES,
    )
    statements = quoted(
        sorted((one.sentence for one in chosen), key=lambda one: one.start), run=_run_of(plan)
    )
    return Draft("summary", reading(statements=statements), evidence.retrieval)


def _run_of(plan: Plan) -> Callable[[ScoredSentence], ScoredSentence]:
    """Let sentences bring what they announce or are announced with, but not where their number is asked for."""
    return announcing_run if plan.most_sentences is None else lambda one: one


def _meant(plan: Plan, corpus: Corpus) -> Article | None:
    """Find the article that a question names: by id, by the stem or number of its id, or by its title."""
    if plan.article is None:
        return None
    wanted = plan.article.casefold().strip(" .\"“”'")
    live = [one for one in corpus.index.articles() if not one.removed]
    for one in live:
        if wanted in {
            one.id.casefold(),
            one.id.casefold().rsplit(".", 1)[0],
            one.id.casefold().rsplit("/", 1)[-1],
        }:
            return corpus.index.article(one.id)
    if wanted.isdigit() and 0 < int(wanted) <= len(live):
        return corpus.index.article(live[int(wanted) - 1].id)
    words = stems(content_words(plan.article))
    titled = [(len(words & words_in(one.title or "")), one.id) for one in live]
    share, best = max(titled, default=(0, ""))
    if words and 2 * share > len(words):
        return corpus.index.article(best)
    return None
