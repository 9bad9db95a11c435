import datetime

import pytest

from assistant.errors import QuestionError
from assistant.question.understand import is_english, understand
from assistant.settings import Settings
from assistant.types import Filters, Turn

SETTINGS = Settings()


@pytest.mark.parametrize("question", ["", "   ", "???", "\x00\u202e"])
def test_an_empty_question_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        understand(question, SETTINGS)


def test_a_long_question_is_refused_with_the_limit() -> None:
    with pytest.raises(QuestionError, match=r"100,000 characters.*4,000.*ASSISTANT_QUESTION_CHARACTERS"):
        understand("a" * 100_000, SETTINGS)


def test_impossible_dates_are_refused() -> None:
    day = datetime.date(2024, 1, 1)
    with pytest.raises(QuestionError, match="exchange"):
        understand("who?", SETTINGS, filters=Filters(after=day, before=day - datetime.timedelta(days=1)))


@pytest.mark.parametrize(
    "question", ["And when was that?", "Who leads it?", "Why?", "What about the other town?"]
)
def test_a_follow_up_takes_up_the_question_before(question: str) -> None:
    query = understand(question, SETTINGS, history=[Turn("Who claimed the Springfield raid?", "Nobody.")])
    assert query.original == question
    assert {"Springfield", "raid"} <= set(
        query.text.replace("(", " ").replace(")", " ").replace("?", " ").split()
    )


def test_a_new_topic_inherits_nothing() -> None:
    question = "How many people live in Shelbyville?"
    assert understand(question, SETTINGS, history=[Turn("Who claimed the raid?", "Nobody.")]).text == question


def test_the_first_turn_is_never_rewritten_and_the_caller_may_rewrite() -> None:
    assert understand("Who leads it?", SETTINGS).text == "Who leads it?"
    history = [Turn("Who claimed the raid?", "Nobody.")]
    assert understand("Who leads it?", SETTINGS, history=history, question_as="Who leads the army?").text == (
        "Who leads the army?"
    )


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("who claimed the attacks?", True),
        ("Springfield toll", True),
        ("Kayes attacks claimed responsibility", True),
        ("number wounded Bamako attack 17 September 2024", True),
        ("uranium exports Niger Orano", True),
        ("mali junta leader assimi goita", True),
        ("prime minister mali appointed", True),
        ("Wagner losses Tinzaouaten", True),
        ("Brekke 2024 v Brekke 2025", True),
        ("combien de soldats tués à Boulkessi", False),
        ("chi ha attaccato Bamako", False),
        ("hoeveel soldaten stierven", False),
        ("Qui a revendiqué les attaques de Kayes ?", False),
        ("Wer hat sich zu den Angriffen bekannt?", False),
        ("¿Quién reivindicó los ataques de la semana pasada?", False),
        ("谁声称对袭击负责？", False),
        ("кто взял на себя ответственность?", False),
    ],
)
def test_languages(question: str, english: bool) -> None:
    assert is_english(question) is english
