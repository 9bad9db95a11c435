"""What somebody says about something: the speaker's own attributed words on the topic, newest first."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.draft import Corpus, Draft
from assistant.answers.on_topic import around, mentions
from assistant.answers.quoting import answered_by, judged, quoted, unlike
from assistant.answers.short import doubted
from assistant.evidence.attribution import who_says
from assistant.evidence.claims import claims
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.thresholds import answer_threshold
from assistant.text.tokens import content_words, stems, stems_of
from assistant.types import Plan

POSITION_STATED = 4
POSITION_WORDS = 140
POSITION_FLOOR = 5.0
"""How far below the speaker's best sentence (log odds) one may lie and still be stated."""
POSITION_LENIENCY = 0.75
"""Share of the threshold for short answers that a speaker's words must reach: that threshold expects a phrase."""
ON_TOPIC_LENIENCY = 0.3
"""The same where they hold half of the topic's words."""
OUTRANKED_BY = 2.5
"""Log odds by which another sentence answers better where the speaker asked for goes by another name."""
ANSWERS, SURELY_ANSWERS = 0.0, 2.0
"""Log odds from which the reader takes a sentence for an answer, and surely for one."""
_QUOTES = re.compile(r"[“”\"«»]")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]?")
_SAYING_VERB = re.compile(
    r"\b(?:said|says?|told|added|adds|argue[sd]?|wrote|writes|warn(?:s|ed)|called|calls|think[s]?|believe[sd]?|want(?:s|ed)?"
    r"|insist(?:s|ed)|praised?|criticis|criticiz|condemn|demand|propos|promis|declar|announc|accus|describ|urg|explain|deni|denie)",
    re.I,
)
_CONTINUES = re.compile(r"^[“\"]|^(?:he|she|they|we|i|it)\b", re.I)
_PRONOUN_SPEAKS = re.compile(r"^[“\"]|^(?:i|it|we)\b|\b(?:he|she|they|his|her|their)\b", re.I)


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Quote what the speaker says on the topic; None where no sentence is the speaker's or may be."""
    if plan.speaker is None:
        return None
    base = judged(plan, evidence, corpus)
    own = list(dict.fromkeys(spoken_by(plan.speaker, base.ranked)))
    own = own or [one for one in base.ranked if mentions(one.article.publisher or "", plan.speaker)]
    attributed = bool(own)
    own += [
        one
        for one in base.ranked
        if one not in own and _may_be_by(plan.speaker, one, evidence, attributed=attributed)
    ]
    if not own:
        return None
    topic = stems(content_words(plan.topic or ""))

    def worth(one: ScoredSentence) -> float:
        read = evidence.found.get(place_of(one))
        told = read.answering if read is not None and read.answering is not None else one.score
        return told + (len(topic & stems_of(one.text)) / len(topic) if topic else 0.0)

    ranked = sorted(own, key=lambda one: -worth(one))
    outranked = max(map(worth, base.ranked)) > worth(ranked[0]) + OUTRANKED_BY
    likely = [
        one
        for one in ranked
        if worth(one) >= worth(ranked[0]) - POSITION_FLOOR
        and (
            one is ranked[0]
            or not topic
            or _answering(one, evidence) >= ANSWERS
            or topic & stems_of(around(one))
        )
    ]
    chosen = unlike(likely, POSITION_STATED, POSITION_WORDS)
    chosen.sort(key=lambda one: (_newest_key(one), one.article.id, one.start))
    statements = quoted(chosen)
    if outranked or not (base.answered or (attributed and _likely(base.confidence, topic, chosen, corpus))):
        return None
    confidence = max(base.confidence, answer_threshold(corpus.settings))
    made = replace(answered_by(base, statements), confidence=confidence)
    return doubted(Draft("position", made, evidence.retrieval), plan, corpus)


def _may_be_by(speaker: str, one: ScoredSentence, evidence: Evidence, *, attributed: bool) -> bool:
    """Return True for a sentence that answers, by the reader, and that is not given to anybody else by name.

    "The agency advised" is the bureau asked about. Where other sentences are ``attributed`` to the speaker, it must
    tell of speech, or answer surely.
    """
    answers = _answering(one, evidence)
    if answers < ANSWERS or _by_another(one, speaker):
        return False
    speech = _tells_speech(one.text) or answers >= SURELY_ANSWERS
    return not attributed or (speech and not _names_in_quote(one.text, speaker))


