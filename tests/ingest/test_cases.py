"""Small files of every kind that a reader of news gets wrong, and what is rightly read of each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case_checks import faults_of, read_all

from assistant.ingest import ArticleReader
from assistant.settings import Settings

CASES = Path(__file__).with_name("cases")
EXPECTED = [json.loads(line) for line in (CASES / "expectations.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader(Settings(parse_seconds=60)) as opened:
        yield opened


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_each_case_is_read_as_it_should_be(reader: ArticleReader, case: dict[str, Any]) -> None:
    assert faults_of(case["expect"], read_all(reader, CASES / "files" / case["file"])) == []


def test_every_file_has_its_case() -> None:
    assert {path.name for path in (CASES / "files").iterdir()} == {case["file"] for case in EXPECTED}
