"""Ten secrets where users keep theirs: no error shows one, in what is printed, logged, shown or written."""

import http.server
import io
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, ModelError, Settings
from assistant.__main__ import main
from assistant.passwords import set_password

SECRETS = {
    name: f"canary-{name.lower()}-4f1d"
    for name in (
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HF_TOKEN", "LANGSMITH_API_KEY", "HTTPS_PROXY_PASSWORD",
        "ADDRESS_PASSWORD", "SERVER_PASSWORD", "STORE_PASSWORD", "USER_PASSWORD", "USER_HASH",
    )
}  # fmt: skip


class Tattler(http.server.BaseHTTPRequestHandler):
    """Answers every request with an error that repeats all of its headers, as some servers do."""

    def do_POST(self) -> None:
        said = json.dumps({"error": {"message": f"denied: {dict(self.headers)}"}}).encode()
        self.send_response(401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep silent."""


@pytest.fixture(scope="module")
def tattler() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tattler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


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
    from assistant.chat_models import load_chat_model

    model = load_chat_model(settings)
    asking = Assistant(corpus_assistant.index, corpus_assistant.embedder, settings, model)
    answer = asking.ask("who claimed the Kayes attacks?")
    assert_silent(repr(answer), repr(settings), str(ModelError(answer.notes)))
