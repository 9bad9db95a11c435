"""Cuts an article into passages: whole sentences, exact offsets, nothing the embedder would truncate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from assistant.settings import Settings
from assistant.text.sentences import Sentence, split_sentences
from assistant.types import Article, Passage

SPLITTER_VERSION = "1"

PieceCounter = Callable[[Sequence[str]], list[int]]

HEADER_CHARACTERS = 160
SPECIAL_PIECES = 2


def split_passages(
    article: Article, count_pieces: PieceCounter, settings: Settings, *, most_pieces: int = 256
) -> list[Passage]:
    """Cut an article into overlapping passages of whole sentences.

    ``article.text[start:end] == passage.text`` for each, and every character that is not white space
    lies in a passage. With its header (``embedded_text``) a passage stays within ``most_pieces`` word
    pieces, special ones included. A heading, or a line that ends in a colon, stays with what follows.
    """
    text = article.text
    header = count_pieces([embedded_text(article, None)])[0]
    budget = max(16, min(settings.passage_pieces, most_pieces - SPECIAL_PIECES - header))
    sentences = _measured(text, list(split_sentences(text)), count_pieces)
    sentences = [part for one in sentences for part in _fitting(text, one, budget, count_pieces)]
    passages = []
    for group in _runs(sentences, budget, min(settings.overlap_pieces, budget // 2)):
        start, end = group[0].start, group[-1].end
        place = f"{article.id}\n{start}\n{end}\n{text[start:end]}"
        identity = hashlib.sha256(place.encode()).hexdigest()[:24]
        passages.append(Passage(identity, article.id, start, end, text[start:end]))
    return passages


def embedded_text(article: Article, passage: Passage | None) -> str:
    """Join the title, the publication date and the passage: what is embedded, not what is quoted."""
    title = article.title or ""
    if len(title) > HEADER_CHARACTERS:
        title = title[:HEADER_CHARACTERS].rsplit(" ", 1)[0]
    date = f"{article.published:%d %B %Y}".lstrip("0") if article.published else ""
    header = ", ".join(part for part in (title, date) if part)
    body = passage.text if passage else ""
    return f"{header}\n{body}" if header else body


def _measured(text: str, sentences: list[Sentence], count_pieces: PieceCounter) -> list[Sentence]:
    counts = count_pieces([text[one.start : one.end] for one in sentences])
    return [
        Sentence(one.start, one.end, count, one.heads) for one, count in zip(sentences, counts, strict=True)
    ]


def _fitting(text: str, sentence: Sentence, budget: int, count_pieces: PieceCounter) -> list[Sentence]:
    """Cut what no passage could hold whole (a table, a list without full stops) at the best white space."""
    if sentence.pieces <= budget:
        return [sentence]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=budget,
        chunk_overlap=0,
        length_function=lambda part: count_pieces([part])[0],
        separators=["; ", ", ", " ", ""],
        keep_separator="end",
        strip_whitespace=False,
    )
    parts = []
    at = sentence.start
    for piece in splitter.split_text(text[sentence.start : sentence.end]):
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece.rstrip())
        at += len(piece)
        if end > start:
            parts.append(Sentence(start, end))
    return _measured(text, parts, count_pieces)


def _runs(sentences: list[Sentence], budget: int, overlap: int) -> Iterator[list[Sentence]]:
    """Yield runs of sentences of nearly equal length, each within the budget, each overlapping the last."""
    total = sum(one.pieces for one in sentences)
    count = max(1, -(-(total - overlap) // max(1, budget - overlap)))
    target = overlap + -(-(total - overlap) // count)
    first = 0
    while first < len(sentences):
        last, pieces = first, 0
        while last < len(sentences) and pieces + sentences[last].pieces <= budget:
            if last > first and pieces >= target:
                break
            pieces += sentences[last].pieces
            last += 1
        while last < len(sentences) and last - first > 1 and sentences[last - 1].heads:
            last -= 1
        yield sentences[first:last]
        if last == len(sentences):
            return
        again, repeated = last, 0
        while again > first + 1 and repeated + sentences[again - 1].pieces <= overlap:
            again -= 1
            repeated += sentences[again].pieces
        room = budget - sentences[last].pieces
        while again < last and repeated > room:
            repeated -= sentences[again].pieces
            again += 1
        first = again
