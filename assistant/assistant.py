"""Assistant: an index opened with the models that read it; ``pipeline.py`` is the way a question travels."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.answers.draft import Corpus
from assistant.answers.example_questions import makes_an_example, newest_articles, suggestions
from assistant.index import IngestEvent, Store, Version, open_store
from assistant.models.chat_models import ChatModels
from assistant.models.embedder import Embedder
from assistant.models.judge import Judge
from assistant.models.load import load_embedder, load_other_models
from assistant.models.reader import Reader
from assistant.models.reranker import Reranker
from assistant.names import KnownNames, known_names, refresh_names
from assistant.pipeline import answers, events_told, filters_of, own_articles, searched
from assistant.retrieval.find import FindResult, GroupedBy, find
from assistant.settings import Settings
from assistant.types import Answer, Article, Event, Example, Filters, Hit, IngestReport, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.tools import StructuredTool

    from assistant.output.langchain import ArticleAnswerer, ArticleRetriever


class Assistant:
    """Answers questions from an index of articles. Open one with ``build`` or ``open``; close it after use."""

    def __init__(
        self,
        index: Store,
        embedder: Embedder,
        settings: Settings,
        chat_model: BaseChatModel | None = None,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
        judge: Judge | None = None,
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.settings = settings
        self.chat_model = chat_model
        self._chat_models = ChatModels(settings)
        self.reader = reader
        self.reranker = reranker
        self.judge = judge
        self._names: tuple[str, KnownNames] | None = None

    @classmethod
    def open(cls, settings: Settings | None = None) -> Self:
        """Open an existing index.

        Raises:
            StoreError: there is no index, it is damaged, or another embedding model made it.
            ModelError: one of the models cannot be loaded, or packaged weights were altered.
        """
        settings = settings or Settings()
        index = open_store(settings)
        try:
            embedder = load_embedder(settings)
            index.check_model(embedder)
            return cls(index, embedder, settings, *load_other_models(settings))
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
        embedder, others = load_embedder(settings), load_other_models(settings)
        assistant = cls(open_store(settings, create=True), embedder, settings, *others)
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
        tell = on_event or (lambda event: None)
        report = self.index.ingest([str(one) for one in sources], self.embedder, prune=prune, on_event=tell)
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
        model: str | None = None,
    ) -> Answer:
        """Answer a question from the articles alone, or say that they do not answer it.

        ``after`` and ``before`` bound the publication date, inclusive; ``asked`` is the day on which the
        question is put; ``question_as`` is the question as it stands alone, where the caller knows better;
        ``model`` is one of ``models``, the first unless given.

        Raises:
            QuestionError: the question is empty or too long, or its filters or its model are impossible.
            ModelError, StoreError: the model cannot be loaded; the index is damaged.
        """
        filters = Filters(after, before, tuple(publishers), asked)
        writer, settings = self._chat_models.chosen(model, self.chat_model)
        *_, answer = answers(question, history, filters, self.corpus(settings), writer, question_as)
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
        model: str | None = None,
    ) -> Iterator[Answer]:
        """Yield snapshots of the answer as it grows; the last is ``final``. As ``ask`` otherwise.

        With a chat model, the built-in answer comes first, then what the model writes, then what of it passed
        the check. Where the model fails, the built-in answer stays. A follow-up is first answered as the rules
        complete it, and again where the model completes it otherwise.
        """
        filters = Filters(after, before, tuple(publishers), asked)
        writer, settings = self._chat_models.chosen(model, self.chat_model)
        return answers(question, history, filters, self.corpus(settings), writer, question_as)

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
        return searched(question, k, Filters(after, before, tuple(publishers), asked), self.corpus(), reread)

    def find(
        self,
        phrase: str,
        *,
        by: GroupedBy | None = None,
        count: bool = False,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: Sequence[str] = (),
    ) -> FindResult:
        """Find every occurrence of a word, name or phrase in the articles' texts; as ``retrieval.find.find``.

        Raises:
            QuestionError: the phrase holds no word, or a filter is impossible.
        """
        bounds = {"after": after, "before": before}
        return find(phrase, self.index, self.names(), by=by, count=count, publishers=publishers, **bounds)

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
        ``before`` bound the publication date, inclusive; ``asked``, and the errors raised, as in ``ask``.
        """
        return events_told(about, Filters(after, before, tuple(publishers), asked), self.corpus())

    def corpus(self, settings: Settings | None = None) -> Corpus:
        """Return the index with the models that search and read it, as the answers of each kind take it."""
        given = settings or self.settings
        return Corpus(self.index, self.embedder, given, self.reader, self.reranker, self.judge, self.names())

    @property
    def models(self) -> tuple[str, ...]:
        """What may write an answer: the chat models, the default first, and the built-in answerer."""
        return self._chat_models.choices(self.chat_model)

    def answer_example(self, example: Example) -> Answer:
        """Answer a row of a question set; a row with articles of its own is answered from those alone."""
        writer, settings = self._chat_models.chosen(None, self.chat_model)
        with own_articles(example, self.corpus(settings)) as corpus:
            *_, answer = answers(example.question, example.history, filters_of(example), corpus, writer)
            return answer

    def search_example(self, example: Example, k: int = 10, *, reread: bool = False) -> list[Hit]:
        """Search for a row of a question set, in the articles of its own where it has any; as ``search``."""
        with own_articles(example, self.corpus()) as corpus:
            return searched(example.question, k, filters_of(example), corpus, reread)

    def example_questions(self, n: int = 4) -> list[str]:
        """Suggest up to ``n`` questions that the newest articles answer."""
        return list(itertools.islice(self.suggest(), n))

    def suggest(self) -> Iterator[str]:
        """Yield questions that the newest articles answer, each as soon as it is found to be one."""
        suggested = suggestions(newest_articles(self.index))
        return (text for text in suggested if makes_an_example(next(self.stream(text))))

    def article(self, article_id: str) -> Article:
        """Fetch an article by id.

        Raises:
            UnknownArticle: the index holds none of that id.
        """
        return self.index.article(article_id)

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an article that was read again with another text, oldest first."""
        return self.index.versions(article_id)

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
