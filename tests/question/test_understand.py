import datetime

import pytest

from assistant.errors import QuestionError
from assistant.question.understand import is_english, understand, ways_to_understand
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
    ways = ways_to_understand(question, [Turn("Who claimed the Springfield raid?", "Nobody.")])
    assert all("Springfield raid" in way for group in ways for way in group)


def test_a_new_topic_inherits_nothing() -> None:
    question = "How many people live in Shelbyville?"
    assert ways_to_understand(question, [Turn("Who claimed the raid?", "Nobody.")]) == [(question,)]


def test_the_first_turn_is_never_rewritten_and_the_caller_may_rewrite() -> None:
    assert ways_to_understand("Who leads it?", []) == [("Who leads it?",)]
    assert understand("Who leads it?", SETTINGS).text == "Who leads it?"
    asked = understand("Who leads it?", SETTINGS, question_as="Who leads the army?")
    assert (asked.text, asked.original) == ("Who leads the army?", "Who leads it?")


def test_a_follow_up_that_rules_leave_open_is_meant_in_its_context() -> None:
    history = [
        Turn("when will the bridge at Lesk open", "In May. [1]"),
        Turn("for how long was it shut", "A year."),
    ]
    (first, *_), (last,) = ways_to_understand("how many by boat", history)
    assert first == "how many by boat (after: for how long was it shut; when will the bridge at Lesk open)"
    assert last == "how many by boat, for how long was it shut; when will the bridge at Lesk open?"
    query = understand("how many by boat", SETTINGS, question_as=first)
    assert query.text == "how many by boat"
    assert query.context == "for how long was it shut; when will the bridge at Lesk open"
    assert query.standalone == first


def test_what_the_answer_before_completes_is_meant_in_one_way() -> None:
    history = [Turn("Which ports were closed?", "Arle and Lesk. [1]")]
    assert ways_to_understand("Why?", history) == [("Why were ports closed?",)]


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
        ("beyonce renaissance tour gross", True),
        ("Wer hat Kayes angegriffen?", False),
        ("Vem vann priset?", False),
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


def test_a_summary_of_an_open_question_is_of_what_was_asked_first() -> None:
    history = [
        Turn("What happened at the Arle fair?", "A stage fell."),
        Turn("Who was arrested?", "Ada Berg."),
    ]
    ((way,),) = ways_to_understand("summarise that in one sentence", history)
    assert "Arle fair" in way and "arrested" in way and way.endswith("in one sentence?")
    ((alone,),) = ways_to_understand(
        "summarise that", [*history, Turn("Why did Lesk close its port?", "Ice.")]
    )
    assert "Lesk" in alone and "Arle" not in alone
