"""Who holds an office, as sentences put it."""

import datetime

import pytest

from assistant.evidence.office_holders import Holders, holder, holders_told
from assistant.question.asked_office import Office
from assistant.types import Article

MAYOR = Office(("mayor",), ("arle",))
PRESIDENT = Office(("president",), ("france",), ("french",))


@pytest.mark.parametrize(
    ("office", "sentence", "named"),
    [
        (MAYOR, "Arle Mayor Ada Berg opened it.", ["Ada Berg"]),
        (MAYOR, "Ada Berg, the mayor of Arle, opened it.", ["Ada Berg"]),
        (MAYOR, "Ada Berg took office on Monday as the new mayor of Arle.", ["Ada Berg"]),
        (MAYOR, "Former Arle Mayor Bo Cole opened it.", []),
        (MAYOR, "Arle's former mayor, Bo Cole, opened it.", []),
        (MAYOR, "Arle Mayor-elect Bo Cole opened it.", []),
        (MAYOR, "The mayor of Arle opened it.", []),
        (PRESIDENT, "French President Jo da Silva spoke.", ["Jo da Silva"]),
        (PRESIDENT, "Jo Dahl is president of the French Bakers Guild.", []),
        (PRESIDENT, "Jo Dahl, president of France Telecasts, spoke.", []),
    ],
)
def test_holders_are_named(office: Office, sentence: str, named: list[str]) -> None:
    assert [name for name, _ in Holders(office).named_in(sentence)] == named


def test_the_newest_articles_decide() -> None:
    def article(name: str, year: int, day: int) -> Article:
        text = f"Arle Mayor {name} opened the bridge."
        return Article(f"{name}{year}{day}", text, published=datetime.date(year, 5, day))

    told = holders_told(
        MAYOR,
        [
            article("Bo Cole", 2022, 1),
            article("Bo Cole", 2022, 2),
            article("Bo Cole", 2023, 1),
            article("Ada Berg", 2024, 1),
        ],
    )
    assert holder(told) == "Ada Berg"
    assert holder(told[1:]) == "Bo Cole"
    assert holder([]) is None
    assert holder(holders_told(MAYOR, [article("Bo Cole", 2024, 1), article("Ada Berg", 2024, 2)])) is None
