"""A short answer is shown only where a quoted sentence holds it."""

import numpy as np

from assistant.answers.select_sentences import read_evidence
from assistant.evidence.features import SENTENCE_FEATURES, Matches
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.windows import ReadSentence
from assistant.models.reader import FoundSpan
from assistant.names import KnownNames
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval
from assistant.settings import Settings
from assistant.types import Article, Query

QUESTION = "Who scored twice in the cup final?"
FINAL = Article("final", "Anna Holm scored twice in the cup final.", title="Cup final")
KITES = Article("kites", "Nils Park flew his kite over the pier.", title="Kites")


def sentence(article: Article) -> ScoredSentence:
    whole = len(article.text)
    return ScoredSentence(article, 0, whole, article.text, (1.0,) * len(SENTENCE_FEATURES), 5.0, 0.9)


def evidence(supported: dict[str, float]) -> Evidence:
    asked = profile(QUESTION, {}, 0)
    matches = Matches(
        asked,
        [FINAL.text, KITES.text],
        lambda words: np.zeros((len(words), 8), dtype=np.float32),
        KnownNames().same,
    )
    spans = (FoundSpan(0, 9, 0.9),)
    found = {(one.id, 0): ReadSentence(4.0, spans, None, 4.0) for one in (FINAL, KITES)}
    nothing = Retrieval((), (), np.zeros(8, dtype=np.float32), {}, 64_000)
    return Evidence(nothing, asked, matches, (sentence(FINAL), sentence(KITES)), found, supported)


def read(supported: dict[str, float]) -> str | None:
    settings = Settings(short_answer_threshold=0.0, answer_threshold=0.0)
    return read_evidence(Query(QUESTION, QUESTION), evidence(supported), settings, in_few_words=True).short


def test_words_of_a_sentence_that_is_not_quoted_are_not_the_answer() -> None:
    assert read({"Anna Holm": 5.0, "Nils Park": -5.0}) == "Anna Holm"
    assert read({"Anna Holm": -5.0, "Nils Park": 5.0}) is None
