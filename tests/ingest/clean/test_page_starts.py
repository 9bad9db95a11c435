"""Pages are found again in a cleaned text, whatever cleaning left out."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.clean.page_starts import page_starts
from assistant.types import Article

FIRST = ["The theatre of Brenn opens on Friday with a", "play, its director said. It was shut for nine"]
SECOND = ["months. “Nobody came,” she said.", "The river at Tolm fell by a metre."]
TEXT = " ".join([*FIRST, *SECOND])


def page_of(starts: tuple[int, ...], text: str, words: str) -> int | None:
    return Article("a", text, pages=starts).page_at(text.index(words))


def test_a_page_begins_at_its_first_line() -> None:
    starts = page_starts([FIRST, SECOND], TEXT)
    assert starts == (0, TEXT.index("months"))
    assert page_of(starts, TEXT, "It was shut") == 1
    assert page_of(starts, TEXT, "The river") == 2
    assert page_starts([], TEXT) == () and Article("a", TEXT).page_at(3) is None


def test_lines_that_cleaning_left_out_move_no_page() -> None:
    first = ["Friday in the valley", *FIRST]
    second = ["By Ada Berg, who wrote it all", *SECOND]
    text = f"{' '.join(FIRST)}\n\n{' '.join(SECOND)}"
    assert page_starts([first, second], text) == (0, text.index("months"))


def test_a_page_of_which_nothing_is_left_begins_with_the_next() -> None:
    starts = page_starts([FIRST, [], ["Share this page"], SECOND, []], TEXT)
    assert starts == (0, *[TEXT.index("months")] * 3, len(TEXT))
    assert page_of(starts, TEXT, "The river") == 4


def test_a_word_broken_over_the_pages_belongs_to_the_first() -> None:
    text = "The director explained to the town that it opens."
    starts = page_starts([["The director ex-"], ["plained to the town that it opens."]], text)
    assert page_of(starts, text, "explained") == 1 and page_of(starts, text, "to the town") == 2


def test_a_quotation_mark_stands_on_the_page_of_its_words() -> None:
    text = "She spoke. “Nobody came to the theatre,” she said."
    starts = page_starts([["She spoke."], ["“Nobody came to the theatre,” she said."]], text)
    assert page_of(starts, text, "“Nobody") == 2


def test_a_line_that_stands_on_every_page_is_found_on_its_own() -> None:
    head = "Town, killed, wounded, missing, homes lost"
    pages = [[head, f"Brenn reported {number} losses in its part."] for number in ("nine", "two", "no")]
    text = "\n".join(line for page in pages for line in page)
    starts = page_starts(pages, text)
    assert [page_of(starts, text, words) for words in ("nine", "two", "no losses")] == [1, 2, 3]


@given(st.lists(st.lists(st.text(st.sampled_from("ab “-."), max_size=30), max_size=4), max_size=6))
def test_pages_follow_each_other_within_the_text(pages: list[list[str]]) -> None:
    text = " ".join(line for lines in pages for line in lines)
    starts = page_starts(pages, text)
    assert len(starts) == len(pages) and list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
