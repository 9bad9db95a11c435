"""The gate that CI holds: the project's own questions on the demonstration articles."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.evaluation import evaluate, load_examples
from assistant.evaluation.gates import parse_gates
from assistant.index import Index

QUESTIONS = Path(__file__).parents[2] / "assistant" / "evaluation" / "questions"


class BackwardsIndex(Index):
    """An index whose searches give the worst of what they find the best score."""

    def search_vectors(self, *arguments, **options):
        return backwards(super().search_vectors(*arguments, **options))

    def search_words(self, *arguments, **options):
        return backwards(super().search_words(*arguments, **options))

    def similarities(self, *arguments, **options):
        return {row: -cosine for row, cosine in super().similarities(*arguments, **options).items()}


def backwards(found):
    return [(row, score) for (row, _), (_, score) in zip(reversed(found), found, strict=True)]


@pytest.fixture(scope="module")
def gates():
    return parse_gates([f"@{QUESTIONS / 'gates.txt'}"])


def failed(gates, report):
    return [f"{gate}: {report.value(gate.metric)}" for gate in gates if not gate.passes(report)]


@pytest.fixture(scope="module")
def sound(corpus_assistant):
    articles = {one.id for one in corpus_assistant.index.articles()}
    return evaluate(
        corpus_assistant.answer_example, load_examples(QUESTIONS / "corpus.jsonl"), articles=articles
    )


def test_the_questions_on_the_corpus_keep_every_gate(sound, gates):
    assert sound.missing_evidence == {}
    assert failed(gates, sound) == []


def test_the_gate_fails_when_retrieval_is_broken(corpus_assistant, corpus_settings: Settings, gates, sound):
    examples = load_examples(QUESTIONS / "corpus.jsonl")[::4]
    watched = {"answer_recall@3", "recall@3", "mrr", "accuracy"}
    assert not watched & {gate.metric for gate in gates if not gate.passes(sound)}
    with BackwardsIndex.open(corpus_settings) as index:
        broken = Assistant(index, corpus_assistant.embedder, corpus_settings, reader=corpus_assistant.reader)
        report = evaluate(broken.answer_example, examples)
    assert report.metrics["errors"] == 0
    assert watched <= {gate.metric for gate in gates if not gate.passes(report)}


@pytest.mark.parametrize("name", ["sides", "names"])
def test_the_questions_on_who_says_what_and_on_names_keep_their_gates(corpus_assistant, name):
    report = evaluate(corpus_assistant.answer_example, load_examples(QUESTIONS / f"{name}.jsonl"))
    assert failed(parse_gates([f"@{QUESTIONS / f'{name}-gates.txt'}"]), report) == []
