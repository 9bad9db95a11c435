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
from pathlib import Path

from assistant.question.as_statement import as_statement
from assistant.text.tokens import STOP_WORDS
from training.judging_public import entailment, natural, public_questions, squad
from training.judging_row import (
    CONTRADICTED,
    NEITHER,
    NOT_SUPPORTED,
    SUPPORTED,
    WORD,
    Row,
    Source,
    Span,
    Text,
    load,
    occurrences,
)
from training.reader_data import SEED

# candidates for a wrong short answer: numbers, and runs of capitalised words
OTHER = re.compile(r"\$?\d[\d,.]*\d|\d|(?:[A-Z][\w'’-]+(?: (?:of |the |and )?(?=[A-Z]))?)+")
WINDOWS = (25, 40, 55, 70, 85)
PAIRED = 0.5
ALONE = 0.6
# what sets the numbers of further pairs apart
FURTHER = 10**7
HELD = 10


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


def silent(rows: Sequence[Row], questions: list[Source], chance: random.Random) -> Iterator[Row]:
    """Yield written questions as statements with texts that lack the answer: neither supported nor contradicted."""
    known = {one["question"]: one for one in questions}
    for row in rows:
        if row.source in {"written-elsewhere", "searched"}:
            one = known[row.asked]
            answer = one["short"]
            if one["verdict"]:
                yield Row(as_statement(row.asked), row.title, row.text, "s", NEITHER, "silent-yesno")
            elif answer and answer.lower() not in row.text.lower():
                said = f"{row.asked} {answer}." if chance.random() < 0.5 else as_statement(row.asked, answer)
                yield Row(said, row.title, row.text, "s", NEITHER, "silent")


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
    rows += silent(rows, taught["questions"], random.Random(SEED))
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
