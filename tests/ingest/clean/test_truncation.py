import pytest

from assistant.ingest.clean.not_articles import has_prose
from assistant.ingest.clean.truncation import cut_short

WHOLE = "The museum of Lindau will reopen in May, the director said. Tickets are free until July."


@pytest.mark.parametrize(
    "mark",
    [
        " The city had … [+812 chars]",
        " The city had… [+1203 chars]",
        " The city had... [1487 chars]",
        " The city had [...]",
        " The city had […]",
        " The city had (more…)",
        " The city had... Read more",
        " The city had … Continue reading Museum reopens",
    ],
)
def test_a_mark_and_the_sentence_it_cuts_go(mark: str) -> None:
    assert cut_short(WHOLE + mark) == (WHOLE, True)


@pytest.mark.parametrize(
    "appeal",
    [
        "To continue reading, subscribe from 4 dollars a month.",
        "This article is for subscribers only.",
        "This story is available exclusively to our members.",
        "Already a subscriber? Sign in.",
        "You have reached your limit of free articles.",
        "To read the full story, create an account.",
        "Subscribe now for only £1 a week.",
        "Cet article est réservé aux abonnés.",
    ],
)
def test_an_appeal_to_subscribe_ends_the_text(appeal: str) -> None:
    text, cut = cut_short(f"{WHOLE}\n\n{appeal}\nCancel any time.")
    assert (text.strip(), cut) == (WHOLE, True)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"{WHOLE}\nSubscribers of the orchestra pay 40 euros a year.",
        f"{WHOLE}\nThe paper, which is for subscribers only, was founded in 1911.",
        f"{WHOLE} " * 20 + "Who knows…",
        "“We waited, and waited…” he said. Then the doors opened.",
    ],
)
def test_whole_texts_stay(text: str) -> None:
    assert cut_short(text) == (text, False)


def test_prose_is_told_from_labels() -> None:
    assert has_prose(WHOLE) and has_prose("وقال المحافظ للصحفيين إن الطريق أعيد فتحه يوم الاثنين.")
    assert not has_prose("Home\nWorld\nSport")
