import datetime

import pytest

from assistant.answers.abstain import outcome_of
from assistant.evidence.reading import Reading
from assistant.evidence.sentences import ScoredSentence
from assistant.index import IndexCounts
from assistant.types import Article, AskedPeriod, Period, Query

DAY = datetime.date(2025, 7, 1)
COUNTS = IndexCounts(2, 2, 2, 1, 0, DAY, DAY, {"en": 2})
YEAR = Period(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
QUERY = Query(
    "Who led it in 2024?", "Who led it in 2024?", asked_period=AskedPeriod(YEAR, "in 2024", "Who led it?")
)


@pytest.mark.parametrize(("published", "outcome"), [(DAY, "outside_period"), (None, "not_stated")])
def test_an_article_without_a_date_may_be_of_the_time_asked_about(
    published: datetime.date | None, outcome: str
) -> None:
    article = Article(id="one", text="Ann led it.", published=published)
    sentence = ScoredSentence(article, 0, 11, article.text, ())
    reading = Reading(False, 0.3, None, (), (), (), mentioned=True, ranked=(sentence,))
    assert outcome_of(QUERY, reading, COUNTS) == outcome
