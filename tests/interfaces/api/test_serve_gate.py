"""Who is let in, how many at once, and what becomes of the work of those who leave."""

import asyncio
import json
import os
import socket
import threading
import time
from pathlib import Path

import httpx
import openai
import pytest
from run_alone import run_alone
from scripted_chat import ScriptedChat
from served import QUESTION, TOKEN, serving

from assistant import Assistant, Settings, SettingsError
from assistant.interfaces.api.access import demanded_token, host_name, is_loopback
from assistant.interfaces.api.answering import ANSWERS_AT_ONCE
from assistant.interfaces.api.chat_api import api_server
from assistant.interfaces.api.completions import MODEL
from assistant.interfaces.api.gate import REQUESTS

BODY = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7:8000", "[::2]", "[", ""]
)
def test_a_foreign_host_name_is_refused_on_loopback(api, host):
    assert httpx.get(f"{api}/models", headers={"host": host}).status_code in {400, 421}


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null", "http://["]
)
def test_a_foreign_page_is_refused_on_loopback(api, origin):
    reply = httpx.post(f"{api}/chat/completions", json=BODY, headers={"origin": origin})
    assert reply.status_code == 403 and reply.json()["error"]["message"]


def test_this_machine_is_let_in_by_any_of_its_names(api):
    port = httpx.URL(api).port
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "localhost"):
        headers = {"host": host, "origin": f"http://{host}"}
        assert httpx.get(f"{api}/models", headers=headers).status_code == 200
    assert is_loopback("127.9.9.9") and not is_loopback("0.0.0.0") and not is_loopback(None)
    assert host_name("http://[::1]:80/x") == "::1"


def test_no_address_of_the_network_without_a_token(tmp_path):
    for host in ("0.0.0.0", "::", "192.168.1.7", "news.example"):
        with pytest.raises(SettingsError, match="ASSISTANT_SERVE_TOKEN"):
            demanded_token(Settings(), host)
    assert demanded_token(Settings(), "127.0.0.1") is None
    assert demanded_token(Settings(serve_token=TOKEN), "0.0.0.0") == TOKEN
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert demanded_token(Settings(serve_token_file=file), "::1") == TOKEN
    assert TOKEN not in repr(Settings(serve_token=TOKEN)) + Settings(serve_token=TOKEN).model_dump_json()


@pytest.mark.parametrize("bad", ["", "short", "with a space in its middle", "schlüssel-schlüssel-schlüssel"])
def test_a_token_that_is_no_good_is_refused_and_not_repeated(tmp_path, bad):
    file = tmp_path / "token"
    file.write_text(bad, encoding="utf-8")
    for settings in (Settings(serve_token=bad), Settings(serve_token_file=file)):
        with pytest.raises(SettingsError) as refused:
            demanded_token(settings, "127.0.0.1")
        assert not bad or bad not in str(refused.value)
    with pytest.raises(SettingsError, match="two tokens"):
        demanded_token(Settings(serve_token=TOKEN, serve_token_file=file), "127.0.0.1")
    with pytest.raises(SettingsError, match="cannot be read"):
        demanded_token(Settings(serve_token_file=tmp_path / "none"), "127.0.0.1")


@pytest.mark.parametrize("stream", [True, False])
def test_work_stops_within_two_seconds_of_a_disconnect(endless, stream):
    with serving(api_server(endless, port=0)) as address:
        with openai.OpenAI(base_url=address, api_key="none", max_retries=0, timeout=0.5) as client:
            if stream:
                chunks = client.chat.completions.create(**BODY, stream=True)
                assert next(iter(chunks)).choices
                chunks.close()
            else:
                with pytest.raises(openai.APITimeoutError):
                    client.chat.completions.create(**BODY)
            assert endless.begun == 1
        assert endless.until(lambda: endless.stopped == 1)


@pytest.mark.parametrize("stream", [True, False])
def test_a_disconnect_is_noticed_while_the_chat_model_is_silent(reporter, stream):
    model = ScriptedChat(pieces=("Too late.",), pause_seconds=30)
    asked = Assistant(reporter.index, reporter.embedder, reporter.settings, model)
    with serving(api_server(asked, port=0)) as address:
        with openai.OpenAI(base_url=address, api_key="none", max_retries=0, timeout=1.5) as client:
            if stream:
                chunks = client.chat.completions.create(**BODY, stream=True)
                assert next(iter(chunks)).choices
                chunks.close()
            else:
                with pytest.raises(openai.APITimeoutError):
                    client.chat.completions.create(**BODY)
        deadline = time.monotonic() + 2
        while _answering() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not _answering()
        assert len(model.calls) == 1 and not model.ended.is_set()


