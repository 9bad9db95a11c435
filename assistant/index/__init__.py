"""The index: a ledger in SQLite that counts, and a vector index of it in Chroma that can be thrown away."""

from assistant.index.catalogue import ArticleSummary, IndexCounts, Selection
from assistant.index.index import Index
from assistant.index.progress import IngestEvent
from assistant.index.stored import StoredPassage
from assistant.index.verifying import Problem

__all__ = ["ArticleSummary", "Index", "IndexCounts", "IngestEvent", "Problem", "Selection", "StoredPassage"]
