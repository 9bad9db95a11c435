"""A real local chat model is held to its sources; ``ASSISTANT_LOCAL_WEIGHTS`` names its GGUF file.

``benchmarks.local_model`` says how the weights are put together; a file with another SHA-256 fails.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from benchmarks.local_model import WEIGHTS_SHA256, serving

WEIGHTS = os.environ.get("ASSISTANT_LOCAL_WEIGHTS")


@pytest.mark.slow
@pytest.mark.skipif(not WEIGHTS, reason="ASSISTANT_LOCAL_WEIGHTS names no weights")
def test_what_a_local_model_writes_rests_on_words_of_the_articles(corpus_settings: Settings) -> None:
    with Path(WEIGHTS or "").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS_SHA256
    pytest.importorskip("xllamacpp", reason="the package xllamacpp is not installed")
    with serving(Path(WEIGHTS or "")) as name:
        settings = corpus_settings.model_copy(update={"chat_model": name, "chat_seconds": 300.0})
        with Assistant.open(settings) as assistant:
            snapshots = list(assistant.stream("Who claimed the attacks on Kayes?"))
            assert snapshots[0].text
            assert not snapshots[0].final
            answer = snapshots[-1]
            assert "write" in answer.timings
            assert answer.statements
            for statement in answer.statements:
                assert statement.supported
                for citation in statement.citations:
                    article = assistant.index.article(citation.article.id)
                    assert article.text[citation.start : citation.end] == citation.quote
