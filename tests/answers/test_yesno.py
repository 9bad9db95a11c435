"""A verdict is bold only where it is sure; what is less sure is said to be."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers import yesno
from assistant.answers.draft import Corpus
from assistant.answers.yesno import BOTH_WAYS, UNCLEAR
from assistant.evidence.gather import Evidence
from assistant.evidence.reading import Reading
from assistant.evidence.told_verdicts import as_done_by
from assistant.evidence.verdicts import SentenceVerdict
from assistant.pipeline import own_articles
from assistant.types import Article, Example, Plan

VERDICTS = ("Yes", "No", "Sources differ")


@pytest.mark.parametrize(
    "question",
    [
        "Did Wagner leave Mali?",
        "Has Wagner left Mali?",
        "Were Indian workers abducted in Kayes?",
        "Did JNIM capture three barracks?",
        "Did the army deny losing barracks?",
        "Is the moon made of cheese?",
    ],
)
def test_the_text_says_how_sure_the_verdict_is(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(question)
    if answer.short is not None:
        assert answer.short in VERDICTS
        assert answer.text.startswith(answer.short)
    elif answer.answered:
        assert not answer.text.startswith(VERDICTS)
        assert answer.statements


def test_a_doubtful_verdict_is_said_to_be_unclear_and_not_bold(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask("Did Wagner leave Mali?")
    assert answer.answered and answer.short is None
    assert answer.text.startswith((UNCLEAR, BOTH_WAYS))


def test_a_deed_told_the_other_way_round_is_no_yes() -> None:
    yes = SentenceVerdict(2.0, 0.9)
    assert as_done_by(yes, "reversed") == SentenceVerdict(-2.0, 0.9)
    assert as_done_by(yes, "other") == SentenceVerdict(2.0, 0.0)
    assert as_done_by(yes, "same") == yes
    no = SentenceVerdict(-2.0, 0.9)
    assert as_done_by(no, "reversed") == no


def test_without_a_judge_a_verdict_is_given_as_the_words_say(corpus_assistant: Assistant) -> None:
    settings = corpus_assistant.settings.model_copy(update={"reader": "none"})
    with Assistant.open(settings) as assistant:
        assert assistant.ask("Did Indian workers get kidnapped?").short in VERDICTS


def test_whether_anyone_claimed_a_deed_is_yes_or_no(tmp_path: Path) -> None:
    articles = [
        Article(
            "a.md",
            "No group has claimed the raid on Arle. The ministry blamed the Red Front.",
            title="Raid on Arle",
        ),
        Article(
            "b.md", "The Red Front claimed responsibility for the attack on Lesk.", title="Attack on Lesk"
        ),
    ]
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        assistant.index.add_articles(articles, assistant.embedder)
        assert assistant.ask("Did any group claim the raid on Arle?").short == "No"
        assert assistant.ask("Has anyone claimed the attack on Lesk?").short == "Yes"
        named = assistant.ask("Who claimed the attack on Lesk?")
        assert named.kind == "short" and named.short and "Red Front" in named.short


def test_a_no_of_an_older_article_yields_to_a_later_yes(tmp_path: Path) -> None:
    before = Article(
        "before.md",
        "Mayor Ada Berg has not pardoned her brother Jo Berg, her office said on Monday.",
        title="Mayor Berg and her brother",
        published=datetime.date(2025, 3, 3),
    )
    after = Article(
        "after.md",
        "Mayor Ada Berg pardoned her brother Jo Berg on Sunday.",
        title="Mayor Berg pardons her brother",
        published=datetime.date(2025, 6, 2),
    )
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        assistant.index.add_articles([before], assistant.embedder)
        assert assistant.ask("Did Ada Berg pardon her brother?").short == "No"
        assistant.index.add_articles([after], assistant.embedder)
        answer = assistant.ask("Did Ada Berg pardon her brother?")
    assert answer.short == "Yes" and answer.citations[0].article.id == "after.md"
    assert any("is older" in note for note in answer.notes)


def verdict_of(
    corpus_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, told: list[SentenceVerdict]
) -> str | None:
    """Answer a question whose sentences are judged as told, the rest as saying nothing."""

    def judged(question: str, sentences: list[object], *rest: object) -> list[SentenceVerdict]:
        return [*told, *[SentenceVerdict(0.0, 0.0)] * len(sentences)][: len(sentences)]

    monkeypatch.setattr(yesno, "verdicts_of", judged)
    return corpus_assistant.ask("Were Indian workers abducted in Kayes?").short


def test_a_weak_opposite_does_not_take_a_verdict_away(
    corpus_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    yes, weak, strong = SentenceVerdict(2.6, 0.6), SentenceVerdict(-0.9, 0.5), SentenceVerdict(-2.0, 0.6)
    assert verdict_of(corpus_assistant, monkeypatch, [yes, weak]) == "Yes"
    assert verdict_of(corpus_assistant, monkeypatch, [yes, strong]) != "Yes"
    assert strong.weight > yesno.CONTESTS * yes.weight > weak.weight


def test_a_question_is_denied_from_a_lower_confidence_than_affirmed(
    corpus_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    likely = yesno.judged

    def unlikely(plan: Plan, evidence: Evidence, corpus: Corpus) -> Reading:
        return replace(likely(plan, evidence, corpus), answered=False, confidence=yesno.DENIED_FROM)

    monkeypatch.setattr(yesno, "judged", unlikely)
    assert verdict_of(corpus_assistant, monkeypatch, [SentenceVerdict(-2.4, 0.6)]) == "No"
    assert verdict_of(corpus_assistant, monkeypatch, [SentenceVerdict(-1.4, 0.6)]) is None
    assert verdict_of(corpus_assistant, monkeypatch, [SentenceVerdict(2.4, 0.6)]) is None


def test_the_death_of_another_is_no_yes(corpus_assistant: Assistant) -> None:
    text = (
        "Karl Osten has been in hospice care for over a year and former first lady Ruth Osten, his wife, "
        "died last year."
    )
    articles = (
        Article("osten", f"The party met in Lesk. {text} The party ends on Friday.", title="The party meets"),
        Article("roads", "The roads of Lesk are closed. Snow fell on Monday.", title="Roads closed"),
    )
    with own_articles(Example("anything?", context=articles), corpus_assistant.corpus()) as corpus:
        parts = (corpus.index, corpus.embedder, corpus.settings, None, corpus.reader)
        assert Assistant(*parts, judge=corpus.judge).ask("Did Karl Osten die?").short != "Yes"
