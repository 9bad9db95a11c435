"""Summaries, briefings and identities: sentences of several articles, without repetition, in order of time.

The first sentence of each article about the topic is told first: a lead is what its writer would keep. The others
are chosen by ``marginal_relevance``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answers.abstain import within_corpus
from assistant.answers.draft import Corpus, Draft, reading
from assistant.answers.main_articles import main_articles
from assistant.answers.marginal_relevance import PER_ARTICLE, Rated, choose, rate
from assistant.answers.on_topic import (
    TOLD_IN_PART,
    TOLD_TOGETHER,
    around,
    coverage,
    share_held,
    tells_of_topic,
    told_at_once,
    weights_of,
)
from assistant.answers.quoting import judged, quoted
from assistant.answers.reporting import leans, reports
from assistant.evidence.announced import announcing_run
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.short_answers import logit
from assistant.evidence.thresholds import among_few, answer_threshold
from assistant.question.asked_period import REPORTED_WITHIN
from assistant.question.question_type import Profile
from assistant.text.dates import YEAR_WRITTEN
from assistant.text.sentences import split_sentences
from assistant.text.tense import intended
from assistant.text.tokens import content_words, stem, stems, stems_of
from assistant.types import Article, Filters, Plan

SUMMARY_SENTENCES = 7
IDENTITY_SENTENCES = 4
MOST_SENTENCES = 8
SUMMARY_WORDS = 170
SUMMARY_PASSAGES = 30
"""Passages that are searched for a summary."""
POOL = 32
"""Sentences that are compared with one another."""
PER_LEAD = 8
"""First sentences of each of them that may be quoted."""
SUMMARY_COVERAGE = 0.5
"""Least share of the question, by weight of its words, in a sentence, its title and what stands before it."""
LIKELY_TOPIC = 0.4
"""The confidence, as in a large corpus, from which a topic is told of whose words stand in one place."""
SURE_TOPIC = 0.8
"""The same where only some of its words do.

Of 21 events that never were ("the Denver hotel fire") one is told of by these, of 27 in the articles all.
"""
OF_LEAD = 0.3
"""Least share of a topic, by weight of its words, in the first sentence of an article that is told for it."""
FEWEST_LEFT = 3
"""Sentences that must be left when plans are left out."""
_HEAD = re.compile(
    r"(?:.+[’']s\s+|the\s+)?(?P<head>[a-z]+)\s+of\s+(?:the\s+)?(?-i:[A-Z])|.+[’']s\s+(?P<own>[a-z]+)\s+as\b",
    re.I,
)


# confidence below which the articles do not say who or what somebody or something is: of eight names that they only
# touch ("Otto von Bismarck", a cook) four lie below, of 28 that they tell of none
LEAST_IDENTITY = 0.6


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Summarise what the articles say of the topic, or one named article; None where nothing mentions the topic."""
    article = _meant(plan, corpus)
    if article is not None:
        return _of_article(article, plan, evidence, corpus)
    base = judged(plan, evidence, corpus)
    period = plan.query.asked_period
    timeless = YEAR_WRITTEN.sub(" ", plan.topic or "")
    topic = stems(content_words(timeless)) - stems(content_words(period.words if period else ""))
    identity = plan.kind == "identity"
    untold = not base.ranked or (identity and base.confidence < LEAST_IDENTITY)
    if untold or base.unknown or (not base.dated and not within_corpus_time(plan, corpus)):
        return None
    evidence = replace(evidence, asked=_without_head(plan.topic or "", evidence.asked))
    filters = _filters_of_period(plan)
    found = base.ranked if identity else _widely_found(base.ranked, plan, filters, corpus)
    found, articles, about = _on_topic(found, topic, evidence, plan, corpus)
    likely = logit(base.confidence) - among_few(evidence.retrieval.passages)
    if (identity or likely >= logit(SURE_TOPIC)) and not articles and (named := topic & evidence.asked.names):
        topic = named  # "Ada Berg's role in Lesk": no article need say "role"
        found, articles, about = _on_topic(found or base.ranked, topic, evidence, plan, corpus)
    touched = bool(topic) and not about
    if not articles and (identity or not topic):
        return None
    if not articles or not (identity or _tells(articles, topic, evidence, likely)):
        withheld = replace(base, answered=False, short=None, statements=())
        return Draft("summary", withheld, evidence.retrieval)
    articles = articles[:1] if touched and identity else articles
    own = {article.id for article in articles}
    told = [
        one for article in articles for one in _usable_sentences(article)[: None if touched else PER_LEAD]
    ]
    if identity or touched:
        found = [one for one in found if tells_of_topic(one, topic, evidence.asked)] or found
        told = [one for one in told if tells_of_topic(one, topic, evidence.asked)]
    first = {one.article.id: one for one in reversed(told) if not leans(one.text)}.values()
    of_own = (one for one in found if one.article.id in own)
    pool = list({place_of(one): one for one in (*first, *of_own, *told)}.values())
    pool = (pool if identity else _standing_alone(without_old_plans(pool)))[:POOL]
    if not pool:
        return None
    most = min(plan.most_sentences or (IDENTITY_SENTENCES if identity else SUMMARY_SENTENCES), MOST_SENTENCES)
    rated = rate(pool, corpus, evidence.retrieval.vector, topic, identity=identity)
    leads = [] if identity or touched else _leads(rated, articles, weights_of(topic, evidence.asked))
    share = PER_ARTICLE if len(articles) > 2 else MOST_SENTENCES
    chosen = choose(rated, most, SUMMARY_WORDS, share, leads)
    if identity:
        chosen.sort(key=lambda one: -one.worth)
        chosen = [chosen[0], *sorted(chosen[1:], key=_time_of_sentence)]
    else:
        chosen.sort(key=_time_of_sentence)
    statements = quoted([one.sentence for one in chosen], run=_run_of(plan))
    made = reading(statements=statements, confidence=max(base.confidence, answer_threshold(corpus.settings)))
    return Draft(plan.kind, made, evidence.retrieval)


