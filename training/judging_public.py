"""The public sets of questions and statements that the judging reader is taught on besides."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from assistant.text.sentences import split_sentences
from training.judging_row import (
    CONTRADICTED,
    NEITHER,
    NOT_SUPPORTED,
    SUPPORTED,
    WORD,
    Row,
    Span,
    Text,
    load,
    occurrences,
)
from training.reader_data import DEV_SHARE, SEED


def squad(data: Path, chance: random.Random) -> tuple[list[Row], list[Row]]:
    """Read SQuAD 2.0: rows to train on, and whole paragraphs of the titles kept apart, as for the small reader."""
    rows = load(data / "squad2" / "questions.jsonl")
    titles = sorted({row["title"] for row in rows})
    random.Random(SEED).shuffle(titles)
    apart = set(titles[: int(len(titles) * DEV_SHARE)])
    train, dev = [], []
    for row in rows:
        text, title = row["context"], row["title"].replace("_", " ")
        spans = sorted({(a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]})
        if row["title"] not in apart and spans and len(text.split()) > 90 and chance.random() < 0.7:
            whole = Text(text)
            run = whole.run(whole.overlapping(spans[:1]), 80, chance)
            text = run[0] if run else text
            spans = occurrences(text, [a["text"] for a in row["answers"]])
        evidence: list[Span] | None = None if spans else []
        one = Row(row["question"], title, text, "q", int(bool(spans)), "squad", -1, spans, evidence)
        (dev if row["title"] in apart else train).append(one)
    return train, dev


def natural(data: Path) -> Iterator[Row]:
    """Read Natural Questions, five titles of six, also with the answering sentences taken out."""
    for row in load(data / "nq" / "nq-open-oracle.jsonl.gz"):
        context = row["ctxs"][0]
        spans = occurrences(context["text"], row["answers"])
        if not spans or not zlib.crc32(context["title"].encode()) % 6:
            continue
        yield Row(row["question"], context["title"], context["text"], "q", 1, "nq", -1, spans, None)
        text = Text(context["text"])
        gold = text.overlapping(spans)
        rest = " ".join(text.text[slice(*s)] for n, s in enumerate(text.sentences) if n not in gold)
        if len(rest.split()) > 25 and not occurrences(rest, row["answers"]):
            yield Row(row["question"], context["title"], rest, "q", 0, "nq-without", -1, [], [])


def public_questions(data: Path, chance: random.Random) -> Iterator[Row]:
    """Read the public sets of questions: yes or no, times, reasons, short facts."""
    for name in ("boolq", "strategyqa", "timeqa", "qadiscourse", "causal-news", "qamr"):
        for row in load(data / "questions" / f"{name}.jsonl.xz"):
            title = row["contexts"][0]["title"]
            text = " ".join(" ".join(one["text"].split()) for one in row["contexts"])
            if row["answer_kind"] == "yesno" and row["answers"][0] in {"yes", "no"}:
                verdict = int(row["answers"][0] == "no")
                cut = " ".join(text.split()[:100])
                yield Row(row["question"], title, cut, "q", 1, name, verdict)
                continue
            spans = occurrences(text, row["answers"])
            if len(text.split()) > 130:
                whole = Text(text)
                gold = whole.overlapping(spans[:1]) if spans else [chance.randrange(len(whole.sentences))]
                run = whole.run(gold, 100, chance)
                text = run[0] if run else text
                spans = occurrences(text, row["answers"])
            if row["answer_kind"] == "none":
                yield Row(row["question"], title, text, "q", 0, name, -1, [], [])
            elif spans:
                yield Row(row["question"], title, text, "q", 1, name, -1, spans)


def entailment(data: Path) -> Iterator[Row]:
    """Read the public sets of statements with the text that supports or contradicts them."""
    labels = {"supported": SUPPORTED, "contradicted": CONTRADICTED, "unsupported": NOT_SUPPORTED}
    for name in (
        "mnli-dev", "fool-me-twice", "summedits-news", "bump", "falke-sentence-pairs", "expertqa",
        "factcheck-gpt", "fever-symmetric", "summedits-other", "q-squared", "breaking-nli", "cannot",
    ):  # fmt: skip
        for row in load(data / "entailment" / f"{name}.jsonl.xz"):
            if row.get("bert_right", 100) < 20:
                continue
            neutral = name == "mnli-dev" and row["label"] == "unsupported"
            label = NEITHER if neutral else labels[row["label"]]
            yield Row(row["sentence"], "", nearest(row["source"], row["sentence"]), "s", label, name)


def nearest(text: str, statement: str, most: int = 110) -> str:
    """Keep the sentences of a long text that share most with a statement, in their order."""
    text = " ".join(text.split())
    if len(text.split()) <= 150:
        return text
    parts = [text[one.start : one.end] for one in split_sentences(text)]
    wanted = set(WORD.findall(statement.lower()))
    shares = [len(wanted & set(WORD.findall(one.lower()))) / (6 + len(one.split())) ** 0.3 for one in parts]
    kept, words = set(), 0
    for number in sorted(range(len(parts)), key=lambda n: -shares[n]):
        if words > most:
            break
        kept.add(number)
        words += len(parts[number].split())
    return " ".join(parts[number] for number in sorted(kept))
