"""LlamaIndex's starter tutorial: a vector store index with its defaults, persisted and loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from numpy.typing import NDArray

from benchmarks.peers import model_path
from benchmarks.peers.rows import read_passages, read_rows
from benchmarks.peers.vectors import stand_in_vectors


def ingest(articles: Path, folder: Path) -> int:
    """Split into 1,024 tokens with 200 of overlap (of which the model reads 256), embed and store."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
    documents = [
        Document(text=row["text"], metadata={"title": row["title"] or ""}) for row in read_rows(articles)
    ]
    index = VectorStoreIndex.from_documents(documents)
    index.storage_context.persist(str(folder))
    return len(index.docstore.docs)


def ingest_stand_in(data: Path, base: NDArray[np.float32], folder: Path) -> int:
    """Store passages with their vectors."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
    passages = read_passages(data)
    pairs = zip(passages, stand_in_vectors(passages, base), strict=True)
    nodes = [TextNode(text=text, embedding=vector.tolist()) for text, vector in pairs]
    VectorStoreIndex(nodes=nodes).storage_context.persist(str(folder))
    return len(passages)


def open_search(folder: Path) -> Callable[[str, int], list[str]]:
    """Load the index."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
    index = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder)))

    def search(question: str, k: int) -> list[str]:
        found = index.as_retriever(similarity_top_k=k).retrieve(question)
        return [one.node.get_content() for one in found]

    return search
