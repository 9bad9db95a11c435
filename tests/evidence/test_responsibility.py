import pytest

from assistant.evidence.responsibility import acts, asks_for_acts, claim_told


@pytest.mark.parametrize(
    "question",
    [
        "Who claimed the title?",
        "Who is behind the merger?",
        "Who is responsible for the budget?",
        "Who is the playwright behind the new musical?",
        "Who won the world series?",
        "Who took silver behind the Italian in the final?",
        "Whom does the columnist blame for the shortage?",
        "Who is the chief executive of the firm behind the chocolate?",
        "How many suspected cases did the agency count?",
        "Which developer is behind the new stadium?",
    ],
)
def test_questions_without_a_deed_ask_for_no_act(question: str) -> None:
    assert asks_for_acts(question) == frozenset()


@pytest.mark.parametrize(
    ("question", "stances"),
    [
        ("Who claimed the attack on the port?", {"claimed", "no_claim", "blamed"}),
        ("Who claimed responsibility?", {"claimed", "no_claim", "blamed"}),
        ("Which group was behind the bombing?", {"claimed", "no_claim", "blamed"}),
        ("Who kidnapped the engineers?", {"claimed", "no_claim", "blamed"}),
        ("Who is blamed for the arson?", {"blamed"}),
    ],
)
def test_questions_about_a_deed_ask_for_acts(question: str, stances: set[str]) -> None:
    assert asks_for_acts(question) == stances


def test_an_act_names_who_did_it_in_the_words_of_the_sentence() -> None:
    sentence = "The Norland Front claimed responsibility for the bombing."
    (act,) = acts(sentence)
    assert (act.stance, sentence[act.start : act.end]) == ("claimed", "Norland Front")
    (silent,) = acts("No group has claimed the raid.")
    assert silent.stance == "no_claim"


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Did the Front claim the attack?", "asked"),
        ("Did the Front claim the attack on Arle?", "asked"),
        ("Did the Front claim the attack on Lesk?", "other"),
        ("Did the Front claim the kidnapping?", None),
        ("Did the army claim the attack?", None),
        ("Who is the Front?", None),
    ],
)
def test_a_claim_of_the_deed_that_is_asked_about(question: str, claim: str | None) -> None:
    told = "The Front has claimed the attack on Arle; on the kidnapping no claim is known."
    assert claim_told(question, told) == claim
