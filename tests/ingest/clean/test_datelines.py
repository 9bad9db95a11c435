"""The day of a dateline is that of a plain text which states no other, and no day in its midst is."""

import datetime

import pytest

from assistant.ingest.clean.bylines import day_of_dateline
from assistant.ingest.metadata.documents import Document, to_article

REST = "The strike at the port ended on Friday after nine days, the union said on 2 May 2021."


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("PARIS, March 3, 2024 (Agency) - ", "March 3, 2024"),
        ("LAGOS, 12 May 2023 — ", "12 May 2023"),
        ("LAGOS, Nigeria, 12 May 2023 (Agency) —", "12 May 2023"),
        ("NEW DELHI, May 12, 2023 /NewsAgency/ -- ", "May 12, 2023"),
        ("LAGOS (Agency), 12 May 2023: ", "12 May 2023"),
        ("PARIS, March 3 (Agency) - ", None),
        ("LAGOS — ", None),
        ("On 12 May 2023 - ", None),
        ("The strike of 12 May 2023 — ", None),
        ("", None),
    ],
)
def test_the_day_of_a_dateline(opening: str, day: str | None) -> None:
    assert day_of_dateline(opening + REST) == day


def published(text: str) -> datetime.date | None:
    return to_article(Document(text), fallback_id="a", path="a.txt").published


@pytest.mark.parametrize(
    "before", ["", "Strike ends\n\n", "Strike ends\nBy Ada Berg\n\n", "The docks open again.\n\n"]
)
def test_a_plain_text_is_of_the_day_of_its_dateline(before: str) -> None:
    day = datetime.date(2023, 5, 12)
    assert published(f"{before}LAGOS, 12 May 2023 — {REST}\n\n{REST}") == day
    wrapped = f"LAGOS, 12 May 2023 (Agency) -\n{REST[:45]}\n{REST[46:]}"
    assert published(f"{before}{wrapped}") == day
    assert published(f"{before}LAGOS, 12 May (Agency) - {REST}") is None


def test_a_day_in_mid_text_is_no_day_of_publication() -> None:
    assert published(f"Strike ends\n\n{REST}\n\n{REST}\n\nLAGOS, 12 May 2023 — {REST}") is None
    assert published(f"Published: 14 May 2023\n\nLAGOS, 12 May 2023 — {REST}") == datetime.date(2023, 5, 14)
