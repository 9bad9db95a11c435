from assistant.answers.article_items import listing, sentence_at
from assistant.types import Article, Item


def test_the_sentence_at_a_place_is_found() -> None:
    article = Article("a", "A heading\n\nOne came. Two left early.\nThe end.")
    start, end = sentence_at(article, article.text.index("left"))
    assert article.text[start:end] == "Two left early."
    assert article.text[slice(*sentence_at(article, 0))] == "A heading"
    assert sentence_at(Article("e", ""), 0) == (0, 0)


def test_items_are_lines_and_the_rest_is_counted() -> None:
    assert listing([Item("Lund", count=1200)], 3) == ["- Lund (1,200)", "- and 2 more"]
