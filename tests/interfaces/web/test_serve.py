"""The chat as the command line starts it."""

import signal
import socket
import subprocess
import sys

import httpx
from web_articles import PRESS
from web_served import make_index


def test_the_command_says_where_it_serves_and_stops_when_interrupted(tmp_path):
    make_index(tmp_path, PRESS[:1])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "chat", "--index", str(tmp_path), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline()
            assert said == f"Serving on http://127.0.0.1:{port}\n"
            assert httpx.get(f"http://127.0.0.1:{port}/", timeout=30).status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
            errors = process.communicate(timeout=30)[1]
    assert "Traceback" not in errors
    assert process.returncode in {0, 130}
