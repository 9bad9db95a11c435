"""Answers whose sources agree or differ, over small corpora with the real embedder."""

import datetime

import pytest
from scripted_chat import ScriptedChat

from assistant import Answer, Article, Assistant, Example
from assistant.answers.select_sentences import carries
from assistant.pipeline import own_articles

SOURCES = {
    "first": (
        "Flood kills 12 in Larkfield",
        "2025-03-04",
        "At least 12 people died when the river burst its banks in Larkfield on Monday, the emergency service "
        "said. Another 30 are missing. About 400 homes were destroyed, officials estimate.",
    ),
    "later": (
        "Larkfield toll rises",
        "2025-03-07",
        "The death toll of the Larkfield flood has risen to 19, the governor confirmed on Thursday. Rescuers have "
        "found 8 survivors. Some 400 homes were destroyed.",
    ),
    "elsewhere": (
        "Lessons from Ostham",
        "2025-03-08",
        "Nine people were killed in a landslide near Ostham last month. The flood in Larkfield is a reminder.",
    ),
    "long ago": (
        "Larkfield and its river",
        "2025-03-09",
        "The flood in Larkfield has a history. In 1953 a flood in Larkfield killed 140 people.",
    ),
    "storm": (
        "Storm in Arland",
        "2025-06-02",
        "The storm Petra has killed at least 40 people in four days. In Ostham County, five people died in the "
        "storm Petra, the sheriff said.",
    ),
    "storm later": (
        "Arland counts its dead",
        "2025-06-05",
        "The storm Petra killed more than 90 people, and thousands are without power.",
    ),
    "fair": (
        "Fair in Corrie",
        "2025-07-02",
        "The summer fair in Corrie drew 3,000 visitors, the mayor said.",
    ),
    "fair later": (
        "Corrie looks back",
        "2025-07-20",
        "Looking back, the council has counted again: 4,500 visitors came for the summer fair in Corrie.",
    ),
    "station": (
        "Bomb at Verden station",
        "2025-05-02",
        "A bomb exploded at Verden station on Friday, wounding 14 people. No group has claimed the bombing. Police "
        "blame the Red Dawn, a banned party, for the bombing at Verden station.",
    ),
    "town hall": (
        "Fire in Brannock",
        "2025-05-03",
        "The Green Front claimed responsibility for the fire at the town hall in Brannock, in which 6 people died.",
    ),
    "guild": (
        "Guild of ropes meets",
        "2025-04-03",
        "Members of the Guild for Ropes of Tar and Hemp (GRTH) met in Ostham on Thursday. The GRTH chose Ann Bell.",
    ),
    "protest": (
        "Protest in Marden",
        "2025-02-03",
        "Some 5,000 protesters took to the streets of Marden on Sunday, according to the police. Organisers put "
        "the number of protesters at 20,000. Police arrested 34 protesters.",
    ),
}


@pytest.fixture(scope="module")
def ask(corpus_assistant: Assistant):  # type: ignore[no-untyped-def]
    articles = tuple(
        Article(
            name, text, title=title, publisher=f"{name} paper", published=datetime.date.fromisoformat(day)
        )
        for name, (title, day, text) in SOURCES.items()
    )
    with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
        assistant = Assistant(corpus.index, corpus.embedder, corpus.settings, reader=corpus.reader)
        yield lambda question: whole(assistant.ask(question))


