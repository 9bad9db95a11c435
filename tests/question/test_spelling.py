from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant import Assistant, Settings
from assistant.index import Index
from assistant.names import KnownNames, learn
from assistant.question.spelling import edits, nearest_words, respelled
from assistant.types import Article

TEXT = (
    "The governor of Norrland claimed that the harbour committee received many attacks when the market closed. "
    "Neshaminy supplies it. They praise it."
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    opened = Index.open(Settings(index=tmp_path), create=True)
    opened.add_articles([Article(id=id_, text=f"{TEXT} {id_}") for id_ in ("one", "two")], HashingEmbedder())
    return opened


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("who clamed the atacks on norrland?", "who claimed the attacks on norrland?"),
        ("Which comittee recieved it?", "Which committee received it?"),
        ("whn was the markt closed", "when was the market closed"),
        ("Who is the govenor's aide?", "Who is the governor's aide?"),
        ("Did thieves prise the market open?", "Did thieves prise the market open?"),
        ("Is Neshamny closed?", "Is Neshaminy closed?"),
        ("Is Neshimeny closed?", "Is Neshimeny closed?"),
        ("Which marker closed?", "Which marker closed?"),
        ("who claimed the attacks?", "who claimed the attacks?"),
        ("Who is Norman?", "Who is Norman?"),
        ("who won the oscars?", "who won the oscars?"),
        ("Who leads the JMIN?", "Who leads the JMIN?"),
        ("zzxxqq", "zzxxqq"),
    ],
)
def test_only_slips_are_corrected(index: Index, typed: str, read: str) -> None:
    with index:
        assert respelled(typed, index, KnownNames()) == read


def test_known_names_and_publishers_stay(index: Index) -> None:
    with index:
        assert respelled("what of harbur", index, KnownNames()) == "what of harbour"
        assert respelled("what of harbur", index, learn((), [["Harbur", "Lund"]])) == "what of harbur"
        assert respelled("what of harbur", index, KnownNames(), ["Harbur Post"]) == "what of harbur"


def test_the_likelier_slip_wins() -> None:
    assert nearest_words("harbuor", {"harbour": 5, "harbor": 5})[0] == "harbour"
    assert nearest_words("form", {}) == []
    assert all(word[0] == "m" for word, _ in edits("markt"))


def test_a_corrected_question_is_answered_shown_and_can_be_undone(corpus_assistant: Assistant) -> None:
    typed = "who clamed the kayes atacks"
    answer = corpus_assistant.ask(typed)
    assert answer.question == typed and answer.standalone_question == "who claimed the kayes attacks"
    assert "Read as: who claimed the kayes attacks" in answer.notes
    assert answer.short and "JNIM" in answer.text
    undone = corpus_assistant.ask(typed, question_as=typed)
    assert undone.standalone_question == typed and not any(
        note.startswith("Read as") for note in undone.notes
    )


def test_letters_exchanged_are_mended_by_a_word_of_one_passage(tmp_path: Path) -> None:
    with Index.open(Settings(index=tmp_path), create=True) as index:
        index.add_articles([Article(id="one", text=TEXT)], HashingEmbedder())
        assert respelled("Is Neshaimny closed?", index, KnownNames()) == "Is Neshaminy closed?"
        assert respelled("Is Neshamny closed?", index, KnownNames()) == "Is Neshamny closed?"
