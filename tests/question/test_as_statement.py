import pytest

from assistant.question.as_statement import as_statement


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Did the mayor of Ogdenville resign?", "It is true that the mayor of Ogdenville resign."),
        ("Is it true that the bridge is closed?", "It is true that the bridge is closed."),
        ("hasn't the bridge been closed", "It is true that the bridge been closed."),
        ("In May 2021, was the bridge closed?", "It is true that In May 2021, the bridge closed."),
        ("Do the articles say whether Anna Lee won?", "It is true that Anna Lee won."),
        ("And can ships pass?", "It is true that ships pass."),
        ("The mayor, who was ill, resigned?", "It is true that The mayor, who was ill, resigned."),
        ("", "It is true that ."),
    ],
)
def test_a_question_becomes_the_statement_it_asks_about(question: str, stated: str) -> None:
    assert as_statement(question) == stated


@pytest.mark.parametrize(
    ("question", "answer", "stated"),
    [
        ("Who won the race?", "Anna Lee", "Anna Lee won the race."),
        ("Who is the mayor of Ogdenville?", "Anna Lee", "Anna Lee is the mayor of Ogdenville."),
        ("When did the bridge open?", "May 2021", "the bridge open: May 2021."),
        ("How many people live in Ogdenville?", "70", "70 people live in Ogdenville."),
        ("How many people live in Ogdenville?", "70 people", "70 people live in Ogdenville."),
        ("How many ships did the fire sink?", "four", "the fire sink: four ships."),
        ("In 2021, which town was flooded?", "Shelbyville", "In 2021, Shelbyville was flooded."),
        ("Which town fell first?", "Shelbyville", "Shelbyville fell first."),
        ("capital of Ogdenland", "Ogdenville", "capital of Ogdenland: Ogdenville."),
    ],
)
def test_an_answer_takes_the_place_of_what_is_asked_for(question: str, answer: str, stated: str) -> None:
    assert as_statement(question, answer) == f"It is true that {stated}"
