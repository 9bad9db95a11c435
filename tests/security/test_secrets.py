"""Eleven secrets where users keep theirs: no error shows one, in what is printed, logged, shown or written."""

import contextlib
import http.server
import io
import json
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import langsmith.utils
import pytest
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_core.tracers.langchain import wait_for_all_tracers
from pydantic import SecretStr
from scripted_chat import ScriptedChat

from assistant import Answer, Assistant, ModelError, Settings, SettingsError
from assistant.interfaces.api.chat_api import api_server
from assistant.interfaces.api.completions import MODEL
from assistant.interfaces.api.listening import Server
from assistant.interfaces.api.mcp_server import mcp_server
from assistant.interfaces.cli.main import main
from assistant.interfaces.web.server import chat_server
from assistant.models.load import load_embedder, load_reader, load_reranker
from assistant.workspace.users import set_password

SECRETS = {
    name: f"canary-{name.lower()}-4f1d"
    for name in (
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HF_TOKEN", "LANGSMITH_API_KEY", "HTTPS_PROXY_PASSWORD",
        "ADDRESS_PASSWORD", "SERVER_PASSWORD", "STORE_PASSWORD", "USER_PASSWORD", "USER_HASH", "SERVE_TOKEN",
    )
}  # fmt: skip


QUESTION = "who claimed the Kayes attacks?"


