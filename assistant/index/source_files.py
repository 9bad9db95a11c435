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


def id_taken(article_id: str, path: str, owner: str) -> str:
    """Say that an id is taken by an article of another path; where both are named by it, how to mend it."""
    told = f"its id {article_id!r} is already that of an article of {owner}"
    parent = _folder_of_both(path, owner)
    named = all(Path(one).name in article_id for one in (path, owner))
    if named and parent is not None:
        return f"{told}; give the folder that holds both, {parent}, with --prune: it tells them apart"
    return f"{told}; change one of the two"


def _folder_of_both(path: str, other: str) -> str | None:
    """Return the nearest folder above two files; None where it is the root, or one of them is an address."""
    if is_web_address(path) or is_web_address(other):
        return None
    parent = os.path.commonpath([path, other])
    return None if parent == os.path.dirname(parent) else parent  # noqa: PTH120 - paths are texts here


def characters_per_byte(path: str) -> float:
    """Return how many characters of text a byte of a file usually stands for."""
    return EXPANSION.get(Path(path).suffix.lower(), 1.0)


def size_on_disk(path: str) -> int:
    """Return the size of a file in bytes; 0 for an address and for what cannot be read."""
    try:
        return 0 if is_web_address(path) else Path(path).stat().st_size
    except OSError:
        return 0
