"""Names of a question that no article mentions."""

import pytest

from assistant.evidence.features import Matches
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.unknown_names import unknown_names
from assistant.models.load import load_embedder
from assistant.question.question_type import profile
from assistant.settings import Settings
from assistant.text.tokens import content_words
from assistant.types import Article

TEXT = "Tarkovich of Mount Relly won the race in May."


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Where did Tarkovitch win?", ()),
        ("Where did Tarkovich win?", ()),
        ("What happened in Mountrelly?", ()),
        ("Where did Tarkomin win?", ("Tarkomin",)),
        ("Where did Relle win?", ("Relle",)),
        ("Where did Barkovich win?", ("Barkovich",)),
    ],
)
def test_a_long_name_one_letter_off_is_misspelt(question: str, unknown: tuple[str, ...]) -> None:
    counts = {word: int(word in TEXT) for word in content_words(question)}
    asked = profile(question, counts, 1)
    matches = Matches(asked, [TEXT], load_embedder(Settings()).embed_words)
    article = Article("one", TEXT, title="A race")
    assert unknown_names(question, matches, [ScoredSentence(article, 0, len(TEXT), TEXT, ())]) == unknown
