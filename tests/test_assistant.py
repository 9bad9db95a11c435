"""A question's whole way, over the demonstration corpus with real parts."""

import datetime
import itertools
import math

import pytest

from assistant import Answer, Article, Assistant, Example, QuestionError, Turn

QUESTIONS = [
    "Who claimed the Kayes attacks?",
    "How many soldiers died at Boulkessi?",
    "When was Bamako attacked?",
    "Which towns were attacked in July 2025?",
    "Why was the west exposed?",
    "What is the airspeed of an unladen swallow?",
    "Who won the 1998 football world cup final?",
]


@pytest.fixture(scope="module")
def answers(corpus_assistant: Assistant) -> dict[str, Answer]:
    return {question: corpus_assistant.ask(question) for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quotation_is_exact_and_every_marker_leads_somewhere(
    answers: dict[str, Answer], question: str
) -> None:
    answer = answers[question]
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
        assert f"[{citation.number}]" in answer.text
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for statement in answer.statements:
        assert statement.citations and statement.supported is True
    assert answer.final and 0 <= answer.confidence <= 1
    assert set(answer.timings) == {"understand", "retrieve", "answer", "check"}


def test_a_claim_is_answered_with_its_claimant(answers: dict[str, Answer]) -> None:
    answer = answers["Who claimed the Kayes attacks?"]
    assert answer.outcome == "answered" and "JNIM" in answer.text
    assert len(answer.text.split()) <= 100
    assert answer.short == answer.candidates[0].text == "JNIM"
    assert sum(candidate.confidence for candidate in answer.candidates) <= answer.confidence + 1e-6


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        (QUESTIONS[-2], "not_in_corpus"),
        (QUESTIONS[-1], "not_in_corpus"),
        ("What colour is the flag of JNIM?", "not_stated"),
        ("How much did the cement factory in Kayes cost?", "not_stated"),
    ],
)
def test_what_no_article_says_is_withheld_and_told_from_what_it_only_mentions(
    corpus_assistant: Assistant, question: str, outcome: str
) -> None:
    answer = corpus_assistant.ask(question)
    assert not answer.answered and answer.outcome == outcome
    assert answer.citations
    assert not answer.statements and answer.short is None


def test_the_same_question_gives_the_same_answer(
    corpus_assistant: Assistant, answers: dict[str, Answer]
) -> None:
    for question, before in answers.items():
        again = corpus_assistant.ask(question)
        assert (again.text, again.citations, again.short) == (before.text, before.citations, before.short)
        assert math.isclose(again.confidence, before.confidence, abs_tol=1e-3)


def test_filters_bound_publication_dates_and_publishers(corpus_assistant: Assistant) -> None:
    after, before = datetime.date(2025, 7, 1), datetime.date(2025, 7, 31)
    hits = corpus_assistant.search("attacks", 20, after=after, before=before)
    assert hits
    assert all(hit.article.published and after <= hit.article.published <= before for hit in hits)
    publisher = hits[0].article.publisher
    assert publisher
    assert {hit.article.publisher for hit in corpus_assistant.search("attacks", publishers=[publisher])} == {
        publisher
    }
    assert any("no date" in note for note in corpus_assistant.ask("who attacked?", after=after).notes)
    with pytest.raises(QuestionError, match="No Such Paper"):
        corpus_assistant.ask("who attacked?", publishers=["No Such Paper"])
    nothing = corpus_assistant.ask("who attacked?", before=datetime.date(1900, 1, 1))
    assert not nothing.answered and not nothing.hits
    told = "The filters let in only articles published up to 1 January 1900."
    counted = corpus_assistant.ask("how many articles are there?", before=datetime.date(1900, 1, 1))
    assert told in nothing.notes and told in counted.notes
    assert not corpus_assistant.ask("hello", before=datetime.date(1900, 1, 1)).notes
    assert not any("filters" in note for note in corpus_assistant.ask("who attacked?").notes)


def test_no_article_takes_more_than_its_share_and_reprints_are_folded(corpus_assistant: Assistant) -> None:
    hits = corpus_assistant.search("twenty-five soldiers killed at Boulkessi and Mondoro", 30)
    per_article: dict[str, int] = {}
    for hit in hits:
        per_article[hit.article.id] = per_article.get(hit.article.id, 0) + 1
    assert max(per_article.values()) <= corpus_assistant.settings.hits_per_article
    reprinted = [hit for hit in hits if hit.article.id.startswith("boulkessi-first-toll")]
    assert reprinted
    for one, other in itertools.combinations(reprinted, 2):
        words, others = set(one.passage.text.split()), set(other.passage.text.split())
        assert len(words & others) < 0.7 * len(words | others)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_follow_up_is_shown_as_it_was_understood(
    corpus_assistant: Assistant, answers: dict[str, Answer]
) -> None:
    turn = answers["Who claimed the Kayes attacks?"].turn
    answer = corpus_assistant.ask("And when was that?", history=[turn])
    assert answer.question == "And when was that?" and "Kayes" in answer.standalone_question
    forged = corpus_assistant.ask("And when was that?", history=[Turn("x" * 3000, "")] * 500)
    assert forged.final


def test_other_languages_are_said_to_be_so(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Qui a revendiqué les attaques contre les villes de l'ouest ?")
    assert answer.outcome == "unsupported_language" and not answer.answered and not answer.citations


def test_an_example_with_its_own_articles_is_answered_from_those_alone(corpus_assistant: Assistant) -> None:
    article = Article(
        "own", "The mayor of Springfield, Joan Quimby, opened the bridge on 3 May 2021.", sha256="0"
    )
    example = Example("Who opened the bridge in Springfield?", context=(article,))
    answer = corpus_assistant.answer_example(example)
    assert {hit.article.id for hit in answer.hits} == {"own"}
    assert answer.answered and "Quimby" in answer.text
    assert [hit.article.id for hit in corpus_assistant.search_example(example)] == ["own"]


def test_the_day_of_a_question_tells_which_of_like_events_is_meant(corpus_assistant: Assistant) -> None:
    text = "An earthquake shook the island of {} on Monday and several houses fell, the mayor said."
    days = {"Norland": datetime.date(2021, 3, 2), "Sutland": datetime.date(2023, 8, 8)}
    told = {name: (text.format(name), day) for name, day in days.items()}
    told |= {
        f"other {number}": (f"The {thing} of Lesk was sold for {number} crowns.", datetime.date(2022, 1, 1))
        for number, thing in enumerate(("brewery", "island ferry", "old mill", "library"), 2)
    }
    articles = tuple(
        Article(name, body, title="Report", published=day, sha256=name) for name, (body, day) in told.items()
    )
    for name, day in days.items():
        asked = day + datetime.timedelta(days=5)
        example = Example("Which island was shaken by an earthquake?", context=articles, asked=asked)
        assert corpus_assistant.search_example(example)[0].article.id == name
        assert corpus_assistant.answer_example(example).candidates[0].text == name
        assert corpus_assistant.search_example(
            Example(example.question, context=articles, asked=datetime.date.min)
        )


def test_it_serves_as_a_langchain_retriever(corpus_assistant: Assistant) -> None:
    documents = corpus_assistant.as_retriever(k=3).invoke("Who claimed the Kayes attacks?")
    hits = corpus_assistant.search("Who claimed the Kayes attacks?", 3)
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    for document in documents:
        text = corpus_assistant.article(document.metadata["article"]).text
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content


def test_example_questions_are_ones_that_it_answers(corpus_assistant: Assistant) -> None:
    questions = corpus_assistant.example_questions(3)
    assert len(set(questions)) == 3
    assert all(corpus_assistant.ask(question).answered for question in questions)
