"""The built-in answerer: [Hit] -> statements, without a chat model.

It picks the sentences that answer, states them word for word, and cites them. What the reader found in them
gives the short answer, if there is one; without a reader, their words and vectors do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from assistant.evidence.announced import with_announced, without_repetition
from assistant.evidence.event_dates import CERTAINTY
from assistant.evidence.features import (
    CANDIDATE_FEATURES,
    Matches,
    answer_features,
    log_odds,
)
from assistant.evidence.gather import Evidence, in_period
from assistant.evidence.judged import RatedShort, judged_answer_odds, rated, told_elsewhere
from assistant.evidence.reading import Reading
from assistant.evidence.responsibility import asks_for_acts
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.short_answers import (
    AnswerGroup,
    as_candidates,
    by_rules,
    from_spans,
    logit,
    probability,
)
from assistant.evidence.thresholds import among_few, brief, enough, may_count, sure
from assistant.evidence.unknown_names import unknown_names
from assistant.evidence.windows import CONTEXT_NAMES, NO_SPAN, ReadSentence
from assistant.question.number_asked import asks_for_several
from assistant.question.question_type import TYPED, Profile
from assistant.settings import Settings
from assistant.text.dates import YEAR_WRITTEN
from assistant.text.numbers import find_numbers, missing_numbers
from assistant.text.tokens import names, stem, stems_of, tokens
from assistant.types import Citation, Query, Statement

SAME_SENTENCE = 0.6
# the least share of the likeliest short answer's probability with which another is stated too
RIVAL_SHARE = 0.02
# log odds that an answer loses for each name of the question that no article holds
UNKNOWN_NAME = 2.0
# log odds by which an answer to a question that few words answer is at most likelier than its likeliest short one;
# set on 313 written questions over a whole corpus, read by an earlier reader: .87 of the near misses were refused
# instead of .85, and .02 more of the answerable, of which none had a right short answer
SHORT_ROOM = 3.1
# the probability of a short answer to "how many" where no number was found that may count what is asked
NO_NUMBER = 0.01
# log odds by which an answer of a period is at most likelier than that its best sentence, by itself, answers: those
# that answered questions on the demonstration articles had -5.0 or more, one that only bears the year -5.6
OF_TIME_ROOM = 4.7
# characters around a sentence in which a year of the question counts as met
AROUND_YEAR = 400
# share of the question, by weight of its words, that a further sentence takes up with the characters before it
TAKEN_UP, AROUND = 0.3, 200
# words of a further sentence: "Sign up" tells nothing
FEWEST_OF_FURTHER = 4


def read_evidence(query: Query, evidence: Evidence, settings: Settings, *, in_few_words: bool) -> Reading:
    """Answer a query from the evidence, or withhold the answer when the best sentence is too unlikely.

    ``in_few_words`` says that words of a sentence are asked for, and not whole sentences.
    """
    asked, matches, ranked, found = evidence.asked, evidence.matches, list(evidence.ranked), evidence.found
    text = query.asked_period.topic if query.asked_period else query.text
    unknown = (*unknown_names(text, matches, ranked), *evidence.apart())
    if not ranked:
        return Reading(False, 0.0, None, (), (), (), mentioned=False, unknown=unknown)
    short_answers = from_spans(asked, ranked, found)
    supported = evidence.supported
    judges = judged_first(ranked, found)
    odds = judged_answer_odds(ranked, found) if judges else answer_odds(asked, ranked, found, short_answers)
    if query.asked_period:
        timely = in_period(ranked, evidence.retrieval.hits, query.asked_period.period)
        if timely and judges and place_of(timely[0]) in found:
            of_time = found[place_of(timely[0])].answering
            by_itself = math.inf if of_time is None else of_time + OF_TIME_ROOM
            odds = min(odds, judged_answer_odds(timely, found), by_itself)
        odds += CERTAINTY.get(timely[0].fit or "open", 0.0) if timely else -math.inf
        ranked = timely or ranked
        short_answers = from_spans(asked, ranked, found) or short_answers
    best = rated(ranked, found, short_answers, supported)
    if judges:
        if best and in_few_words and not query.asked_period:
            odds = max(odds, told_elsewhere(best[0].answer, ranked, found))
        odds += among_few(evidence.retrieval.passages)
        odds -= UNKNOWN_NAME * (len(unknown) + len(years_unmet(text, ranked[0])))
        if best and not asks_for_acts(text) and (asked.kind in TYPED or in_few_words):
            odds = min(odds, logit(_likeliest(best, asked)) + SHORT_ROOM)
    confidence = round(probability(odds), 4)
    answered = confidence >= enough(settings, in_few_words=in_few_words)
    if best:
        short_answers = [
            *(one.answer for one in best),
            *(one for one in short_answers if one.text not in supported),
        ]
    groups = (
        _with_announced(_choose(asked, _taking_up(matches, ranked), short_answers, settings.answer_words))
        if answered
        else [[one] for one in ranked[:2]]
    )
    if answered and best and (asked.now or sure(best, asked, settings)):
        groups = _leading(groups, best[0].answer)
    citations = _numbered_citations(groups)
    statements = tuple(_statement_of_group(group, citations) for group in groups) if answered else ()
    cited = tuple(citations.values())
    if found:
        candidates = as_candidates(short_answers, confidence, cited, [one.probability for one in best])
    else:
        candidates = by_rules(matches, ranked, confidence, cited)
    shown = answered and (sure(best, asked, settings) if best else brief(asked, candidates, confidence))
    return Reading(
        answered=answered,
        confidence=confidence,
        short=candidates[0].text if shown and candidates[0].citations else None,
        statements=statements,
        citations=cited,
        candidates=candidates,
        mentioned=bool(asked.names) and ranked[0].features[CONTEXT_NAMES] == 1.0,
        asked=asked,
        ranked=tuple(ranked),
        dated=ranked[0].fit in {"stated", "nearby"},
        unknown=unknown,
    )


def _likeliest(best: Sequence[RatedShort], asked: Profile) -> float:
    """Return the probability of the likeliest short answer that is of the kind asked for."""
    fitting = [one.probability for one in best if asked.kind != "how_many" or may_count(one.answer, asked)]
    return max(fitting, default=NO_NUMBER)


def answer_odds(
    asked: Profile,
    ranked: Sequence[ScoredSentence],
    found: Mapping[tuple[str, int], ReadSentence],
    answers: Sequence[AnswerGroup],
) -> float:
    """Return the log odds that the articles answer, from the best sentences and the short answers found."""
    if (ranked[0].article.id, ranked[0].start) in found:
        return float(log_odds("read_answer", [read_answer_features(asked, ranked, found, answers)])[0])
    return float(log_odds("answer", [_described(asked, ranked)])[0])


def read_answer_features(
    asked: Profile,
    ranked: Sequence[ScoredSentence],
    found: Mapping[tuple[str, int], ReadSentence],
    answers: Sequence[AnswerGroup],
) -> list[float]:
    """Describe the best sentence, what was read in it, and the first short answer, as ``READ_ANSWER_FEATURES``."""
    best = found[ranked[0].article.id, ranked[0].start]
    articles = answers[0].features[CANDIDATE_FEATURES.index("articles")] if answers else 0.0
    return [*_described(asked, ranked), best.answers, math.log(best.chance + NO_SPAN), articles]


def _described(asked: Profile, ranked: Sequence[ScoredSentence]) -> list[float]:
    return answer_features(asked, [one.features for one in ranked[:2]], [one.score for one in ranked[:2]])


def judged_first(ranked: Sequence[ScoredSentence], found: Mapping[tuple[str, int], ReadSentence]) -> bool:
    """Return True when a judging reader read the best sentence."""
    read = found.get((ranked[0].article.id, ranked[0].start))
    return read is not None and read.answering is not None


def years_unmet(question: str, sentence: ScoredSentence) -> list[str]:
    """List the years of a question ("the 2024 election") that neither a sentence nor its article is of.

    An article is of the year it was published in, and, where it names no year here, of those beside it. A sentence
    with years of its own is of those, and any other of the years around it. Over a whole corpus the best sentence
    was of another year for 11 of 253 questions with a year, and wrong for nine of them.
    """
    article, start, end = sentence.article, sentence.start, sentence.end
    own = YEAR_WRITTEN.findall(sentence.text)
    around = f"{article.title or ''} {article.text[max(0, start - AROUND_YEAR) : end + AROUND_YEAR]}"
    beside = 0 if YEAR_WRITTEN.search(around) else 1
    published = article.published.year if article.published else None
    return [
        year
        for year in dict.fromkeys(YEAR_WRITTEN.findall(question))
        if year not in (own or around) and (published is None or abs(published - int(year)) > beside)
    ]


def _choose(
    asked: Profile, ranked: Sequence[ScoredSentence], answers: Sequence[AnswerGroup], most_words: int
) -> list[list[ScoredSentence]]:
    """Choose the sentences to state; sentences of other articles that say the same become further sources.

    After the best come those that give the likeliest short answers, each from an article of its own. A sentence
    in the same words with another figure, or another short answer, is stated by itself.
    """
    groups: list[list[ScoredSentence]] = []
    words = 0
    rivals = _rivals(ranked, answers)
    wanted = 4 if asked.kind in {"why", "other"} or asks_for_several(asked.text) or len(rivals) > 1 else 3
    floor = ranked[0].score - 2.5
    for one in (ranked[0], *rivals, *ranked[1:]):
        if any(one is stated for group in groups for stated in group):
            continue
        if one.score < floor and one not in rivals:
            break
        if groups and one not in rivals and len(one.text.split()) < FEWEST_OF_FURTHER:
            continue
        same = next((group for group in groups if _share_words(group[0].text, one.text)), None)
        if same is not None and carries(one.text, same[0].text):
            if all(one.article.id != other.article.id for other in same):
                same.append(one)
            continue
        if same is not None and one not in rivals and _figures_in(one.text, same[0].text):
            continue
        count = len(one.text.split()) + 1  # its markers
        if groups and (words + count > most_words or len(groups) == wanted):
            continue
        groups.append([one])
        words += count
    return groups


def _leading(groups: list[list[ScoredSentence]], answer: AnswerGroup) -> list[list[ScoredSentence]]:
    """Put the first group that gives a short answer before the others."""
    places = {(article, start) for article, start, _ in answer.places}
    return sorted(groups, key=lambda group: not any(place_of(one) in places for one in group[:1]))


def _with_announced(groups: Sequence[Sequence[ScoredSentence]]) -> list[list[ScoredSentence]]:
    """Let sentences that announce bring what they announce; a sentence within another's run is left out."""
    runs = [[with_announced(one) for one in group] for group in groups]
    kept = without_repetition(group[0] for group in runs)
    return [group for group in runs if any(group[0] is one for one in kept)]


