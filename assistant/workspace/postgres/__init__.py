"""What users keep, in the database of the index."""
