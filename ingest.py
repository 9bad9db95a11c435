"""Command line that ingests articles: the same function as `python -m assistant ingest`."""
