"""Items of a list: a number or a day is none, and several sentences that answer give one each."""

from dataclasses import replace

import numpy as np

from assistant.answers.found_items import answering, counting_only, one_each, only_date
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.windows import ReadSentence
from assistant.models.reader import FoundSpan
from assistant.names import KnownNames
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval
from assistant.text.sentences import split_sentences
from assistant.types import Article

TEXT = "Ada Berg won the race. Jo Reed came second. Imani Cole took the bronze. It rained."
ARTICLE = Article("race", TEXT)


def test_a_number_or_a_day_alone_is_no_item() -> None:
    assert counting_only("three")
    assert not counting_only("three ports")
    assert only_date("4 May 2025")
    assert not only_date("the fire of 4 May 2025")


def test_sentences_that_answer_give_an_item_each() -> None:
    ranked = [
        ScoredSentence(ARTICLE, one.start, one.end, TEXT[one.start : one.end], ())
        for one in split_sentences(TEXT)
    ]
    asked = profile("Who were the medallists of the race?", {}, 0)
    matches = Matches(asked, [], lambda words: np.zeros((len(words), 8), dtype=np.float32), KnownNames().same)
    nothing = Retrieval((), (), np.zeros(8, dtype=np.float32), {}, 0)
    named = ("Ada Berg", "Jo Reed", "Imani Cole", "It")
    found = {
        place_of(one): ReadSentence(0.0, (FoundSpan(one.start, one.start + len(name), 0.1),), answering=odds)
        for one, name, odds in zip(ranked, named, (1.0, 0.8, 0.9, -2.0), strict=True)
    }
    evidence = Evidence(nothing, asked, matches, tuple(ranked), found)
    assert len(answering(ranked, evidence)) == 3
    assert [one.text for one in one_each(ranked, evidence)] == ["Ada Berg", "Imani Cole", "Jo Reed"]
    assert not list(one_each(ranked, replace(evidence, found={})))
