"""What users keep, in SQLite files beside the index."""
