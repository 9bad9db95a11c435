"""Haystack's tutorial "Creating Your First QA Pipeline": in-memory store, splitter with its defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from haystack import Document
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from numpy.typing import NDArray

from benchmarks.peers import model_path
from benchmarks.peers.rows import read_passages, read_rows
from benchmarks.peers.vectors import stand_in_vectors

STORE = "documents.json"


def ingest(articles: Path, folder: Path) -> int:
    """Split into 200 words without overlap, embed and store."""
    documents = [Document(content=row["text"], meta={"title": row["title"]}) for row in read_rows(articles)]
    splitter = DocumentSplitter()
    splits = splitter.run(documents=documents)["documents"]
    embedder = SentenceTransformersDocumentEmbedder(model=model_path(), progress_bar=False)
    embedder.warm_up()
    return _store(embedder.run(documents=splits)["documents"], folder)


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Store passages with their vectors."""
    passages = read_passages(data)
    pairs = zip(passages, stand_in_vectors(passages, base), strict=True)
    return _store([Document(content=text, embedding=vector.tolist()) for text, vector in pairs], folder)


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Load the store."""
    store = InMemoryDocumentStore.load_from_disk(str(folder / STORE))
    embedder = SentenceTransformersTextEmbedder(model=model_path(), progress_bar=False)
    embedder.warm_up()
    retriever = InMemoryEmbeddingRetriever(store)

    def search(question: str, k: int) -> list[str]:
        vector = embedder.run(text=question)["embedding"]
        found = retriever.run(query_embedding=vector, top_k=k)["documents"]
        return [one.content for one in found]

    return search


def _store(documents: list[Document], folder: Path) -> int:
    store = InMemoryDocumentStore()
    written = store.write_documents(documents, policy=DuplicatePolicy.SKIP)
    store.save_to_disk(str(folder / STORE))
    return written
