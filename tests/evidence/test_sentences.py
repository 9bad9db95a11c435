import numpy as np

from assistant.evidence.features import Matches
from assistant.evidence.sentences import describe_sentences
from assistant.names import KnownNames
from assistant.question.question_type import profile
from assistant.retrieval.search import Retrieval
from assistant.types import Article, Hit, Passage

TEXT = (
    "The ferry Morven sank.\n\nhttps://news.example/2031/ferry/19207589/\n\nSee www.ferry.example for more."
)


def test_an_address_alone_is_no_sentence_that_answers() -> None:
    article = Article("ferry", TEXT)
    passage = Passage("ferry 1", "ferry", 0, len(TEXT), TEXT)
    found = Retrieval((Hit(passage, article, 1.0),), (0.5,), np.zeros(8, dtype=np.float32), {}, 1)
    asked = profile("Which ferry sank?", {}, 0)
    matches = Matches(
        asked, [TEXT], lambda words: np.zeros((len(words), 8), dtype=np.float32), KnownNames().same
    )
    told = [one.text for one in describe_sentences(matches, found)]
    assert told == ["The ferry Morven sank.", "See www.ferry.example for more."]
