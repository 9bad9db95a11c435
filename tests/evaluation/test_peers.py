import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from stores import server_address

from benchmarks.peers import SCALE_ONLY, SYSTEMS, ours, ours_postgres
from benchmarks.peers.data import write_scale, write_subset
from benchmarks.peers.document import COLUMNS, page
from benchmarks.peers.measure import measure_ingest, measure_search, measure_stand_in
from benchmarks.peers.rows import read_rows, write_rows
from benchmarks.peers.vectors import stand_in_vectors


@pytest.fixture
def realtimeqa(tmp_path):
    """A made-up set: forty articles, of which every second holds the answer of a question."""
    articles = [
        {
            "id": f"a{number}",
            "title": f"Town {number}",
            "text": f"The mayor of town {number} is Ali {number}.",
        }
        for number in range(40)
    ]
    with lzma.open(tmp_path / "dev-articles.jsonl.xz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in articles)
    questions = [
        {"question": f"Who is mayor of {number}?", "answers": [f"Ali {number}"], "evidence": [f"a{number}"]}
        for number in range(0, 40, 2)
    ]
    write_rows(
        tmp_path / "dev-questions.jsonl", [*questions, {"question": "?", "answers": ["x"], "evidence": []}]
    )
    return tmp_path


def test_the_subset_holds_the_evidence_of_its_questions_and_is_the_same_each_time(realtimeqa, tmp_path):
    for name in ("one", "two"):
        write_subset(realtimeqa, tmp_path / name, 20)
    articles = read_rows(tmp_path / "one" / "articles.jsonl")
    questions = read_rows(tmp_path / "one" / "questions.jsonl")
    assert len(articles) == 20
    assert len(questions) == 12
    assert {name for row in questions for name in row["evidence"]} <= {row["id"] for row in articles}
    assert articles == read_rows(tmp_path / "two" / "articles.jsonl")


def test_stand_in_vectors_are_of_unit_length_near_their_base_and_told_by_the_text_alone():
    base = np.eye(384, dtype=np.float32)[:10]
    texts = [f"Passage {number}." for number in range(200)]
    vectors = stand_in_vectors(texts, base)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[50:60], stand_in_vectors(texts[50:60], base))
    nearest = (vectors @ base.T).max(axis=1)
    assert nearest.mean() == pytest.approx(0.8, abs=0.02)
    assert len(np.unique(vectors.round(4), axis=0)) == len(texts)


def test_a_system_is_measured_from_articles_to_recall(tmp_path):
    rows = [
        {"id": "a", "title": "Bridge", "published": "2025-07-01", "text": "The bridge opened on Monday."},
        {"id": "b", "title": "School", "published": "2025-07-02", "text": "The school has 240 pupils."},
    ]
    write_rows(tmp_path / "articles.jsonl", rows)
    asked = [
        {"question": "When did the bridge open?", "answers": ["Monday"]},
        {"question": "Who built the harbour?", "answers": ["nobody knows"]},
    ]
    write_rows(tmp_path / "questions.jsonl", asked)
    ingest = measure_ingest(ours, tmp_path / "articles.jsonl", tmp_path / "store")
    search = measure_search(ours, tmp_path / "questions.jsonl", tmp_path / "store")
    assert ingest["passages"] == 2
    assert ingest["seconds"] > 0
    assert search["ranks"] == [1, None]
    assert search["recall@1"] == search["recall@10"] == search["mrr"] == search["recall_in_budget"] == 0.5
    assert search["words_read"] == 10


def test_an_index_in_postgresql_is_measured_from_made_up_articles_to_a_search(realtimeqa, tmp_path):
    server_address()  # skips where none can run
    (realtimeqa / "train-articles.jsonl.xz").write_bytes(lzma.compress(b""))
    write_scale(realtimeqa, tmp_path / "scale", [60])
    data = tmp_path / "scale" / "60"
    assert len(read_rows(data / "passages.jsonl")) == 60
    rows = read_rows(data / "articles.jsonl")
    assert len({row["id"] for row in rows}) == len(rows) > 40
    ingest = measure_stand_in(ours_postgres, data, tmp_path / "store")
    assert ingest["passages"] == 60
    assert 5 < ingest["index_mb"] < 100
    search = measure_search(ours_postgres, data / "questions.jsonl", tmp_path / "store")
    assert search["questions"] == 20
    assert search["recall@10"] > 0.5


def test_the_published_page_is_made_of_the_published_results():
    root = Path(__file__).parents[2]
    quality, scale = (
        json.loads((root / "benchmarks" / "results" / f"peers-{part}.json").read_text(encoding="utf-8"))
        for part in ("quality", "scale")
    )
    text = page(quality, scale)
    assert text == (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert "- than this assistant: none" in text
    assert set(quality["systems"]) == set(SYSTEMS) - set(SCALE_ONLY)


def made_up(recall, milliseconds):
    measured = {"ingest": {}, "search": {}}
    for _, part, key, *_ in COLUMNS:
        measured[part][key] = 1.0
    measured["search"].update({"recall@10": recall, "p50_ms": milliseconds})
    return measured


def page_of(systems):
    machine = {
        "processor": "P",
        "cores": 2,
        "memory_gb": 8,
        "system": "S",
        "python": "3",
        "versions": {"torch": "2"},
    }
    about = {"articles": 1, "words": 1, "questions": 1}
    return page({"created": "2025-07-01", "machine": machine, "data": about, "systems": systems}, None)


def test_the_page_says_where_this_assistant_is_behind():
    text = page_of({"ours": made_up(0.8, 20), "bm25": made_up(0.7, 1), "txtai": made_up(0.9, 30)})
    assert "- than this assistant: none" in text
    assert "- This assistant, recall@10: 0.800, against txtai 0.900" in text
    assert "- This assistant, search p50, ms: 20.0, against BM25 alone 1.0" in text
    assert "| recall@10 | 0.800 | 0.700 | **0.900** |" in text
    assert all(title in text for title, _ in SYSTEMS.values())


def test_the_page_names_a_peer_that_is_ahead_in_recall_and_speed():
    text = page_of({"ours": made_up(0.8, 20), "txtai": made_up(0.9, 10), "bm25": made_up(0.9, 30)})
    assert "- than this assistant: txtai" in text
