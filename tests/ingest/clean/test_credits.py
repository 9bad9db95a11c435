import pytest

from assistant.ingest.clean.boilerplate import is_debris
from assistant.ingest.clean.credits import credit_before, is_credit

SENTENCES = [
    "Copyright disputes have shut the library for a week, officials said on Monday.",
    "Images: a camera above the harbour recorded the ferry as it left on Monday evening.",
    "Photos by residents showed eleven flooded houses beside the road",
    "Reported by police as missing since May, the pilot was found alive on Sunday.",
    "Edited by a committee of nine, the draft goes to parliament on Friday.",
    "Written by hand in 1901, the letter was sold for 40,000 francs.",
    "Contributing: a pump that failed, the inspectors found on Monday.",
    "Support for the donation drive grew on Monday, officials said.",
]
CREDITS = [
    "Reporting by Jane Roe; Editing by Richard Doe",
    "(Reporting by Jane Roe in Dorvik; Writing by Richard Doe)",
    "Contributing: Jane Roe, Richard Doe and Ann Bell, The River Paper; North Wire",
    "– Contributors: Jane Roe",
    "Photo by Jane Roe/Agency",
    "Photos courtesy of Jane Roe",
    "Image: Rescue workers at the scene",
    "Copyright 2025. The River Paper. All rights reserved.",
    "(c) 2025 The River Paper",
    "Copyright The River Paper",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_that_begins_like_a_credit_stays(line: str) -> None:
    assert not is_debris(line)


@pytest.mark.parametrize("line", CREDITS)
def test_a_credit_goes(line: str) -> None:
    assert is_debris(line)


def test_a_caption_without_a_credit_is_a_sentence_only_where_it_reads_as_one() -> None:
    line = "Picture: satellite images of Monday show the camp on fire."
    assert not is_credit(line, is_sentence=True)
    assert is_credit("Picture: the camp on fire", is_sentence=False)


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Jane Roe/Reuters People wade through the square.", "People wade through the square."),
        ("Jane Roe/Agence Nord/Getty Images The ferry leaves.", "The ferry leaves."),
        ("Jane Roe for KTV The friends sang.", "The friends sang."),
        ("Jane Roe works for KTV. The friends sang.", "Jane Roe works for KTV. The friends sang."),
        ("Officials and/or their staff left.", "Officials and/or their staff left."),
    ],
)
def test_the_credit_of_a_picture_is_found_before_a_sentence(sentence: str, rest: str) -> None:
    assert sentence[credit_before(sentence) :] == rest
