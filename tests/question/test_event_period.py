import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings

ARTICLES = {
    "coup.md": (
        "2020-08-20",
        "Army takes power",
        "Officers arrested the president of Verenia in the coup of 18 August 2020. Crowds cheered in the capital.",
    ),
    "year-after.md": (
        "2021-08-19",
        "A year after the coup in Verenia",
        "Since the coup in August 2020 prices in Verenia have doubled. The general Pavo Lund rules by decree.",
    ),
    "before.md": (
        "2019-03-02",
        "Verenia signs the fishing accord",
        "The president of Verenia signed the fishing accord on 1 March 2019 in the harbour of Sele.",
    ),
    "later.md": (
        "2021-02-11",
        "Verenia signs the mining accord",
        "General Pavo Lund signed the mining accord for Verenia on 10 February 2021 in the capital.",
    ),
}


@pytest.fixture(scope="module")
def verenia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("verenia")
    (folder / "articles").mkdir()
    for name, (published, title, text) in ARTICLES.items():
        (folder / "articles" / name).write_text(f"---\ntitle: {title}\ndate: {published}\n---\n{text}\n")
    with Assistant.build(folder / "articles", Settings(index=folder / "index")) as assistant:
        yield assistant


def test_an_event_bounds_the_period_by_the_date_that_the_articles_give(verenia: Assistant) -> None:
    answer = verenia.ask("Which accord did Verenia sign since the coup?")
    assert answer.answered
    assert "mining" in answer.statements[0].text
    assert any("18 August 2020" in note for note in answer.notes)
    earlier = verenia.ask("Which accord did Verenia sign before the coup?")
    assert earlier.answered
    assert "fishing" in earlier.statements[0].text


def test_an_event_that_nobody_dates_bounds_nothing(verenia: Assistant) -> None:
    answer = verenia.ask("Which accord did Verenia sign since the flood?")
    assert not any("is read by the date" in note for note in answer.notes)


def test_a_date_in_the_question_goes_first(verenia: Assistant) -> None:
    answer = verenia.ask(
        "Which accord did Verenia sign since the 2019 coup?", asked=datetime.date(2021, 9, 1)
    )
    assert not any("is read by the date" in note for note in answer.notes)
