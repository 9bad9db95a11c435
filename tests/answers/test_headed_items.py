"""Lists that articles lay out as lines or as headings over sections."""

from assistant.answers.headed_items import (
    announced_number,
    headed_runs,
    heading_over,
    lines_of,
    named_sections,
)
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


def test_short_lines_after_a_sentence_or_under_a_heading_are_items() -> None:
    text = "\n".join(
        [
            "As of Friday, 3 towns had no water.",
            "Arle",
            "Benholt",
            "Corrie",
            "The rest is well.",
            "It rained.",
        ]
    )
    assert items_of(text, "", {"town"}) == [(["Arle", "Benholt", "Corrie"], True)]
    headed = "\n".join(["The jury met.", "The best boats", "Tern", "Gull", "Skua", "They sail in May."])
    found = items_of(headed, "", {"boat"})
    assert (["Tern", "Gull", "Skua"], True) in found


def test_a_heading_among_short_lines_is_told_by_the_marks_of_the_lines_after_it() -> None:
    text = "\n".join(
        [
            "The prizes are:",
            "Novice",
            "First prize, $20: Jo Reed",
            "Second prize, $10: Ada Berg",
            "Third prize, $5: Finn Holm",
            "Military",
            "First prize, $25: Lena Ost",
            "Second prize, $15: Per Dahl",
            "Third prize, $6: Ida Voss",
            "They were handed over on Monday.",
        ]
    )
    found = {tuple(items) for items, _ in items_of(text, "", {"prize"})}
    assert ("First prize, $25: Lena Ost", "Second prize, $15: Per Dahl", "Third prize, $6: Ida Voss") in found


def test_lines_of_which_a_label_singles_out_some_are_no_list() -> None:
    text = "The nominees are:\nAda Berg\nWINNER: Jo Reed\nPer Dahl\nThe gala ended late."
    assert not items_of(text, "", {"nominee"})


def test_a_number_may_be_zero() -> None:
    assert announced_number("zero boats were lost") == 0
    assert announced_number("the ten best boats of the year") == 10


def test_headings_that_are_names_are_sections() -> None:
    text = "\n".join(
        ["Who will stand?", "Ada Berg", "She said so.", "Jo Reed", "He did too.", "Per Dahl", "As did he."]
    )
    (run,) = named_sections(Article("a", text, title="The council"), {"candidate"})
    assert [item for item, _, _ in run.items] == ["Ada Berg", "Jo Reed", "Per Dahl"]
    others = text.replace("Jo Reed", "What the port wants")
    assert not list(named_sections(Article("a", others, title="The council"), {"candidate"}))


def test_each_list_under_a_list_of_lists_stands_for_itself() -> None:
    plays, songs = ("Keys (Arle)", "Salt (Lesk)", "Tide (Cole)"), ("Rain (Arle)", "Oak (Lesk)", "Iron (Cole)")
    text = "\n\n".join(
        ["The list of nominees:", "Best play", *plays, "Best song", *songs, "The vote is in May."]
    )
    listed = [items for items, _ in items_of(text, "The prize", {"nominee"})]
    assert list(plays) in listed and list(songs) in listed
    assert not any("Best play" in items for items in listed)
    article = Article("a", text)
    assert heading_over(article, text.index("Best song")) == "The list of nominees:"
    assert heading_over(article, text.index("The vote")) == ""
