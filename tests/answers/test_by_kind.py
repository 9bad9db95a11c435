"""Each kind of question in its form, on articles of other subjects than the demonstration's."""

import datetime
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers.by_kind import COMPOSERS, searching_the_topic
from assistant.types import Answer, Article, Plan, Query

ARTICLES = [
    Article(
        "ports.md",
        "The harbour board will close three ports this winter. The ports that close are Arle, Benholt and Corrie. "
        "The board closes them because repairs would cost 14 million crowns, said its chair, Ada Berg.\n\n"
        '"Nobody will lose a job over this," Ada Berg told reporters. The union doubts it.',
        title="Harbour board closes three ports",
        publisher="Harbour Post",
        published=datetime.date(2025, 3, 4),
    ),
    Article(
        "jobs.md",
        "The closing of the ports will cost 120 jobs, the dockers' union said on Friday. The board speaks of none."
        "\n\nWork at Arle ended on Thursday, two weeks early.",
        title="Ports: union counts 120 jobs",
        publisher="Quay Wire",
        published=datetime.date(2025, 3, 14),
    ),
    Article(
        "fires.md",
        "The fire at Oakfield burned 300 hectares of forest. The fire at Reed Park burned 1,200 hectares. "
        "Nobody was hurt in either fire.",
        title="Two forest fires",
        publisher="Harbour Post",
        published=datetime.date(2024, 8, 2),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(index=tmp_path_factory.mktemp("kinds") / "index")
    opened = Assistant.build([], settings)
    opened.index.add_articles(ARTICLES, opened.embedder)
    return opened


def quotes_are_exact(answer: Answer) -> bool:
    return all(one.article.text[one.start : one.end] == one.quote for one in answer.citations)


def test_a_list_has_one_item_a_line_each_with_its_citation(assistant: Assistant) -> None:
    answer = assistant.ask("Which ports are closing?")
    assert answer.kind == "list"
    assert [item.text for item in answer.items] == ["Arle", "Benholt", "Corrie"]
    assert answer.items_total == 3
    assert all(item.text in item.citations[0].quote for item in answer.items)
    assert answer.text.count("\n") == 2
    assert quotes_are_exact(answer)


def test_a_comparison_is_a_table_with_a_row_for_each_thing(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the fires of Oakfield and Reed Park")
    assert answer.kind == "compare"
    assert answer.table is not None
    assert [row.label for row in answer.table.rows] == ["Oakfield", "Reed Park"]
    assert all(len(row.cells) == len(answer.table.columns) for row in answer.table.rows)
    assert "300 hectares" in answer.text
    assert "1,200 hectares" in answer.text
    assert quotes_are_exact(answer)


def test_a_comparison_names_the_thing_that_the_articles_lack(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the fires of Oakfield and Zanderby")
    assert answer.answered
    assert answer.missing == ("Zanderby",)
    assert answer.table is not None
    assert answer.table.rows[1].cells[-1].text == ""


def test_one_quote_for_all_things_is_no_comparison(tmp_path: Path) -> None:
    text = "Brekke, a postman until last year, was asked what he would do with the prize of 60,000 crowns."
    with Assistant.build([], Settings(index=tmp_path / "index")) as opened:
        opened.index.add_articles([Article("race.md", text, title="The race")], opened.embedder)
        answer = opened.ask("Brekke 2024 v Brekke 2025")
    assert answer.kind != "compare"


def test_a_yes_or_no_question_has_a_verdict_and_its_sentence(assistant: Assistant) -> None:
    answer = assistant.ask("Will the harbour board close three ports this winter?")
    assert (answer.kind, answer.short) == ("yesno", "Yes")
    assert answer.text.startswith("Yes. ")


def test_a_yes_or_no_that_no_sentence_settles_is_declined_with_the_nearest(assistant: Assistant) -> None:
    answer = assistant.ask("Has the harbour board apologised to the dockers?")
    assert (answer.kind, answer.answered, answer.short) == ("yesno", False, None)
    assert answer.citations
    assert quotes_are_exact(answer)


def test_speakers_are_compared_in_their_own_words(assistant: Assistant) -> None:
    answer = assistant.ask("How does Ada Berg's view of jobs differ from the dockers' union's?")
    assert answer.table is not None
    assert [row.label for row in answer.table.rows] == ["Ada Berg", "Dockers' union"]
    assert "Nobody will lose a job" in answer.text
    assert "120 jobs" in answer.text


def test_reasons_positions_and_summaries_quote_the_articles(assistant: Assistant) -> None:
    assert "repairs" in assistant.ask("Why does the harbour board close the ports?").text
    position = assistant.ask("What does Ada Berg say about jobs?")
    assert position.kind == "position"
    assert "Nobody will lose a job" in position.text
    summary = assistant.ask("Summarise the closing of the ports")
    assert summary.kind == "summary"
    assert 2 <= len(summary.statements) <= 8
    assert {one.article.id for one in summary.citations} >= {"ports.md", "jobs.md"}


def test_what_the_articles_do_not_report_on_is_not_summarised(assistant: Assistant) -> None:
    for question in (
        "Summarise the landing of the moon probe",
        "Give me a briefing on the Arlesey opera strike",
    ):
        answer = assistant.ask(question)
        assert answer.outcome != "answered", answer.text


def test_who_somebody_is_leaves_out_what_is_said_of_others(tmp_path: Path) -> None:
    text = (
        "Collin Ohm is running for mayor of Arle. He was the last to enter the race. The Harbour Fund has backed "
        "Ohm. In April the fund took 800,000 crowns from Sven Bakker-Frey, the founder of the bankrupt house "
        "Pelion. Bakker-Frey is in custody. The vote is in May."
    )
    with Assistant.build([], Settings(index=tmp_path / "index")) as opened:
        opened.index.add_articles([Article("fund.md", text, title="Fund backs Ohm")], opened.embedder)
        answer = opened.ask("Who is Sven Bakker-Frey?")
    assert answer.answered
    assert "founder" in answer.text
    assert "running" not in answer.text and "The vote" not in answer.text


def test_an_article_that_is_named_is_summarised_alone(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise the article about two forest fires in two sentences")
    assert {one.article.id for one in answer.citations} == {"fires.md"}
    assert len(answer.statements) <= 2


def test_the_latest_stands_first_and_says_how_old_it_is(assistant: Assistant) -> None:
    answer = assistant.ask("What is the latest on the ports?", asked=datetime.date(2025, 3, 20))
    assert answer.kind == "latest"
    assert answer.citations[0].article.id == "jobs.md"
    assert any("14 March 2025" in note and "6 days" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on the fire at Arle?",
        "Tell me about the Oakfield dockers' strike",
        "Summarise the closing of Oakfield by Ada Berg",
    ],
)
def test_no_topic_is_put_together_from_articles_on_others(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).answered


def test_a_figure_is_no_answer_to_yes_or_no(assistant: Assistant) -> None:
    answer = assistant.ask("Is the burned forest of Oakfield smaller than that of Reed Park?")
    assert answer.short in {None, "Yes", "No", "Sources differ"}


def test_two_questions_in_one_are_answered_one_after_the_other(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the chair of the harbour board and how many jobs will the closing cost?")
    assert "Ada Berg" in answer.text
    assert "120 jobs" in answer.text
    numbers = [one.number for one in answer.citations]
    assert numbers == sorted(set(numbers))


def test_other_figures_are_asked_of_the_question_before(assistant: Assistant) -> None:
    first = assistant.ask("How many jobs will the closing of the ports cost?")
    again = assistant.ask("Are there other figures?", history=[first.turn])
    assert first.standalone_question.rstrip("?") in again.standalone_question
    assert assistant.ask("thanks", history=[first.turn]).standalone_question == "thanks"


def test_bad_input_is_answered_within_bounds(assistant: Assistant, tmp_path: Path) -> None:
    long = (
        "Which ports are closing? " + "Why did the board of the harbour close the ports of the coast? " * 60
    )
    assert len(assistant.ask(long[:4000]).citations) <= 60
    with Assistant.build([], Settings(index=tmp_path / "empty")) as empty:
        for question in (
            "Compare Arle and Benholt",
            "Summarise the trial",
            "List the ports",
            "Did Arle close?",
        ):
            assert not empty.ask(question).answered
        assert not empty.ask("What is the latest on Arle?").answered


def test_a_list_of_five_hundred_items_is_cut_and_told(tmp_path: Path) -> None:
    lines = "\n".join(f"- Port{number:03}" for number in range(500))
    article = Article("ports.md", f"The ports that close are these:\n\n{lines}\n", title="Ports that close")
    with Assistant.build([], Settings(index=tmp_path / "many")) as many:
        many.index.add_articles([article], many.embedder)
        answer = many.ask("Which ports close?")
        assert answer.items_total >= len(answer.items)
        assert len(answer.items) <= 50


def test_every_kind_that_reads_has_a_composer_and_topics_are_searched_alone() -> None:
    assert {
        "yesno",
        "list",
        "compare",
        "superlative",
        "position",
        "why",
        "summary",
        "latest",
    } <= COMPOSERS.keys()
    plan = Plan("summary", Query("Brief me on the ports", "Brief me on the ports"), topic="the ports")
    assert searching_the_topic(plan).query.text == "the ports"
    members = Plan("list", Query("Lesk Pact members", "Lesk Pact members"))
    assert searching_the_topic(members).query.text == "What are the Lesk Pact members?"


def test_a_plan_settles_nothing_and_is_called_one(tmp_path: Path) -> None:
    article = Article(
        "hall.md",
        "The fish hall of Arle was opened on Monday. A restaurant on its upper floor will open in July.",
        title="Arle opens its fish hall",
        published=datetime.date(2025, 5, 20),
    )
    with Assistant.build([], Settings(index=tmp_path / "hall")) as assistant:
        assistant.index.add_articles([article], assistant.embedder)
        planned = assistant.ask("Did the restaurant above the fish hall open?")
        assert planned.short is None
        assert any("plan" in note for note in planned.notes)
        assert assistant.ask("Was the fish hall of Arle opened?").short == "Yes"
