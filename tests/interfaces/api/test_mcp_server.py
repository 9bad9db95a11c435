"""The MCP server as the official client sees it, on standard input and output and over HTTP."""

import json
import subprocess
import sys

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from run_alone import run_alone
from served import QUESTION, TOKEN, serving

from assistant import Assistant, Settings
from assistant.interfaces.api.mcp_server import mcp_server
from assistant.interfaces.api.tool_results import AnswerResult, ArticleResult, FoundResult, HitResult
from assistant.output.to_json import answer_to_dict
from assistant.output.to_markdown import answer_to_text


def command(settings):
    return ["-m", "assistant", "mcp", "--index", str(settings.index)]


async def session(client):
    """Use every tool, rightly and wrongly; return what came back."""
    listed = {tool.name: tool for tool in (await client.list_tools()).tools}
    answer = await client.call_tool("ask", {"question": QUESTION})
    hits = await client.call_tool("search", {"question": "Varn bridge", "k": 2, "publishers": ["Demo Wire"]})
    counted = await client.call_tool("find", {"phrase": "Varn", "by": "article", "matches": 1})
    article = await client.call_tool("show", {"article": "bridge.md"})
    wrong = [
        await client.call_tool(name, arguments)
        for name, arguments in (
            ("ask", {"question": ""}),
            ("ask", {"question": "who " * 2000}),
            ("ask", {"question": QUESTION, "after": "soon"}),
            ("search", {"question": QUESTION, "k": 0}),
            ("search", {"question": QUESTION, "publishers": ["No Such Paper"]}),
            ("find", {"phrase": "?"}),
            ("find", {"phrase": "Varn", "by": "author"}),
            ("show", {"article": "../bridge.md"}),
        )
    ]
    return listed, answer, hits, counted, article, wrong


def check_session(reporter, listed, answer, hits, counted, article, wrong):
    assert set(listed) == {"ask", "search", "find", "show"}
    for tool in listed.values():
        assert tool.description and tool.annotations.read_only_hint
        assert tool.output_schema["properties"]
    expected = reporter.ask(QUESTION)
    assert not answer.is_error and answer.structured_content["text"] == expected.text
    assert [content.text for content in answer.content] == [answer_to_text(expected)]
    shown = article.structured_content
    assert shown["text"] == reporter.article("bridge.md").text
    for citation in answer.structured_content["citations"]:
        assert citation["article"] == "bridge.md"
        assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert "/home/reporter" not in article.model_dump_json()
    found = hits.structured_content["hits"]
    assert found and len(found) <= 2 and {hit["article"] for hit in found} <= {"bridge.md", "flood.md"}
    known = FoundResult.model_validate(counted.structured_content)
    assert known.total == reporter.find("Varn").total > 1 and len(known.matches) == 1
    for refused in wrong:
        assert refused.is_error and refused.content[0].text
        assert "Traceback" not in refused.content[0].text


def test_over_standard_input_and_output(press, reporter):
    async def talk():
        server = StdioServerParameters(command=sys.executable, args=command(press))
        async with Client(server) as client:
            return await session(client)

    check_session(reporter, *run_alone(talk()))


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http(mcp, reporter, mode):
    async def talk():
        async with Client(mcp, mode=mode) as client:
            return await session(client)

    check_session(reporter, *run_alone(talk()))


def test_standard_output_carries_the_protocol_only_and_the_end_of_input_ends_it(press):
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "0"},
    }
    call = {"name": "ask", "arguments": {"question": QUESTION}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
    ]
    with subprocess.Popen(
        [sys.executable, *command(press)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        for message in sent:
            process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.flush()
        lines = [process.stdout.readline() for _ in range(2)]
        rest, errors = process.communicate(timeout=20)
    assert rest == b"" and errors == b"" and process.returncode == 0
    replies = [json.loads(line) for line in lines]
    assert [reply["id"] for reply in replies] == [1, 2]
    assert replies[0]["result"]["instructions"]
    assert replies[1]["result"]["structuredContent"]["answered"] is True


def test_the_declared_results_are_what_is_exported(reporter):
    answer = answer_to_dict(reporter.ask(QUESTION))
    assert set(AnswerResult.model_fields) == set(answer)
    for name, rows in answer.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            (model,) = AnswerResult.model_fields[name].annotation.__args__
            assert set(model.model_fields) == set(rows[0]), name
    assert {"citations", "statements", "candidates", "hits"} <= {
        name for name, rows in answer.items() if rows
    }
    assert "path" not in ArticleResult.model_fields and "score" in HitResult.model_fields


def test_a_token_is_demanded_where_there_is_one(press, reporter):
    settings = Settings(index=press.index, serve_token=TOKEN)
    secured = Assistant(reporter.index, reporter.embedder, settings)

    async def talk(address, token):
        headers = {"authorization": f"Bearer {token}"}
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            return await client.call_tool("ask", {"question": QUESTION})

    with serving(mcp_server(secured, port=0)) as address:
        assert run_alone(talk(address, TOKEN)).structured_content["answered"]
        with pytest.raises(BaseExceptionGroup) as refused:
            run_alone(talk(address, "wrong"))
        assert "token is missing or wrong" in str(flat(refused.value))


def flat(error):
    """The errors inside groups of errors."""
    if isinstance(error, BaseExceptionGroup):
        return [inner for one in error.exceptions for inner in flat(one)]
    return [error]


def test_foreign_hosts_pages_methods_and_large_requests_are_refused(mcp):
    kind = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    assert httpx.post(mcp, content=b"{}", headers={**kind, "host": "evil.example"}).status_code == 421
    assert (
        httpx.post(mcp, content=b"{}", headers={**kind, "origin": "https://evil.example"}).status_code == 403
    )
    assert httpx.get(mcp, headers=kind).status_code == 405
    assert httpx.post(mcp, content=b" " * 20_000_000, headers=kind).status_code == 413
    for content in (b"", b"[" * 200_000, b'"x"', b"{}"):
        reply = httpx.post(mcp, content=content, headers=kind)
        assert 400 <= reply.status_code < 500


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_work_stops_within_two_seconds_of_a_disconnect(endless, mode):
    async def leave(address):
        async with Client(address, mode=mode, read_timeout_seconds=0.5) as client:
            await client.call_tool("ask", {"question": QUESTION})

    with serving(mcp_server(endless, port=0)) as address:
        with pytest.raises(Exception):  # noqa: B017 - a time-out, however the client wraps it
            run_alone(leave(address))
        assert endless.begun == 1
        assert endless.until(lambda: endless.stopped == 1)
