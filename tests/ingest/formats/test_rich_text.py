from typing import Any

import pytest

from assistant.ingest.formats.rich_text import text_of_blocks

ONE, TWO = "The pier is shut until May.", "A diver found the crack."
TREES: dict[str, Any] = {
    "blocks with words": [{"type": "text", "content": ONE}, {"type": "text", "content": TWO}],
    "blocks of spans": [
        {"_type": "block", "children": [{"text": ONE[:8], "marks": ["em"]}, {"text": ONE[8:]}]},
        {"_type": "block", "children": [{"text": TWO}]},
    ],
    "a document": {
        "nodeType": "document",
        "content": [
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": ONE[:4]},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": ONE[4:]}]},
                ],
            },
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": TWO}]},
        ],
    },
    "an editor's blocks": {
        "blocks": [
            {"type": "paragraph", "data": {"text": ONE}},
            {"type": "image", "data": {"caption": "The pier last year."}},
            {"type": "paragraph", "data": {"text": TWO}},
        ]
    },
    "a list": [{"type": "list", "items": [{"content": ONE}, {"content": TWO}]}],
}


@pytest.mark.parametrize("name", TREES)
def test_blocks_stand_apart_and_spans_run_on(name: str) -> None:
    assert text_of_blocks(TREES[name]) == f"{ONE}\n\n{TWO}"


def test_words_and_spans_in_one_list_run_on() -> None:
    assert text_of_blocks([ONE[:8], {"type": "link", "text": ONE[8:]}]) == ONE


def test_a_tree_without_words_or_too_deep_has_no_text() -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = {"content": [deep]}
    assert text_of_blocks([{"type": "divider"}]) is None
    assert text_of_blocks(deep) is None
