"""What lists the things asked for may lie in a part of the leading article that was not retrieved."""

from dataclasses import replace

from assistant.answers.rest_of_article import LEADING, rest_of_articles
from assistant.evidence.sentences import ScoredSentence
from assistant.text.sentences import split_sentences
from assistant.text.tokens import content_words, stems
from assistant.types import Article

TEXT = """Two brothers robbed stores in three states. They were sentenced on Monday.

The court heard that they took cash in Norland, Sutland and Varnland, all states on the coast. It rained.
"""
ARTICLE = Article("brothers", TEXT, title="Brothers sentenced")


def sentences() -> list[ScoredSentence]:
    return [
        ScoredSentence(ARTICLE, one.start, one.end, TEXT[one.start : one.end], (), score=1.0)
        for one in split_sentences(TEXT)
    ]


def test_the_sentence_with_the_class_is_found_in_the_rest_of_the_leading_article() -> None:
    ranked = sentences()[:2]
    asked = stems(content_words("In which states did the brothers rob stores?"))
    found = list(rest_of_articles(ranked, len(ranked), asked, stems(["states"])))
    assert [one.text.split()[2] for one in found] == ["heard"]
    assert found[0].score < ranked[0].score


def test_an_article_far_below_the_best_one_is_not_looked_through() -> None:
    other = ScoredSentence(Article("best", "Three states."), 0, 13, "Three states.", (), score=9.0)
    far = replace(sentences()[0], score=9.0 - LEADING - 1)
    assert not list(rest_of_articles([other, far], 2, stems(["states"]), stems(["states"])))
