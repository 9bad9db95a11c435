"""Which articles a question about the corpus means: those on a topic, by a publisher or author, of a period.

``corpus.py`` and ``count.py`` answer what is asked of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.draft import Corpus
from assistant.answers.occurrence_table import Grouping, grouping_in, occurrence_table
from assistant.index import ArticleSummary, published_within
from assistant.retrieval.find import ArticleOccurrences, occurrences, spellings_of, words_of
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.periods import in_words
from assistant.text.tokens import STOP_WORDS
from assistant.types import Article, Period, Plan, Table

ARTICLE_NOUNS = (
    r"(?:articles?|stor(?:y|ies)|reports?|pieces?|texts?|documents?|news items?|items?|posts?|coverage|editorials?"
    r"|analys[ei]s|interviews?)"
)
CORPUS = r"(?:corpus|archive|collection|index|database|library|data|here|there)"
_ON_TOPIC = (
    r"(?:about|on|over|regarding|concerning|mention(?:s|ed|ing)?|nam(?:e|es|ed|ing)|cover(?:s|ed|ing)?"
    r"|discuss(?:es|ed|ing)?|concerns?|contain(?:s|ed|ing)?|quot(?:e|es|ed|ing)|(?:refer|point)(?:s|red|ring)? to"
    r"|(?:speak|talk|tell|write|hear)(?:s|ing)? (?:about|of|on)"
    r"|(?:wrote|spoke|told|known?|heard|written) (?:about|of|on)"
    r"|deal(?:s|t|ing)? with|report(?:s|ed|ing)? (?:on|about)|the (?:word|name|phrase|term|expression))"
)
_NOT_ON_TOPIC = re.compile(
    rf"\b(?:(?:do(?:es)?|did|has|have)(?:\s+not|n[’']t)|never)\s+(?:ever\s+|even\s+|once\s+)?(?={_ON_TOPIC})",
    re.I,
)
_TOPIC = (
    re.compile(r"[\"“”](?P<topic>[^\"“”]+)[\"“”]"),
    re.compile(
        rf"\b(?:{BE_DO_HAVE})\s+(?!there\b|you\b|they\b|the (?:articles?|reports?)\b)"
        r"(?P<topic>\S.*?)\s+(?:been\s+)?(?:mention(?:ed)?|named|quoted|referred\s+to|discussed|covered|appear\w*|occur\w*"
        r"|com(?:e|es|ing)\s+up|turn(?:s|ed)?\s+up)\b",
        re.I,
    ),
    re.compile(rf"\b{_ON_TOPIC}\s+(?P<topic>\S.*)$", re.I),
    re.compile(rf"\b{ARTICLE_NOUNS}\s+(?:of|from|in)\s+(?P<topic>\S.*)$", re.I),
)
_NO_TOPIC = re.compile(
    rf"^(?:the\s+|this\s+|your\s+|our\s+|all\s+|these\s+)*"
    rf"(?:{CORPUS}|{ARTICLE_NOUNS}|most\b.*|mentioned\b.*|about|on|total|all|it|them)?$",
    re.I,
)
_IN_CORPUS = re.compile(rf"\s+(?:in|of|from)\s+(?:the|your|this|our|these)\s+{CORPUS}\b", re.I)
_TAIL = re.compile(
    rf"(?:\s+(?:(?:in|of|from|by|among)\s+)?(?:the|your|this|these|all|our)?\s*(?:{CORPUS}|{ARTICLE_NOUNS})|\s+(?:are\s+there|do\s+you\s+have"
    r"|have\s+you\s+got|exist|in\s+all|in\s+total|altogether|overall|published|printed|written|please|most|at\s+all|most\s+often|recently|so\s+far|comes?))+$",
    re.I,
)
_TOPIC_HEAD = re.compile(
    r"^(?:(?:the|a|an|any|all|of|on|about|from|by|(?:the\s+)?(?:name|word|phrase|term))\s+)+", re.I
)
_LACKS = re.compile(
    r"\b(?:no|without(?:\s+an?|\s+any)?|lack(?:s|ing)?(?:\s+an?|\s+any)?)\s+(?:known\s+)?(?:publication\s+)?"
    r"(?P<what>date|author|byline|publisher|title)s?\b|\b(?P<undated>undated|not\s+dated)\b|\b(?P<unsigned>unsigned|anonymous)\b",
    re.I,
)  # fmt: skip
LACKING: dict[str, Callable[[ArticleSummary], bool]] = {
    "date": lambda one: one.published is None,
    "author": lambda one: not one.authors,
    "publisher": lambda one: one.publisher is None,
    "title": lambda one: one.title is None,
}


@dataclass(frozen=True, slots=True)
class Selected:
    """The articles that a question means, newest first, undated ones last, and the criteria that chose them.

    ``held`` says where the topic stands in each, by article; ``loosely`` that only its words stand there, not as
    one phrase; ``without`` that it stands in none of them: those that lack it were asked for. ``undated`` articles
    were left out by the period only because they bear no date. ``by`` is what the question wants them grouped by.
    """

    articles: tuple[ArticleSummary, ...]
    topic: str | None = None
    spellings: tuple[str, ...] = ()
    held: dict[str, ArticleOccurrences] = field(default_factory=dict)
    loosely: bool = False
    without: bool = False
    publisher: str | None = None
    author: str | None = None
    period: Period | None = None
    lacking: str | None = None
    undated: int = 0
    by: Grouping | None = None

    @property
    def mentions(self) -> int:
        """The number of times that the topic occurs."""
        return sum(len(one.spans) for one in self.held.values())

    @property
    def chosen(self) -> bool:
        """True when the question names a criterion for articles."""
        return bool(self.topic or self.publisher or self.author or self.period or self.lacking)

    @property
    def spread(self) -> Table | None:
        """How they and their mentions spread over months or publishers, where that was asked or tells more."""
        if self.loosely or self.without or not (self.topic or self.by):
            return None
        return occurrence_table(
            self.articles, {name: len(one.spans) for name, one in self.held.items()}, self.by
        )

    def described(self, *, clause: bool = False) -> str:
        """Describe the criteria of the choice: " by X mention “Lund”"; in a ``clause``, "that mention"."""
        parts = [
            f"by {self.publisher}" if self.publisher else "",
            f"written by {self.author}" if self.author else "",
            f"published {_period_clause(self.period)}" if self.period else "",
            f"without a known {self.lacking}" if self.lacking else "",
        ]
        if self.topic:
            others = [one for one in self.spellings if words_of(one) != words_of(self.topic)]
            also = f" (or {', '.join(f'“{one}”' for one in others)})" if others else ""
            one = len(self.articles) == 1
            verb = "mentions" if one else "mention"
            if self.without:
                verb = f"{'does' if one else 'do'} not mention"
            elif self.loosely:
                verb = f"{'holds' if one else 'hold'} all words of"
            parts.append(f"{'that ' if clause else ''}{verb} “{self.topic}”{also}")
        return "".join(f" {part}" for part in parts if part)


def _period_clause(period: Period) -> str:
    if period.start == period.end:
        return f"on {in_words(period)}"
    words = in_words(period)
    return f"from {words}" if words[0].isdigit() and " to " in words else f"in {words}"


def select_articles(plan: Plan, corpus: Corpus) -> Selected:
    """Choose the articles that a question means; all where it names no criterion."""
    every = [one for one in corpus.index.articles() if not one.removed]
    asked, text = plan.query.asked_period, plan.text
    if asked:
        text = asked.topic
    by, text = grouping_in(text)
    lacking = _LACKS.search(text)
    lacks = (lacking["what"] or ("date" if lacking["undated"] else "author")).lower() if lacking else None
    if lacking:
        text = text[: lacking.start()] + text[lacking.end() :]
    publisher, text = taken_out(text, sorted({one.publisher for one in every if one.publisher}))
    author, text = taken_out(text, sorted({name for one in every for name in one.authors}))

    def meant(one: ArticleSummary) -> bool:
        return (
            (not publisher or one.publisher == publisher)
            and (not author or author in one.authors)
            and (not lacks or LACKING[lacks](one))
        )

    within = articles_within(plan, corpus, by, meant)
    found = replace(within, publisher=publisher, author=author, lacking=lacks)
    without = _NOT_ON_TOPIC.search(text)
    topic = topic_in(f"{text[: without.start()]}{text[without.end() :]}" if without else text)
    if not topic:
        return found
    on_it = articles_on_topic(found, topic, corpus)
    if not without or on_it.loosely:
        return on_it
    others = tuple(one for one in found.articles if one.id not in on_it.held)
    return replace(on_it, articles=others, held={}, without=True)


def articles_within(
    plan: Plan,
    corpus: Corpus,
    by: Grouping | None,
    meant: Callable[[ArticleSummary], bool] = lambda one: True,
) -> Selected:
    """Choose the articles that are ``meant`` and pass the filters and the period of a question, newest first."""
    known = (one for one in corpus.index.articles() if not one.removed)
    chosen = [one for one in known if published_within(one, plan.query.filters) and meant(one)]
    asked, undated = plan.query.asked_period, 0
    period = asked.period if asked and not asked.period.yearless else None
    if period:
        undated = sum(one.published is None for one in chosen)
        chosen = [one for one in chosen if one.published and period.start <= one.published <= period.end]
    chosen.sort(key=lambda one: (-(one.published or datetime.date.min).toordinal(), one.id))
    return Selected(tuple(chosen), period=period, undated=undated, by=by)


def articles_on_topic(selected: Selected, topic: str, corpus: Corpus) -> Selected:
    """Keep the articles that hold a phrase in any of its spellings; where none does, those with all its words."""
    spellings = spellings_of(topic, corpus.names)
    held = {one.article.id: one for one in occurrences(spellings, corpus.index)}
    loosely = False
    telling = [word for word in words_of(topic) if word not in STOP_WORDS]
    if not held and len(telling) > 1:
        loosely = True
        held = {one.id: _words_in(one, telling) for one in corpus.index.articles_with([telling])}
    kept = tuple(one for one in selected.articles if one.id in held)
    return replace(
        selected,
        articles=kept,
        topic=topic.strip('"“”'),
        spellings=spellings,
        held={one.id: held[one.id] for one in kept},
        loosely=loosely,
    )


_SITE = re.compile(r"(?:www\.)?(?P<own>[\w-]{3,})\.(?:(?:co|com|org|net|ac|gov)\.)?[a-z]{2,}", re.I)


def taken_out(text: str, names: Sequence[str]) -> tuple[str | None, str]:
    """Find a name in a text, the longest first, and take it out together with the words that lead to it.

    A site is also found by what it is called, where its articles are spoken of: "CNN published", for cnn.com.
    """
    for find, ordered in ((_find_name, sorted(names, key=len, reverse=True)), (_find_site, names)):
        for name in ordered:
            if found := find(text, name):
                return name, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    return None, text


def _find_name(text: str, name: str) -> re.Match[str] | None:
    """Find a name by its words, with those that lead to it."""
    words = words_of(name)
    pattern = (
        r"(?:\b(?:written\s+|published\s+)?(?:by|from|in|of)\s+)?(?:\bthe\s+)?[\"“]?\b"
        + r"[\W_]+".join(map(re.escape, words))
        + r"\b[\"”]?(?:[’']s)?"
    )
    return re.search(pattern, text, re.I) if words else None


def _find_site(text: str, name: str) -> re.Match[str] | None:
    """Find a site by its own part of its address, capitalised and with or without spaces, as one that publishes."""
    site = _SITE.fullmatch(name)
    if site is None:
        return None
    called = r"[\W_]*".join(map(re.escape, site["own"]))
    publishing = re.compile(
        rf"(?:\b(?:written\s+|published\s+)?(?:by|from)\s+(?:the\s+)?\b(?P<by>{called})\b"
        rf"|\b(?P<of>{called})\b(?=\s+(?:{ARTICLE_NOUNS}|publish|wr[io]te|written|ran|run|carr)))",
        re.I,
    )
    found = publishing.search(text)
    return found if found and any(map(str.isupper, found["by"] or found["of"])) else None


def topic_in(text: str) -> str | None:
    """Find the topic of the articles that are asked for, or None: "which articles mention Lund?" -> "Lund"."""
    text = _IN_CORPUS.sub("", text.strip().rstrip("?!. "))
    quoted = _TOPIC[0].search(text)
    if quoted:
        return f'"{quoted["topic"]}"'
    text = _TAIL.sub("", text)
    for pattern in _TOPIC[1:]:
        if found := pattern.search(text):
            topic = _TOPIC_HEAD.sub("", _TAIL.sub("", found["topic"]).strip(" ,;:?!.")).strip()
            if words_of(topic) and not _NO_TOPIC.match(topic):
                return topic
    return None


def _words_in(article: Article, words: Sequence[str]) -> ArticleOccurrences:
    """Mark the first of some words that stands in an article, in any form."""
    found = next(
        (
            match.span()
            for word in words
            for match in re.finditer(rf"\b{re.escape(word[:4])}\w*", article.text, re.I)
        ),
        (0, min(1, len(article.text))),
    )
    return ArticleOccurrences(article, (found,))
