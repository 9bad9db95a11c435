import datetime
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant import Assistant, Settings
from assistant.errors import QuestionError
from assistant.index import Index
from assistant.names import KnownNames, known_names, learn
from assistant.retrieval.find import find, pattern_of, spans_of, spellings_of, words_of
from assistant.types import Article

NOBODY = KnownNames()
DAY = datetime.date(2031, 4, 2)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(Settings(index=tmp_path), create=True) as opened:
        yield opened


def put(index: Index, **texts: str) -> None:
    articles = [
        Article(id=id_, text=text, publisher="Lund Post" if id_ < "m" else None, published=DAY)
        for id_, text in texts.items()
    ]
    index.add_articles(articles, HashingEmbedder())


@pytest.mark.parametrize(
    ("phrase", "quotes"),
    [
        ("saltön", ["Saltön", "SALTÖN", "Salto\u0308n"]),
        ("salton", ["Saltön", "SALTÖN", "Salto\u0308n"]),
        ("Saltön's", ["Saltön", "SALTÖN", "Salto\u0308n"]),
        ("ice-breaker", ["ice-breaker", "Ice breaker", "ice\nbreaker"]),
        ("ice breaker", ["ice-breaker", "Ice breaker", "ice\nbreaker"]),
        ("break", []),
        ("breaker", ["breaker", "breaker", "breaker", "breaker"]),
        ("U.S. Navy", ["U.S. Navy"]),
        ("1,200", ["1,200"]),
        ("naval_yard", []),
    ],
)
def test_case_accents_hyphens_and_possessives_make_no_difference(
    index: Index, phrase: str, quotes: list[str]
) -> None:
    put(
        index,
        a="Saltön's ice-breaker left. The Ice breaker of SALTÖN met breakers and the U.S. Navy’s 1,200 men.",
        b="Salto\u0308n saw the ice\nbreaker. No ice.\n\nbreaker parts were sold.",
    )
    found = find(phrase, index, NOBODY)
    assert [one.quote for one in found.matches] == quotes
    assert found.total == len(quotes)
    for one in found.matches:
        assert index.article(one.article).text[one.start : one.end] == one.quote


def test_words_that_passages_repeat_count_once(index: Index) -> None:
    sentences = [
        f"Sentence number {number} tells of the harbour at some length, once more." for number in range(200)
    ]
    put(index, long=" ".join(sentences))
    assert index.counts().passages > 10
    found = find("harbour", index, NOBODY)
    assert (found.total, found.articles) == (200, 1)


def test_a_phrase_that_two_passages_share_is_found(index: Index) -> None:
    put(index, long=" ".join(f"word{number}" for number in range(900)))
    assert index.counts().passages > 2
    pairs = [f"word{number} word{number + 1}" for number in range(899)]
    assert [find(pair, index, NOBODY, count=True).total for pair in pairs] == [1] * 899


def test_every_word_of_the_corpus_is_counted_as_its_texts_are(corpus_assistant: Assistant) -> None:
    index = corpus_assistant.index
    texts = [index.article(one.id).text for one in index.articles()]
    expected = Counter(word for text in texts for word in words_of(text))
    chosen = random.Random(7).sample(sorted(expected), 400)
    assert {word: find(word, index, NOBODY, count=True).total for word in chosen} == {
        word: expected[word] for word in chosen
    }


def test_a_name_is_found_in_all_its_spellings_and_a_quoted_one_as_written(index: Index) -> None:
    put(index, a="The Red Sea Fund (RSF) spoke. RSF paid.", b="The RSF and the Red Sea Fund are one.")
    known = known_names(index, index.settings)
    found = find("RSF", index, known)
    assert found.spellings == ("RSF", "Red Sea Fund") and found.total == 5
    assert find('"RSF"', index, known).total == 3
    assert {one.quote for one in find("RSF paid", index, known).matches} == {"RSF paid"}


def test_of_two_spellings_at_one_place_the_longer_counts() -> None:
    known = learn((), [["Lund", "Lund City"]])
    assert spellings_of("lund", known) == ("lund", "Lund City")
    assert spellings_of("the lund fair", known) == ("the lund fair", "the Lund City fair")


def test_counts_are_grouped_and_filtered(index: Index) -> None:
    put(index, a="A flood. The flood.", b="No flood.", z="Flood!", c="Nothing.")
    by = {one.value: (one.total, one.articles) for one in find("flood", index, NOBODY, by="publisher").groups}
    assert by == {"Lund Post": (3, 2), None: (1, 1)}
    assert [one.value for one in find("flood", index, NOBODY, by="article").groups] == ["a", "b", "z"]
    months = find("flood", index, NOBODY, by="month", count=True)
    assert [(one.value, one.total) for one in months.groups] == [("2031-04", 4)] and months.matches == ()
    assert find("flood", index, NOBODY, publishers=["Lund Post"]).total == 3
    assert find("flood", index, NOBODY, after=DAY + datetime.timedelta(1)).total == 0
    index.remove(["a"])
    assert find("flood", index, NOBODY).total == 2


def test_what_cannot_be_found_is_refused_or_none(index: Index) -> None:
    assert find("anything", index, NOBODY).total == 0
    for phrase in ("", " ", "?!", '""'):
        with pytest.raises(QuestionError, match="nothing to find"):
            find(phrase, index, NOBODY)
    with pytest.raises(QuestionError, match="exchange the two"):
        find("flood", index, NOBODY, after=DAY, before=DAY - datetime.timedelta(1))
    assert find('") OR text : (a*', index, NOBODY).total == 0


def test_the_assistant_finds_as_the_function_does(corpus_assistant: Assistant) -> None:
    found = corpus_assistant.find("Bamako", by="month")
    assert found == find("Bamako", corpus_assistant.index, corpus_assistant.names(), by="month")
    assert found.total == sum(group.total for group in found.groups) > found.articles > 1
    with pytest.raises(QuestionError, match="no article is by publisher"):
        corpus_assistant.find("Bamako", publishers=["No Such Paper"])


@pytest.mark.parametrize("letters", ["ab AB-’“”…€", "ab éÉ e\u0301 -’K"])
def test_the_short_way_finds_what_the_pattern_finds(letters: str) -> None:
    draw = random.Random(7)
    for _ in range(300):
        text = "".join(draw.choice(letters) for _ in range(60))
        spellings = ["".join(draw.choice("ab e") for _ in range(5)) for _ in range(2)]
        phrases = [words for one in spellings if (words := words_of(one))]
        pattern = pattern_of([" ".join(words) for words in phrases] or ["a"])
        found = tuple(match.span() for match in pattern.finditer(text))
        assert spans_of(pattern, {words[0] for words in phrases} or {"a"}, text) == found
