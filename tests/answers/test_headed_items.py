"""Lists that articles lay out as lines or as headings over sections."""

from assistant.answers.headed_items import headed_runs, lines_of
from assistant.types import Article

SECTIONS = """The year took some dishes away.

Here is what left the menus.

Old Blue

The cheese was dropped in May after ten years on sale.

Shepherd's Loaf

Picture: the last loaf. Quay Wire

The bakery stopped it in June.

Lemon Ice

It is not coming back, the dairy said.

Contributing: Jo Reed
"""
ROWS = """The board named the towns that pay.

The towns with the highest fees are:

Arle, at No. 1

Port St. Benholt, at No. 2

Corrie, at No. 3

Where the money goes

The fees pay for the harbour.
"""


def items_of(text: str, title: str, wanted: set[str]) -> list[tuple[list[str], bool]]:
    article = Article("a", text, title=title)
    runs = list(headed_runs(article, wanted))
    assert all(text[start:end].endswith(item) for run in runs for item, start, end in run.items)
    return [([item for item, _, _ in run.items], run.sure) for run in runs]


def test_headings_are_items_where_the_title_counts_them() -> None:
    dishes = ["Old Blue", "Shepherd's Loaf", "Lemon Ice"]
    assert items_of(SECTIONS, "3 dishes that we lost", {"dish"}) == [(dishes, True)]
    assert items_of(SECTIONS, "3 dishes that we lost", {"town"}) == [(dishes, False)]
    assert not items_of(SECTIONS, "Dishes that we lost", {"dish"})
    assert not items_of(SECTIONS, "8 dishes that we lost", {"dish"})


def test_numbered_headings_are_items() -> None:
    text = "\n\n".join(
        [
            "The list:",
            "1. 'Keys' (1940)",
            "It lost.",
            "2. 'Salt' (1946)",
            "So did it.",
            "3. 'Ferry' (1954)",
            "And this one.",
        ]
    )
    assert items_of(text, "Films", {"film"}) == [(["'Keys' (1940)", "'Salt' (1946)", "'Ferry' (1954)"], True)]


def test_short_lines_after_a_colon_are_items_up_to_the_next_heading() -> None:
    assert items_of(ROWS, "", {"town"}) == [
        (["Arle, at No. 1", "Port St. Benholt, at No. 2", "Corrie, at No. 3"], True)
    ]


def test_a_line_that_is_a_sentence_is_no_heading() -> None:
    short = {
        one.text: one.short for one in lines_of("Old Blue\n\nIt is gone.\n\nMore:Read this\n\nGov. Ada Berg")
    }
    assert short == {"Old Blue": True, "It is gone.": False, "More:Read this": False, "Gov. Ada Berg": True}
