"""The way a question travels: understand, retrieve, answer, check; a chat model, if named, answers again."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answers.abstain import takes_up, within_corpus
from assistant.answers.agreement import agree
from assistant.answers.compose import composed, unsupported_language
from assistant.answers.example_questions import suggestions
from assistant.answers.false_premise import contradicted, unreported, with_doubt
from assistant.answers.select_sentences import read
from assistant.answers.timeline import FEWEST_EVENTS, PASSAGES, asks_for_events, events_about, names_all, tell
from assistant.answers.verdict import Verdict
from assistant.chat.rewrite_follow_up import rewrite
from assistant.chat.write import Draft, write
from assistant.checking.check import check, check_draft, rewritten
from assistant.errors import ModelError, QuestionError
from assistant.evidence.events import dated_sentences, gather, numbered, published_within
from assistant.evidence.gather import examine
from assistant.evidence.reading import Reading
from assistant.index import Index, IngestEvent
from assistant.models.chat_model import load_chat_model
from assistant.models.embedder import Embedder
from assistant.models.load import load_embedder, load_reader, load_reranker
from assistant.models.reader import Reader
from assistant.models.reranker import Reranker
from assistant.names import KnownNames, known_names, refresh_names
from assistant.question.event_period import since_event
from assistant.question.understand import is_english, understand
from assistant.retrieval.search import Retrieval, retrieve, shortened
from assistant.settings import Settings
from assistant.types import Answer, Article, Event, Example, Hit, IngestReport, Query, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.tools import StructuredTool

    from assistant.output.langchain import ArticleAnswerer, ArticleRetriever

EXAMPLE_ARTICLES = 60


class Assistant:
    """Answers questions from an index of articles. Open one with ``build`` or ``open``; close it after use."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        settings: Settings,
        chat_model: BaseChatModel | None = None,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.settings = settings
        self.chat_model = chat_model
        self.reader = reader
        self.reranker = reranker
        self._names: tuple[str, KnownNames] | None = None

    @classmethod
    def open(cls, settings: Settings | None = None) -> Self:
        """Open an existing index.

        Raises:
            StoreError: there is no index, it is damaged, or another embedding model made it.
            ModelError: one of the models cannot be loaded, or packaged weights were altered.
        """
        settings = settings or Settings()
        index = Index.open(settings)
        try:
            embedder = load_embedder(settings)
            index.check_model(embedder)
            return cls(index, embedder, settings, *_other_models(settings))
        except BaseException:
            index.close()
            raise

    @classmethod
    def build(cls, source: str | Path | Sequence[str | Path], settings: Settings | None = None) -> Self:
        """Ingest a folder, file, URL or several into the index (made if need be), and open it.

        Raises:
            AssistantError: as ``open`` and ``ingest``.
        """
        settings = settings or Settings()
        sources = [source] if isinstance(source, str | Path) else list(source)
        embedder, others = load_embedder(settings), _other_models(settings)
        assistant = cls(Index.open(settings, create=True), embedder, settings, *others)
        try:
            assistant.ingest(sources)
        except BaseException:
            assistant.close()
            raise
        return assistant

    def ingest(
        self,
        sources: Sequence[str | Path],
        *,
        prune: bool = False,
        on_event: Callable[[IngestEvent], None] | None = None,
    ) -> IngestReport:
        """Read sources into the index; what has not changed is left as it is.

        Raises:
            StoreError: another process writes to the index, or it cannot be written.
        """
        names = [str(source) for source in sources]
        report = self.index.ingest(
            names, self.embedder, prune=prune, on_event=on_event or (lambda event: None)
        )
        refresh_names(self.index, self.settings)
        return report

    def names(self) -> KnownNames:
        """Return the names that the articles, or your own file, write in several ways.

        Raises:
            SettingsError: ``names_file`` cannot be read.
        """
        state = self.index.state()
        if self._names is None or self._names[0] != state:
            self._names = (state, known_names(self.index, self.settings))
        return self._names[1]

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
        asked: datetime.date | None = None,
        question_as: str | None = None,
    ) -> Answer:
        """Answer a question from the articles alone, or say that they do not answer it.

        ``after`` and ``before`` bound the publication date, inclusive; ``asked`` is the day on which the
        question is put; ``question_as`` is the question as it stands alone, where the caller knows better.

        Raises:
            QuestionError: the question is empty or too long, or its filters are impossible.
            StoreError: the index is damaged.
        """
        *_, answer = self.stream(
            question,
            history=history,
            after=after,
            before=before,
            publishers=publishers,
            asked=asked,
            question_as=question_as,
        )
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
        asked: datetime.date | None = None,
        question_as: str | None = None,
    ) -> Iterator[Answer]:
        """Yield snapshots of the answer as it grows; the last is ``final``. As ``ask`` otherwise.

        With a chat model, the built-in answer comes first, then what the model writes, then what of it passed
        the check. Where the model fails, the built-in answer stays. A follow-up is first answered as the rules
        complete it, and again where the model completes it otherwise.
        """
        clock = Stopwatch()
        query = self._understood(
            question,
            history=history,
            after=after,
            before=before,
            publishers=publishers,
            asked=asked,
            question_as=question_as,
        )
        if not is_english(query.text):
            yield unsupported_language(query)
            return
        clock.lap("understand")
        wide = asks_for_events(query.text)
        found = retrieve(
            query,
            self.index,
            self.embedder,
            self.settings,
            k=PASSAGES if wide else self._depth(self.settings.hits),
            names=self.names(),
            reranker=self.reranker,
        )
        clock.lap("retrieve")
        reading, events, found = self._read(query, found, wide)
        clock.lap("answer")
        statements = tuple(check(statement) for statement in reading.statements)
        reading = replace(reading, statements=statements)
        doubt = self._doubt(query, reading, found)
        clock.lap("check")
        if doubt:
            remark, withheld = doubt
            yield with_doubt(
                composed(query, found, Verdict(withheld), self.index.counts(), clock.laps), remark
            )
            return
        answer = composed(query, found, Verdict(reading), self.index.counts(), clock.laps, events)
        if self.chat_model is None:
            yield answer
            return
        yield replace(answer, final=False)
        if question_as is None:
            for completed in rewrite(query, history, self.chat_model, self.settings):
                if completed is None:
                    yield replace(answer, final=False)
                elif completed != query.text:
                    yield from self.stream(
                        question,
                        after=after,
                        before=before,
                        publishers=publishers,
                        asked=asked,
                        question_as=completed,
                    )
                    return
        draft = Draft()
        try:
            for draft in write(query, found.hits, self.chat_model, self.settings):
                drafted = rewritten(reading, draft.statements) if draft.statements else reading
                told = events if drafted is reading else ()
                snapshot = composed(query, found, Verdict(drafted), self.index.counts(), clock.laps, told)
                yield replace(snapshot, final=False)
        except ModelError as error:
            yield replace(answer, notes=(*answer.notes, f"This is the built-in answer: {error}."))
            return
        clock.lap("write")
        verdict = check_draft(draft, reading, query, found.hits, self.settings, found.names, self.embedder)
        clock.lap("check")
        told = events if verdict.reading is reading else ()
        yield composed(query, found, verdict, self.index.counts(), clock.laps, told)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
        asked: datetime.date | None = None,
        reread: bool = False,
    ) -> list[Hit]:
        """Find the ``k`` passages that best match a question, best first.

        With ``reread``, the reader ranks the leading ``Settings.reread`` anew, as it does for an answer: the
        first passage is the right one more often, and the search takes several times as long.

        Raises:
            QuestionError: as ``ask``.
        """
        query = self._understood(question, after=after, before=before, publishers=publishers, asked=asked)
        found = retrieve(
            query,
            self.index,
            self.embedder,
            self.settings,
            k=self._depth(k) if reread else k,
            names=self.names(),
            reranker=self.reranker,
        )
        if self.reader is None or not (reread and self.settings.reread):
            return list(found.hits)
        depth = self.settings.reread
        first = examine(
            query, shortened(found, depth), self.embedder, self.reader, self.settings, depth
        ).retrieval
        return [*first.hits, *found.hits[depth:]][:k]

    def timeline(
        self,
        *,
        about: str | None = None,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
        asked: datetime.date | None = None,
    ) -> list[Event]:
        """List the events that the articles report and date, in order of time; those of an unknown year last.

        ``about`` narrows them to a topic, a period ("the capital in May 2025") or both; ``after`` and
        ``before`` bound the publication date, inclusive; ``asked`` as in ``ask``.

        Raises:
            QuestionError: as ``ask``.
        """
        query = self._understood(
            about or "timeline", after=after, before=before, publishers=publishers, asked=asked
        )
        if about is not None:
            found = retrieve(query, self.index, self.embedder, self.settings, k=PASSAGES, names=self.names())
            return events_about(query, found, self.embedder, self._stories())
        selected = (one for one in self.index.articles() if published_within(one, query))
        told = (sentence for one in selected for sentence in dated_sentences(self.index.article(one.id)))
        return numbered(gather(told, self._stories()))

    def answer_example(self, example: Example) -> Answer:
        """Answer a row of a question set; a row with articles of its own is answered from those alone."""
        with self._corpus_of(example) as assistant:
            return assistant.ask(
                example.question,
                history=example.history,
                after=example.after,
                before=example.before,
                publishers=example.publishers,
                asked=example.asked,
            )

    def search_example(self, example: Example, k: int = 10, *, reread: bool = False) -> list[Hit]:
        """Search for a row of a question set, in the articles of its own where it has any; as ``search``."""
        with self._corpus_of(example) as assistant:
            return assistant.search(
                example.question,
                k,
                after=example.after,
                before=example.before,
                publishers=example.publishers,
                asked=example.asked,
                reread=reread,
            )

    @contextlib.contextmanager
    def _corpus_of(self, example: Example) -> Iterator[Assistant]:
        if example.context is None:
            yield self
            return
        with tempfile.TemporaryDirectory() as folder:
            settings = self.settings.model_copy(update={"index": Path(folder), "chroma_url": None})
            with Index.open(settings, create=True) as index:
                index.add_articles(example.context, self.embedder)
                yield Assistant(index, self.embedder, settings, self.chat_model, self.reader, self.reranker)

    def example_questions(self, n: int = 4) -> list[str]:
        """Suggest up to ``n`` questions that the newest articles answer."""
        known = [one for one in self.index.articles() if not one.removed and one.duplicate_of is None]
        newest = sorted(known, key=lambda one: (one.published or datetime.date.min, one.id), reverse=True)
        articles = [self.index.article(one.id) for one in newest[:EXAMPLE_ARTICLES]]
        answered = (text for text in suggestions(articles) if next(self.stream(text)).answered)
        return list(itertools.islice(answered, n))

    def article(self, article_id: str) -> Article:
        """Fetch an article by id.

        Raises:
            UnknownArticle: the index holds none of that id.
        """
        return self.index.article(article_id)

    def as_retriever(self, k: int = 10, *, reread: bool = False) -> ArticleRetriever:
        """Offer ``search`` as a LangChain ``BaseRetriever``, for use in any LangChain chain."""
        from assistant.output.langchain import ArticleRetriever

        return ArticleRetriever(assistant=self, k=k, reread=reread)

    def as_runnable(self) -> ArticleAnswerer:
        """Offer the answers as a LangChain ``Runnable``: a question, or a mapping of options, to an ``Answer``."""
        from assistant.output.langchain import ArticleAnswerer

        return ArticleAnswerer(self)

    def as_tool(self) -> StructuredTool:
        """Offer the answers as a LangChain tool, for agents; its artifact is the ``Answer``."""
        from assistant.output.langchain import article_tool

        return article_tool(self)

    def model_hashes(self) -> dict[str, str]:
        """Identify the weights that answer: the embedder's and the reader's, by SHA-256 or as ``hub:NAME``."""
        return {"embedder": self.embedder.digest} | ({"reader": self.reader.digest} if self.reader else {})

    def close(self) -> None:
        """Close the index."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _understood(self, question: str, **options: Any) -> Query:
        """Turn a question and the options of ``stream`` into a query that this index can answer."""
        query = since_event(understand(question, self.settings, **options), self.index)
        self._check_publishers(query)
        return query

    def _check_publishers(self, query: Query) -> None:
        if not query.publishers:
            return
        known = self.index.publishers()
        for publisher in query.publishers:
            if publisher not in known:
                raise QuestionError(
                    f"no article is by publisher {publisher!r}; the index holds: {', '.join(known[:10]) or 'none'}"
                )

    def _depth(self, k: int) -> int:
        """How many passages to fetch for ``k`` hits: as many as the reader ranks anew, if those are more."""
        return max(k, self.settings.reread) if self.reader else k

    def _read(
        self, query: Query, found: Retrieval, wide: bool
    ) -> tuple[Reading, tuple[Event, ...], Retrieval]:
        """Answer by event where the question asks for events and there are some, and otherwise by sentence.

        The hits come back as the reader ranks them.
        """
        most = self.settings.hits
        events = (
            events_about(query, found, self.embedder, self._stories(), self.settings.answer_events)
            if wide
            else []
        )
        if len(events) >= FEWEST_EVENTS:
            return *tell(events), shortened(found, most)
        found = shortened(found, self._depth(most))
        evidence = examine(query, found, self.embedder, self.reader, self.settings, most)
        nearest = evidence.retrieval
        reading = within_corpus(query, read(query, evidence, self.settings), self.index.counts())
        if not reading.answered and query.asked_period and query.asked_period.assumed:
            timeless = replace(query, asked_period=None)
            evidence = examine(timeless, found, self.embedder, self.reader, self.settings, most)
            freely = read(timeless, evidence, self.settings)
            if takes_up(query.asked_period, freely):
                reading, nearest = freely, evidence.retrieval
        if events and not reading.answered and names_all(events[0], query):
            return *tell(events), nearest
        agreed = agree(reading, query, nearest, self.settings)
        if not reading.answered:
            agreed = within_corpus(query, agreed, self.index.counts())
        return agreed, (), nearest

    def _doubt(self, query: Query, reading: Reading, found: Retrieval) -> tuple[str, Reading] | None:
        """Find what the question assumes that no article reports, or that they contradict: remark and evidence."""
        if remark := unreported(query, self.index):
            return remark, replace(reading, answered=False, short=None, statements=())
        return contradicted(query, reading, found, self.settings)

    def _stories(self) -> dict[str, str]:
        return {one.id: one.duplicate_of or one.id for one in self.index.articles() if not one.removed}


def _other_models(settings: Settings) -> tuple[BaseChatModel | None, Reader | None, Reranker | None]:
    return load_chat_model(settings), load_reader(settings), load_reranker(settings)


class Stopwatch:
    """Milliseconds spent in each named stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round((now - self._since) * 1000, 3)
        self._since = now
