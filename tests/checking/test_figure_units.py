"""Whether a figure counts in a sentence what it counts in its source."""

import pytest

from assistant.checking.figure_units import miscounts
from assistant.models.load import load_embedder
from assistant.settings import Settings

QUOTE = (
    "On Monday, twenty-five soldiers and 1,200 goats crossed the river Varn with the Holmby Relief Corps, said "
    "Ilse Brandt, who called it “a day of relief”."
)


@pytest.mark.parametrize(
    ("quote", "text", "same"),
    [
        (QUOTE, "25 troops crossed the river Varn.", True),
        (QUOTE, "1,200 goats and 25 troops crossed the river Varn.", True),
        (QUOTE, "25 people crossed the river Varn with 1,200 animals.", True),
        (QUOTE, "1,200 soldiers and 25 goats crossed the river Varn.", False),
        (QUOTE, "25 goats crossed the river Varn.", False),
        (QUOTE, "1,200 troops crossed the river Varn.", False),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 25 miles long.", True),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 12 miles long.", False),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 25 metres high.", False),
        ("The dam cost $25 million.", "The dam cost 25 million dollars.", True),
        ("The dam cost $25 million.", "The dam cost 25 million euros.", False),
        ("A 25-year-old man built the dam.", "A man of 25 years built the dam.", True),
        ("Soldiers shot 12 insurgents; 3 troops died.", "12 fighters were shot by soldiers.", True),
        ("Soldiers shot 12 insurgents; 3 troops died.", "12 troops were shot by soldiers.", False),
        ("A flood took 25 houses in Holmby.", "In Holmby a flood took 25 homes.", True),
        ("The toll in Holmby was 25.", "25 victims was the toll in Holmby.", True),
    ],
)
def test_a_figure_counts_what_it_counts_in_the_cited_words(quote: str, text: str, same: bool) -> None:
    assert miscounts(text, quote) is not same
    assert miscounts(text, quote, load_embedder(Settings())) is not same


def test_a_noun_unlike_the_counted_one_is_told_by_its_vector() -> None:
    trucks = "25 soldiers crossed the river Varn with their trucks."
    assert miscounts("25 trucks crossed the river Varn.", trucks, load_embedder(Settings()))