def test_too_many_at_once_are_told_to_come_back_and_the_next_is_served(endless):
    async def flood(address):
        async with httpx.AsyncClient(timeout=None, limits=httpx.Limits(max_connections=None)) as client:
            asking = [
                asyncio.create_task(client.post(f"{address}/chat/completions", json=BODY))
                for _ in range(REQUESTS + 10)
            ]
            refused, waiting = await asyncio.wait(asking, timeout=2)
            begun = endless.begun
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return [one.result() for one in refused], len(waiting), begun

    with serving(api_server(endless, port=0)) as address:
        refused, waiting, begun = run_alone(flood(address))
        assert (waiting, begun) == (REQUESTS, ANSWERS_AT_ONCE)
        assert len(refused) == 10
        for reply in refused:
            assert reply.status_code == 503 and reply.json()["error"]["code"] == "overloaded"
            assert int(reply.headers["retry-after"]) > 0
        assert endless.until(lambda: endless.stopped == endless.begun)
        assert httpx.get(f"{address}/models").status_code == 200


def test_five_hundred_connections_at_once_are_answered_or_refused(api):
    url = httpx.URL(api)
    request = f"GET {url.path}/models HTTP/1.1\r\nHost: {url.host}\r\nConnection: close\r\n\r\n".encode()

    async def one(gate):
        reader, writer = await asyncio.open_connection(url.host, url.port)
        await gate.wait()
        writer.write(request)
        answer = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        return int(answer.split()[1])

    async def flood():
        gate = asyncio.Event()
        asked = [asyncio.create_task(one(gate)) for _ in range(500)]
        await asyncio.sleep(0.5)
        gate.set()
        return await asyncio.gather(*asked)

    before = memory()
    statuses = run_alone(flood())
    assert set(statuses) <= {200, 503} and statuses.count(200) >= REQUESTS
    assert memory() - before < 100_000_000
    assert httpx.post(f"{api}/chat/completions", json=BODY).status_code == 200


def test_an_answer_that_takes_too_long_is_given_up(endless):
    endless.settings = endless.settings.model_copy(update={"answer_seconds": 0.6})
    with serving(api_server(endless, port=0)) as address:
        with openai.OpenAI(base_url=address, api_key="none", max_retries=0) as client:
            with pytest.raises(openai.InternalServerError) as refused:
                client.chat.completions.create(**BODY)
            assert refused.value.status_code == 503
            with pytest.raises(openai.APIError, match="in time"):
                list(client.chat.completions.create(**BODY, stream=True))
        assert endless.until(lambda: endless.stopped == endless.begun == 2)


def test_slow_clients_are_hung_up_on(press, reporter):
    settings = press.model_copy(update={"client_seconds": 0.3})
    impatient = Assistant(reporter.index, reporter.embedder, settings)
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{"
    with serving(api_server(impatient, port=0)) as address:
        where = (httpx.URL(address).host, httpx.URL(address).port)
        for sent, reply in ((b"", b""), (b"GET /v1/mo", b""), (head, b"HTTP/1.1 408")):
            with socket.create_connection(where, timeout=5) as connection:
                connection.sendall(sent)
                received = b""
                while piece := _received(connection):
                    received += piece
                assert received.startswith(reply) and bool(received) == bool(reply)


def test_a_client_that_does_not_read_is_hung_up_on(endless):
    endless.settings = endless.settings.model_copy(update={"client_seconds": 0.3})
    endless.growth = 50_000
    body = json.dumps({**BODY, "stream": True}).encode()
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    with serving(api_server(endless, port=0)) as address:
        where = (httpx.URL(address).host, httpx.URL(address).port)
        with socket.create_connection(where, timeout=5) as connection:
            connection.sendall(head + f"content-length: {len(body)}\r\n\r\n".encode() + body)
            assert endless.until(lambda: endless.begun == 1)
            assert endless.until(lambda: endless.stopped == 1, seconds=5)


def test_many_questions_leave_no_thread_behind(api):
    with httpx.Client() as client:
        for _ in range(10):
            assert client.post(f"{api}/chat/completions", json=BODY).status_code == 200
    assert not _answering()


def test_an_assistant_answers_alike_in_many_threads(press):
    expected: dict[str, str] = {}
    questions = [QUESTION, "Who led the commission?", "How many firefighters were killed in Ostheim?"] * 4
    with Assistant.open(press) as opened:
        for question in questions[:3]:
            expected[question] = opened.ask(question).text
    with Assistant.open(press) as fresh:
        got: list[tuple[str, str]] = []
        threads = [
            threading.Thread(target=lambda asked=asked: got.append((asked, fresh.ask(asked).text)))
            for asked in questions
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(got) == len(questions)
    assert all(expected[question] == text for question, text in got)


def memory():
    """Bytes of memory that this process, the server in it, holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _answering():
    return [thread for thread in threading.enumerate() if thread.name == "answer"]


def _received(connection):
    try:
        return connection.recv(4096)
    except ConnectionResetError:
        return b""
