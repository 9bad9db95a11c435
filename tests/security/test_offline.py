"""Nothing leaves the machine: command line, web chat and evaluation, denied the network, make not one attempt."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RUN = Path(__file__).with_name("offline_run.py")
NAMESPACE = ["unshare", "--map-root-user", "--net", "--mount"]
WAYS = ["connect", "connect", "sendto", "getaddrinfo"]


def namespaces() -> bool:
    """Whether this machine lets a process have a network, and a list of name servers, of its own."""
    mounts = ["mount", "--bind", "/etc/resolv.conf", "/etc/resolv.conf"]
    try:
        return subprocess.run([*NAMESPACE, *mounts], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def counted(folder: Path, corpus: str, questions: str = "") -> dict[str, Any]:
    apart = namespaces()
    command = [*(NAMESPACE if apart else []), sys.executable, str(RUN), str(folder), corpus, questions]
    # No other variable: packages keep quiet where one says so, or where it looks like a build server.
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    home = folder / "home"
    home.mkdir()
    kept["MPLCONFIGDIR"] = str(
        Path.home() / ".cache" / "matplotlib"
    )  # its list of fonts takes ten seconds to make
    done = subprocess.run(
        [*command, *(["--in-namespace"] if apart else [])],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    # What a package keeps to send when it can lies here, even where the run was too short for an attempt.
    assert [path for path in home.rglob("*") if path.is_file()] == []
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_attempt_to_leave_is_refused_and_counted(tmp_path: Path) -> None:
    found = counted(tmp_path, "--prove")
    assert found["attempts"] == [
        "socket.connect '192.0.2.1'",
        "socket.connect '2001:db8::1'",
        "socket.sendto '192.0.2.1'",
        "socket.getaddrinfo 'river.test'",
    ]
    counts = found["kernel"] is not None
    assert found["ran"] == WAYS * (2 if counts else 1)
    assert not counts or found["kernel"] >= len(WAYS)


@pytest.mark.parametrize(
    "articles", [6, pytest.param(None, marks=pytest.mark.slow)], ids=["a few articles", "the whole corpus"]
)
def test_not_one_attempt_to_leave(tmp_path: Path, articles: int | None) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in sorted((ROOT / "corpus").glob("*.md"))[:articles]:
        if path.name != "README.md":
            (corpus / path.name).write_bytes(path.read_bytes())
    questions = tmp_path / "questions.jsonl"
    rows = (ROOT / "assistant/evaluation/questions/corpus.jsonl").read_text().splitlines(keepends=True)
    questions.write_text("".join(rows[: 5 if articles else None]))
    found = counted(tmp_path, str(corpus), str(questions))
    assert found["ran"] == ["ingest", "ask", "search", "list", "evaluate", "doctor", "chat"]
    assert found["attempts"] == []
    assert found["kernel"] in {None, 0}
