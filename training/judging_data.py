"""Gather what the judging reader is taught on: questions and statements, each with a text.

    python -m training.judging_data DATA OUT

Questions are read for spans, for the sentences that answer, for yes or no, and for whether the text answers at all;
statements are judged by the text. Every tenth article of the written questions is kept apart (``held.json``), so
that the weighing of what is read can be fitted on what the network has not seen; so are all articles that the
development part holds. ``training/README.md`` names the sets and their licences.
"""

from __future__ import annotations

import json
import pickle
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.examples import open_text
from assistant.question.as_statement import as_statement
from assistant.text.sentences import split_sentences
from assistant.text.tokens import STOP_WORDS
from training.reader_data import DEV_SHARE, SEED

SUPPORTED, CONTRADICTED, NEITHER, NOT_SUPPORTED = range(4)
WORD = re.compile(r"\w+")
# candidates for a wrong short answer: numbers, and runs of capitalised words
OTHER = re.compile(r"\$?\d[\d,.]*\d|\d|(?:[A-Z][\w'’-]+(?: (?:of |the |and )?(?=[A-Z]))?)+")
WINDOWS = (25, 40, 55, 70, 85)
PAIRED = 0.5
ALONE = 0.6
# what sets the numbers of further pairs apart
FURTHER = 10**7
HELD = 10

Span = tuple[int, int]
Source = dict[str, Any]


@dataclass(slots=True)
class Row:
    """A question ("q") or statement ("s") with a title and a text.

    ``label``: 1 and 0 for a question that the text answers or not; of a statement SUPPORTED, CONTRADICTED, NEITHER,
    or NOT_SUPPORTED where the set does not say which of the last two. ``verdict``: 0 yes, 1 no, -1 for no such
    question. ``spans`` and ``evidence`` are offsets in the text of the short answer and of the sentences that
    answer, None where they are not known. Statements of one ``pair`` differ in little: the supported one should be
    the likelier. ``chance``: how likely a statement is supported, as another model says; it stands for the label.
    """

    asked: str
    title: str
    text: str
    task: str
    label: int
    source: str
    verdict: int = -1
    spans: list[Span] | None = None
    evidence: list[Span] | None = None
    pair: int = -1
    chance: float | None = None


class Text:
    """A text cut into sentences, from which runs can be taken."""

    def __init__(self, text: str, title: str = "") -> None:
        self.title, self.text = title, text
        self.sentences = [(one.start, one.end) for one in split_sentences(text)]

    def overlapping(self, spans: Sequence[Sequence[int]]) -> list[int]:
        """Return the numbers of the sentences that share something with spans."""
        return [
            number
            for number, (start, end) in enumerate(self.sentences)
            if any(min(end, b) > max(start, a) for a, b in spans)
        ]

    def run(
        self, keep: Sequence[int], words: int, chance: random.Random, drop: Sequence[int] = ()
    ) -> tuple[str, dict[int, Span]] | None:
        """Take the sentences ``keep`` and others around them, to so many words, without those of ``drop``.

        Returns the run and where each sentence lies in it; None where nothing is left.
        """
        left = [number for number in range(len(self.sentences)) if number not in drop]
        places = [left.index(number) for number in keep if number in left]
        if not places:
            return None
        first, last = min(places), min(max(places), min(places) + 12)
        lengths = [len(self.text[slice(*self.sentences[number])].split()) for number in left]
        while sum(lengths[first : last + 1]) < words and (first > 0 or last < len(left) - 1):
            if first > 0 and (last == len(left) - 1 or chance.random() < 0.5):
                first -= 1
            else:
                last += 1
        run, where = "", {}
        for number in left[first : last + 1]:
            part = " ".join(self.text[slice(*self.sentences[number])].split())
            run += " " if run else ""
            where[number] = (len(run), len(run) + len(part))
            run += part
        return run, where


def load(path: Path) -> list[Source]:
    """Read JSON lines, compressed or not."""
    with open_text(path) as file:
        return [json.loads(line) for line in file]


def occurrences(text: str, answers: Sequence[str]) -> list[Span]:
    """Find answers as whole words."""
    found = []
    for answer in (" ".join(one.split()) for one in answers):
        if answer:
            found += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)]
    return found


