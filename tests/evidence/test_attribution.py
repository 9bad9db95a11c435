"""Who says what stands in a sentence, and to what degree; who claims a deed, and who is blamed for it."""

from dataclasses import replace

import pytest

from assistant.evidence.attribution import who_says
from assistant.evidence.reading import Reading
from assistant.evidence.responsibility import acts, asks_for_acts
from assistant.evidence.speakers import spoken, told_by, with_speakers
from assistant.types import Article, Candidate, Citation, Side, Statement

OUTLET = "The Daily Bell"


def said(text: str, words: str, sentence: str | None = None) -> tuple[str | None, str]:
    article = Article("one", text, publisher=OUTLET)
    start = text.index(sentence) if sentence else 0
    end = start + len(sentence) if sentence else len(text)
    speaker, stance = who_says(article, start, end, text.index(words))
    assert speaker in {None, OUTLET} or (speaker and speaker in text)
    return speaker, stance


RIVALS = (
    "While the ministry has confirmed that 12 sailors drowned, it has been reported elsewhere that 19 did."
)


@pytest.mark.parametrize(
    ("sentence", "words", "speaker", "stance"),
    [
        (RIVALS, "12", "ministry", "confirmed"),
        (RIVALS, "19", "reported elsewhere", "reported"),
        ("Twelve sailors drowned off Ostham, the coast guard said.", "Twelve", "coast guard", "reported"),
        ("Twelve sailors drowned, said Ann Bell, who saw it.", "Twelve", "Ann Bell", "reported"),
        ("In the agency's last update, it said that twelve sailors drowned.", "twelve", "agency", "reported"),
        (
            "Twelve drowned, the Guild for Ropes of Tar and Hemp has announced.",
            "Twelve",
            "Guild for Ropes of Tar and Hemp",
            "reported",
        ),
        (
            "Twelve drowned, according to the Ocean and Inland Waters Administration on Monday.",
            "Twelve",
            "Ocean and Inland Waters Administration",
            "reported",
        ),
        (
            "Twelve drowned, according to Norland's Department of Ports and Fisheries.",
            "Twelve",
            "Norland's Department of Ports and Fisheries",
            "reported",
        ),
        (
            "New guidance from the federal Office for Ports and Harbours says that 12 drowned.",
            "12",
            "New guidance from the federal Office for Ports and Harbours",
            "reported",
        ),
        ("Many old ships hit the Ivory Bar and Ann Bell said that 12 drowned.", "12", "Ann Bell", "reported"),
        ("Twelve drowned, according to Curtis and Bell.", "Twelve", "Curtis", "reported"),
        ("Twelve drowned, according to Ann Bell and Jo Curtis of Ostham.", "Twelve", "Ann Bell", "reported"),
        ("Twelve drowned, according to the ONI and BBX.", "Twelve", "ONI", "reported"),
        ("The raid was claimed by the Hand and President Bell called for calm.", "raid", "Hand", "claimed"),
        ('The mayor called the wreck "a disgrace".', "disgrace", "mayor", "reported"),
        ("The mayor called for calm.", "calm", "mayor", "reported"),
        ("The mayor described the rescue as a disgrace.", "disgrace", "mayor", "reported"),
        ("A ship called the Swift sank with 12 aboard.", "12", OUTLET, "reported"),
        ("According to the harbour master, 12 drowned.", "12", "harbour master", "reported"),
        ("The storm left 12 dead according to the mayor.", "12", "mayor", "reported"),
        ("The raid was claimed by the Free Hand.", "raid", "Free Hand", "claimed"),
        ("The army claimed to have killed 80 rebels.", "80", "army", "claimed"),
        ("The company denied that 12 workers had died.", "12", "company", "denied"),
        ("The army has not confirmed that 12 are missing.", "12", "army", "unconfirmed"),
        ("Ann Bell, spokeswoman for the army, reported that 12 died.", "12", "Ann Bell", "reported"),
        (
            "Reports that do not come from the company put the number of dead at 19.",
            "19",
            OUTLET,
            "reported",
        ),
        ("Nineteen drowned, according to multiple reports.", "Nineteen", OUTLET, "reported"),
        ("Unconfirmed estimates put the number of dead at 19.", "19", OUTLET, "reported"),
        (
            "A report by the coast guard put the number of dead at 19.",
            "19",
            "report by the coast guard",
            "reported",
        ),
        (
            "Nineteen drowned, according to a new report from the Salt Office.",
            "Nineteen",
            "new report from the Salt Office",
            "reported",
        ),
        (
            "Nineteen drowned, according to the state Board of Harbours.",
            "Nineteen",
            "state Board of Harbours",
            "reported",
        ),
        ("Curtis said that 19 drowned.", "19", "Curtis", "reported"),
        ("Curtis on Friday denied that 19 drowned.", "19", "Curtis", "denied"),
        ("The guild in a statement said that 19 drowned.", "19", "guild", "reported"),
        ("Sailors often say that 19 drowned.", "19", "Sailors", "reported"),
        ("Facing a storm that could last, ships carry an estimated 19 boats.", "19", OUTLET, "reported"),
        ("Twelve drowned, police said, but others put the toll at 19.", "19", OUTLET, "reported"),
        ("Ships of Norland and the United States. They lost 19.", "19", OUTLET, "reported"),
        ("Many said that 19 drowned.", "19", OUTLET, "reported"),
        ("By the army's account the assault by 80 men failed.", "80", "army", "reported"),
        ("Twelve died, police said, but witnesses put the toll at 20.", "20", "witnesses", "reported"),
        ("Twelve died, police said, but witnesses put the toll at 20.", "Twelve", "police", "reported"),
        ("The storm, which officials said killed 12, has passed.", "12", "officials", "reported"),
        ("The storm killed 12.", "12", OUTLET, "reported"),
        ("As many as 20 may have died.", "20", OUTLET, "unconfirmed"),
        ("The reports on the 12 dead fill a shelf.", "12", OUTLET, "reported"),
        ("Its claims about 12 victims are published online.", "12", OUTLET, "reported"),
    ],
)
def test_a_statement_is_given_to_its_speaker(sentence: str, words: str, speaker: str, stance: str) -> None:
    assert said(sentence, words) == (speaker, stance)


