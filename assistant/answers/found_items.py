"""Items of a list as they are found: in what the reader points at, sentence by sentence; merged over spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.accepted import ACCEPTED_UNSURE, chances, to_judge
from assistant.answers.draft import Corpus
from assistant.answers.enumerations import POINTED_SHARE
from assistant.answers.row_items import FEWEST_ITEMS, enumerated, is_named
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.models.judge import Judge
from assistant.names import name_key
from assistant.text.dates import dates
from assistant.text.phrases import phrases, proper_names
from assistant.text.tokens import STOP_WORDS, content_words, stems, stems_of
from assistant.types import Article

RIVAL_CONFIDENCE = 0.3
"""Least share of the likeliest short answer's probability that makes another an item too."""
LEAST_POINTED = 0.05
"""Least probability of words that the reader points at to be an item."""
MOST_FURTHER, MOST_JUDGED_SINGLY = 5, 10
SEVERAL_ANSWER = 3
"""Sentences of one article, each of which likely answers, that make a list likely."""


@dataclass(slots=True)
class FoundItem:
    """An item as the articles write it, with the sentences that hold it."""

    text: str
    worth: float
    places: list[tuple[Article, int, int]] = field(default_factory=list)


def by_answering(ranked: Sequence[ScoredSentence], evidence: Evidence) -> list[ScoredSentence]:
    """Score the sentences by how likely each answers by itself, where that was read: a list has many answers."""

    def odds(one: ScoredSentence) -> float:
        read = evidence.found.get(place_of(one))
        return one.score if read is None or read.answering is None else max(one.score, read.answering)

    return sorted((replace(one, score=odds(one)) for one in ranked), key=lambda one: -one.score)


def pointing(one: ScoredSentence, evidence: Evidence) -> tuple[list[tuple[int, int, float]], float]:
    """Return what the reader points at in a sentence, the likeliest first, and the least probability that counts.

    It was taught single answers, and gives several in a row little: in a sentence that likelier answers than not,
    what is likely beside the likeliest counts.
    """
    read = evidence.found.get(place_of(one))
    if read is None or not read.spans:
        return [], POINTED_SHARE
    spans = [(s.start - one.start, s.end - one.start, s.probability) for s in read.spans]
    spans.sort(key=lambda span: -span[2])
    answers = read.answering is not None and read.answering > 0.0
    return spans, POINTED_SHARE * (spans[0][2] if answers else 1.0)


def answering(ranked: Sequence[ScoredSentence], evidence: Evidence) -> list[ScoredSentence]:
    """Find the sentences of one article, the likeliest one's, that likelier answer than not."""
    own = by_answering(ranked, evidence)
    return [one for one in own if one.article.id == own[0].article.id and one.score > 0.0]


def one_each(ranked: Sequence[ScoredSentence], evidence: Evidence) -> Iterator[FoundItem]:
    """Yield the name that the reader points at in each sentence that answers: one each, where there are several."""
    likely = answering(ranked, evidence)
    if len(likely) < SEVERAL_ANSWER:
        return
    for one in likely:
        read = evidence.found.get(place_of(one))
        told = read.spans[0] if read and read.spans else None
        name = name_in(one.article.text[told.start : told.end]) if told else None
        if name and not stems_of(name) <= evidence.asked.weights.keys():
            yield FoundItem(name, one.score, [(one.article, one.start, one.end)])


def name_in(words: str) -> str | None:
    """Return the first name in some words, or the last where a part stands between: "Arle coach Ada Berg"."""
    named = proper_names(words)
    if len(named) > 1 and words.endswith(named[-1]):
        between = words[len(named[0]) : -len(named[-1])].split()
        if words.startswith(named[0]) and between and not set(between) & STOP_WORDS and "," not in words:
            return named[-1]
    return named[0] if named else None


def further_items(
    question: str,
    told: Sequence[FoundItem],
    ranked: Sequence[ScoredSentence],
    evidence: Evidence,
    judge: Judge,
) -> list[FoundItem]:
    """Find the names that the reader points at in further sentences that answer, where a row of names is told.

    A list may go on from sentence to sentence, "Two more firms, Arle and Benholt, left. Corrie left in May."; the
    judge must accept each.
    """
    if not all(is_named(one.text) for one in told):
        return []
    cited = {(article.id, start) for one in told for article, start, _ in one.places}
    asked = evidence.asked.weights.keys()
    likely: list[FoundItem] = []
    for one in ranked:
        read = evidence.found.get(place_of(one))
        if one.score <= 0.0 or place_of(one) in cited or read is None or not read.spans:
            continue
        first = read.spans[0]
        name = name_in(one.article.text[first.start : first.end])
        if name is None or counting_only(name.lower()):
            continue
        if first.probability >= LEAST_POINTED and not stems_of(name) <= asked:
            likely.append(FoundItem(name, one.score, [(one.article, one.start, one.end)]))
    return accepted_items(question, likely[:MOST_FURTHER], evidence, judge)