def written_questions(
    questions: list[Source], texts: dict[str, Text], chance: random.Random
) -> Iterator[Row]:
    """Yield each question with runs around its sentences, without them, and with its answer as a statement."""
    for number, one in enumerate(questions):
        text = texts[one["article"]]
        gold = text.overlapping(one["sentences"])
        if not gold:
            continue
        able, yesno = bool(one["answerable"]), one["kind"] == "yesno"
        for again in ("", "+"):
            run = text.run(gold, chance.choice(WINDOWS), chance)
            if run is None:
                continue
            evidence = [run[1][place] for place in gold if place in run[1]] if able else []
            spans: list[Span] | None = [] if not able else None
            if able and one["short"]:
                spans = [
                    span
                    for span in occurrences(run[0], [one["short"]])
                    if any(a <= span[0] and span[1] <= b for a, b in evidence)
                ] or None
            verdict = ("yes", "no").index(one["verdict"]) if able and yesno and one["verdict"] else -1
            kind = f"written-{one['kind']}{again}"
            yield Row(one["question"], text.title, run[0], "q", int(able), kind, verdict, spans, evidence)
        if able and chance.random() < 0.35:
            others = [place for place in range(len(text.sentences)) if place not in gold]
            run = (
                text.run([chance.choice(others)], chance.choice((40, 60, 80)), chance, gold)
                if others
                else None
            )
            if run and not (one["short"] and occurrences(run[0], [one["short"]])):
                yield Row(one["question"], text.title, run[0], "q", 0, "written-elsewhere", -1, [], [])
        yield from answers_as_statements(one, text, gold, number, chance)


def answers_as_statements(
    one: Source, text: Text, gold: list[int], number: int, chance: random.Random
) -> Iterator[Row]:
    """Yield a question followed by its answer, and by a wrong one, as statements."""
    asked = one["question"]
    if not one["answerable"]:
        if one["short"] and chance.random() < 0.5:
            run = text.run(gold, chance.choice((1, 40, 70)), chance)
            if run:
                for said in (f"{asked} {one['short']}.", as_statement(asked, one["short"])):
                    yield Row(said, text.title, run[0], "s", NOT_SUPPORTED, "answer")
        return
    if not (one["short"] or one["verdict"]) or chance.random() >= 0.6:
        return
    run = text.run(gold, chance.choice((1, 1, 40, 60)), chance)
    if run is None:
        return
    if one["kind"] == "yesno":
        right, wrong = ("Yes", "No") if one["verdict"] == "yes" else ("No", "Yes")
        label = CONTRADICTED
    else:
        right, label = one["short"], NOT_SUPPORTED
        numeric = any(map(str.isdigit, right))
        found = [
            m
            for m in OTHER.findall(run[0])
            if m not in right and right not in m and m not in asked and m.strip().lower() not in STOP_WORDS
        ]
        alike = [m for m in found if any(map(str.isdigit, m)) == numeric] or found
        wrong = chance.choice(alike).strip() if alike else ""
    yield Row(f"{asked} {right}.", text.title, run[0], "s", SUPPORTED, "answer", pair=number)
    if wrong:
        yield Row(f"{asked} {wrong}.", text.title, run[0], "s", label, "answer", pair=number)
    if one["kind"] != "yesno":
        pair = number + FURTHER
        said = as_statement(asked, right)
        yield Row(said, text.title, run[0], "s", SUPPORTED, "answer-stated", pair=pair)
        if wrong:
            yield Row(as_statement(asked, wrong), text.title, run[0], "s", label, "answer-stated", pair=pair)


