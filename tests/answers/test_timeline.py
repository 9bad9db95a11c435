"""Questions about a time, and about events, over the demonstration corpus with real parts."""

import datetime
import json

import pytest

from assistant import Answer, Article, Assistant, Example
from assistant.interfaces.cli.main import main
from assistant.output.to_json import answer_to_dict, timeline_to_list
from assistant.question.overview import asks_for_events

JULY = datetime.date(2025, 7, 7)


def exact(answer: Answer) -> bool:
    return all(one.article.text[one.start : one.end] == one.quote for one in answer.citations)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What happened in Springfield in September 2024?", True),
        ("what has happened since May?", True),
        ("Which attacks has the group claimed?", True),
        ("Give me a timeline of the raids", True),
        ("List all attacks of May 2025", True),
        ("What happened to the workers?", False),
        ("Which group claimed attacks on the town?", False),
        ("What caused protests?", False),
        ("Springfield attacks claimed responsibility", False),
        ("Who attacked the town?", False),
    ],
)
def test_a_question_asks_for_events_or_for_one_fact(question: str, wanted: bool) -> None:
    assert asks_for_events(question) is wanted


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who attacked the camps last month?", datetime.date(2026, 3, 10)),
        ("Which towns were attacked in December 2025?", None),
        ("Who ruled in 1992?", None),
        ("What happened in Kayes on 3 August 2025?", None),
    ],
)
def test_a_time_beyond_the_articles_is_said_to_be_so(
    corpus_assistant: Assistant, question: str, asked: datetime.date | None
) -> None:
    answer = corpus_assistant.ask(question, asked=asked)
    counts = corpus_assistant.index.counts()
    assert answer.outcome == "outside_period" and not answer.answered and answer.short is None
    assert not answer.statements and not answer.events
    assert str(counts.first_published and counts.first_published.year) in answer.text
    assert exact(answer) and all(f"[{one.number}]" in answer.text for one in answer.citations)
    numbers = {one.number for one in answer.citations}
    assert all({one.number for one in each.citations} <= numbers for each in answer.candidates)


