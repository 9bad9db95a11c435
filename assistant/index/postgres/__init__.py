"""The store in PostgreSQL with pgvector: an article's text, vectors and postings in one transaction."""
