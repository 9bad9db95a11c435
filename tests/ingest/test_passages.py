import dataclasses
import datetime
import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.passages import embedded_text, split_passages
from assistant.models.load import load_embedder
from assistant.settings import Settings
from assistant.text.sentences import split_sentences
from assistant.types import Article

SETTINGS = Settings()
EMBEDDER = load_embedder(SETTINGS)

words = st.text(alphabet="abcdeéßАБ中文-'’“”,;()0123456789%$", min_size=1, max_size=12)
sentences = (
    st.lists(words, min_size=1, max_size=60)
    .map(" ".join)
    .flatmap(
        lambda body: st.sampled_from([".", "!", "?", ":", "", "…", "\n", "\n\n"]).map(lambda end: body + end)
    )
)
texts = st.lists(sentences, max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=texts, title=st.none() | st.text(max_size=300))
def test_passages_are_exact_cover_everything_and_fit_the_embedder(text: str, title: str | None) -> None:
    article = Article("id", text, title=title, published=datetime.date(2024, 9, 17))
    passages = split_passages(article, EMBEDDER.count_pieces, SETTINGS)
    covered = set()
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        covered.update(range(passage.start, passage.end))
    for line in re.finditer(r"[^\n]+", text):
        if re.search(r"\w", line.group()):
            places = {i for i in range(*line.span()) if not text[i].isspace()}
            assert places <= covered
    pieces = EMBEDDER.count_pieces([embedded_text(article, passage) for passage in passages])
    assert all(count + 2 <= EMBEDDER.most_pieces for count in pieces)
    assert [passage.start for passage in passages] == sorted({passage.start for passage in passages})


def test_passages_consist_of_whole_sentences_and_overlap() -> None:
    text = " ".join(
        f"Sentence number {number} speaks of the matter in hand at length." for number in range(60)
    )
    passages = split_passages(Article("id", text), EMBEDDER.count_pieces, SETTINGS)
    assert len(passages) > 2
    for passage in passages:
        assert passage.text.startswith("Sentence number") and passage.text.endswith("at length.")
    for one, following in itertools.pairwise(passages):
        assert one.start < following.start < one.end < following.end


def test_a_heading_stays_with_what_it_heads() -> None:
    filler = "A plain sentence that fills the page with words of no weight. " * 9
    parts = [filler, "\nThe second part", filler, "\nThree reasons are given:", "- one", "- two", filler]
    text = "\n".join(part.strip(" ") for part in parts)
    for passage in split_passages(Article("id", text), EMBEDDER.count_pieces, SETTINGS):
        assert not passage.text.endswith(("The second part", "are given:"))


def test_ids_come_from_content_and_place() -> None:
    text = "One thing happened. Another thing happened."
    first = split_passages(Article("a", text), EMBEDDER.count_pieces, SETTINGS)
    again = split_passages(Article("a", text), EMBEDDER.count_pieces, SETTINGS)
    other = split_passages(Article("b", text), EMBEDDER.count_pieces, SETTINGS)
    assert first == again
    assert {passage.id for passage in first}.isdisjoint(passage.id for passage in other)


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Amadou met Gen. Keita at 5 p.m. in the U.S. embassy.",
        "The toll was 1.5 million, he said.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert [text[one.start : one.end] for one in split_sentences(text)] == [text]


def test_the_title_and_date_are_embedded_but_not_quoted() -> None:
    article = Article("id", "Body text here.", title="A headline", published=datetime.date(2025, 7, 1))
    (passage,) = split_passages(article, EMBEDDER.count_pieces, SETTINGS)
    assert embedded_text(article, passage) == "A headline, 1 July 2025\nBody text here."
    assert embedded_text(dataclasses.replace(article, title=None, published=None), passage) == passage.text
