"""Word lists of English, as data."""
