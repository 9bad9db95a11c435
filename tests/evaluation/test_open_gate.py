"""The gate of open questions and of conversations: a spread of each kind keeps what was measured."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from assistant import Assistant, Settings, evaluate, load_examples
from assistant.evaluation.evaluate import Report
from assistant.evaluation.gates import parse_gates
from assistant.types import Example

FOLDER = Path(__file__).parent.parent.parent / "assistant" / "evaluation"
OPEN, CONVERSED = 5, 5
"""Of each kind of open question, and of the conversations, every so many-th is asked."""


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant.build(FOLDER / "subjects", Settings(index=tmp_path_factory.mktemp("subjects") / "index"))


def rows(name: str) -> tuple[Example, ...]:
    with pytest.warns(UserWarning, match="unknown fields"):
        return load_examples(FOLDER / "questions" / f"{name}.jsonl")


def spread(examples: Iterable[Example], every: int) -> list[Example]:
    """Take every so many-th question of each kind, the last ones first: they were written last."""
    by_kind = defaultdict(list)
    for example in examples:
        by_kind[example.category].append(example)
    return [example for kind in by_kind.values() for example in kind[::-every]]


def asked(name: str, assistant: Assistant, examples: list[Example]) -> Report:
    report = evaluate(assistant.answer_example, examples)
    gates = parse_gates([f"@{FOLDER / 'questions' / f'{name}-gates.txt'}"])
    failed = [f"{gate}: {report.value(gate.metric)}" for gate in gates if not gate.passes(report)]
    values = {kind: (one["accuracy"], one["questions"]) for kind, one in report.categories.items()}
    assert not failed, (failed, values, [(r.example.id, r.verdict) for r in report.results])
    return report


def test_open_questions_on_the_corpus_keep_their_gates(corpus_assistant: Assistant) -> None:
    asked("open-corpus", corpus_assistant, spread(rows("open-corpus"), OPEN))


def test_open_questions_on_other_subjects_keep_their_gates(subjects: Assistant) -> None:
    asked("open-subjects", subjects, spread(rows("open-subjects"), OPEN))


def test_conversations_keep_their_gate(subjects: Assistant) -> None:
    conversations = [one for one in rows("conversations") if not of_the_corpus(one)]
    asked("conversations", subjects, conversations[::CONVERSED])


def test_conversations_on_the_corpus_keep_their_gate(corpus_assistant: Assistant) -> None:
    conversations = [one for one in rows("conversations") if of_the_corpus(one)]
    asked("conversations-corpus", corpus_assistant, conversations[:: CONVERSED // 2])


def of_the_corpus(example: Example) -> bool:
    """Return True for a conversation on the demonstration articles: they have the last twelve numbers."""
    return int(example.id[-3:]) >= 49
