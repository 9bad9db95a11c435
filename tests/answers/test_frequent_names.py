from assistant import Assistant
from assistant.answers.frequent_names import frequent_names


def test_names_are_counted_over_all_articles(corpus_assistant: Assistant) -> None:
    corpus = corpus_assistant.corpus()
    named = dict(frequent_names(corpus))
    assert named["Mali"] == 30 and named["JNIM"] == corpus_assistant.find("JNIM").articles
    assert list(named.values()) == sorted(named.values(), reverse=True)
    places = [name for name, _ in frequent_names(corpus, "place")]
    assert {"Mali", "Bamako"} <= set(places) and "JNIM" not in places
