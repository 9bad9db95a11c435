"""What the rules know of English: word lists and patterns, as data."""
