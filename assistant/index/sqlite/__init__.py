"""The ledger in SQLite: articles, passages, vectors and full text."""
