"""A thing that no article names is said to be unnamed, also where its words stand apart in some article."""

from pathlib import Path

import numpy as np

from assistant import Assistant, Settings
from assistant.answers.compared_names import named_in
from assistant.retrieval.search import Retrieval
from assistant.types import Article, Hit, Passage

TEXT = "The Brio 7 tablet of Arle Works weighs 300 grams. The old bridge is closed. Lena has 12 and a phone."


def found() -> Retrieval:
    article = Article("brio", TEXT, title="Tablets")
    hit = Hit(Passage("p", "brio", 0, len(TEXT), TEXT), article, 1.0)
    return Retrieval((hit,), (), np.zeros(8, dtype=np.float32), {}, 1)


def test_a_number_belongs_to_the_word_before_it() -> None:
    assert named_in("Brio 7", found()) and named_in("brio 7", found())
    assert not named_in("Brio 12", found()) and not named_in("Phone 12", found())


def test_a_name_is_told_by_its_last_word_and_other_things_by_any() -> None:
    assert named_in("Lord Arle", found()) and not named_in("Arle Bakers", found())
    assert named_in("the new bridge", found()) and named_in("2024", found())
    assert named_in("Arle 2024", found())


def test_a_comparison_says_what_no_article_names(tmp_path: Path) -> None:
    texts = {"brio": TEXT, "lena": "Lena Moor bought a phone in 2012. She pays 16 marks for it."}
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        articles = [Article(name, text, title=name.title()) for name, text in texts.items()]
        assistant.index.add_articles(articles, assistant.embedder)
        neither = assistant.ask("Phone 16 vs Pocket 9")
        one = assistant.ask("Brio 7 vs Pocket 9")
    assert neither.outcome == "not_in_corpus" and not neither.citations and neither.short is None
    assert "“Phone 16” or “Pocket 9”" in neither.text
    assert one.answered and "Pocket 9: no article names it." in one.text and one.missing == ("Pocket 9",)
    assert 0.0 < one.confidence < 1.0
