"""The index: a ledger in SQLite that counts, and a vector index of it in Chroma that can be thrown away."""

from assistant.index.index import Index
from assistant.index.listing import ArticleSummary, IndexCounts, Selection
from assistant.index.progress import IngestEvent
from assistant.index.repair.verify import Problem
from assistant.index.sqlite.passage_cache import StoredPassage

__all__ = ["ArticleSummary", "Index", "IndexCounts", "IngestEvent", "Problem", "Selection", "StoredPassage"]
