"""A query -> the passages that match it best."""
