"""Figures of a part, and of an earlier day, are no rivals of one another."""

import datetime

from assistant.evidence.counts_apart import risen, without_parts
from assistant.evidence.figures import amounts
from assistant.evidence.same_event import AskedEvent
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.sides import Said
from assistant.names import KnownNames
from assistant.question.question_type import profile
from assistant.types import Article

ASKED = "How many people died in the Larkfield flood?"
EVENT = AskedEvent(ASKED, profile(ASKED, {}, 10), (), KnownNames())


def said(text: str, day: int, speaker: str | None = None) -> Said:
    article = Article(id=text, text=text, published=datetime.date(2025, 3, day))
    sentence = ScoredSentence(article, 0, len(text), text, (), 1.0)
    figure = amounts(text)[0]
    return Said(figure.text, figure, sentence, "reported", speaker, day)


def test_a_lower_figure_of_another_place_is_a_part() -> None:
    everyone = said("The flood killed 90 people.", 4)
    parts = [
        said("The governor said 10 people had died in Ostham.", 3),
        said("In Verden County, which lies lower, five people died.", 3),
    ]
    assert without_parts([everyone, *parts], EVENT) == [everyone]
    assert without_parts(parts, EVENT) == parts
    here = said("Some 12 people died in Larkfield.", 3)
    higher = said("Officials said 140 people had died in Ostham.", 3)
    assert without_parts([everyone, here, higher], EVENT) == [everyone, here, higher]


def test_a_toll_rises() -> None:
    first, last = [said("The flood killed 12 people.", 4)], [said("The flood killed 19 people.", 6)]
    assert risen([first, last]) == ([last], [first])
    assert risen([last]) == ([last], [])
    beyond = [said("The flood killed 900 people.", 7)]
    assert risen([first, last, beyond]) == ([beyond], [])


def test_what_differs_on_one_day_or_falls_or_has_two_speakers_has_not_risen() -> None:
    one, same_day = [said("The flood killed 12 people.", 4)], [said("The flood killed 19 people.", 4)]
    assert risen([one, same_day]) == ([one, same_day], [])
    fewer = [said("The flood killed 8 people.", 6)]
    assert risen([one, fewer]) == ([one, fewer], [])
    police = [said("The flood killed 12 people, police said.", 4, "police")]
    mayor = [said("The flood killed 19 people, the mayor said.", 6, "mayor")]
    assert risen([police, mayor]) == ([police, mayor], [])
    weeks_on = [said("The flood killed 19 people, the mayor said.", 20, "mayor")]
    assert risen([police, weeks_on]) == ([weeks_on], [police])
