import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.ingest.clean.boilerplate import is_debris, without_debris
from assistant.ingest.clean.text import clean, legible

BODY = (
    "The council of the river district voted on Monday to rebuild the old bridge before winter.",
    "Engineers said the work would take four months and would close one lane at a time.",
    "“We have waited nine years for this,” said the head of the ferry crews, who drove to the vote.",
)
TEXT = "\n\n".join(BODY)

DEBRIS = [
    "8 hours ago 1",
    "Updated 3 days ago",
    "5 min read",
    "Read Entire Article",
    "Read more",
    "Continue reading the main story",
    "Tags: , , , ,",
    "Tags: bridges, rivers",
    "Filed under: Local",
    "#Bridge #River #Winter",
    "Share this article",
    "Facebook Twitter WhatsApp Email Print",
    "Share on Facebook",
    "Sign up for our newsletter to get the day's stories every morning.",
    "Subscribe to our newsletter",
    "Follow us on Twitter",
    "Join our WhatsApp channel",
    "Get the latest news in your inbox",
    "Follow the reporter on X @reporter",
    "Advertisement",
    "Story continues below advertisement",
    "Skip to main content",
    "Read more: Ferry crews go on strike over pay",
    "RELATED: What a bridge costs",
    "See also: Who pays for the bridge?",
    "Lire aussi : Le pont rouvre enfin",
    "Workers at the old bridge in March [File: Jane Roe/Agency]",
    "The bridge at dawn. It has stood for a century [Jane Roe/Pool via Agency]",
    "The bridge at dawn (Photo by Jane Roe/Agency via Pictures)",
    "Workers clear the ice from the old bridge. Jane Roe/Agency",
    "FILE PHOTO: Workers clear the ice from the old bridge in March.",
    "Photo: Jane Roe",
    "© 2024 The River Paper",
    "The River Paper. All rights reserved.",
    "Reporting by Jane Roe; Editing by Richard Doe",
    "3 Comments",
    "Leave a comment",
    "https://example.org/share?id=1",
    "* * *",
    "<",
    "___",
]


@pytest.mark.parametrize("line", DEBRIS)
def test_a_line_of_debris_goes_and_the_sentences_around_it_stay(line: str) -> None:
    assert clean(f"{BODY[0]}\n\n{line}\n\n{BODY[1]}\n\n{BODY[2]}").text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "The share of farms that follow the rules rose to 40 percent, the ministry said.",
        "Photographs of the bridge were sent to the court on Friday.",
        "Related charges against two engineers were dropped in May.",
        "Two of the five men read more than they wrote, a teacher said.",
        "She asked people to sign up for the census by the end of March.",
        "The minister (a former pilot) spoke about the north/south divide.",
        "More: the company paid its debts, and its shares rose by a third.",
        "The group posted the claim on Telegram two hours ago, officials said.",
        "“Like, now on TikTok, there are 44,000 videos with the song,” he said.",
        "Midfielders: Jane Roe (River Town/Valley), Ann Poe (Old Port/Coast)",
        "Trains stop on Saturday, the agency said. The Old Port/River Town line will close on Sunday.",
        "Get four dollars off the price with the app or online.",
        "What the council decided",
        "- Displacement: Thousands have left their homes since the flood",
    ],
)
def test_sentences_headings_and_items_that_resemble_debris_stay(line: str) -> None:
    assert line in clean(f"{BODY[0]}\n\n{line}\n\n{BODY[1]}").text


def test_an_appeal_within_a_paragraph_goes_alone() -> None:
    line = f"{BODY[0]} Click here to see the map. {BODY[1]} Sign up for our newsletter here."
    assert without_debris(line) == f"{BODY[0]} {BODY[1]}"


def test_what_follows_the_last_sentence_goes_from_the_mark_that_ends_the_article() -> None:
    tail = "Tags:\n\nRivers\n\nOld bridge\n\nFerry strike"
    assert clean(f"{TEXT}\n\n{tail}").text == TEXT
    assert clean(f"{TEXT}\n\nRelated stories\nFerry crews strike again\nWinter comes early").text == TEXT


def test_a_list_of_dated_links_after_the_article_goes_and_a_dated_list_within_it_stays() -> None:
    links = "- Ferry crews strike again - November 25, 2024\n- Winter comes early - 3 October 2024"
    assert clean(f"{TEXT}\n{links}").text == TEXT
    assert "Winter comes early" in clean(f"{BODY[0]}\n{links}\n{BODY[1]}\n{BODY[2]}").text


def test_hashtags_after_the_last_sentence_go() -> None:
    assert clean(f"{BODY[0]}\n\n{BODY[1]} #Bridge #Winter").text == f"{BODY[0]}\n\n{BODY[1]}"


def test_paragraphs_lists_and_headings_keep_their_lines() -> None:
    text = clean(
        f"What the council decided\n{BODY[0]}\n{BODY[1]}\n"
        f"What remains open\nThree things:\n• the price\n• the date\n{BODY[2]}"
    ).text
    assert text == (
        f"{BODY[0]}\n\n{BODY[1]}\n\nWhat remains open\nThree things:\n- the price\n- the date\n{BODY[2]}"
    )


