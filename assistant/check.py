"""Checks whether a statement is supported by the words it cites.

Statements of the built-in answerer must stand in them word for word. Those of a chat model must pass an
exact gate, share most of their words with what they cite, and be likely by a fitted score (``support``). That is
necessary, not sufficient: a sentence that puts the right names into the wrong parts can pass it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.counted import miscounts
from assistant.datamodels import Article, Citation, Hit, Query, Statement
from assistant.facts import (
    RELATIVE,
    abbreviations,
    moments,
    name_words,
    quantities,
    quotations,
    resolved,
)
from assistant.models import Embedder
from assistant.names import KnownNames
from assistant.orders import orders
from assistant.passages import split_sentences
from assistant.read import Reading
from assistant.settings import Settings
from assistant.support import described, doubt, support, thresholds
from assistant.words import NUMBER_WORDS, STOP_WORDS, content_words, same_word, stem, stems, tokens
from assistant.write import Draft, cite, declines, in_context, numbered

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
NEGATION = re.compile(r"(?:not|no|never|neither|nor|without|nobody|none|den(?:y|ies|ied))$|n[’']t$", re.I)
LINKERS = frozenset(
    """additionally also although besides consequently conversely despite finally first following furthermore hence
    however including instead last lastly later likewise meanwhile moreover nevertheless next nonetheless now
    overall second separately similarly since so still subsequently then therefore though thus two unlike when
    whereas while yet""".split()
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reading of which every statement has passed, the statements that have not, and remarks on both."""

    reading: Reading
    removed: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()


def check(statement: Statement) -> Statement:
    """Mark a statement as supported when its words stand, in order, in words that it cites exactly."""
    plain = _plain(statement.text)
    supported = _exact(statement.citations) and any(plain in _plain(one.quote) for one in statement.citations)
    return replace(statement, supported=supported)


def check_draft(
    draft: Draft,
    reading: Reading,
    query: Query,
    hits: Sequence[Hit],
    settings: Settings,
    names: KnownNames | None = None,
    embedder: Embedder | None = None,
) -> Verdict:
    """Keep of a chat model's draft what the hits support; where nothing is left, the built-in reading stays.

    ``names`` are ways to write one name, each of which stands for the others. With an ``embedder`` what is left is
    scored as well: an unlikely statement goes, and a doubtful answer says so.
    """
    notes = []
    if draft.unknown_markers:
        count = draft.unknown_markers
        notes.append(
            f"The chat model cited {_count(count, 'passage')} that it was not given; {_these(count, 'marker')} "
            f"{'was' if count == 1 else 'were'} dropped."
        )
    if draft.abstains:
        withheld = replace(reading, answered=False, short=None, statements=())
        return Verdict(withheld, notes=tuple(notes))
    checked = [check_written(statement, query.text, hits, names, embedder) for statement in draft.statements]
    if embedder:
        checked = [_likely(statement, hits, embedder, names) for statement in checked]
    removed = tuple(statement for statement in checked if not statement.supported)
    kept = numbered(_shortened([one for one in checked if one.supported], settings.answer_words))
    if removed:
        notes.append(
            f"{_count(len(removed), 'statement')} of the chat model {'was' if len(removed) == 1 else 'were'} left "
            f"out: the articles do not support {'it' if len(removed) == 1 else 'them'} as put."
        )
    if not kept:
        notes.append("Nothing is left of what the chat model wrote; this is the built-in answer.")
        return Verdict(reading, removed, tuple(notes))
    if embedder and _doubtful(kept, hits, embedder, names):
        notes.append("The chat model's words go beyond those of the articles: compare them with the quotes.")
    if not reading.answered:
        notes.append("By its own measure the built-in answerer would have withheld an answer.")
    return Verdict(rewritten(reading, kept), removed, tuple(notes))


def _likely(
    statement: Statement, hits: Sequence[Hit], embedder: Embedder, names: KnownNames | None
) -> Statement:
    if not statement.supported:
        return statement
    chance = support(statement.text, cited_passages(statement.citations, hits, names), embedder)
    enough = chance >= thresholds()["sentence"]
    return statement if enough else replace(statement, citations=(), supported=False)


