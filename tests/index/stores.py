"""The stores that the suite runs on: each a function from a folder to what ``Settings.index`` is to name."""

from collections.abc import Callable
from pathlib import Path

PLACES: dict[str, Callable[[Path], Path | str]] = {
    "folder": lambda folder: folder / "index",
}
STORES = tuple(PLACES)


def new_place(store: str, folder: Path) -> Path | str:
    """Return where a store of this kind can be made; nothing is there yet."""
    return PLACES[store](folder)
