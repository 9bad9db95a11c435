"""Bodies that editors keep as trees of blocks (paragraphs, spans, lists) -> their text in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_MOST_DEPTH = 12
# Where a block keeps its own words, and where the blocks or spans in it.
_WORDS = ("text", "content", "value", "html", "bodyHtml", "bodyTextSummary")
_INNER = ("content", "children", "blocks", "items", "paragraphs", "data", "text", "nodes", "document", "body")
_TYPES = ("type", "_type", "nodeType", "blockType", "kind")
_NOT_PROSE = re.compile(
    r"image|photo|picture|video|audio|gallery|embed|oembed|media|advert|\bads?\b|promo|related|recommend|newsletter|"
    r"interstitial|social|widget|asset|script|raw_?html|table_of_contents|divider",
    re.IGNORECASE,
)


def text_of_blocks(value: Any) -> str | None:
    """Return the text of a tree of blocks, or None where it holds no words; markup in the words stays.

    Words of a block that are kept in pieces (spans) are joined as they stand; blocks are parted by an empty line.
    Blocks of pictures, adverts and links to other articles are left out.
    """
    return _rendered(value, 0, in_block=False).strip() or None


def _rendered(value: Any, depth: int, *, in_block: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth < _MOST_DEPTH:
        return _joined(value, depth, in_block=in_block)
    if (
        not isinstance(value, Mapping)
        or depth >= _MOST_DEPTH
        or any(_NOT_PROSE.search(str(value.get(name, ""))) for name in _TYPES)
    ):
        return ""
    inner = (_rendered(value.get(name), depth + 1, in_block=in_block and name != "items") for name in _INNER)
    return next(_own_words(value), "") or next(filter(None, inner), "")


def _own_words(block: Mapping[Any, Any]) -> Iterator[str]:
    yield from (item for name in _WORDS if isinstance(item := block.get(name), str) and item)


def _joined(parts: Sequence[Any], depth: int, *, in_block: bool) -> str:
    """Return parts as one text: the spans of a block run on, while blocks stand apart."""
    mixed = any(isinstance(one, str) for one in parts) and any(isinstance(one, Mapping) for one in parts)
    spans = in_block and any(isinstance(one, Mapping) and any(_own_words(one)) for one in parts)
    texts = (_rendered(one, depth + 1, in_block=True) for one in parts)
    if mixed or spans:
        return "".join(texts)
    return "\n\n".join(text for text in texts if text.strip())
