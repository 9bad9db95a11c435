"""The benchmark of reading, on small folders of the form of the public ones."""

import gzip
import json
from pathlib import Path

from benchmarks.reading import fundus, htmldate, measured, ours, overlap, scrapinghub, theirs

BODY = (
    "Engineers opened three gates of the Kelvary dam on Wednesday after two days of rain.",
    "About 850 people in the villages below were told to leave their houses, the council said.",
    "The head of the water board told reporters that the dam itself was sound and safe.",
)
META = (
    "<meta property='article:published_time' content='2025-06-16'><meta name='author' content='Ada Berg'>"
    "<meta property='og:title' content='Gates opened'>"
)
PAGE = (
    f"<html lang='en'><head><title>Gates opened</title>{META}</head><body><article><h1>Gates opened</h1>"
    + "".join(f"<p>{part}</p>" for part in BODY)
    + "</article></body></html>"
)


def test_texts_are_compared_by_their_runs_of_words(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    truth = {"a": {"articleBody": "\n".join(BODY), "url": "https://post.example/gates"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth))
    pages = list(scrapinghub(tmp_path))
    for read in (ours, theirs):
        figures = measured(pages, read)
        assert figures["pages"] == 1
        assert figures["recall"] == 1.0
        assert figures["f1"] > 0.9


def test_days_are_right_wrong_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(PAGE.replace("2025-06-16", "2024-01-01"))
    known = {f"https://post.example/{name}": {"file": f"{name}.html", "date": "2025-06-16"} for name in "ab"}
    (tmp_path / "eval_default.json").write_text(json.dumps(known))
    figures = measured(list(htmldate(tmp_path)), ours)
    assert (figures["date_right"], figures["date_wrong"], figures["date_none"]) == (1, 1, 0)


def test_authors_and_titles_are_compared_whole(tmp_path: Path) -> None:
    (tmp_path / "Post_2025_06_16.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    known = {"authors": ["Ada Berg"], "publishing_date": "2025-06-16 08:30:00", "title": "Gates opened"}
    (tmp_path / "Post.json").write_text(json.dumps({"V1": known}))
    figures = measured(list(fundus(tmp_path)), ours)
    assert (figures["authors_right"], figures["title_right"], figures["date_right"]) == (1, 1, 1)


def test_nothing_shared_is_nought() -> None:
    assert overlap("one two three four", "five six seven eight") == (0.0, 0.0)
    assert overlap("one two three four", "") == (0.0, 0.0)