def _taking_up(matches: Matches, ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Keep the best sentence, and those that with title and what stands before take up some of the question."""

    def taken_up(one: ScoredSentence) -> float:
        around = one.article.text[max(0, one.start - AROUND) : one.end]
        found = matches.columns(f"{one.article.title or ''} {around}")
        return float(matches.table[:, found].max(axis=1) @ matches.weights) if matches.words else 1.0

    return [one for at, one in enumerate(ranked) if not at or taken_up(one) >= TAKEN_UP]


def _rivals(ranked: Sequence[ScoredSentence], answers: Sequence[AnswerGroup]) -> list[ScoredSentence]:
    """Find the best sentence for each likely short answer, each in an article not yet used."""
    chosen: list[ScoredSentence] = []
    for answer in answers:
        if answer.share < RIVAL_SHARE * answers[0].share:
            break
        holding = [one for one in ranked if (one.article.id, one.start, one.end) in answer.places]
        articles = {one.article.id for one in chosen}
        if holding and not articles & {one.article.id for one in holding}:
            chosen.append(holding[0])
    return chosen


def _numbered_citations(groups: Sequence[Sequence[ScoredSentence]]) -> dict[tuple[str, int], Citation]:
    numbered: dict[tuple[str, int], Citation] = {}
    for one in (one for group in groups for one in group):
        key = (one.article.id, one.start)
        if key not in numbered:
            numbered[key] = Citation(len(numbered) + 1, one.article, one.start, one.end, one.text)
    return numbered


def _statement_of_group(
    group: Sequence[ScoredSentence], citations: dict[tuple[str, int], Citation]
) -> Statement:
    text = re.sub(r"\s+", " ", group[0].text)
    return Statement(text, tuple(citations[one.article.id, one.start] for one in group))


def _share_words(one: str, other: str) -> bool:
    words, others = stems_of(one), stems_of(other)
    return len(words & others) >= SAME_SENTENCE * len(words | others)


def carries(quote: str, statement: str) -> bool:
    """Return True when a sentence holds every figure and name of a statement, so that it can be cited for it."""
    named = {stem(token.text) for span in names(statement) for token in tokens(span.text)}
    return _figures_in(statement, quote) and named <= stems_of(quote)


def _figures_in(text: str, other: str) -> bool:
    return not missing_numbers(find_numbers(text), find_numbers(other))