def test_hard_wrapped_paragraphs_are_joined_and_short_lines_are_not() -> None:
    wrapped = (
        "The council of the river district voted on Monday to rebuild the\n"
        "old bridge before winter. Engineers said that the work would take\n"
        "four months, and that one lane would close at a time."
    )
    assert clean(f"{wrapped}\n\n{BODY[2]}").text.startswith(wrapped.replace("\n", " "))
    table = "Roe 12\nDoe 9\nPoe 31\nMoe 4"
    assert table in clean(f"{BODY[0]}\n\n{table}\n\n{BODY[1]}").text


def test_the_first_line_is_the_title_where_it_reads_as_one() -> None:
    assert (
        clean(f"Bridge to be rebuilt before winter\n\n{TEXT}").title == "Bridge to be rebuilt before winter"
    )
    assert clean(f"Bridge to be rebuilt before winter\n\n{TEXT}").text == TEXT
    assert clean(f"Will the bridge be rebuilt?\n{TEXT}").title == "Will the bridge be rebuilt?"
    assert clean(TEXT).title is None
    assert clean("Bridge to be rebuilt before winter").title is None
    assert clean(f"- the first item\n{TEXT}").title is None


def test_a_line_that_repeats_the_title_goes() -> None:
    cleaned = clean(f"Bridge to be REBUILT\n\n{TEXT}", title="Bridge to be rebuilt | The River Paper")
    assert (cleaned.title, cleaned.text) == ("Bridge to be rebuilt | The River Paper", TEXT)


def test_what_the_text_states_of_itself_is_taken_from_it() -> None:
    cleaned = clean(
        f"Bridge to be rebuilt\n\nBy Jane Roe and Richard Doe | July 1, 2025\nSource: The River Paper\n\n{TEXT}\n\n"
        "Last updated: 2025-07-02 17:44:06 | Category: local\nURL: https://example.org/bridge"
    )
    assert cleaned.text == TEXT
    assert cleaned.title == "Bridge to be rebuilt"
    assert cleaned.dates == ("July 1, 2025", "2025-07-02")
    assert cleaned.authors == "Jane Roe and Richard Doe"
    assert (cleaned.publisher, cleaned.url) == ("The River Paper", "https://example.org/bridge")


def test_a_source_or_link_after_the_body_is_not_the_article_s() -> None:
    cleaned = clean(f"{TEXT}\n\nSource: Bureau of Rivers\n\nhttps://example.org/other")
    assert (cleaned.publisher, cleaned.url) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "On September 17, 2024, the old bridge was closed to lorries for the first time.",
        "The bridge was opened to traffic on 3 May 1911, by the queen.",
        "Published in 2024, the report of the engineers names four weak piers.",
    ],
)
def test_a_day_in_prose_is_not_the_day_of_publication(line: str) -> None:
    cleaned = clean(f"{line}\n\n{TEXT}")
    assert cleaned.dates == ()
    assert line in cleaned.text


def test_characters_that_cannot_be_stored_seen_or_trusted_go() -> None:
    dirty = (
        "a\x00b\x1b[31m \u202eevil\u2066 \ud800 it\x92s e\u0301 "
        "\U000e0041x\u200by \ufeffz\u2028new\r\nline\tend"
    )
    assert legible(dirty) == "ab[31m evil \ufffd it’s \xe9 xy z\nnew\nline\tend"


@given(st.text(max_size=400))
def test_any_text_becomes_legible_and_cleaning_it_never_raises(text: str) -> None:
    cleaned = clean(text)
    for character in cleaned.text:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
    assert cleaned.text.encode().decode() == cleaned.text == cleaned.text.strip()
    assert "\n\n\n" not in cleaned.text


LINES = st.one_of(st.sampled_from(DEBRIS), st.text(max_size=60), st.sampled_from(BODY))


@example(
    [
        "The bridge at dawn. It has stood for a century [Jane Roe/Pool via Agency]",
        BODY[1],
        "Workers at the old bridge in March [File: Jane Roe/Agency]",
    ],
    "\n",
)
@given(st.lists(LINES, max_size=20), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_mixture_of_lines_is_cleaned_without_error(lines: list[str], separator: str) -> None:
    text = clean(separator.join(lines)).text
    for sentence in BODY:
        assert (sentence in text) == (sentence in lines)


WORDS = st.sampled_from(
    "river council bridge winter engineers minister farmers village soldiers market harvest rain police "
    "hospital mayor voted closed opened warned killed wounded asked agreed refused before after during "
    "north south seven twelve 2024 “quoted” (some) it's half-built $5".split()
)


@settings(max_examples=100)
@given(
    st.lists(st.lists(WORDS, min_size=8, max_size=30), min_size=1, max_size=8),
    st.sampled_from(["\n", "\n\n"]),
)
def test_every_sentence_survives(sentences: list[list[str]], separator: str) -> None:
    written = [f"The {' '.join(words)} today." for words in sentences]
    text = clean(separator.join(written)).text
    assert text.split("\n\n") == written


@given(st.sampled_from(DEBRIS), st.sampled_from(["", " ", "  "]))
def test_debris_is_debris_whatever_stands_around_it(line: str, space: str) -> None:
    assert is_debris(" ".join(line.split()))
    assert clean(space + line + space).text == ""
