"""The rest of the article that leads: its passages that no search found, for a sentence that answers better.

A question that is asked in other words than an article's often finds the article, and in it the passage that tells
of the event, but not the one that gives the reason or the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.evidence.features import Matches
from assistant.evidence.sentences import ScoredSentence, describe_sentences, passage_context, place_of, scored
from assistant.evidence.windows import ReadSentence, rank_read, read_sentences
from assistant.models.reader import Reader
from assistant.retrieval.search import Retrieval
from assistant.types import Hit

# windows of the rest that are judged, at most
JUDGED_OF_REST = 3
# log odds of answering from which the best sentence found so far is taken, and no more is read
ENOUGH = 2.0

Rest = Callable[[Retrieval, str], Retrieval]
"""Returns the passages of an article (by its id) that are not among the hits, as a retrieval of their own."""


def read_rest(
    question: str,
    ranked: Sequence[ScoredSentence],
    found: Mapping[tuple[str, int], ReadSentence],
    retrieval: Retrieval,
    matches: Matches,
    rest: Rest,
    reader: Reader,
) -> tuple[list[ScoredSentence], dict[tuple[str, int], ReadSentence], list[Hit]]:
    """Read what the leading article says besides: its further sentences, what was read there, and their hits.

    ``matches`` makes those of the further texts. Nothing where what was read is good enough, or nothing is left.
    """
    best = rank_read(ranked, dict(found))[0]
    read = found.get(place_of(best))
    if read is None or read.answering is None or min(read.answering, read.answers) >= ENOUGH:
        return [], {}, []
    further = rest(retrieval, best.article.id)
    known = {place_of(one) for one in ranked}
    own = matches.of_others([passage_context(hit) for hit in further.hits])
    sentences = [one for one in scored(describe_sentences(own, further)) if place_of(one) not in known]
    told = read_sentences(question, sentences, reader, JUDGED_OF_REST) if sentences else {}
    judged = {place for place, one in told.items() if one.answering is not None}
    kept = [one for one in sentences if place_of(one) in judged]
    hits = [
        hit
        for hit in further.hits
        if any(hit.passage.start <= one.start and one.end <= hit.passage.end for one in kept)
    ]
    return kept, {place: told[place] for place in judged}, hits


def besides(retrieval: Retrieval, hits: Sequence[Hit]) -> Retrieval:
    """Add hits after those of a retrieval, with the score and the cosine of its last."""
    if not hits:
        return retrieval
    last = retrieval.hits[-1].score
    return replace(
        retrieval,
        hits=(*retrieval.hits, *(replace(hit, score=last) for hit in hits)),
        cosines=(*retrieval.cosines, *(retrieval.cosines[-1] for _ in hits)),
    )
