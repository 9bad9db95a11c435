"""What the server refuses: foreign hosts, closed endpoints, large bodies, taken ports."""

import json

import httpx
import pytest

from assistant import SettingsError
from assistant.interfaces.web.guard import PAGE_REQUEST_BYTES

CLOSED = (
    "/gradio_api/upload",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=../../etc/passwd",
    "/gradio_api/file%3D/etc/passwd",
    "/gradio_api/file/etc/passwd",
    "/file=/etc/passwd",
    "/gradio_api/proxy=https://evil.example/",
    "/gradio_api/stream/a/b/c/playlist.m3u8",
    "/gradio_api/component_server",
    "/gradio_api/call/ask",
    "/gradio_api/run/predict",
    "/gradio_api/runs",
    "/gradio_api/openapi.json",
    "/gradio_api/vibe-code",
    "/monitoring",
    "/monitoring/summary",
    "/docs",
    "/openapi.json",
    "/assets/../../../../etc/passwd",
    "/assets/..%2f..%2f..%2fetc/passwd",
    "/static/..%2f..%2fetc/passwd",
    "/static//etc/passwd",
    "/svelte/../../etc/passwd",
    "/custom_component/a/b/c/d",
)


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(base_url=address, timeout=20) as opened:
        yield opened


@pytest.mark.parametrize("path", CLOSED)
def test_endpoints_that_the_chat_does_not_use_are_closed(client, path):
    for method in ("GET", "POST"):
        response = client.request(method, path, content=b"x" if method == "POST" else None)
        assert response.status_code in {404, 405}
        assert b"root:" not in response.content


def test_the_page_bears_a_policy_without_inline_or_evaluated_scripts(client):
    response = client.get("/", headers={"accept-encoding": "gzip, br"})
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == policy["font-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "http" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/chat.js",
        "/chat.css",
        "/conversations.js",
        "/conversations.css",
        "/config",
        "/article?id=bridge.md",
        "/nothing",
    ],
)
def test_every_response_bears_the_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_a_large_or_unmeasured_body_is_refused_before_it_is_read(client):
    path = "/gradio_api/queue/join"
    assert client.post(path, content=b"x" * (PAGE_REQUEST_BYTES + 1)).status_code == 413
    assert client.post(path, content=iter([b"x"])).status_code == 411
    assert client.get("/config").status_code == 200


def test_a_question_over_the_limit_is_refused_in_one_line(client, assistant):
    config = client.get("/config").json()
    asking = next(event for event in config["dependencies"] if event["targets"][0][1] == "submit")
    question = "why " * assistant.settings.question_characters
    body = {"data": [question, None, "", "", []], "fn_index": asking["id"], "session_hash": "toolong"}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "toolong"}) as events:
        said = ""
        for line in events.iter_lines():
            said += line
            if '"process_completed"' in line:
                break
    assert "failure" in said
    assert len(said) < 10 * assistant.settings.question_characters


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "", "10.0.0.1"]
)
def test_a_page_of_another_host_cannot_reach_the_chat(client, host):
    assert client.get("/config", headers={"host": host}).status_code == 421


def test_an_unknown_article_is_a_short_404(client):
    response = client.get("/article", params={"id": "../../etc/passwd"})
    assert response.status_code == 404
    assert json.loads(response.content) == {
        "detail": "The corpus holds no such article; it may have been removed."
    }


def test_a_taken_port_is_one_line_with_the_remedy(assistant, address):
    from assistant.interfaces.web.server import chat_server

    with pytest.raises(SettingsError, match="--port") as refused:
        chat_server(assistant, port=int(address.rpartition(":")[2]))
    assert "\n" not in str(refused.value)
