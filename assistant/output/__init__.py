"""Answers as JSON, Markdown, text and LangChain objects; conversations as clients give them."""
