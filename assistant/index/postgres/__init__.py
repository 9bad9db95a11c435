"""The store in PostgreSQL with pgvector: articles, vectors and postings in one transaction an article."""
