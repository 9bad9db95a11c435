"""The short answer: pieces of the ranked sentences, grouped over articles, each with its probability."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evidence.answer_type import RELATIVE_WORTH
from assistant.evidence.features import Matches, log_odds, nearness, wanted_spans
from assistant.evidence.figures import counts_asked, figure_with_outcome, outcome_asked
from assistant.evidence.same_answer import heads, namesakes, one_answer, stemmed
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.tolls import overtaken
from assistant.evidence.windows import ReadSentence
from assistant.question.number_asked import asks_for_several
from assistant.question.question_type import TYPED, Profile
from assistant.text.numbers import counting_numbers, number_key
from assistant.text.tokens import stem, tokens
from assistant.types import Candidate, Citation

RULE_SENTENCES = 6
MOST_ANSWERS = 10
GATHERED = 30
LEAST_ANSWER_WEIGHT = 1e-6
# weight of a figure whose sentence does not say that it counts the dead, wounded or missing asked for
UNSAID = 0.3
ENUMERATION = re.compile(
    r"(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4}, ){1,}(?:[\w’'‘()-]+(?: [\w’'‘()-]+){0,4},? (?:and|or) )"
    r"[A-Z\d][\w’'‘()-]*(?: [A-Z][\w’'‘()-]*){0,4}"
)
# what makes somebody a holder of before: "former mayor Ann Lee"
FORMER = re.compile(r"\b(?:former|ex|outgoing|late|then)\b[\s-]+(?P<part>(?:[\w’'-]+\s+){0,4})$", re.I)
PREPOSITION = re.compile(r"^(?:in|on|since|by|during|of|from|until|after|before)\s+", re.I)


@dataclass(slots=True)
class AnswerGroup:
    """One answer that several sentences give: its likeliest wording, their weight and their places.

    ``counts`` is False where it cannot answer "how many". ``share`` is its probability, given that one of the
    answers found is right; ``features`` are ``CANDIDATE_FEATURES``.
    """

    text: str
    best: float
    weight: float = 0.0
    places: list[tuple[str, int, int]] = field(default_factory=list)
    share: float = 0.0
    features: tuple[float, ...] = ()
    counts: bool = False


def from_spans(
    asked: Profile, ranked: Sequence[ScoredSentence], found: Mapping[tuple[str, int], ReadSentence]
) -> list[AnswerGroup]:
    """Group what the reader pointed at by answer, best first."""
    gathered = group_answers(asked, ranked, found)
    if not gathered:
        return []
    rows = candidate_features(asked, gathered, ranked)
    chances = [probability(float(one)) for one in log_odds("candidate", rows)]
    for one, row, chance in zip(gathered, rows, chances, strict=True):
        one.share, one.features = chance / sum(chances), tuple(row)
    return sorted(gathered, key=lambda one: -one.share)[:MOST_ANSWERS]


def as_candidates(
    gathered: Sequence[AnswerGroup],
    confidence: float,
    cited: Sequence[Citation],
    judged: Sequence[float] = (),
) -> tuple[Candidate, ...]:
    """Turn short answers into candidates, with the citations that hold them.

    ``judged`` are the probabilities of the first ones, if a judge rated them; the others stay below these. Their
    sum is at most the probability that the articles answer.
    """
    most = min(judged, default=1.0)
    chances = [*judged, *(min(most, one.share) for one in gathered[len(judged) :])]
    whole = confidence / max(1.0, sum(chances))
    return tuple(
        Candidate(one.text, chance * whole, _citations_at(one.places, cited))
        for one, chance in zip(gathered, chances, strict=True)
    )


def group_answers(
    asked: Profile, ranked: Sequence[ScoredSentence], found: Mapping[tuple[str, int], ReadSentence]
) -> list[AnswerGroup]:
    """Group the spans that say the same, the heaviest first, at most ``GATHERED``."""
    gathered: list[AnswerGroup] = []
    keys: dict[str, AnswerGroup] = {}
    # the groups with a wording that ends in a word, or of a day: those that may be one
    kept: dict[str, list[AnswerGroup]] = defaultdict(list)
    befell = outcome_asked(asked.text) if asked.kind == "how_many" else None
    several = asks_for_several(asked.text)
    lost = overtaken(asked, ranked)
    for one in ranked:
        read = found.get((one.article.id, one.start))
        if read is None:
            continue
        likely = probability(one.score) * math.exp(-lost.get(place_of(one), 0.0))
        listed = ENUMERATION.search(one.text) if several else None
        for span in read.spans:
            text = _without_preposition(asked, one.article.text[span.start : span.end])
            if listed and listed.start() <= span.start - one.start < listed.end():
                text = listed.group()
            weight = likely * span.probability
            counted = _counts_the_asked(asked, one.text, text)
            if befell and counted < 1:
                told = figure_with_outcome(befell, one.text)
                text, counted = (told, 1.0) if told else (text, counted)
                weight *= 1.0 if told else UNSAID
            if asked.now and _of_before(asked, one.text[: max(0, span.start - one.start)]):
                weight *= UNSAID
            key = _answer_key(asked, text)
            if not key or weight <= 0:
                continue
            near = [kept[head] for head in heads(asked.kind, text)]
            same = keys.get(key) or _only_one_like(asked, text, key, near, keys)
            if same is None:
                same = AnswerGroup(text, weight)
                gathered.append(same)
            for groups in near:
                if not any(one is same for one in groups):
                    groups.append(same)
            keys[key] = same
            same.weight += weight
            same.counts = same.counts or counted >= 0
            if weight > same.best:
                same.text, same.best = text, weight
            same.places.append((one.article.id, one.start, one.end))
    counting = [one for one in gathered if one.counts]
    return sorted(counting or gathered, key=lambda one: -one.weight)[:GATHERED]


def candidate_features(
    asked: Profile, gathered: Sequence[AnswerGroup], ranked: Sequence[ScoredSentence]
) -> list[list[float]]:
    """Describe short answers as ``CANDIDATE_FEATURES``."""
    texts: dict[str, list[str]] = defaultdict(list)
    for sentence in ranked:
        texts[sentence.article.id].append(sentence.text.lower())
    articles = ["\n".join(parts) for parts in texts.values()]
    total = sum(one.weight for one in gathered)
    described = []
    for one in gathered:
        words = stemmed(one.text).split()
        holding = sum(one.text.lower() in text for text in articles)
        described.append(
            [
                math.log(one.weight + LEAST_ANSWER_WEIGHT),
                one.weight / total,
                math.log(1 + holding),
                sum(word in asked.weights for word in words) / max(1, len(words)),
                math.log(max(1, len(words))),
            ]
        )
    return described


def by_rules(
    matches: Matches, ranked: Sequence[ScoredSentence], confidence: float, cited: Sequence[Citation]
) -> tuple[Candidate, ...]:
    """Find names, numbers and dates of the kind asked for near the question's words, best first."""
    asked = matches.asked
    if asked.kind not in TYPED:
        return ()
    scores: dict[str, float] = defaultdict(float)
    texts: dict[str, str] = {}
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    several = asks_for_several(asked.text)
    for one in ranked[:RULE_SENTENCES]:
        likely = probability(one.score)
        enumeration = ENUMERATION.search(one.text) if several else None
        spans = [
            (_without_preposition(asked, span.text), sum(nearness(matches, one.text, span)))
            for span in wanted_spans(asked, one.text)
        ]
        if enumeration and spans:
            spans.append((enumeration.group(), 1.0))
        for text, near in spans:
            relative = asked.kind == "when" and not any(map(str.isdigit, text))
            key = stemmed(text)
            scores[key] += likely * (0.05 + near) * (RELATIVE_WORTH if relative else 1.0)
            texts.setdefault(key, text)
            places[key].append((one.article.id, one.start, one.end))
    total = sum(scores.values())
    best = sorted(scores, key=lambda key: -scores[key])[:MOST_ANSWERS]
    return tuple(
        Candidate(texts[key], confidence * scores[key] / total, _citations_at(places[key], cited))
        for key in best
    )


