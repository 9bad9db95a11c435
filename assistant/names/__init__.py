"""Spellings and abbreviations of names, learnt from the articles and from a file of the user's own."""

from assistant.names.cache import known_names, load_names, refresh_names
from assistant.names.learn import KnownNames, NameGroup, learn
from assistant.names.mentions import NameUse, name_key, name_use

__all__ = [
    "KnownNames",
    "NameGroup",
    "NameUse",
    "known_names",
    "learn",
    "load_names",
    "name_key",
    "name_use",
    "refresh_names",
]
