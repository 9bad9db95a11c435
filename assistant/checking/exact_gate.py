"""The exact gate: whether cited words can support a sentence, by its names, figures, dates, quotations and words.

It is necessary, not sufficient: a sentence that puts the right names into the wrong parts can pass it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.checking.figure_units import miscounts
from assistant.models.embedder import Embedder
from assistant.names import KnownNames
from assistant.text.facts import (
    RELATIVE,
    abbreviations,
    moments,
    name_words,
    quantities,
    quotations,
    resolved,
)
from assistant.text.instructions import orders
from assistant.text.sentences import split_sentences
from assistant.text.tokens import NUMBER_WORDS, STOP_WORDS, content_words, same_word, stem, stems, tokens
from assistant.types import Article, Citation, Hit

SHARED_WORDS = 0.6
# verbs that say little by themselves, and stand in for others
LIGHT = frozenset(
    """bring brings brought gave get gets give given gives go goes gone got had have held hold holds keep keeps kept
    made make makes put puts set sets stand stands stood take taken takes took went""".split()
)
# likeness of two words' vectors from which one may say what the other does: "murdered" and "killed" .69, "trip" and
# "travel" .47, "raided" and "stormed" .33, "army" and "command" .20
LIKE_WORD = 0.3
NEGATED_WORDS = 2
# ", which was founded": the word before, the pronoun, the word after; so far before may the first stand where cited
ATTACHED = 4
RELATIVE_CLAUSE = re.compile(r"([\w-]+)[^\w\s,]*,\s+(which|who|whose|where)\s+([\w-]+)", re.I)
NEGATION = re.compile(r"(?:not|no|never|neither|nor|without|nobody|none|den(?:y|ies|ied))$|n[’']t$", re.I)
LINKERS = frozenset(
    """additionally also although besides consequently conversely despite finally first following furthermore hence
    however including instead last lastly later likewise meanwhile moreover nevertheless next nonetheless now
    overall second separately similarly since so still subsequently then therefore though thus two unlike when
    whereas while yet""".split()
)


def supports(
    citations: Sequence[Citation],
    text: str,
    basis: str = "",
    names: KnownNames | None = None,
    embedder: Embedder | None = None,
) -> bool:
    """Tell whether cited words can support a sentence: a necessary test, not a sufficient one.

    Every name, number, date and quotation of the sentence stands in the cited words or in the title,
    publisher or date of their articles (numbers by value and with what they count, dates resolved, abbreviations
    as the article explains them); most content words of the sentence stand there too, and of ``basis``, where that
    is given; and no shared word is denied on one side only.
    """
    if not citations or not exact(citations):
        return False
    quotes = "\n".join(citation.quote for citation in citations)
    ground = f"{quotes}\n{_labels(citations)}"
    bodies = [article.text for article in _articles(citations)]
    words = _ground_words(citations, names)
    return (
        _names_stand(text, words, bodies)
        and _figures_stand(text, ground, citations)
        and all(_quoted(part) in _quoted(ground) for part in quotations(text))
        and _shares(basis or text, words)
        and (not _wanted(text) or _shares(text, words))
        and _denials(text, quotes)
        and not miscounts(text, quotes, embedder)
    )


def telling(
    citations: Sequence[Citation],
    text: str,
    basis: str,
    names: KnownNames | None,
    embedder: Embedder | None,
) -> list[Citation]:
    """Choose the citations that support a sentence; none where they do not, even together."""
    sources: dict[str, list[Citation]] = {}
    for citation in citations:
        sources.setdefault(citation.article.id, []).append(citation)
    chosen = {id_ for id_, group in sources.items() if supports(group, text, basis, names, embedder)}
    together = any(_names_of(group, text, names) for group in sources.values()) and supports(
        citations, text, basis, names, embedder
    )
    if not chosen and not together:
        return []
    if together:
        wanted = _wanted(basis)
        missing = set(wanted)
        held = {
            id_: wanted & _stems_of("\n".join(one.quote for one in group)) for id_, group in sources.items()
        }
        for id_ in sorted(held, key=lambda id_: (id_ not in chosen, -len(held[id_]))):
            if held[id_] & missing:
                chosen.add(id_)
                missing -= held[id_]
    return [one for id_, group in sources.items() if id_ in chosen for one in group]


def misattaches(text: str, citations: Iterable[Citation]) -> bool:
    """Tell whether a statement hangs a relative clause (", which was founded") where no cited words have it."""
    grounds = [[token.text.lower() for token in tokens(one.quote)] for one in citations]

    def stands(noun: str, pronoun: str, following: str) -> bool:
        return any(
            ground[at : at + 2] == [pronoun, following] and noun in ground[max(0, at - ATTACHED) : at]
            for ground in grounds
            for at in range(len(ground))
        )

    return not all(stands(*map(str.lower, match.groups())) for match in RELATIVE_CLAUSE.finditer(text))


def assumes(
    text: str,
    question: str,
    citations: Sequence[Citation],
    names: KnownNames | None,
    embedder: Embedder | None,
) -> bool:
    """Tell whether a sentence takes a word from its question for which the cited words have none, nor one like it.

    "Why did the mayor resign?" is no source for "The mayor resigned because …". Names and figures are looked at
    by ``supports``.
    """
    ground = "\n".join(part for one in citations for part in (one.quote, one.article.title or ""))
    held = sorted(_stems_of("\n".join([ground, *(names.variants(ground) if names else ())])))
    asked = stems(content_words(question))
    taken = [
        word
        for word in content_words(text)
        if word[0].islower()
        and not word.endswith("ly")
        and word.lower() not in LIGHT
        and stem(word) in asked
        and not any(same_word(stem(word), other) for other in held)
    ]
    if not taken or embedder is None:
        return bool(taken)
    likeness = embedder.embed_words(taken) @ embedder.embed_words(content_words(ground) or [""]).T
    return bool((likeness.max(axis=1) < LIKE_WORD).any())


def obeys(text: str, citations: Sequence[Citation], hits: Sequence[Hit]) -> bool:
    """Tell whether words that a sentence adds to what it cites come from an order that a passage gives."""
    added = _wanted(text) - _stems_of("\n".join(one.quote for one in citations))
    return bool(added) and any(
        added & _stems_of(part)
        for hit in hits
        for whole in (f"{hit.article.title or ''}\n{hit.passage.text}",)
        for span in split_sentences(whole)
        if orders(part := whole[span.start : span.end])
    )


def exact(citations: Sequence[Citation]) -> bool:
    """Tell whether every quotation stands in its article where the citation says."""
    return all(one.article.text[one.start : one.end] == one.quote for one in citations)


def plain(text: str) -> str:
    """Put a text on one line, with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def _articles(citations: Sequence[Citation]) -> list[Article]:
    return list({citation.article.id: citation.article for citation in citations}.values())