class Tattler(http.server.BaseHTTPRequestHandler):
    """Answers every request with an error that repeats the keys it was sent wherever one can be put."""

    asked: list[str] = []  # noqa: RUF012 - what all of them were asked

    def do_POST(self) -> None:
        self.asked.append(self.path)
        told = json.dumps({name: value for name, value in self.headers.items() if "canary" in value})
        said = json.dumps({"error": {"message": f"denied: {told}"}}).encode()
        self.send_response(401, f"denied {told}")
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.send_header("x-error-message", told)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    def do_GET(self) -> None:
        self.do_POST()

    def do_HEAD(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep silent."""


class Leaking(ScriptedChat):
    """A chat model that fails as some providers do: the error repeats the keys."""

    def _stream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        self._calls.append(messages)
        raise ConnectionError(f"denied: {SECRETS}")


class Broken(Assistant):
    """An assistant with a fault of its own, whose text repeats the keys."""

    def stream(self, question: str, **options: Any) -> Iterator[Answer]:
        raise RuntimeError(f"denied: {SECRETS}")
        yield


@pytest.fixture(scope="module")
def tattler() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tattler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def serving(server: Server) -> Iterator[str]:
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


def with_model(kind: type[Assistant], assistant: Assistant, model: ScriptedChat | None) -> Assistant:
    """The assistant, with a chat model of some name, and a token for its servers."""
    named = {"chat_model": model and "openai:gpt-any", "serve_token": SecretStr(SECRETS["SERVE_TOKEN"])}
    settings = assistant.settings.model_copy(update=named)
    return kind(assistant.index, assistant.embedder, settings, model, assistant.reader)


@pytest.fixture(autouse=True)
def secrets(
    monkeypatch: pytest.MonkeyPatch, corpus_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HF_TOKEN", "LANGSMITH_API_KEY"):
        monkeypatch.setenv(name, SECRETS[name])
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRETS['HTTPS_PROXY_PASSWORD']}@127.0.0.1:1")
    monkeypatch.setenv("ASSISTANT_INDEX", str(corpus_settings.index))
    caplog.set_level(logging.DEBUG, "assistant")


def assert_silent(*texts: str) -> None:
    for text in texts:
        assert not [name for name, secret in SECRETS.items() if secret in text], text


def said(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, *arguments: str
) -> tuple[int, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    assert_silent(captured.out, captured.err, caplog.text)
    return code, captured.out + captured.err


def test_a_chat_model_s_server_that_repeats_the_key_is_not_quoted(
    tattler: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://{tattler}/v1")
    monkeypatch.setenv("OPENAI_API_BASE", f"http://{tattler}/v1")
    code, words = said(
        capsys, caplog, "ask", "who claimed the Kayes attacks?", "--chat-model", "openai:gpt-any", "--json"
    )
    assert code == 0
    assert "status 401" in " ".join(json.loads(words)["notes"])


def test_a_model_that_cannot_be_loaded_is_named_without_a_key(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    address = f"http://user:{SECRETS['SERVER_PASSWORD']}@127.0.0.1:1/v1#model"
    for name in (address, "nonsense:model", "anthropic:claude-any"):
        said(capsys, caplog, "ask", "who claimed the Kayes attacks?", "--chat-model", name)


def test_an_address_with_a_password_is_refused_without_repeating_it(
    tmp_path: Path, tattler: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    address = f"http://user:{SECRETS['ADDRESS_PASSWORD']}@{tattler}/page.html"
    code, words = said(capsys, caplog, "ingest", address, "--index", str(tmp_path / "index"), "--json")
    assert code == 2
    assert "password" in words


def test_a_store_that_does_not_answer_is_named_without_its_password(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "a.txt").write_text(
        "The council voted on Monday to rebuild the old bridge before the winter."
    )
    url = f"http://user:{SECRETS['STORE_PASSWORD']}@127.0.0.1:1"
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)
    index = str(tmp_path / "index")
    said(capsys, caplog, "ingest", str(tmp_path / "a.txt"), "--index", index)
    said(capsys, caplog, "ask", "Who voted to rebuild the bridge?", "--index", index)
    said(capsys, caplog, "doctor", "--index", index)
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "Who voted?", "answers": ["council"]}\n')
    said(capsys, caplog, "evaluate", str(questions), "--index", index, "--out", str(tmp_path / "report"))
    written = [path.read_text() for path in (tmp_path / "report").iterdir()]
    assert written
    assert_silent(*written, repr(Settings()))


def test_users_and_their_passwords_are_not_repeated(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    users = tmp_path / "users"
    users.write_text(f"ada:{SECRETS['USER_HASH']}\n")
    monkeypatch.setenv("ASSISTANT_WEB_USERS", str(users))
    assert said(capsys, caplog, "chat", "--port", "1")[0] == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRETS['USER_PASSWORD']}\n" * 2))
    users.unlink()
    for name in ("ada", "a:b"):
        said(capsys, caplog, "password", name)
    assert SECRETS["USER_PASSWORD"] not in users.read_text()
    set_password(users, "grace", SECRETS["USER_PASSWORD"])


def test_an_unexpected_error_shows_no_key(corpus_assistant: Assistant, tattler: str) -> None:
    """The model's own error may stand in the traceback's chain only, which is shown with --debug alone."""
    settings = corpus_assistant.settings.model_copy(update={"chat_model": f"http://{tattler}/v1#any"})
    from assistant.models.chat_model import load_chat_model

    model = load_chat_model(settings)
    asking = Assistant(corpus_assistant.index, corpus_assistant.embedder, settings, model)
    answer = asking.ask("who claimed the Kayes attacks?")
    assert_silent(repr(answer), repr(settings), str(ModelError(answer.notes)))


def ask_the_page(client: httpx.Client, *data: object) -> str:
    """Ask as the page does; return all that the server said."""
    config = client.get("/config").json()
    asking = next(one["id"] for one in config["dependencies"] if one["targets"][0][1] == "submit")
    body = {"data": list(data), "fn_index": asking, "session_hash": "canaries"}
    said = [client.post("/gradio_api/queue/join", json=body).text]
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "canaries"}) as events:
        for line in events.iter_lines():
            said.append(line)
            if '"process_completed"' in line:
                break
    return "".join(said)


def test_no_error_on_the_page_shows_a_key(
    corpus_assistant: Assistant, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    model = Leaking()
    failing = with_model(Assistant, corpus_assistant, model)
    with (
        serving(chat_server(failing, port=0)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        said = ask_the_page(client, QUESTION, None, "", "", [])
        assert "ConnectionError" in said and model.calls
        calls = len(model.calls)
        again = ask_the_page(client, "And when was that?", None, "", "", [])  # the model completes it first
        assert len(model.calls) > calls + 1
        wrong = [
            ask_the_page(client, *data)
            for data in (
                ("", None, "", "", []),
                ("x" * 5000, None, "", "", []),
                (QUESTION, None, "soon", "", []),
                (QUESTION, None, "", "", ["Nobody"]),
                (QUESTION, None, "", ""),
            )
        ]
        pages = [client.get(path).text for path in ("/", "/config", "/article", "/article?id=none", "/none")]
    captured = capsys.readouterr()
    assert_silent(said, again, *wrong, *pages, caplog.text, captured.out, captured.err)


def api_replies(address: str) -> list[httpx.Response]:
    """What the API says to questions, followed up and streamed, and to what is no question."""
    asked = {"role": "user", "content": QUESTION}
    follow_up = [asked, {"role": "assistant", "content": "Some did."}, {"role": "user", "content": "When?"}]
    bodies: tuple[dict[str, Any], ...] = (
        {"model": MODEL, "messages": [asked]},
        {"model": MODEL, "messages": [asked], "stream": True},
        {"model": MODEL, "messages": follow_up},
        {"model": "another", "messages": [asked]},
        {"model": MODEL, "messages": [{"role": "user", "content": ""}]},
        {"model": MODEL, "messages": "none"},
    )
    token = SECRETS["SERVE_TOKEN"]
    closing = {"connection": "close"}  # after a fault of its own the server hangs up
    with httpx.Client(base_url=address, timeout=60, headers=closing) as client:
        right = {"authorization": f"Bearer {token}"}
        replies = [client.post("/chat/completions", json=body, headers=right) for body in bodies]
        for headers in ({}, {"authorization": f"Basic {token}"}, {"authorization": f"Bearer {token[:-1]}"}):
            replies.append(client.post("/chat/completions", json=bodies[0], headers=headers))
        replies.append(client.get("/models", params={"token": token}))
        replies.append(client.post("/chat/completions", content=b"{", headers=right))
        replies.append(client.get("/none", headers=right))
    return replies


def mcp_replies(address: str) -> list[httpx.Response]:
    headers = {
        "authorization": f"Bearer {SECRETS['SERVE_TOKEN']}",
        "accept": "application/json, text/event-stream",
    }
    calls = (
        ("ask", {"question": QUESTION}),
        ("ask", {"question": ""}),
        ("ask", {"question": QUESTION, "after": "soon"}),
        ("show", {"article": "none"}),
        ("none", {}),
    )
    with httpx.Client(timeout=60, headers=headers) as client:
        replies = [
            client.post(
                address,
                json={
                    "jsonrpc": "2.0",
                    "id": number,
                    "method": "tools/call",
                    "params": {"name": name, "arguments": arguments},
                },
            )
            for number, (name, arguments) in enumerate(calls)
        ]
        return [*replies, client.post(address, json={}, headers={"authorization": "Bearer wrong"})]


SERVERS: dict[str, tuple[Callable[..., Server], Callable[[str], list[httpx.Response]], set[int]]] = {
    "api": (api_server, api_replies, {200, 400, 401, 404}),
    "mcp": (mcp_server, mcp_replies, {200, 401}),
}


@pytest.mark.parametrize("name", SERVERS)
def test_no_error_of_a_server_shows_a_key(
    corpus_assistant: Assistant,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    prepare, converse, statuses = SERVERS[name]
    model = Leaking()
    with serving(prepare(with_model(Assistant, corpus_assistant, model), port=0)) as address:
        replies = converse(address)
    assert model.calls and "ConnectionError" in replies[0].text
    assert {reply.status_code for reply in replies} == statuses
    captured = capsys.readouterr()
    assert_silent(*(f"{reply.headers} {reply.text}" for reply in replies))
    assert_silent(caplog.text, captured.out, captured.err)


@pytest.mark.parametrize("name", [*SERVERS, "page"])
def test_a_fault_of_the_program_is_told_to_no_client(corpus_assistant: Assistant, name: str) -> None:
    broken = with_model(Broken, corpus_assistant, None)
    if name == "page":
        with (
            serving(chat_server(broken, port=0)) as address,
            httpx.Client(base_url=address, timeout=60) as client,
        ):
            said = ask_the_page(client, QUESTION, None, "", "", [])
        assert "Something went wrong" in said
        assert_silent(said)
        return
    prepare, converse, _ = SERVERS[name]
    with serving(prepare(broken, port=0)) as address:
        assert_silent(*(f"{reply.headers} {reply.text}" for reply in converse(address)))


def test_a_hub_that_repeats_the_token_is_not_quoted(
    tattler: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub = f"http://{tattler}"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)  # as the web chat sets it
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub)
    monkeypatch.setattr(
        "huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE",
        hub + "/{repo_id}/resolve/{revision}/{filename}",
    )
    Tattler.asked.clear()
    for load, settings in (
        (load_embedder, Settings(embedder="nobody/embedder")),
        (load_reader, Settings(reader="nobody/reader")),
        (load_reranker, Settings(reranker="nobody/reranker")),
    ):
        with pytest.raises(ModelError) as refused:
            load(settings)
        assert_silent(str(refused.value))
    for role in ("embedder", "reader", "reranker"):
        assert [path for path in Tattler.asked if f"nobody/{role}" in path], role
    monkeypatch.setenv("ASSISTANT_READER", "nobody/reader")
    assert said(capsys, caplog, "ask", QUESTION)[0] == 2


def test_nothing_is_traced_and_the_key_for_it_goes_nowhere(
    tattler: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, f"http://{tattler}/v1")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://{tattler}/langsmith")
    langsmith.utils.get_env_var.cache_clear()
    Tattler.asked.clear()
    try:
        said(capsys, caplog, "ask", QUESTION, "--chat-model", "openai:gpt-any")
        wait_for_all_tracers()
    finally:
        langsmith.utils.get_env_var.cache_clear()
    assert set(Tattler.asked) == {"/v1/chat/completions"}


def test_no_report_repeats_a_key(
    tmp_path: Path,
    tattler: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, f"http://{tattler}/v1")
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "openai:gpt-any")
    monkeypatch.setenv("ASSISTANT_SERVE_TOKEN", SECRETS["SERVE_TOKEN"])
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": QUESTION, "answers": ["JNIM"]}) + "\n")
    Tattler.asked.clear()
    code, _ = said(capsys, caplog, "evaluate", str(questions), "--out", str(tmp_path / "report"))
    assert code == 0 and Tattler.asked
    written = {path.name: path.read_text() for path in (tmp_path / "report").iterdir()}
    assert {"report.json", "predictions.jsonl", "report.html"} <= set(written)
    assert_silent(*written.values())


@pytest.mark.parametrize("marks", ["", "/x", "#x", "?x", "[x", " x", "@x"])
def test_an_address_is_not_repeated_however_its_password_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    marks: str,
) -> None:
    """Marks that belong into an address encoded make its parser take the password for a port or a host."""

    def address(name: str) -> str:
        return f"http://user:{SECRETS[name]}{marks}@127.0.0.1:1/"

    index = str(tmp_path / "index")
    said(capsys, caplog, "ask", QUESTION, "--chat-model", address("SERVER_PASSWORD"))
    assert said(capsys, caplog, "ingest", address("ADDRESS_PASSWORD"), "--index", index, "--json")[0] == 2
    (tmp_path / "a.txt").write_text("The council voted on Monday to rebuild the old bridge before winter.")
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", address("STORE_PASSWORD"))
    monkeypatch.setenv("ASSISTANT_EXACT_PASSAGES", "0")
    said(capsys, caplog, "ingest", str(tmp_path / "a.txt"), "--index", index)
    said(capsys, caplog, "ask", "Who voted to rebuild the bridge?", "--index", index)
    said(capsys, caplog, "doctor", "--index", index)
    assert_silent(Settings(chat_model=address("SERVER_PASSWORD")).model_dump_json())


def test_a_setting_that_is_none_or_impossible_is_refused_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings(serve_tokn=SECRETS["SERVE_TOKEN"])
    assert_silent(str(refused.value))
    monkeypatch.setenv("ASSISTANT_SERVE_TOKEN", f"{SECRETS['SERVE_TOKEN']} in two words")
    for arguments in (["serve", "--port", "1"], ["mcp", "--http", "--port", "1"], ["serve", "--host", "::2"]):
        assert said(capsys, caplog, *arguments)[0] == 2
    monkeypatch.setenv("ASSISTANT_HITS", "many")
    assert said(capsys, caplog, "serve", "--port", "1")[0] == 2


def test_signing_in_wrongly_repeats_no_password(
    corpus_assistant: Assistant,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    users = tmp_path / "users"
    set_password(users, "ada", SECRETS["USER_PASSWORD"])
    settings = corpus_assistant.settings.model_copy(update={"web_users": users})
    closed = Assistant(corpus_assistant.index, corpus_assistant.embedder, settings)
    password = SECRETS["USER_PASSWORD"]
    with (
        serving(chat_server(closed, port=0)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        replies = [
            client.post("/sign-in", data=form)
            for form in (
                {"name": "grace", "password": password},
                {"name": password, "password": "x"},
                {"name": "ada", "password": f"{password}x"},
                {"name": "ada", "password": password * 1000},
            )
        ]
        replies.append(client.get("/article", params={"id": "none"}))
        users.write_text(f"ada:{SECRETS['USER_HASH']}\n")
        replies.append(client.post("/sign-in", data={"name": "ada", "password": password}))
    assert {reply.status_code for reply in replies} == {303, 400, 401, 503}
    captured = capsys.readouterr()
    assert_silent(*(f"{reply.headers} {reply.text}" for reply in replies))
    assert_silent(caplog.text, captured.out, captured.err)
