"""Of what older articles give for a question of now, an answer says that it is earlier."""

import datetime

import pytest

from assistant import Assistant, Settings
from assistant.text.wording import day_in_words
from assistant.types import Article

NEWS = (
    ("2021-05-04", "Ines Falk has become the head of the Lowland Rail Company. Falk ran the port of Arle before."),
    ("2024-09-12", "The head of the Lowland Rail Company is Tomas Ek, who took over from Ines Falk this week."),
    ("2022-02-03", "The mayor of Corrie is Hanna Voss. She opened the new library on Thursday."),
    ("2024-08-20", "Corrie has a new mayor: Peter Lund is the mayor of Corrie since Monday."),
    ("2024-03-01", "The Sand Museum has shown 40 paintings by Rosa Dahl, who was born in Benholt."),
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    opened = Assistant.build([], Settings(index=tmp_path_factory.mktemp("earlier") / "index"))
    articles = [
        Article(
            f"{number}.md",
            text,
            title=None,
            publisher="Quay Wire",
            published=datetime.date.fromisoformat(day),
        )
        for number, (day, text) in enumerate(NEWS)
    ]
    opened.index.add_articles(articles, opened.embedder)
    return opened


@pytest.mark.parametrize(
    ("question", "now", "before"),
    [
        ("Who is the mayor of Corrie?", "Peter Lund", "Hanna Voss"),
        ("Who heads the Lowland Rail Company?", "Tomas Ek", "Ines Falk"),
    ],
)
def test_a_predecessor_is_told_as_earlier(assistant: Assistant, question: str, now: str, before: str) -> None:
    answer = assistant.ask(question)
    assert answer.short == now
    old = next(one for one in answer.citations[1:] if before in one.quote)
    note = next(one for one in answer.notes if "may be superseded" in one)
    assert note.startswith("[1] is of ")
    assert f"[{old.number}] {day_in_words(old.article.published)}" in note


def test_a_question_of_the_past_has_no_such_note(assistant: Assistant) -> None:
    answer = assistant.ask("Who opened the new library in Corrie?")
    assert not any("superseded" in one for one in answer.notes)
