import datetime
from dataclasses import replace

from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.tolls import overtaken
from assistant.question.question_type import profile
from assistant.types import Article


def sentence(text: str, day: int, score: float, month: int = 3) -> ScoredSentence:
    article = Article(id=text, text=text, published=datetime.date(2024, month, day))
    return ScoredSentence(article, 0, len(text), text, (), score)


EARLY = sentence("The fire killed two people.", 1, 2.0)
LATE = sentence("The fire killed nine people.", 6, 1.0)
ASKED = profile("How many people died in the fire?", {}, 10)
OF_NOW = replace(profile("Who is the mayor?", {}, 10), now=True)


def test_a_later_toll_overtakes_an_earlier_one() -> None:
    lost = overtaken(ASKED, [EARLY, LATE])
    assert lost[place_of(EARLY)] > 1 and lost[place_of(LATE)] == 0
    assert overtaken(profile("Where was the fire?", {}, 10), [EARLY, LATE]) == {}


def test_another_event_an_unlikely_report_and_another_outcome_overtake_nothing() -> None:
    years_on = sentence("A fire killed forty people.", 6, 1.0, month=9)
    unlikely = sentence("A storm killed eleven people.", 6, -4.0)
    wounded = sentence("The fire wounded eighty people.", 6, 1.0)
    assert not any(overtaken(ASKED, [EARLY, years_on, wounded, unlikely]).values())


def test_how_things_stand_is_overtaken_by_any_later_report() -> None:
    first = sentence("Ada Berg is the mayor.", 1, 2.0)
    years_on = sentence("The mayor, Bo Lund, spoke.", 6, 1.0, month=9)
    lost = overtaken(OF_NOW, [first, years_on])
    assert lost[place_of(first)] > 1 and lost[place_of(years_on)] == 0
    so_far = replace(profile("How many have died so far?", {}, 10), now=True)
    later = sentence("The fires have killed forty people.", 6, 1.0, month=9)
    assert overtaken(so_far, [EARLY, later])[place_of(EARLY)] > 1
