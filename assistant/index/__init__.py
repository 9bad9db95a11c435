"""The index: what a store of articles offers (``Store``), and the stores: SQLite with Chroma, in a folder."""

from assistant.index.copying import CopyReport, copy_index
from assistant.index.index import Index
from assistant.index.listing import ArticleSummary, IndexCounts, Selection, check_publishers, published_within
from assistant.index.open_store import open_store
from assistant.index.progress import IngestEvent
from assistant.index.store import Derived, Problem, Store, StoredPassage
from assistant.index.versions import Version

__all__ = [
    "ArticleSummary",
    "CopyReport",
    "Derived",
    "Index",
    "IndexCounts",
    "IngestEvent",
    "Problem",
    "Selection",
    "Store",
    "StoredPassage",
    "Version",
    "check_publishers",
    "copy_index",
    "open_store",
    "published_within",
]
