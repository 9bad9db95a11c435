"""Spellings and abbreviations of names, learnt from the articles and from a file of the user's own."""

from assistant.names.known import known_names, load_names, refresh_names
from assistant.names.use import NameUse, definitions, name_key, name_use
from assistant.names.variants import KnownNames, NameGroup, learn

__all__ = [
    "KnownNames",
    "NameGroup",
    "NameUse",
    "definitions",
    "known_names",
    "learn",
    "load_names",
    "name_key",
    "name_use",
    "refresh_names",
]
