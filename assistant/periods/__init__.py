"""Periods: the dates in words, the period a question asks about, and when events took place."""
