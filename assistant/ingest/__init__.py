"""Files, addresses and feeds -> articles: a reader per format, cleaning, dates, and the child that parses."""

from assistant.ingest.article_reader import PIPELINE_VERSION, ArticleReader
from assistant.ingest.metadata.documents import UnreadableError, document_from_mapping, to_article
from assistant.ingest.sources import content_hash, find_sources

__all__ = [
    "PIPELINE_VERSION",
    "ArticleReader",
    "UnreadableError",
    "content_hash",
    "document_from_mapping",
    "find_sources",
    "to_article",
]
