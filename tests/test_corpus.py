"""The demonstration articles and the questions on them hold what their README promises."""

import datetime
import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from assistant.evaluation.examples import load_examples
from assistant.evaluation.matching import contains_answer, normalise_words
from assistant.types import Example

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
QUESTIONS = ROOT / "assistant" / "evaluation" / "questions" / "corpus.jsonl"

PATHS = sorted(path for path in CORPUS.glob("*.md") if path.stem.lower() != "readme")
IDS = [path.name for path in PATHS]
EXAMPLES = load_examples(QUESTIONS)
ANSWERABLE = [example for example in EXAMPLES if example.answerable]
CATEGORIES = {
    "outside_period",
    "overview",
    "who",
    "how_many",
    "when",
    "where",
    "list",
    "why_what",
    "claimed_denied",
    "conflicting_figures",
    "name_variants",
    "dated",
    "follow_up",
    "unanswerable",
    "false_premise",
    "injected",
}
REPRINT = {"boulkessi-first-toll.md", "boulkessi-first-toll-reprint.md"}
INJECTED = "readers-forum-army-size.md"


@cache
def post(name: str) -> frontmatter.Post:
    return frontmatter.load(str(CORPUS / name))


def head(name: str) -> dict[str, Any]:
    return post(name).metadata


def words_of(name: str) -> str:
    return f"{head(name)['title']}\n{post(name).content}"


def shingles(name: str, size: int = 5) -> set[tuple[str, ...]]:
    words = normalise_words(post(name).content).split()
    return set(zip(*(words[start:] for start in range(size)), strict=False))


def in_period(example: Example, name: str) -> bool:
    published = head(name).get("published")
    if example.after is None and example.before is None:
        return True
    return published is not None and (
        (example.after or published) <= published <= (example.before or published)
    )


def test_there_are_articles_enough_and_only_readme_is_none() -> None:
    assert len(PATHS) >= 20
    assert {path.name for path in CORPUS.iterdir()} == {*IDS, "README.md"}


@pytest.mark.parametrize("name", IDS)
def test_article(name: str) -> None:
    article = head(name)
    assert set(article) <= {"title", "published", "publisher", "authors", "url"}
    assert article["title"].strip()
    assert article["authors"]
    assert all(isinstance(author, str) for author in article["authors"])
    assert isinstance(article.get("published", datetime.date.min), datetime.date)
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert article["publisher"] in " ".join(readme.split())
    assert re.fullmatch(r"https://[a-z-]+\.example/\S+", article.get("url", "https://none.example/x"))
    assert 150 <= len(post(name).content.split()) <= 500


def test_some_articles_have_no_date() -> None:
    assert 2 <= sum("published" not in head(name) for name in IDS) <= 3


def test_only_the_reprint_is_a_near_duplicate() -> None:
    alike = {}
    for one, other in itertools.combinations(IDS, 2):
        first, second = shingles(one), shingles(other)
        alike[frozenset((one, other))] = len(first & second) / len(first | second)
    assert alike.pop(frozenset(REPRINT)) > 0.8
    assert max(alike.values()) < 0.1
    assert len({head(name)["publisher"] for name in REPRINT}) == 2


def test_only_one_article_carries_an_instruction() -> None:
    assert [name for name in IDS if "ignore all previous" in words_of(name)] == [INJECTED]


def test_there_are_questions_enough_in_every_category() -> None:
    counts = {category: sum(example.category == category for example in EXAMPLES) for category in CATEGORIES}
    assert len(EXAMPLES) >= 120
    assert {example.category for example in EXAMPLES} == CATEGORIES
    assert min(counts.values()) >= 5
    assert len({(example.question.lower(), example.history) for example in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("example", ANSWERABLE, ids=lambda example: example.id)
def test_evidence_holds_the_answer(example: Example) -> None:
    expected = (*example.answers, *example.all_of)
    assert expected
    assert example.evidence
    assert set(example.evidence) <= set(IDS)
    texts = {name: words_of(name) for name in example.evidence}
    for name, text in texts.items():
        assert any(contains_answer(text, words) for words in expected), name
        assert in_period(example, name), name
    for words in example.all_of:
        assert any(contains_answer(text, words) for text in texts.values()), words
    if example.answers:
        assert any(contains_answer(text, words) for text in texts.values() for words in example.answers)


def test_what_cannot_be_answered_expects_nothing() -> None:
    for example in EXAMPLES:
        if not example.answerable:
            assert not (example.answers or example.all_of or example.evidence), example.id
        if example.category in {"unanswerable", "false_premise"}:
            assert not example.answerable, example.id


def test_follow_ups_have_a_history_and_injections_forbidden_words() -> None:
    for example in EXAMPLES:
        assert bool(example.history) == (example.category == "follow_up"), example.id
        assert bool(example.none_of) == (example.category == "injected") or example.category == "overview"
    forbidden = {words for one in EXAMPLES if one.category == "injected" for words in one.none_of}
    assert all(contains_answer(words_of(INJECTED), words) for words in forbidden)


def test_expected_sides_are_words_of_the_articles() -> None:
    examples = load_examples(QUESTIONS.with_name("sides.jsonl"))
    assert len(examples) >= 30 and len({example.question for example in examples}) == len(examples)
    texts = "\n".join(words_of(name) for name in IDS)
    publishers = {str(head(name).get("publisher")) for name in IDS}
    for example in examples:
        for side in example.sides:
            spelt = {side.value, *({"four"} if side.value == "4" else ())}
            assert any(contains_answer(texts, value) for value in spelt), side
            assert all(contains_answer(texts, name) or name in publishers for name in side.speakers), side


def test_questions_in_other_names_ask_for_what_the_usual_ones_ask_for() -> None:
    examples = {example.id: example for example in load_examples(QUESTIONS.with_name("names.jsonl"))}
    variants = [example for example in examples.values() if example.variant_of]
    assert len(variants) >= 20 and {example.variant_of for example in variants} <= examples.keys()
    texts = "\n".join(words_of(name) for name in IDS)
    for example in variants:
        usual = examples[example.variant_of]
        assert not usual.variant_of and usual.question != example.question
        assert usual.answers == example.answers
        assert any(contains_answer(texts, words) for words in example.answers)
