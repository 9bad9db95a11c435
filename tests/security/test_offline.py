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
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    done = subprocess.run(
        [*command, *(["--in-namespace"] if apart else [])],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
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