def test_an_older_time_that_an_article_tells_of_is_answered(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Who rebelled in the north in 2012?")
    assert answer.answered and "Tuareg" in answer.text


def test_the_day_of_the_question_decides_what_last_month_means(corpus_assistant: Assistant) -> None:
    question = "How many soldiers died in the attack on a camp last month?"
    right = corpus_assistant.ask(question, asked=datetime.date(2025, 6, 5))
    assert right.answered and right.short == "41"
    assert any("May 2025" in note for note in right.notes)
    assert any(note.startswith("As of") for note in right.notes)
    wrong = corpus_assistant.ask(question, asked=datetime.date(2023, 2, 5))
    assert not wrong.answered or "41" not in wrong.text


def test_a_sentence_dated_otherwise_is_left_out(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("How many soldiers died in the raids in 2019?")
    assert answer.answered
    assert all(
        one.article.published is None or one.article.published.year >= 2019 for one in answer.citations
    )
    assert "2024" not in answer.text and not corpus_assistant.ask("Who attacked Bamako in 2022?").answered


def test_an_unknown_name_is_named_when_nothing_is_said_of_it(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("What did Joan Quimby say about the attack?")
    assert answer.outcome == "not_in_corpus" and "Joan Quimby" in answer.text


def test_what_happened_is_told_by_event_in_order_of_time(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("What happened between May and July 2025?")
    starts = [event.period.start for event in answer.events]
    assert answer.answered and len(starts) >= 3 and starts == sorted(starts)
    assert all(datetime.date(2025, 5, 1) <= start <= datetime.date(2025, 7, 31) for start in starts)
    assert len(starts) <= corpus_assistant.settings.answer_events
    assert exact(answer) and all(statement.supported for statement in answer.statements)
    numbers = [one.number for one in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer.text for number in numbers)
    assert {one for event in answer.events for one in event.citations} == set(answer.citations)
    document = answer_to_dict(answer)
    assert [event["start"] for event in document["events"]] == [start.isoformat() for start in starts]
    json.dumps(document)


def test_a_claim_denied_or_of_others_is_no_event_of_the_claimant(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Which attacks has JNIM claimed?")
    assert answer.answered and "Boulikessi" not in answer.text and "Boulkessi" not in answer.text


def test_the_timeline_lists_dated_events_with_filters(corpus_assistant: Assistant) -> None:
    events = corpus_assistant.timeline()
    order = [(event.period.yearless, event.period.start, event.period.end) for event in events]
    assert order == sorted(order) and len(events) > 20
    assert max(event.independent_sources for event in events) >= 3
    for event in events:
        for one in event.citations:
            assert one.article.text[one.start : one.end] == one.quote
    reprints = {"boulkessi-first-toll.md", "boulkessi-first-toll-reprint.md"}
    both = [event for event in events if reprints <= {one.article.id for one in event.citations}]
    assert both and all(event.independent_sources < len(event.citations) for event in both)
    filtered = corpus_assistant.timeline(after=datetime.date(2025, 7, 1), before=datetime.date(2025, 7, 2))
    published = {one.article.published for event in filtered for one in event.citations}
    assert published == {datetime.date(2025, 7, 1), datetime.date(2025, 7, 2)}
    publisher = "Demo Wire"
    assert {
        one.article.publisher
        for event in corpus_assistant.timeline(publishers=[publisher])
        for one in event.citations
    } == {publisher}


def test_the_timeline_is_narrowed_to_a_topic_and_a_period(corpus_assistant: Assistant) -> None:
    events = corpus_assistant.timeline(about="Bamako in September 2024")
    assert events and all(event.period.start.strftime("%Y-%m") == "2024-09" for event in events)
    rows = timeline_to_list(events)
    assert set(rows[0]) == {"start", "end", "date", "words", "independent_sources", "text", "citations"}
    assert rows[0]["text"] == rows[0]["citations"][0]["quote"]
    assert corpus_assistant.timeline(about="Bamako in 1990") == []


def test_the_command_line_prints_the_timeline(
    corpus_assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(corpus_assistant.settings.index)
    assert (
        main(["timeline", "--about", "last month", "--asked", "2025-06-02", "--index", index, "--json"]) == 0
    )
    rows = json.loads(capsys.readouterr().out)
    assert rows and all(row["start"].startswith("2025-05") for row in rows)
    assert main(["timeline", "--index", index, "--before", "2019-10-01"]) == 0
    assert "30 September 2019" in capsys.readouterr().out
    assert main(["timeline", "--index", index, "--before", "1999"]) == 0
    assert "no dated event" in capsys.readouterr().out


def test_missing_and_contradictory_dates_are_no_exception(corpus_assistant: Assistant) -> None:
    articles = (
        Article(
            "a", "The bridge of Springfield fell on 31 June 2025, or on Tuesday 2 July 2025.", sha256="0"
        ),
        Article(
            "b",
            "The bridge of Springfield fell on 3 May 2031, next year.",
            published=datetime.date(1999, 1, 1),
            sha256="1",
        ),
    )
    for question in (
        "When did the bridge of Springfield fall?",
        "What happened in Springfield in July 2025?",
    ):
        answer = corpus_assistant.answer_example(Example(question, asked=JULY, context=articles))
        assert answer.final and exact(answer)


def test_events_of_an_unknown_year_answer_only_for_the_last_year_of_their_article(
    corpus_assistant: Assistant,
) -> None:
    text = (
        "In 2012 the old bridge of Springfield was closed by the town.\n\n"
        "In 2021 a new bridge of Springfield was planned by the town.\n\n"
        "On 3 May the new bridge of Springfield was opened at last."
    )
    article = Article("a", text, sha256="0")
    for year, days in (("2012", {(2012, 1, 1)}), ("2021", {(2021, 1, 1), (2000, 5, 3)})):
        example = Example(f"What happened in Springfield in {year}?", context=(article,))
        starts = {
            event.period.start.timetuple()[:3] for event in corpus_assistant.answer_example(example).events
        }
        assert starts in (days, set())
    assert starts == days


def test_sources_that_differ_are_the_outcome(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("How many soldiers died at Boulkessi?")
    assert answer.outcome == "sources_differ" and answer.answered and len(answer.sides) > 1
