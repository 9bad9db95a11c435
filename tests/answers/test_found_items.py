"""Items of a list: a number or a day is none, and several sentences that answer give one each."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answers.found_items import (
    FoundItem,
    accepted_items,
    answering,
    counting_only,
    further_items,
    name_in,
    one_each,
    only_date,
    repeats,
)
from assistant.evidence.features import Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.windows import ReadSentence
from assistant.models.judge import Judgement
from assistant.models.reader import FoundSpan
from assistant.names import KnownNames
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval
from assistant.text.sentences import split_sentences
from assistant.types import Article

TEXT = "Ada Berg won the race. Jo Reed came second. Imani Cole took the bronze. It rained."
ARTICLE = Article("race", TEXT)


class MedalJudge:
    """Supports what is said to have been won by a text of the race that tells of a medal or of a place."""

    name = digest = "medals"

    def judge(self, pairs: Sequence[tuple[str, str, str]]) -> list[Judgement]:
        told = ["bronze" in text or "second" in text for _, _, text in pairs]
        return [Judgement(0.9, 0.05, 0.05) if one else Judgement(0.1, 0.1, 0.8) for one in told]


def test_a_number_or_a_day_alone_is_no_item() -> None:
    assert counting_only("three")
    assert not counting_only("three ports")
    assert only_date("4 May 2025")
    assert not only_date("the fire of 4 May 2025")


def test_an_item_in_words_of_the_question_alone_is_none() -> None:
    assert repeats("the ports", {"port"}) and repeats("four", set())
    assert not repeats("the US", {"port"})


def test_the_name_of_somebody_is_that_after_their_part() -> None:
    assert name_in("Arle Works engineer Ada Berg") == "Ada Berg"
    assert name_in("Ada Berg, Jo Reed") == "Ada Berg"
    assert name_in("a red boat") is None


def read() -> tuple[list[ScoredSentence], Evidence]:
    ranked = [
        ScoredSentence(ARTICLE, one.start, one.end, TEXT[one.start : one.end], ())
        for one in split_sentences(TEXT)
    ]
    asked = profile("Who were the medallists of the race?", {}, 0)
    matches = Matches(asked, [], lambda words: np.zeros((len(words), 8), dtype=np.float32), KnownNames().same)
    nothing = Retrieval((), (), np.zeros(8, dtype=np.float32), {}, 0)
    named = ("Ada Berg", "Jo Reed", "Imani Cole", "It")
    found = {
        place_of(one): ReadSentence(4.0, (FoundSpan(one.start, one.start + len(name), 0.1),), answering=odds)
        for one, name, odds in zip(ranked, named, (1.0, 0.8, 0.9, -2.0), strict=True)
    }
    ranked = [replace(one, score=found[place_of(one)].answering or 0.0) for one in ranked]
    return ranked, Evidence(nothing, asked, matches, tuple(ranked), found)


def test_sentences_that_answer_give_an_item_each() -> None:
    ranked, evidence = read()
    assert len(answering(ranked, evidence)) == 3
    assert [one.text for one in one_each(ranked, evidence)] == ["Ada Berg", "Imani Cole", "Jo Reed"]
    assert not list(one_each(ranked, replace(evidence, found={})))


def test_names_of_further_sentences_join_a_row_where_the_judge_accepts_them() -> None:
    ranked, evidence = read()
    first = FoundItem("Ada Berg", 1.0, [(ARTICLE, ranked[0].start, ranked[0].end)])
    further = further_items(evidence.asked.text, [first], ranked, evidence, MedalJudge())
    assert sorted(one.text for one in further) == ["Imani Cole", "Jo Reed"]
    lower = FoundItem("a red boat", 1.0, first.places)
    assert further_items(evidence.asked.text, [lower], ranked, evidence, MedalJudge()) == []
    assert accepted_items(evidence.asked.text, [first], evidence, MedalJudge()) == []
    assert accepted_items(evidence.asked.text, [first], evidence, None) == [first]