def _labels(citations: Sequence[Citation]) -> str:
    return "\n".join(
        label
        for one in _articles(citations)
        for label in (one.title, one.publisher)
        if label and not orders(label)
    )


def _ground_words(citations: Sequence[Citation], names: KnownNames | None) -> set[str]:
    """Collect the stems of cited words and their articles' titles, with other ways to write their names."""
    ground = "\n".join([*(citation.quote for citation in citations), _labels(citations)])
    words = _stems_of(ground)
    for body in (article.text for article in _articles(citations)):
        for short, long in abbreviations(body).items():
            words |= long if short in words else {short} if long <= words else set()
    for name in names.variants(ground) if names else ():
        words |= _stems_of(name)
    return words


def _names_stand(text: str, words: set[str], bodies: Sequence[str]) -> bool:
    _, undated = moments(text)
    for word, begins in name_words(undated):
        if stem(word) in words:
            continue
        common = word.lower() in LINKERS or any(
            re.search(rf"\b{re.escape(word.lower())}\b", body) for body in bodies
        )
        if not (begins and common):
            return False
    return True


def _figures_stand(text: str, ground: str, citations: Sequence[Citation]) -> bool:
    stated, undated = moments(text)
    ground_moments, ground_undated = moments(ground)
    numbers = quantities(ground_undated) | {
        str(float(one.year)) for one in ground_moments if one.year and not one.month
    }
    if not quantities(undated) <= numbers:
        return False
    known = [
        moment
        for citation in citations
        for moment in resolved(
            moments(f"{citation.quote}\n{citation.article.title or ''}")[0],
            citation.quote,
            citation.article.published,
        )
    ]
    dated = all(
        any(one.is_part_of(moment) for moment in known)
        or (one.year and not one.month and str(float(one.year)) in numbers)
        for one in stated
    )
    relative = {word.lower() for word in RELATIVE.findall(text)}
    return dated and relative <= {word.lower() for word in RELATIVE.findall(ground)}


def _shares(basis: str, words: set[str]) -> bool:
    wanted = _wanted(basis)
    return bool(wanted) and len(wanted & words) >= SHARED_WORDS * len(wanted)


def _wanted(text: str) -> set[str]:
    """Collect the stems of a sentence's content words; its figures are compared by value, not here."""
    _, undated = moments(text)
    return stems(
        word
        for word in content_words(undated)
        if word.lower() not in LINKERS | NUMBER_WORDS and not word[0].isdigit()
    )


def _names_of(citations: Sequence[Citation], text: str, names: KnownNames | None) -> bool:
    """Tell whether one article's cited words hold every name of a sentence.

    Names that only several articles hold together may never have met: who signed one pact, and who another.
    """
    bodies = [citations[0].article.text]
    return _names_stand(text, _ground_words(citations, names), bodies)


def _denials(text: str, quotes: str) -> bool:
    """Tell whether, of the words that both sides share, both sides deny some or neither denies any."""
    shared = stems(content_words(text)) & stems(content_words(quotes))
    return bool(_denied(text) & shared) == bool(_denied(quotes) & shared)


def _denied(text: str) -> set[str]:
    """Collect the stems that stand only right after a negation: the first content words that follow it."""
    denied: set[str] = set()
    affirmed: set[str] = set()
    left = 0
    spans = tokens(text)
    for token, following in zip(spans, (*spans[1:], None), strict=True):
        if NEGATION.search(token.text):
            after = following.text.lower() if following else ""
            left = 0 if after == "only" or after[:1].isdigit() else NEGATED_WORDS
        elif token.text.lower() not in STOP_WORDS:
            (denied if left else affirmed).add(stem(token.text))
            left = max(0, left - 1)
    return denied - affirmed


def _stems_of(text: str) -> set[str]:
    return stems(token.text for token in tokens(text))


def _quoted(text: str) -> str:
    return plain(re.sub(r"[“”\"‘’'«»]", "", text)).casefold()
