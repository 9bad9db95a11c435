from pathlib import Path

from assistant import Assistant, Settings
from assistant.answers.frequent_names import frequent_names
from assistant.types import Article


def test_names_are_counted_over_all_articles(corpus_assistant: Assistant) -> None:
    corpus = corpus_assistant.corpus()
    named = dict(frequent_names(corpus))
    assert named["Mali"] == 30 and named["JNIM"] == corpus_assistant.find("JNIM").articles
    assert list(named.values()) == sorted(named.values(), reverse=True)
    places = [name for name, _ in frequent_names(corpus, "place")]
    assert {"Mali", "Bamako"} <= set(places) and "JNIM" not in places


def test_contractions_are_no_names(tmp_path: Path) -> None:
    text = "I’m sure of it, Ada Berg said. We’ve lost, she said. Ada Berg’s boat sank."
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        articles = [Article(f"{n}.md", f"{text} It was boat {n}.", title=f"Boat {n}") for n in range(3)]
        assistant.index.add_articles(articles, assistant.embedder)
        assert [name for name, _ in frequent_names(assistant.corpus())] == ["Ada Berg"]


def test_institutions_that_speak_are_no_people(tmp_path: Path) -> None:
    text = (
        "The Harbour Office said no. Governor Ada Berg said yes. Secretary of Ports Jo Reed said nothing. "
        "It was sold to the U.S. in May."
    )
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        articles = [Article(f"{n}.md", f"{text} It was boat {n}.", title=f"Boat {n}") for n in range(3)]
        assistant.index.add_articles(articles, assistant.embedder)
        people = {name for name, _ in frequent_names(assistant.corpus(), "person")}
        assert people == {"Ada Berg", "Jo Reed"}
        assert "U.S." in {name for name, _ in frequent_names(assistant.corpus())}
