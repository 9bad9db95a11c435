"""LangChain's tutorial "Build a RAG agent": recursive splitter, Hugging Face embeddings, Chroma."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from benchmarks.peers import model_path
from benchmarks.peers.rows import read_passages, read_rows
from benchmarks.peers.vectors import stand_in_vectors

COLLECTION = "example_collection"


class LookUp(Embeddings):
    """Embeddings that are looked up."""

    def __init__(self, base: NDArray[np.float32]) -> None:
        self.base = base

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Look up vectors, one for each text."""
        vectors: list[list[float]] = stand_in_vectors(texts, self.base).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Look up one vector."""
        return self.embed_documents([text])[0]


def ingest(articles: Path, folder: Path) -> int:
    """Split into 1,000 characters with 200 of overlap, embed and store."""
    documents = [
        Document(page_content=row["text"], metadata={"title": row["title"] or ""})
        for row in read_rows(articles)
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    splits = splitter.split_documents(documents)
    Chroma.from_documents(splits, _embeddings(), collection_name=COLLECTION, persist_directory=str(folder))
    return len(splits)


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Store passages with their vectors, looked up where the tutorial computes them."""
    passages = read_passages(data)
    Chroma.from_texts(passages, LookUp(base), collection_name=COLLECTION, persist_directory=str(folder))
    return len(passages)


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Open the collection."""
    store = Chroma(COLLECTION, _embeddings(), persist_directory=str(folder))
    return lambda question, k: [found.page_content for found in store.similarity_search(question, k=k)]


def _embeddings() -> HuggingFaceEmbeddings:
    return HuggingFaceEmbeddings(model_name=model_path())
