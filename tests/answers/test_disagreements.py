from assistant import Assistant
from assistant.answers.disagreements import PROBES


def test_what_sources_disagree_on_is_listed_with_both_sides(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Which sources disagree on Boulkessi?")
    assert answer.outcome == "about_corpus" and 0 < len(answer.items) <= PROBES
    assert "25" in answer.items[0].text and "40" in answer.items[0].text
    assert len(answer.items[0].citations) == 2


def test_no_disagreement_is_said(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Which sources disagree on Moura?")
    assert answer.items == () and answer.text.startswith("No disagreement")
