"""The servers as the command line starts them."""

import signal
import socket
import subprocess
import sys

import httpx
import pytest
from served import TOKEN

from assistant.interfaces.cli.main import main


def run(capsys, *arguments):
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("command", [["serve"], ["mcp", "--http"]])
def test_it_refuses_the_network_without_a_token_and_a_taken_port_in_one_line(capsys, press, command):
    index = ["--index", str(press.index)]
    code, out, err = run(capsys, *command, *index, "--host", "0.0.0.0")
    assert (code, out) == (2, "") and err.count("\n") == 1 and "ASSISTANT_SERVE_TOKEN" in err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, out, err = run(capsys, *command, *index, "--port", str(taken.getsockname()[1]))
    assert (code, out) == (2, "") and err.count("\n") == 1 and "--port" in err


def test_it_serves_the_network_with_a_token_that_it_never_prints(press, tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = ["--index", str(press.index), "--host", "0.0.0.0", "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", *where],
        env={"ASSISTANT_SERVE_TOKEN_FILE": str(file), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = process.stdout.readline()
            assert said == f"Serving on http://0.0.0.0:{port}/v1\n"
            models = f"http://127.0.0.1:{port}/v1/models"
            right = {"authorization": f"Bearer {TOKEN}", "host": "news.example"}
            assert httpx.get(models, headers=right).status_code == 200
            wrong = httpx.get(models, headers={"authorization": "Bearer wrong"})
            assert wrong.status_code == 401 and TOKEN not in wrong.text
        finally:
            process.send_signal(signal.SIGINT)
            out, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors and TOKEN not in out + errors
    assert process.returncode in {0, 130}
