import datetime

import pytest

from assistant.evaluation.dating import date_accuracy

TUESDAY_PAPER = datetime.date(2025, 7, 7)


@pytest.mark.parametrize(
    ("given", "published", "expected", "score"),
    [
        ("17 September 2024", None, ["September 17, 2024"], 1.0),
        ("on 17 September", datetime.date(2024, 9, 20), ["17 September 2024"], 1.0),
        ("17 September", None, ["17 September 2024"], 1.0),
        ("last Tuesday", TUESDAY_PAPER, ["1 July 2025"], 1.0),
        ("last Tuesday", None, ["1 July 2025"], 0.0),
        ("2 July 2025", None, ["1 July 2025"], 0.0),
        ("July 2025", None, ["1 July 2025"], 0.0),
        ("March 2022", None, ["2022"], 1.0),
        ("late 2021", None, ["2021", "late 2021"], 1.0),
        ("", None, ["1 July 2025"], 0.0),
        ("31 June", None, ["1 July 2025"], 0.0),
        ("1 July 2025", None, ["25 soldiers"], None),
        ("1 July 2025", None, ["1 July 2025", "a Tuesday morning in the west"], None),
        ("1 July 2025", None, [], None),
    ],
)
def test_dates_are_compared_by_the_days_they_mean(
    given: str, published: datetime.date | None, expected: list[str], score: float | None
) -> None:
    assert date_accuracy([(given, published)], expected) == score