def _answering(one: ScoredSentence, evidence: Evidence) -> float:
    """Return the reader's log odds that a sentence answers; none that it was not read."""
    read = evidence.found.get(place_of(one))
    return -math.inf if read is None or read.answering is None else read.answering


def _by_another(one: ScoredSentence, speaker: str) -> bool:
    """Return True when a sentence is given to somebody whose name is no part of the speaker's."""
    said = [claim.speaker for claim in claims(one.text) if claim.speaker]
    named = [stems_of(who) for who in said if any(word[:1].isupper() for word in who.split())]
    return bool(named) and not any(who & stems_of(speaker) for who in named)


def _likely(confidence: float, topic: set[str], sentences: Sequence[ScoredSentence], corpus: Corpus) -> bool:
    least = POSITION_LENIENCY if not _on_topic(topic, sentences) else ON_TOPIC_LENIENCY
    return confidence >= least * answer_threshold(corpus.settings)


def _on_topic(topic: set[str], sentences: Sequence[ScoredSentence]) -> bool:
    held = set().union(*(stems_of(one.text) for one in sentences))
    return not topic or 2 * len(topic & held) >= len(topic)


def _newest_key(one: ScoredSentence) -> int:
    return -(one.article.published or datetime.date.min).toordinal()


def spoken_by(
    speaker: str, ranked: Sequence[ScoredSentence], *, referring: bool = False
) -> Iterator[ScoredSentence]:
    """Yield the speaker's sentences, and those that continue them.

    These begin with a pronoun or a quotation mark; with ``referring``, the pronoun may stand anywhere.
    """
    continuing = _PRONOUN_SPEAKS if referring else _CONTINUES
    names = stems(content_words(speaker))
    last = list(content_words(speaker))[-1:]
    surname = stems(last)
    before = {(one.article.id, one.end): one for one in ranked}
    ordered = sorted(ranked, key=lambda one: (one.article.id, one.start))
    said: set[tuple[str, int]] = set()
    goes_on: set[tuple[str, int]] = set()
    for one in ordered:
        if _says(one, names, surname, speaker):
            said.add(place_of(one))
            continue
        previous = next(
            (
                other
                for (article, end), other in before.items()
                if article == one.article.id and 0 <= one.start - end <= 2
            ),
            None,
        )
        of_speaker = previous and (
            place_of(previous) in said | goes_on or bool(surname & stems_of(previous.text))
        )
        if of_speaker and not _names_in_quote(one.text, speaker) and continuing.search(one.text):
            told = _QUOTES.search(one.text) or _SAYING_VERB.search(one.text)
            (said if told else goes_on).add(place_of(one))
    yield from (one for one in ranked if place_of(one) in said)


def _says(one: ScoredSentence, names: set[str], surname: set[str], name: str) -> bool:
    """Return True when the grammar gives a sentence to the speaker, or to nobody else and it tells of speech."""
    places = [one.start + at.start() for at in _QUOTES.finditer(one.text)][:2]
    for place in (*places, one.start + len(one.text) // 2, one.start + 1):
        speaker, _ = who_says(one.article, one.start, one.end, min(place, one.end - 1))
        if speaker and (surname & stems_of(speaker) or names <= stems_of(speaker)):
            return True
    named = bool(surname) and surname <= stems_of(_QUOTED.sub(" ", one.text)) and _tells_speech(one.text)
    return named and not _by_another(one, name)


def _tells_speech(text: str) -> bool:
    """Return True for a sentence with a quotation, or with a verb of saying outside of one."""
    return bool(_QUOTES.search(text) or _SAYING_VERB.search(_QUOTED.sub(" ", text)) or claims(text))


def _names_in_quote(text: str, speaker: str) -> bool:
    """Return True where a quotation holds the speaker's last name: few speak of themselves by name."""
    surname = stems(list(content_words(speaker))[-1:])
    return any(surname & stems_of(quote) for quote in _QUOTED.findall(text))
