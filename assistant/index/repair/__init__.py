"""Finds damage to an index, and makes it anew from what is whole."""