def verdicts_as_statements(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Yield each yes or no question as what it asks about, true, untrue or open, by its sentences or its run."""
    for one in rows:
        if one.verdict >= 0 or (one.source.startswith("written-yesno") and not one.label):
            text = one.text
            if one.evidence and chance.random() < ALONE:
                text = " ".join(text[start:end] for start, end in one.evidence)
            label = NEITHER if one.verdict < 0 else (SUPPORTED, CONTRADICTED)[one.verdict]
            yield Row(as_statement(one.asked), one.title, text, "s", label, f"asked-{one.source}")


def written_statements(
    statements: list[Source], texts: dict[str, Text], chance: random.Random
) -> Iterator[Row]:
    """Yield each statement with its sentences alone and with some around them; alike ones form pairs."""
    pairs = minimal_pairs(statements)
    for number, one in enumerate(statements):
        text = texts[one["article"]]
        gold = text.overlapping(one["sentences"])
        label = SUPPORTED if one["label"] == "supported" else NOT_SUPPORTED
        for turn, words in enumerate((1, chance.choice((1, 40, 70)))):
            run = text.run(gold, words, chance) if gold else None
            if run:
                pair = 2 * pairs[number] + turn + 10**6 if number in pairs else -1
                source = f"statement-{one['error'] or 'true'}" + "+" * turn
                yield Row(one["statement"], text.title, run[0], "s", label, source, pair=pair)


def minimal_pairs(statements: list[Source]) -> dict[int, int]:
    """Pair each unsupported statement with the supported one of its article that shares most of its words."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        groups[one["article"]].append(number)
    words = [Counter(WORD.findall(one["statement"].lower())) for one in statements]
    pairs: dict[int, int] = {}
    for group in groups.values():
        for wrong in (n for n in group if statements[n]["label"] == "unsupported"):
            shares = {
                n: (words[n] & words[wrong]).total() / max(words[n].total(), words[wrong].total())
                for n in group
                if statements[n]["label"] == "supported" and n not in pairs
            }
            best = max(shares, key=lambda n: shares[n], default=None)
            if best is not None and shares[best] > PAIRED:
                pairs[best] = pairs[wrong] = wrong
    return pairs


def searched(questions: list[Source], texts: dict[str, Text], chance: random.Random) -> Iterator[Row]:
    """Yield for each question a passage of another article that its words find and that does not answer."""
    import bm25s

    runs: list[tuple[str, str, str]] = []
    for name, text in texts.items():
        at = 0
        while at < len(text.sentences):
            run = text.run([at], 80, random.Random(at))
            last = max(run[1]) if run else at
            runs.append(
                (name, text.title, " ".join(text.text[slice(*s)] for s in text.sentences[at : last + 1]))
            )
            at = last + 1
    finder = bm25s.BM25()
    finder.index(bm25s.tokenize([f"{title} {text}" for _, title, text in runs], stopwords="en"))
    asked = bm25s.tokenize([one["question"] for one in questions], stopwords="en")
    found, _ = finder.retrieve(asked, k=12)
    for one, places in zip(questions, found, strict=True):
        own = texts[one["article"]].title
        for name, title, text in (runs[int(place)] for place in places):
            holds = one["short"] and one["short"].lower() in text.lower()
            if name != one["article"] and title != own and not holds and chance.random() < 0.5:
                cut = " ".join(text.split()[: chance.choice((50, 75))])
                yield Row(one["question"], title, cut, "q", 0, "searched", -1, [], [])
                break


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


def main() -> int:
    """Gather the rows and write ``rows.pkl``, ``dev.pkl`` and ``held.json``."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    written = data / "written"
    sets = {
        (part, kind): load(written / f"{part}-{kind}.jsonl")
        for part in ("train", "dev")
        for kind in ("questions", "statements")
    }
    needed = {one["article"] for rows in sets.values() for one in rows}
    articles = {one["id"]: one for one in load(data / "realtimeqa" / "train-articles.jsonl.xz")}
    developed = {one["id"]: one for one in load(data / "realtimeqa" / "dev-articles.jsonl.xz")}
    others = set(chance.sample(sorted(articles), 6000))
    held = {one for one in needed if zlib.crc32(one.encode()) % HELD == 0} - developed.keys()
    texts = {
        name: Text(one["text"], one["title"] or "")
        for name, one in (articles | developed).items()
        if name in needed | others
    }
    apart = held | developed.keys()
    taught = {
        kind: [one for one in sets["train", kind] if one["article"] not in apart]
        for kind in ("questions", "statements")
    }
    rows = [
        *written_questions(taught["questions"], texts, chance),
        *written_statements(taught["statements"], texts, chance),
        *searched(taught["questions"], {n: t for n, t in texts.items() if n not in apart}, chance),
        *natural(data),
        *public_questions(data, chance),
        *entailment(data),
    ]
    rows += verdicts_as_statements(rows, chance)
    train, dev = squad(data, chance)
    rows += train
    dev += [
        one
        for one in written_questions(sets["dev", "questions"], texts, chance)
        if not one.source.endswith("+")
    ]
    dev += verdicts_as_statements(dev, chance)
    dev += [
        one
        for one in written_statements(sets["dev", "statements"], texts, chance)
        if not one.source.endswith("+")
    ]
    print(Counter(one.source for one in rows), len(rows), len(dev))
    (out / "held.json").write_text(json.dumps(sorted(held)))
    (out / "rows.pkl").write_bytes(pickle.dumps(rows))
    (out / "dev.pkl").write_bytes(pickle.dumps(dev))
    return 0


if __name__ == "__main__":
    sys.exit(main())
