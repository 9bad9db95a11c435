"""What other articles add to a verdict: newer ones overtake it, those that say the same make it surer."""

import datetime
from pathlib import Path

from assistant import Assistant, Settings
from assistant.answers.other_articles import SAME_EVENT_DAYS, with_others
from assistant.evidence.sentences import ScoredSentence, place_of
from assistant.evidence.verdicts import SentenceVerdict
from assistant.types import Article

DAY = datetime.date(2025, 3, 3)


def told_in(name: str, published: datetime.date) -> ScoredSentence:
    text = "Ada Berg won the race."
    return ScoredSentence(Article(name, text, published=published), 0, len(text), text, (), 1.0)


def test_sentences_of_other_articles_of_the_time_are_added() -> None:
    first, other = told_in("a", DAY), told_in("b", DAY + datetime.timedelta(days=2))
    later = told_in("c", DAY + datetime.timedelta(days=SAME_EVENT_DAYS + 1))
    yes, no = SentenceVerdict(1.0, 0.6, 0.6), SentenceVerdict(-1.0, 0.6, 0.6)
    made, agreeing = with_others(first, [first, other], {place_of(first): yes, place_of(other): yes})
    assert made.odds == 1.6 and agreeing == [other]
    made, agreeing = with_others(first, [first, other], {place_of(first): yes, place_of(other): no})
    assert made.odds == 0.4 and not agreeing
    made, agreeing = with_others(first, [first, later], {place_of(first): yes, place_of(later): yes})
    assert made == yes and not agreeing


def test_the_newer_article_tells_how_things_stand(tmp_path: Path) -> None:
    articles = [
        Article("old.md", "The Lesk bridge is open to cars.", title="Lesk bridge", published=DAY),
        Article(
            "new.md",
            "The Lesk bridge is not open to cars; it is closed for good.",
            title="Lesk bridge",
            published=DAY + datetime.timedelta(days=900),
        ),
    ]
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        assistant.index.add_articles(articles, assistant.embedder)
        answer = assistant.ask("Is the Lesk bridge open to cars?")
    assert answer.short == "No" and answer.citations[0].article.id == "new.md"
    assert any("is older" in note for note in answer.notes)
