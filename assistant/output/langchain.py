"""The assistant in LangChain's forms: a ``BaseRetriever``, a ``Runnable`` and a tool."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import StructuredTool, ToolException
from pydantic import ConfigDict

from assistant.errors import QuestionError
from assistant.output.chat_history import paired
from assistant.output.to_markdown import answer_to_text
from assistant.types import Answer, Hit, Turn

Question = str | Mapping[str, Any]


class ArticleRetriever(BaseRetriever):
    """Retrieves passages as LangChain documents; ``assistant`` is an open ``Assistant``.

    A document's ``id`` is the passage's, and its metadata holds ``article``, ``title``, ``publisher``,
    ``published`` (ISO date or None), ``url``, ``start``, ``end``, ``page`` (from 1, or None) and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int = 10
    reread: bool = False

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
    ) -> list[Document]:
        return [_hit_document(hit) for hit in self.assistant.search(query, self.k, reread=self.reread)]


class ArticleAnswerer(Runnable[Question, Answer]):
    """Answers questions as a step of a LangChain chain; ``assistant`` is an open ``Assistant``.

    The input is a question, or a mapping of ``question`` and any option of ``Assistant.ask``; its
    ``history`` may hold turns, (question, answer) pairs or LangChain messages, oldest first. ``stream``
    yields snapshots, of which each replaces the one before, as ``Assistant.stream`` does.
    """

    def __init__(self, assistant: Any) -> None:
        self.assistant = assistant

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer one question.

        Raises:
            QuestionError: as ``Assistant.ask``, or the input is neither a question nor holds one.
        """
        return self._call_with_config(self._ask, input, config)

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """Yield snapshots of the answer; the last is final."""
        return self.transform(iter([input]), config)

    def transform(
        self, input: Iterator[Question], config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """Answer the last of what comes in, as chains expect of a step that is not fed piecemeal."""
        return self._transform_stream_with_config(input, self._stream, config)

    def _ask(self, given: Question) -> Answer:
        *_, answer = self._stream(iter([given]))
        return answer

    def _stream(self, given: Iterator[Question]) -> Iterator[Answer]:
        *_, last = given
        yield from self.assistant.stream(**_options(last))


def article_tool(assistant: Any) -> StructuredTool:
    """Make the tool that a LangChain agent asks; ``assistant`` is an open ``Assistant``.

    The model is given the answer as text with the words of its sources; the message's ``artifact`` is the
    ``Answer``. A question that is refused is a message too, so that the model can put another.
    """

    def ask_articles(
        question: str,
        after: datetime.date | None = None,
        before: datetime.date | None = None,
        publishers: tuple[str, ...] = (),
    ) -> tuple[str, Answer]:
        try:
            answer = assistant.ask(question, after=after, before=before, publishers=publishers)
        except QuestionError as error:
            raise ToolException(str(error)) from error
        return answer_to_text(answer), answer

    return StructuredTool.from_function(
        ask_articles,
        description=(
            "Answer a question from a corpus of news articles, with the exact words that each statement rests "
            "on, or say that the articles do not answer it. The question must stand alone. after and before "
            "bound the publication date, inclusive; publishers are the only ones to be read."
        ),
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def _options(given: Question) -> dict[str, Any]:
    """Read the input of the runnable as the arguments of ``Assistant.stream``."""
    options = {"question": given} if isinstance(given, str) else dict(given)
    if not isinstance(options.get("question"), str):
        raise QuestionError('there is no question; give one as a string, or as {"question": "..."}')
    history = list(options.pop("history", ()))
    if history and all(isinstance(one, BaseMessage) for one in history):
        turns = paired((one.type, str(one.text)) for one in cast("list[BaseMessage]", history))
    else:
        turns = [one if isinstance(one, Turn) else Turn(*one) for one in history]
    return {**options, "history": turns}


def _hit_document(hit: Hit) -> Document:
    article = hit.article
    return Document(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "article": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "page": article.page_at(hit.passage.start),
            "score": hit.score,
        },
    )