def _doubtful(
    statements: Sequence[Statement], hits: Sequence[Hit], embedder: Embedder, names: KnownNames | None
) -> bool:
    citations = [citation for statement in statements for citation in statement.citations]
    rows = described([one.text for one in statements], cited_passages(citations, hits, names), embedder)
    return bool(rows) and doubt(rows, 0) >= thresholds()["note"]


def cited_passages(
    citations: Sequence[Citation], hits: Sequence[Hit], names: KnownNames | None = None
) -> list[str]:
    """Collect the passages of cited articles, with their titles and other ways to write their names."""
    cited = {citation.article.id for citation in citations}
    found = [f"{hit.article.title or ''}\n{hit.passage.text}" for hit in hits if hit.article.id in cited] or [
        one.quote for one in citations
    ]
    variants = names.variants("\n".join(found)) if names else ()
    return [*found, *variants]


def check_written(
    statement: Statement,
    question: str,
    hits: Sequence[Hit],
    names: KnownNames | None = None,
    embedder: Embedder | None = None,
) -> Statement:
    """Check a chat model's statement against what it cites and, failing that, against each other hit.

    ``supported`` says whether it passed; of several articles those stay cited that support it by
    themselves or hold words of it that no other does. One that fails keeps no citation.
    """
    basis = in_context(statement.text, question)
    if declines(statement.text):
        return replace(statement, citations=(), supported=False)

    def rests_on(citations: Sequence[Citation]) -> bool:
        return not (
            _obeys(statement.text, citations, hits)
            or _assumes(statement.text, question, citations, names, embedder)
        )

    cited = _telling(statement.citations, statement.text, basis, names, embedder)
    if cited and rests_on(cited):
        return replace(statement, citations=tuple(cited), supported=True)
    for hit in hits:
        citations = cite(basis, hit)
        if supports(citations, statement.text, basis, names, embedder) and rests_on(citations):
            return replace(statement, citations=tuple(citations), supported=True)
    return replace(statement, citations=(), supported=False)


def _assumes(
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


def _obeys(text: str, citations: Sequence[Citation], hits: Sequence[Hit]) -> bool:
    """Tell whether words that a sentence adds to what it cites come from an order that a passage gives."""
    added = _wanted(text) - _stems_of("\n".join(one.quote for one in citations))
    return bool(added) and any(
        added & _stems_of(part)
        for hit in hits
        for whole in (f"{hit.article.title or ''}\n{hit.passage.text}",)
        for span in split_sentences(whole)
        if orders(part := whole[span.start : span.end])
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
    if not citations or not _exact(citations):
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


def _telling(
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


def rewritten(reading: Reading, statements: tuple[Statement, ...]) -> Reading:
    """Put checked statements in the place of a reading's own; its short answer stays where they hold it."""
    citations = tuple(dict.fromkeys(one for statement in statements for one in statement.citations))
    text = _plain(" ".join(statement.text for statement in statements)).casefold()
    return replace(
        reading,
        answered=True,
        short=reading.short if reading.short and _plain(reading.short).casefold() in text else None,
        statements=statements,
        citations=citations,
        candidates=tuple(
            replace(
                candidate,
                citations=tuple(
                    citation
                    for citation in citations
                    if any(
                        citation.article.id == old.article.id
                        and citation.start < old.end
                        and old.start < citation.end
                        for old in candidate.citations
                    )
                ),
            )
            for candidate in reading.candidates
        ),
    )


def _shortened(statements: Sequence[Statement], most_words: int) -> list[Statement]:
    kept: list[Statement] = []
    words = 0
    for statement in statements:
        words += len(statement.text.split())
        if kept and words > most_words:
            break
        kept.append(statement)
    return kept


def _stems_of(text: str) -> set[str]:
    return stems(token.text for token in tokens(text))


def _exact(citations: Sequence[Citation]) -> bool:
    return all(one.article.text[one.start : one.end] == one.quote for one in citations)


def _quoted(text: str) -> str:
    return _plain(re.sub(r"[“”\"‘’'«»]", "", text)).casefold()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _these(number: int, noun: str) -> str:
    return f"this {noun}" if number == 1 else f"these {noun}s"
