import datetime

import pytest

from assistant.answers.select_sentences import years_unmet
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Article


def sentence(text: str, published: int | None, after: str = "The cup of 2031 is far away.") -> ScoredSentence:
    day = datetime.date(published, 6, 1) if published else None
    article = Article("one", f"{text} {after}", title="The cup", published=day)
    return ScoredSentence(article, 0, len(text), text, ())


@pytest.mark.parametrize(
    ("question", "text", "published", "unmet"),
    [
        ("Where was the 2031 cup held?", "The 2018 cup was held in Arle.", 2024, ["2031"]),
        ("Where was the 2031 cup held?", "The cup will be held in Arle.", 2024, []),
        ("Where was the 2018 cup held?", "The 2018 cup was held in Arle.", 2024, []),
        ("Where was the 2024 cup held?", "The cup was held in Arle.", 2024, []),
        ("Where was the 2025 cup held?", "The cup was held in Arle.", 2024, ["2025"]),
        ("Where was the 2020 cup held?", "The cup was held in Arle.", 2024, ["2020"]),
        ("Where was the 2020 cup held?", "The cup was held in Arle.", None, ["2020"]),
        ("Where was the cup held?", "The cup was held in Arle.", 2024, []),
    ],
)
def test_a_year_is_met_by_the_sentence_what_stands_around_or_its_articles_day(
    question: str, text: str, published: int | None, unmet: list[str]
) -> None:
    assert years_unmet(question, sentence(text, published)) == unmet


def test_an_article_that_names_no_year_is_of_those_beside_its_own_too() -> None:
    told = sentence("The cup was held in Arle.", 2024, after="The next cup is far away.")
    assert years_unmet("Where was the 2025 cup held?", told) == []
    assert years_unmet("Where was the 2026 cup held?", told) == ["2026"]
