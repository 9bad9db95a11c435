"""Language: tokens, sentences, names, numbers, dates, and the phrases they stand in."""
