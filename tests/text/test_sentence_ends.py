"""Where sentences end: not after an hour that a zone or a day follows."""

import pytest

from assistant.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The probe landed at 12:01 a.m. ET Saturday in Lesk. It rested.", 2),
        ("Doors open at 8 p.m. Monday in Lesk. It ends at 11 p.m.", 2),
        ("It ends at 8 P.M. Eastern time.", 1),
        ("The hall closed at 8 p.m. He left.", 2),
        ("It opens at 9 a.m. Oct. 4.", 1),
        ("It opens at 9 a.m. The zoo does not.", 2),
    ],
)
def test_an_hour_ends_a_sentence_only_where_no_zone_or_day_follows(text: str, sentences: int) -> None:
    found = [text[one.start : one.end] for one in split_sentences(text)]
    assert len(found) == sentences
    assert " ".join(found) == text
