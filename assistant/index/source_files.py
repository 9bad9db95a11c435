"""What the disk says about the files that are read: whether they exist, and their size."""

from __future__ import annotations

import os
from pathlib import Path

EXPANSION = {".gz": 2.7, ".xz": 3.8}


def is_web_address(path: str) -> bool:
    """Say whether a path is an address on the web."""
    return path.lower().startswith(("http://", "https://"))


def may_exist(path: str) -> bool:
    """Say whether a path may still be there: yes unless the disk says that it is not."""
    if is_web_address(path):
        return True
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # No path holds a NUL.
        return False
    except OSError:
        return True
    return True


def id_taken(article_id: str, path: str) -> str:
    """Say that an id is taken by an article of another path."""
    return f"its id {article_id!r} is already that of an article of {path}; change one of the two"


def characters_per_byte(path: str) -> float:
    """Return how many characters of text a byte of a file usually stands for."""
    return EXPANSION.get(Path(path).suffix.lower(), 1.0)


def size_on_disk(path: str) -> int:
    """Return the size of a file in bytes; 0 for an address and for what cannot be read."""
    try:
        return 0 if is_web_address(path) else Path(path).stat().st_size
    except OSError:
        return 0