def _filters_of_period(plan: Plan) -> Filters:
    """Return the question's filters, narrowed to what is published in the period asked about or soon after."""
    filters, asked = plan.query.filters, plan.query.asked_period
    if asked is None or asked.period.yearless or asked.period.end > datetime.date.max - REPORTED_WITHIN:
        return filters
    after = max(filters.after or asked.period.start, asked.period.start)
    until = asked.period.end + REPORTED_WITHIN
    return replace(filters, after=after, before=min(filters.before or until, until))


def _without_head(topic: str, asked: Profile) -> Profile:
    """Halve the weight of a noun that a name follows with "of": many words tell "the fate of the SS Lund"."""
    head = _HEAD.match(topic)
    if head is None:
        return asked
    word = stem(head["head"] or head["own"])
    return replace(asked, weights={one: w / 2 if one == word else w for one, w in asked.weights.items()})


def _widely_found(
    ranked: Sequence[ScoredSentence], plan: Plan, filters: Filters, corpus: Corpus
) -> Sequence[ScoredSentence]:
    """Search again for more passages than a reader is given: by words and vectors, as a topic is no question."""
    query = replace(plan.query, filters=filters)
    wide = replace(corpus, reader=None, judge=None).evidence(query, SUMMARY_PASSAGES).ranked
    own = [one for one in ranked if one.fit in {"stated", "nearby"} or _is_within(one.article, filters)]
    return list({place_of(one): one for one in (*own, *wide)}.values())


def _is_within(article: Article, filters: Filters) -> bool:
    day = article.published
    return day is None or (filters.after or day) <= day <= (filters.before or day)


def _on_topic(
    ranked: Sequence[ScoredSentence], topic: set[str], evidence: Evidence, plan: Plan, corpus: Corpus
) -> tuple[list[ScoredSentence], list[Article], bool]:
    """Find the sentences that take up the topic, the articles to summarise, and whether these are about it."""
    found = [one for one in ranked if reports(one.text) and _takes_up_topic(one, topic, evidence)]
    held = {one.article.id: one.article for one in found}.values()
    articles, about = main_articles(held, topic, evidence.asked, corpus.index, _filters_of_period(plan))
    return found, articles, about


def _standing_alone(pool: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Leave out the sentences that lean on others, where enough stand alone."""
    kept = [one for one in pool if not leans(one.text)]
    return kept if len(kept) >= SUMMARY_SENTENCES else list(pool)


def _tells(articles: Sequence[Article], topic: set[str], evidence: Evidence, likely: float) -> bool:
    """Return True where one of the articles tells of the whole topic in one place, and not of each word in another.

    The less of it stands together, the surer (``likely``, in log odds) must be that the topic is told of.
    """
    weights = weights_of(topic, evidence.asked)
    for own, titled in (told_at_once(one, weights) for one in articles):
        least = LIKELY_TOPIC if titled >= TOLD_TOGETHER else SURE_TOPIC
        if own >= TOLD_IN_PART and likely >= logit(least):
            return True
    return False


def without_old_plans(pool: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Leave out what older articles tell as a plan where newer ones report: they tell what came of it."""
    newest = max((one.article.published or datetime.date.min for one in pool), default=datetime.date.min)
    kept = [one for one in pool if (one.article.published or newest) == newest or not intended(one.text)]
    return kept if len(kept) >= FEWEST_LEFT else list(pool)


def _usable_sentences(article: Article) -> list[ScoredSentence]:
    return [
        ScoredSentence(article, one.start, one.end, article.text[one.start : one.end], ())
        for one in split_sentences(article.text)
        if not one.heads and reports(article.text[one.start : one.end])
    ]


def within_corpus_time(plan: Plan, corpus: Corpus) -> bool:
    """Return True where the period asked about, if any, is one that the articles reach."""
    found = within_corpus(plan.query, reading(answered=True), corpus.index.counts())
    return found.answered or plan.query.asked_period is None


def _leads(rated: Sequence[Rated], articles: Sequence[Article], weights: Mapping[str, float]) -> list[Rated]:
    """Return the first sentence of each article that takes up the topic: the lead is its best summary."""
    first: dict[str, Rated] = {}
    for one in sorted(rated, key=lambda one: one.sentence.start):
        text = one.sentence.text
        if not leans(text) and share_held(weights, stems_of(text)) >= OF_LEAD:
            first.setdefault(one.sentence.article.id, one)
    return [first[one.id] for one in articles if one.id in first]


def _time_of_sentence(one: Rated) -> tuple[datetime.date, str, int]:
    return one.sentence.article.published or datetime.date.min, one.sentence.article.id, one.sentence.start


def _takes_up_topic(one: ScoredSentence, topic: set[str], evidence: Evidence) -> bool:
    """Return True when a sentence, with its title and what stands before it, takes up the topic."""
    told = around(one)
    return bool(topic and topic <= stems_of(told)) or coverage(evidence.matches, told) >= SUMMARY_COVERAGE


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
    titled = [(len(words & stems_of(one.title or "")), one.id) for one in live]
    share, best = max(titled, default=(0, ""))
    if words and 2 * share > len(words):
        return corpus.index.article(best)
    return None
