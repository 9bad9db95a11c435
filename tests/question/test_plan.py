"""A question's slots: its parts, the things compared, the speaker, the class of a list, the article named."""

import pytest

from assistant.question.number_asked import number_asked
from assistant.question.parts import split_questions
from assistant.question.plan import kind_of_question, planned, spoken_on, topic_of
from assistant.question.things_compared import comparison
from assistant.types import Query


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did the bridge close and who ordered it?", 2),
        ("When and where was the summit?", 2),
        ("Who won? When was the race? How many ran?", 3),
        ("Who won the race and the cup?", 1),
        ("Did more people come in 2022 or in 2023, and what were the numbers?", 1),
        ("Who won the race and what was the number of votes?", 2),
        ("Compare what Cole and Reed say and want", 1),
        ("How do Third and Kaffa differ over prices and why?", 1),
    ],
)
def test_two_questions_in_one(question: str, parts: int) -> None:
    assert len(split_questions(question)) == parts


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("Who won the cup and who was MVP?", "Who was MVP? (after: Who won the cup)"),
        ("Who won the cup and who was Ada Berg?", "Who was Ada Berg?"),
        ("Who leads the UN and who leads NATO?", "Who leads NATO?"),
    ],
)
def test_a_part_that_somebody_plays_is_that_of_the_first_question(question: str, second: str) -> None:
    assert split_questions(question)[1] == second


def test_a_question_of_many_parts_is_bounded() -> None:
    assert len(split_questions("Who won the race? " * 200)) <= 6


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Compare the crowds of Oakfield and Reed Park", ("Oakfield", "Reed Park")),
        ("Oakfield vs Reed Park", ("Oakfield", "Reed Park")),
        ("What is the difference between tea and coffee", ("tea", "coffee")),
        ("How do the Gazette and the Wire differ on the final", ("the Gazette", "the Wire")),
        ("Which cost more, the ferry or the bridge", ("the ferry", "the bridge")),
        ("Compare A, B and C", ("A", "B", "C")),
        ("Compare Cole's and Reed's plans", ("Cole", "Reed")),
        ("Compare Cole's and Reed's plans on the tram", ("Cole", "Reed")),
        (
            "Compare the attack on Oakfield and the raid on Lesk",
            ("the attack on Oakfield", "the raid on Lesk"),
        ),
        (
            "Compare the Oakfield and Reed fires with the May attack on Lesk",
            ("the Oakfield and Reed fires", "the May attack on Lesk"),
        ),
        ("How does Ada Cole's view of the tram differ from Tom Reed's?", ("Ada Cole", "Tom Reed")),
        ("How does the toll of Oakfield compare with that of Reed Park?", ("Oakfield", "Reed Park")),
        ("visitors of the fair 2024 vs 2025", ("2024", "2025")),
        (
            "How does the bar for a challenge to a state's law differ from the old rule?",
            ("the bar for a challenge to a state's law", "the old rule"),
        ),
        ("How does the crowd of Oakfield stack up against that of Reed Park?", ("Oakfield", "Reed Park")),
        ("deaths oakfield fire vs reed park flood", ("oakfield fire", "reed park flood")),
        ("Oakfield vs Reed Park prices", ("Oakfield", "Reed Park")),
        ("Oakfield vs Reed Park minimum wage", ("Oakfield", "Reed Park")),
        ("oakfield v reed park, votes in the final", ("oakfield", "reed park")),
        ("How does the stone of Arle compare in carats with the Lund?", ("the stone of Arle", "the Lund")),
        ("Compare the wages for cooks and for drivers", ("cooks", "drivers")),
        ("Compare the crews brought in for the fire and for the flood", ("the fire", "the flood")),
        (
            "Compare the tolls of the fire in Arle and the flood in Lesk",
            ("the fire in Arle", "the flood in Lesk"),
        ),
        (
            "Compare the number of teams at the Arle Games and the Lesk Games",
            ("the Arle Games", "the Lesk Games"),
        ),
        ("Compare deaths from drowning with those from falls", ("drowning", "falls")),
        ("Compare deaths from drowning and from falls in the Lesk report", ("drowning", "falls")),
        ("Compare", ()),
    ],
)
def test_the_things_compared(text: str, things: tuple[str, ...]) -> None:
    assert comparison(text)[0] == things


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("What does Imani Cole say about the vaccine", "Imani Cole", "the vaccine"),
        ("What's the mayor's view of the tram", "the mayor", "the tram"),
        ("cole on the vaccine", "cole", "the vaccine"),
        ("How did Imani Cole react to the ruling", "Imani Cole", "the ruling"),
        ("What warning did Imani Cole give about the ferry", "Imani Cole", "the ferry"),
        ("What has Imani Cole said about the ferry", "Imani Cole", "the ferry"),
    ],
)
def test_the_speaker_and_the_topic(text: str, speaker: str, topic: str) -> None:
    assert spoken_on(text) == (speaker, topic)


def test_the_class_of_a_list_and_the_topic_of_a_summary() -> None:
    assert number_asked("Which towns were hit").item == "towns"
    assert number_asked("list the seven schools").item == "schools"
    assert topic_of("Summarise the orchestra affair in two sentences") == "the orchestra affair"
    assert topic_of("Give me a summary of the orchestra story") == "the orchestra"
    assert topic_of("What's the latest on the orchestra") == "the orchestra"
    assert topic_of("Where do things stand with the ferry strike?") == "the ferry strike?"
    assert topic_of("What's going on with the ferry strike") == "the ferry strike"


def test_a_plan_names_the_article_and_the_length_wanted() -> None:
    plan = planned(Query("Summarise article 3 in two sentences", "Summarise article 3 in two sentences"))
    assert (plan.kind, plan.article, plan.most_sentences) == ("summary", "3", 2)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who wrote a book about the ferry?", "short"),
        ("Who wrote about the ferry?", "corpus"),
        ("Name the three authors whose titles were lent most often from Arle libraries", "list"),
        ("Which towns are on the list that the authorities published?", "list"),
        ("What degrees does Ada Berg hold?", "short"),
        ("What kinds of boats are there in the harbour?", "list"),
        ("In which Lesk parishes is the law being fought?", "list"),
        ("What is inside the box that the ferry line sends out?", "short"),
    ],
)
def test_the_kind_of_a_question_that_looks_like_another(question: str, kind: str) -> None:
    assert kind_of_question(question) == kind


def test_the_class_of_a_list_of_kinds_is_what_they_are_kinds_of() -> None:
    assert number_asked("What kinds of boats are there").item == "boats"
    assert number_asked("List all people that were hurt").item == "people"
    assert number_asked("List everyone who was hurt").item == "everyone"
    assert number_asked("What did the thieves take").item is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Summarise the Arle strike and how it ended", "the Arle strike"),
        ("brief me on the Arle strike, from the vote to the deal", "the Arle strike"),
        ("Arle strike - overview pls", "Arle strike"),
        ("the story of the Arle strike: a short summary", "the Arle strike"),
        ("What became of the Arle strike?", "the Arle strike"),
        ("What happened with the Arle strike?", "the Arle strike"),
    ],
)
def test_the_topic_of_a_summary(text: str, topic: str) -> None:
    plan = planned(Query(text, text))
    assert (plan.kind, plan.topic, plan.article) == ("summary", topic, None)
    assert not plan.parts
