import pytest

from assistant.text.corrections import states_correction, tells_mistake


@pytest.mark.parametrize(
    "text",
    [
        "Correction: the bridge is 90 metres long.",
        "Correction An earlier version said that eleven mines were cleared; the number is nine.",
        "An earlier version of this article misstated the mayor's name.",
        "This story has been corrected: nine people were hurt.",
        "Editor's note: this article was amended on 3 May.",
        "Editor's note: The first paragraph gave the wrong day.",
        "Clarification (3 May): the council has nine members.",
        "Cet article a été corrigé le 3 mai.",
    ],
)
def test_a_correction_is_known_by_its_words(text: str) -> None:
    assert states_correction(text)


@pytest.mark.parametrize(
    "text",
    [
        "The corrections officer was on leave.",
        "Analysts expect a correction of share prices.",
        "The earlier version of the engine was heavier.",
        "The report was corrected by the ministry, he said.",
        "Editor's Note: This page sums up the news of Friday. For later news, see our updates of Saturday.",
        "Editor’s note: A version of this story first appeared in our newsletter.",
    ],
)
def test_other_news_is_none(text: str) -> None:
    assert not states_correction(text)


def test_what_an_earlier_version_had_wrong_states_nothing() -> None:
    assert tells_mistake("An earlier version of this editorial incorrectly stated that Lesk has a harbour.")
    assert tells_mistake("A previous version of the story misidentified the mayor.")
    assert not tells_mistake("Police wrongly identified him as the driver.")
    assert not tells_mistake("An earlier version of the bill passed in May.")
