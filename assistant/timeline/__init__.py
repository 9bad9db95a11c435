"""Dated events: gathered, in order of time, and told in answer to a question."""