def test_a_citation_names_who_gives_the_answer_in_it() -> None:
    text = "Twelve drowned, the coast guard said, while the mayor put the number at 19. The sea was rough."
    article = Article("one", text, publisher=OUTLET)

    def cited(start: int, end: int) -> Citation:
        return Citation(1, article, start, end, text[start:end])

    first, last = cited(0, text.index(" The sea")), cited(text.index("The sea"), len(text))
    assert told_by(first, "Twelve").speaker == "coast guard"
    assert told_by(last) == replace(last, speaker=OUTLET, stance="reported")
    stated = (Statement("It was.", (first, last)),)
    reading = Reading(True, 0.9, "Twelve", stated, (first, last), (Candidate("Twelve", 0.9, (first,)),), True)
    told = with_speakers(reading)
    assert [one.speaker for one in told.citations] == ["coast guard", OUTLET]
    assert told.statements[0].citations == told.citations
    assert told.candidates[0].citations == told.citations[:1]
    side = Side("19", "mayor", "reported", citations=(first,))
    assert with_speakers(replace(reading, sides=(side,))).citations[0].speaker == "mayor"


def test_who_says_it_is_told_in_words() -> None:
    assert spoken("the mayor", "reported", OUTLET) == "said by the mayor"
    assert spoken("the mayor", "claimed") == "claimed by the mayor"
    assert spoken(OUTLET, "reported", OUTLET) == spoken(None, None) == ""
    assert spoken("reported elsewhere", "reported", OUTLET) == "reported elsewhere"
    assert spoken(OUTLET, "unconfirmed", OUTLET) == "unconfirmed by The Daily Bell"
    assert spoken("officials", "unconfirmed", OUTLET) == "unconfirmed, according to officials"


def test_a_pronoun_goes_back_to_whoever_spoke_before() -> None:
    text = "The army has published its account. It says that 80 rebels died."
    assert said(text, "80", "It says that 80 rebels died.") == ("army", "reported")


def test_he_and_she_are_people() -> None:
    text = (
        "Ann Bell runs the harbour. The company pays her. “Twelve boats sank,” she said. “I saw all of them.”"
    )
    assert said(text, "sank", "“Twelve boats sank,” she said.") == ("Ann Bell", "reported")
    quoted = f"Twelve, Ann Bell said. The company agreed. {'“I think it was 19.”'}"
    assert said(quoted, "19", "“I think it was 19.”") == ("Ann Bell", "unconfirmed")
    assert said("Ann Bell said so. I think it was 19.", "19", "I think it was 19.") == (OUTLET, "unconfirmed")


def test_an_unknown_outlet_is_no_speaker() -> None:
    assert who_says(Article("one", "It killed 12."), 0, 13, 10) == (None, "reported")


@pytest.mark.parametrize(
    "junk", ["", "said", "said said, said: said", "according to", "“", "12", "claimed by", ", said "]
)
def test_odd_sentences_have_some_speaker(junk: str) -> None:
    article = Article("one", junk, publisher=OUTLET)
    assert who_says(article, 0, len(junk), 0)[1]
    assert list(acts(junk)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("No group has yet claimed the bombing.", [("no_claim", "No group", None)]),
        ("There was no immediate claim of responsibility.", [("no_claim", "no immediate claim", None)]),
        ("Nobody has said that they were behind it.", [("no_claim", "Nobody", None)]),
        ("The Free Hand claimed responsibility for the blast.", [("claimed", "Free Hand", "Free Hand")]),
        ("The blast was claimed by the Free Hand.", [("claimed", "Free Hand", "Free Hand")]),
        ("Police blamed the radical group Free Hand for the blast.", [("blamed", "Free Hand", "Police")]),
        ("The blast was blamed on the Free Hand by the police.", [("blamed", "Free Hand", "police")]),
        ("The Free Hand claimed that its aims were just.", []),
        ("Claims of the Free Hand are often false.", []),
    ],
)
def test_acts_are_found_with_who_does_them(
    sentence: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = [(act.stance, sentence[act.start : act.end], act.speaker) for act in acts(sentence)]
    assert found == expected


@pytest.mark.parametrize(
    ("question", "stances"),
    [
        ("Who claimed the blast?", {"claimed", "no_claim", "blamed"}),
        ("Has any group claimed responsibility?", {"claimed", "no_claim", "blamed"}),
        ("Who bombed the station?", {"claimed", "no_claim", "blamed"}),
        ("Who was bombed?", set()),
        ("Who is blamed for the blast?", {"blamed"}),
        ("What does the mayor claim about the bridge?", set()),
        ("How many rebels does the army claim to have killed?", set()),
        ("When was the blast?", set()),
    ],
)
def test_it_is_known_which_questions_ask_for_acts(question: str, stances: set[str]) -> None:
    assert asks_for_acts(question) == stances