def accepted_items(
    question: str, items: Iterable[FoundItem], evidence: Evidence, judge: Judge | None
) -> list[FoundItem]:
    """Keep the items that the judge accepts one by one, by the sentence of each; all where there is no judge."""
    found = list(items)
    if judge is None:
        return found
    found = found[:MOST_JUDGED_SINGLY]
    read = [evidence.found.get((article.id, start)) for article, start, _ in (one.places[0] for one in found)]
    pairs = [to_judge(question, one.text, one.places[0]) for one in found]
    told = chances(question, pairs, [own.answers if own else None for own in read], judge)
    return [one for one, (chance, _) in zip(found, told, strict=True) if chance >= ACCEPTED_UNSURE]


def pointed_at(base: Reading) -> Iterator[FoundItem]:
    """Yield the likely short answers, enumerations among them split; of those that share words, only the first.

    Where some are names, common nouns are left out: "cheeses" beside two cheeses.
    """
    seen: list[set[str]] = []
    found: list[FoundItem] = []
    if not base.candidates or base.candidates[0].confidence < LEAST_POINTED:
        return
    for one in base.candidates:
        if not one.citations or one.confidence < RIVAL_CONFIDENCE * base.candidates[0].confidence:
            continue
        parts = enumerated(one.text)
        for written in parts if len(parts) >= FEWEST_ITEMS else [one.text]:
            text = written.strip(" ,.;:")
            words = stems_of(text)
            if not any(words & other for other in seen) and not (counting_only(text) or only_date(text)):
                found.append(FoundItem(text, 0.0, [(c.article, c.start, c.end) for c in one.citations]))
            seen.append(words)
    yield from [one for one in found if is_named(one.text)] or found


def only_date(text: str) -> bool:
    """Return True for a day or a month, which is no item of a list that asks for none."""
    return any(not content_words(f"{text[: one.start]} {text[one.end :]}") for one in dates(text))


def repeats(text: str, asked: set[str]) -> bool:
    """Return True for an item in words of the question alone, or a number; "US" is no pronoun."""
    words = stems(content_words(text))
    return (bool(words) and words <= asked) or counting_only(text)


def counting_only(text: str) -> bool:
    """Return True for a number without a thing, which is no item of a list: "four"."""
    return set(phrases(text).kinds) <= {"#", "d", "p"}


def merged(found: Iterable[FoundItem], corpus: Corpus, item: str | None = None) -> list[FoundItem]:
    """Merge the spellings of each item, in the order found; words of its class, ``item``, may be left out."""
    kept: list[FoundItem] = []
    of_class = stems_of(item) if item else set()
    for one in found:
        variants = {name_key(one.text), *(name_key(other) for other in corpus.names.variants(one.text))}
        words = stems_of(one.text)
        same = next(
            (
                other
                for other in kept
                if name_key(other.text) in variants
                or (words - of_class and words - of_class == stems_of(other.text) - of_class)
                or (words and words == stems_of(other.text))
                or _is_name_part(words, stems_of(other.text))
                or _with_role(one.text, other.text)
            ),
            None,
        )
        if same is None:
            kept.append(one)
            continue
        same.places += [
            place for place in one.places if place[0].id not in {other[0].id for other in same.places}
        ]
        if len(one.text) > len(same.text) and one.text[:1].isupper() and len(one.text.split()) <= 4:
            same.text, same.places = one.text, one.places
    return kept


def _is_name_part(words: set[str], others: set[str]) -> bool:
    """Return True for a name and its part: "Okafor" and "Daniel Okafor"."""
    return bool(words and others) and (words < others or others < words) and min(len(words), len(others)) == 1


def _with_role(one: str, other: str) -> bool:
    """Return True for a name of several words and the same with what leads to it: "engineer Daniel Okafor"."""
    shorter, longer = sorted((one, other), key=len)
    return " " in shorter and is_named(shorter) and longer.endswith(f" {shorter}")
