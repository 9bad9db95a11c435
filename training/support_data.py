"""Reads what people marked in RAGTruth and WiCE, as the features that the support score is fitted on.

RAGTruth (Niu et al. 2024, MIT): responses of language models with the spans marked that their source does not
support. A sentence with a marked span is unsupported, and so is a response with one. WiCE (Kamoi et al. 2023,
ODC-BY): claims of Wikipedia with the web page that they cite; only those supported in full count as supported.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.chat.write import Draft, cite
from assistant.checking.check import check_draft, cited_passages
from assistant.checking.exact_gate import supports
from assistant.evidence.reading import Reading
from assistant.ingest.passages import split_passages
from assistant.models.embedder import Embedder
from assistant.models.support_score import described, support_features
from assistant.settings import Settings
from assistant.text.sentences import Sentence, split_sentences
from assistant.text.tokens import content_words
from assistant.types import Article, Citation, Hit, Query, Statement

SHORTEST = 3
ALIKE = 12
UNREAD = Reading(
    answered=True, confidence=0.0, short=None, statements=(), citations=(), candidates=(), mentioned=True
)

Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass
class Response:
    """A response beside its source: the features of its sentences, which are unsupported, what the gate says.

    ``kept`` are the sentences that are left of it at run time, ``kept_alone`` their features beside the passages
    that each cites and ``kept_together`` beside all that are cited; the score has had no say in it.
    """

    group: str
    source: str
    fitting: bool
    features: Rows
    unsupported: Flags
    gate: Flags
    kept: list[int] = field(default_factory=list)
    kept_alone: list[list[float]] = field(default_factory=list)
    kept_together: list[list[float]] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Whether any sentence is unsupported."""
        return bool(self.unsupported.any())

    @property
    def failures(self) -> int:
        """How many sentences the exact gate would not let pass, were the whole source cited."""
        return int((~self.gate).sum())


def responses(path: Path, embedder: Embedder) -> Iterator[Response]:
    """Describe the responses of a file of RAGTruth; half of its sources, by hash, are for fitting."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in tqdm(rows, desc=path.stem):
        ground = ground_of(row)
        parts = [ground[one.start : one.end] for one in split_sentences(ground)]
        vectors = embedder.embed_passages(parts)
        digest = hashlib.sha256(ground.encode()).hexdigest()
        article = Article("source", ground, path="memory:source", sha256=digest)
        whole = Citation(1, article, 0, len(ground), ground)
        hits = hits_of(row, embedder)
        for given in row["responses"]:
            text = given["response"]
            spans = [one for one in split_sentences(text) if _tells(text[one.start : one.end])]
            if not spans:
                continue
            sentences = [text[one.start : one.end] for one in spans]
            own = embedder.embed_passages(sentences)
            response = Response(
                path.stem,
                digest,
                int(digest, 16) % 2 == 0,
                np.array(
                    [
                        support_features(one, parts, vector, vectors, embedder)
                        for one, vector in zip(sentences, own, strict=True)
                    ]
                ),
                np.array([_marked(one, given["labels"]) for one in spans]),
                np.array([supports([whole], one, embedder=embedder) for one in sentences]),
            )
            _add_kept(response, sentences, hits, embedder)
            yield response


def ground_of(row: dict[str, Any]) -> str:
    """Return the text that a response was to keep to."""
    source = row["source"]
    return source if isinstance(source, str) else f"{source['question']}\n{source['passages']}"


def hits_of(row: dict[str, Any], embedder: Embedder) -> list[Hit]:
    """Cut a source into passages, as if they had been found in the index."""
    source = row["source"]
    texts = [source] if isinstance(source, str) else re.split(r"passage \d+:", source["passages"])
    articles = [
        Article(str(number), text.strip(), sha256=str(number))
        for number, text in enumerate(texts)
        if text.strip()
    ]
    return [
        Hit(passage, article, 1.0)
        for article in articles
        for passage in split_passages(article, embedder.count_pieces, Settings())
    ]


def drafted(sentences: Sequence[str], hits: Sequence[Hit]) -> Draft:
    """Write sentences as a model would that marks each with every passage; RAGTruth's have no markers."""
    return Draft(
        tuple(
            Statement(one, tuple(citation for hit in hits for citation in cite(one, hit)))
            for one in (" ".join(sentence.split()) for sentence in sentences)
        )
    )


def _add_kept(response: Response, sentences: Sequence[str], hits: Sequence[Hit], embedder: Embedder) -> None:
    """Let the exact gate alone take its sentences from a response, in the way of an answer."""
    unbounded = Settings().model_copy(update={"answer_words": len(" ".join(sentences))})
    verdict = check_draft(drafted(sentences, hits), UNREAD, Query("", ""), hits, unbounded)
    left = {one.text: one for one in verdict.reading.statements}
    found = [(index, left.get(" ".join(one.split()))) for index, one in enumerate(sentences)]
    told = [(index, one) for index, one in found if one]
    response.kept = [index for index, _ in told]
    response.kept_alone = [
        described([one.text], cited_passages(one.citations, hits), embedder)[0] for _, one in told
    ]
    citations = [citation for _, one in told for citation in one.citations]
    response.kept_together = described(
        [one.text for _, one in told], cited_passages(citations, hits), embedder
    )


def claims(path: Path, embedder: Embedder) -> tuple[Rows, Flags]:
    """Describe WiCE's claims beside the sentences of their page most like them; say which are unsupported."""
    features, unsupported = [], []
    for line in tqdm(path.read_text(encoding="utf-8").splitlines(), desc="wice"):
        row = json.loads(line)
        page = [one for one in row["evidence"] if len(one.split()) > 1]
        if not page or not content_words(row["claim"]):
            continue
        vectors = embedder.embed_passages(page)
        (vector,) = embedder.embed_passages([row["claim"]])
        alike = np.argsort(-(vectors @ vector))[:ALIKE].tolist()
        near = sorted({at for one in alike for at in (one - 1, one, one + 1) if 0 <= at < len(page)})
        parts = [page[at] for at in near]
        features.append(support_features(row["claim"], parts, vector, vectors[near], embedder))
        unsupported.append(row["label"] != "supported")
    return np.array(features), np.array(unsupported)


def _tells(sentence: str) -> bool:
    return bool(content_words(sentence)) and len(sentence.split()) >= SHORTEST


def _marked(sentence: Sentence, labels: Sequence[dict[str, Any]]) -> bool:
    return any(label["start"] < sentence.end and sentence.start < label["end"] for label in labels)
