"""What watchers are told: whether the index answers, and how many requests there were."""

import re

import httpx
import pytest
from served import PRESS, QUESTION, TOKEN, serving

from assistant import Assistant
from assistant.interfaces.api.chat_api import api_server
from assistant.interfaces.api.monitoring import BIN_SECONDS, RequestCounts

LINE = re.compile(r'(# TYPE \w+ (gauge|counter|histogram)|\w+(\{\w+="[^"]+"\})? [\d.]+)')


def value_of(text: str, name: str) -> float:
    (line,) = [one for one in text.splitlines() if one.startswith(f"{name} ")]
    return float(line.split()[1])


def test_the_index_is_up_and_its_size_is_told(api: str) -> None:
    root = api.removesuffix("/v1")
    answer = httpx.get(f"{root}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    body = {"model": "news-assistant", "messages": [{"role": "user", "content": QUESTION}]}
    before = httpx.get(f"{root}/metrics").text
    assert httpx.post(f"{api}/chat/completions", json=body, timeout=60).status_code in (200, 404)
    assert httpx.get(f"{api}/models/none").status_code == 404
    after = httpx.get(f"{root}/metrics").text
    assert all(LINE.fullmatch(line) for line in after.splitlines())
    assert value_of(after, "assistant_index_up") == 1
    assert value_of(after, "assistant_articles") == len(PRESS)
    assert value_of(after, "assistant_requests_in_progress") == 0
    count = "assistant_request_seconds_count"
    assert value_of(after, count) == value_of(before, count) + 2
    assert 'assistant_requests_total{status="404"}' in after


def test_health_needs_no_token_and_metrics_do(press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_SERVE_TOKEN", TOKEN)
    settings = type(press)(index=press.index)
    with Assistant.open(settings) as assistant, serving(api_server(assistant, port=0)) as api:
        address = api.removesuffix("/v1")
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(f"{address}/metrics").status_code == 401
        known = {"authorization": f"Bearer {TOKEN}"}
        assert httpx.get(f"{address}/metrics", headers=known).status_code == 200
        assistant.index.close()
        gone = httpx.get(f"{address}/healthz")
        assert (gone.status_code, gone.json()) == (503, {"status": "index unavailable"})
        assert "assistant_index_up 0" in httpx.get(f"{address}/metrics", headers=known).text


def test_seconds_fall_into_the_bins_up_to_their_bounds() -> None:
    counts = RequestCounts()
    for seconds in (0.0, 0.1, 0.2, 31.0):
        counts.add(200, seconds)
    lines = list(counts.lines())
    assert 'assistant_request_seconds_bucket{le="0.1"} 2' in lines
    assert 'assistant_request_seconds_bucket{le="0.25"} 3' in lines
    assert 'assistant_request_seconds_bucket{le="+Inf"} 4' in lines
    assert sum("bucket" in line for line in lines) == len(BIN_SECONDS) + 1
