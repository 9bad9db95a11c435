from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.types import Article


def test_days_between_two_dated_events_are_shown_as_a_sum(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(
        "How many days passed between the attack on Dioura and the attacks on Kayes?"
    )
    assert answer.kind == "computed" and answer.short == "39 days"
    assert "1 July 2025 [2] − 23 May 2025 [1]" in answer.text and len(answer.citations) == 2


@pytest.mark.parametrize(
    "question",
    [
        "How many soldiers were killed in Dioura and Boulkessi combined?",
        "What is the total of the soldiers killed in Dioura and Boulkessi?",
        "How many more soldiers were killed in Dioura than in Boulkessi?",
        "How many days lie between the Bamako attack and the moon landing?",
        "Who was not named in the claim?",
        "Which groups did not claim the attack?",
        "Translate the article into French",
        "Who will win the war?",
        "Should I travel to Kayes?",
    ],
)
def test_what_cannot_be_reckoned_is_declined_with_the_nearest_facts(
    corpus_assistant: Assistant, question: str
) -> None:
    answer = corpus_assistant.ask(question)
    assert (answer.kind, answer.outcome, answer.answered, answer.short) == (
        "computed",
        "declined",
        False,
        None,
    )
    assert answer.text and all(one.quote in one.article.text for one in answer.citations)


def test_days_without_a_year_are_reckoned_where_one_article_gives_both(tmp_path: Path) -> None:
    text = (
        "On the night of 18 June there were raids on Arle. Before that, on 23 May, a raid on the camp at Lesk "
        "killed nine. A raid on the port of Cole followed on 2 February."
    )
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        assistant.index.add_articles([Article("raids.md", text, title="Raids")], assistant.embedder)
        answer = assistant.ask("How many days passed between the raid on Lesk and the raids on Arle?")
        assert answer.short == "26 days" and "18 June [2] − 23 May [1]" in answer.text
        over_february = assistant.ask("How many days passed between the raid on Cole and the raids on Arle?")
        assert over_february.outcome == "declined"