def probability(odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def logit(chance: float) -> float:
    """Turn a probability between 0 and 1 into log odds."""
    return math.log(chance / (1 - chance))


def _citations_at(places: Sequence[tuple[str, int, int]], cited: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(
        citation
        for citation in cited
        if any(
            citation.article.id == article and citation.start <= start < citation.end
            for article, start, _ in places
        )
    )


def _counts_the_asked(asked: Profile, sentence: str, answer: str) -> float:
    """Return -1 for an answer to "how many" that is no number or counts something else, 1 for what is asked."""
    if asked.kind != "how_many":
        return 1.0
    return counts_asked(asked.text, asked.focus, sentence, answer) if counting_numbers(answer) else -1.0


def _of_before(asked: Profile, before: str) -> bool:
    """Return True where what stands before a name says that it held the part asked for, and no longer does."""
    former = FORMER.search(before)
    return former is not None and any(stem(token.text) in asked.weights for token in tokens(former["part"]))


def _without_preposition(asked: Profile, text: str) -> str:
    return PREPOSITION.sub("", text) if asked.kind == "when" else text


def _answer_key(asked: Profile, text: str) -> str:
    if asked.kind == "how_many" and (figures := number_key(text)):
        return figures
    return stemmed(text)


def _only_one_like(
    asked: Profile,
    text: str,
    key: str,
    near: Sequence[Sequence[AnswerGroup]],
    keys: Mapping[str, AnswerGroup],
) -> AnswerGroup | None:
    """Find the one answer that is the same, shorter or longer; None where two people share the surname."""
    if asked.kind == "how_many":
        return None
    like = [
        other
        for other in {id(one): one for groups in near for one in groups}.values()
        if one_answer(asked.kind, text, other.text)
        and not any(namesakes(key.split(), known.split()) for known, one in keys.items() if one is other)
    ]
    return like[0] if len(like) == 1 else None