def whole(answer: Answer) -> Answer:
    """Check what holds for every answer, whatever its sides."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
        assert f"[{citation.number}]" in answer.text
    assert all(statement.supported for statement in answer.statements)
    for side in answer.sides:
        assert side.citations and set(side.citations) <= set(answer.citations)
        assert side.independent_sources >= 1
        texts = [citation.article.text for citation in side.citations]
        publishers = {citation.article.publisher for citation in side.citations}
        assert side.speaker in publishers or any(side.speaker in text for text in texts if side.speaker)
    assert len(answer.text.split()) <= 80 + len(answer.citations)
    assert sum(one.confidence for one in answer.candidates) <= answer.confidence + 1e-4
    if answer.candidates and answer.answered and answer.short is not None:
        assert answer.short == answer.candidates[0].text
    return answer


def sides(answer: Answer) -> list[tuple[str, str | None, str | None]]:
    return [(side.value, side.speaker, side.stance) for side in answer.sides]


def test_tolls_that_differ_stand_side_by_side_newest_first(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("How many people died in the Larkfield flood?")
    assert answer.outcome == "sources_differ" and answer.answered
    assert sides(answer) == [
        ("19", "governor", "confirmed"),
        ("at least 12", "emergency service", "reported"),
    ]
    assert [side.published for side in answer.sides] == [datetime.date(2025, 3, 7), datetime.date(2025, 3, 4)]
    assert answer.short == "19"
    assert any("later report" in note for note in answer.notes)
    assert "15.5" not in answer.text and "140" not in answer.text and "Nine" not in answer.text


def test_the_last_of_tolls_that_differ_is_the_short_answer_whatever_is_likeliest(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("At least how many people did the emergency service say died in the Larkfield flood?")
    assert answer.outcome == "sources_differ" and answer.short == "19"


def test_an_earlier_toll_and_one_of_a_part_are_no_sides(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("How many people died in the storm Petra?")
    assert answer.outcome == "answered" and answer.short == "more than 90"
    assert [value for value, _, _ in sides(answer)] == ["more than 90"]
    assert any("Earlier reports gave less: at least 40 (2 June 2025)" in note for note in answer.notes)
    assert "[1]" in answer.text and "90" in answer.statements[0].text and "five" not in answer.text


def test_of_figures_that_differ_an_older_one_is_not_shown_alone(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("How many visitors did the summer fair in Corrie draw?")
    assert answer.outcome == "sources_differ" and answer.short is None
    assert [value for value, _, _ in sides(answer)] == ["4,500", "3,000"]


def test_two_speakers_in_one_article_are_two_sides(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("How many protesters took to the streets of Marden?")
    assert answer.outcome == "sources_differ"
    assert {(value, speaker) for value, speaker, _ in sides(answer)} == {
        ("some 5,000", "police"),
        ("20,000", "Organisers"),
    }


@pytest.mark.parametrize(
    ("question", "value", "sources"),
    [
        ("How many homes were destroyed in Larkfield?", "400", 2),
        ("How many people are missing after the Larkfield flood?", "30", 1),
        ("How many protesters were arrested in Marden?", "34", 1),
        ("How many people were wounded in the Verden station bombing?", "14", 1),
    ],
)
def test_other_counts_and_other_events_are_no_conflict(  # type: ignore[no-untyped-def]
    ask, question: str, value: str, sources: int
) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    (side,) = answer.sides
    assert value in side.value and side.independent_sources == sources
    assert any("one source" in note for note in answer.notes) == (sources == 1)


def test_that_nobody_claimed_it_is_an_answer_with_whom_others_blame(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Who claimed the bombing of Verden station?")
    assert answer.outcome == "answered" and answer.short == "No group"
    assert sides(answer) == [("No group", "station paper", "no_claim"), ("Red Dawn", "Police", "blamed")]
    assert "Green Front" not in answer.text


def test_a_claim_is_given_to_its_claimant(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Which group claimed the fire in Brannock?")
    assert sides(answer) == [("Green Front", "Green Front", "claimed")]
    assert "Red Dawn" not in answer.text


def test_a_question_without_an_answer_has_no_sides(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Who won the 1998 football world cup final?")
    assert not answer.answered and not answer.sides


def test_a_reprint_is_no_further_source(corpus_assistant: Assistant) -> None:
    text = SOURCES["first"][2]
    articles = tuple(
        Article(f"copy-{number}", text, title=f"Flood in Larkfield {number}", publisher=f"Paper {number}")
        for number in range(3)
    )
    example = Example("How many people died in the Larkfield flood?", context=articles)
    answer = whole(corpus_assistant.answer_example(example))
    assert answer.outcome == "answered"
    assert [side.independent_sources for side in answer.sides] == [1] and answer.independent_sources == 1


def test_an_answer_counts_the_sources_that_carry_it(corpus_assistant: Assistant) -> None:
    figure, told, overview, unknown = map(
        corpus_assistant.ask,
        (
            "Who claimed the Kayes attacks?",
            "How many soldiers died at Boulkessi?",
            "What happened in Mali in September 2024?",
            "Which team won the football championship?",
        ),
    )
    assert figure.independent_sources == figure.sides[0].independent_sources > 1
    # one of these articles gives both figures
    assert told.independent_sources == len({citation.article.id for citation in told.citations}) == 3
    assert overview.independent_sources >= max(event.independent_sources for event in overview.events)
    assert unknown.independent_sources == 0


def test_an_outlet_and_who_quotes_it_are_one_source(corpus_assistant: Assistant) -> None:
    texts = (
        ("Hill Post", "The flood in Larkfield killed 12 people."),
        ("Vale News", "Twelve people died in the flood in Larkfield last week, the Hill Post reported."),
        ("Moor Times", "Rescuers counted 12 people killed in the Larkfield flood; the road is shut."),
    )
    articles = tuple(
        Article(name, text, title="Flood in Larkfield", publisher=name, published=datetime.date(2025, 3, 4))
        for name, text in texts
    )
    answer = corpus_assistant.answer_example(
        Example("How many people died in the Larkfield flood?", context=articles)
    )
    assert [side.independent_sources for side in answer.sides] == [2]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("What happened in Larkfield when the river burst?", "At least 19 people died when the river"),
        ("Who ordered the people of Larkfield to leave?", "Governor Lena Marsh ordered the people"),
    ],
)
def test_a_sentence_with_another_figure_or_name_is_not_cited_for_the_first(
    corpus_assistant: Assistant, question: str, other: str
) -> None:
    toll = "people died when the river burst its banks in the town of Larkfield on Monday."
    order = "ordered the people of Larkfield to leave their homes on Monday."
    texts = (
        f"At least 12 {toll} Mayor Nils Holt {order}",
        f"At least 19 {toll} Governor Lena Marsh {order}",
        f"At least 12 {toll} Mayor Nils Holt {order} Schools stay shut for a week, and so do the shops.",
    )
    articles = tuple(
        Article(str(number), text, title="Flood in Larkfield", publisher=f"Paper {number}")
        for number, text in enumerate(texts)
    )
    answer = whole(corpus_assistant.answer_example(Example(question, context=articles)))
    assert answer.answered
    assert any(statement.text.startswith(other) for statement in answer.statements)
    for statement in answer.statements:
        for citation in statement.citations:
            assert carries(citation.quote, statement.text)


def test_two_people_of_one_surname_are_two_claimants(corpus_assistant: Assistant) -> None:
    texts = (
        "Holt claimed responsibility for the fire at the mill in Larkfield. The court sat for two days.",
        "Nobody was hurt when the building burned. Nils Holt claimed responsibility for the fire at the mill.",
        "In a letter to this paper, Ada Holt claimed responsibility for the fire at the Larkfield mill.",
    )
    articles = tuple(
        Article(str(number), text, title="The mill in Larkfield", publisher=f"Paper {number}")
        for number, text in enumerate(texts)
    )
    answer = whole(
        corpus_assistant.answer_example(
            Example("Who claimed the fire at the mill in Larkfield?", context=articles)
        )
    )
    assert answer.outcome == "sources_differ"
    assert len(answer.sides) == 2
    held = [" ".join(one.quote for one in side.citations) for side in answer.sides]
    assert not any("Nils" in quotes and "Ada" in quotes for quotes in held)


def test_the_demonstration_corpus_shows_both_tolls(corpus_assistant: Assistant) -> None:
    answer = whole(corpus_assistant.ask("How many soldiers died at Boulkessi?"))
    assert answer.outcome == "sources_differ"
    values = {side.value: side for side in answer.sides}
    assert set(values) == {"25", "as high as 40"}
    assert values["25"].speaker == "government" and values["25"].independent_sources > 1


def test_who_said_so_is_answered_with_the_speaker(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Who confirmed that the toll of the Larkfield flood has risen?")
    assert answer.short == "governor" and sides(answer) == [("governor", "governor", "confirmed")]


def test_a_time_that_the_articles_do_not_reach_has_no_claimant(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Who claimed the bombing of Verden station in 1931?")
    assert answer.outcome == "outside_period" and not answer.sides


def test_a_side_that_a_chat_model_leaves_out_is_stated_again(corpus_assistant: Assistant) -> None:
    model = ScriptedChat(pieces=("The death toll has risen to 19, the governor confirmed [1].",))
    articles = tuple(
        Article(name, SOURCES[name][2], title=SOURCES[name][0], publisher=name) for name in ("later", "first")
    )
    writing = Assistant(corpus_assistant.index, corpus_assistant.embedder, corpus_assistant.settings, model)
    example = Example("How many people died in the Larkfield flood?", context=articles)
    answer = whole(writing.answer_example(example))
    assert model.calls
    assert answer.outcome == "sources_differ"
    assert {side.value for side in answer.sides} == {"19", "at least 12"}
    assert "has risen to 19" in answer.statements[0].text and "At least 12" in answer.statements[1].text


@pytest.mark.parametrize(
    "question",
    ["What does GRTH stand for?", "What is GRTH short for?", "What is the full name of the GRTH?"],
)
def test_an_abbreviation_stands_for_what_an_article_explains(ask, question: str) -> None:  # type: ignore[no-untyped-def]
    answer = ask(question)
    assert answer.answered and answer.short == "Guild for Ropes of Tar and Hemp"
    assert "(GRTH)" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question", ["What does QRZ stand for?", "What does the GRTH do?", "What does he stand for?"]
)
def test_other_questions_are_no_matter_of_abbreviations(ask, question: str) -> None:  # type: ignore[no-untyped-def]
    assert ask(question).short != "Guild for Ropes of Tar and Hemp"
