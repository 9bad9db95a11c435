"""The search as a LangChain ``BaseRetriever``."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.datamodels import Hit


class ArticleRetriever(BaseRetriever):
    """Retrieves passages as LangChain documents; ``assistant`` is an open ``Assistant``.

    A document's ``id`` is the passage's, and its metadata holds ``article``, ``title``, ``publisher``,
    ``published`` (ISO date or None), ``url``, ``start``, ``end`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
    ) -> list[Document]:
        return [_document(hit) for hit in self.assistant.search(query, self.k)]


def _document(hit: Hit) -> Document:
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
            "score": hit.score,
        },
    )
