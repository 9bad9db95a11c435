"""Let the shipped reader choose what answers quiz questions, of which only the answer's words are known.

    python -m training.judging_quiz DATA JUDGING-DATA

RealTimeQA (Kasai et al. 2022), training part: each question with the run of sentences that the reader finds
likeliest among those that hold the answer's words, and with the one that it finds likeliest among those that do not
(distant supervision; Mintz et al. 2009; the likeliest one as the right one: Min et al. 2019). ``quiz.pkl`` joins
``rows.pkl``.
"""

from __future__ import annotations

import json
import pickle
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.models.load import judging_reader
from assistant.models.reader import PassageReading, Reader
from training.judging_row import Row, Source, Span, Text, load, occurrences

# runs of a question that are read: so many with the answer, so many without, the most alike by words
WITH, WITHOUT = 4, 3
ARTICLES = 4
WORDS = 75
# log odds under which the likeliest run is taken for one that holds the words by chance
ANSWERS = 0.0
AT_ONCE = 200
SHORTEST = 2


def runs_of(text: Text) -> list[tuple[str, list[Span]]]:
    """Cut a text into runs of some 75 words, each with where its sentences lie."""
    runs, at = [], 0
    while at < len(text.sentences):
        run = text.run([at], WORDS, random.Random(at), drop=range(at))
        if run is None:
            break
        runs.append((run[0], list(run[1].values())))
        at = max(run[1]) + 1
    return runs


def articles_of(one: Source) -> list[str]:
    """Return the articles of a question that are read: the first that hold the answer, and the first found."""
    return list(dict.fromkeys([*one["contains_answer"][:ARTICLES], *one["retrieved"][:ARTICLES]]))


def alike(
    question: str, runs: list[tuple[str, str, list[Span]]], most: int
) -> list[tuple[str, str, list[Span]]]:
    """Return the runs that share most words with a question, by BM25 among them."""
    if len(runs) <= most:
        return runs
    import bm25s

    finder = bm25s.BM25()
    finder.index(
        bm25s.tokenize([f"{title} {text}" for title, text, _ in runs], stopwords="en", show_progress=False),
        show_progress=False,
    )
    asked = bm25s.tokenize([question], stopwords="en", show_progress=False)
    found, _ = finder.retrieve(asked, k=most, show_progress=False)
    return [runs[int(place)] for place in found[0]]


def within(reading: PassageReading, places: list[Span]) -> float:
    """Return the probability of the reader's spans that share words with places."""
    return sum(
        span.probability
        for span in reading.spans
        if any(min(span.end, end) > max(span.start, start) for start, end in places)
    )


def quiz_rows(questions: list[Source], texts: dict[str, Text], reader: Reader) -> Iterator[Row]:
    """Yield each question with the likeliest run that holds the answer, and the likeliest one that does not."""
    for one in questions:
        answers = [answer for answer in one["answers"] if len(answer) >= SHORTEST]
        runs = [
            (texts[name].title, *run)
            for name in articles_of(one)
            if name in texts
            for run in runs_of(texts[name])
        ]
        named = [run for run in runs if any(a.lower() in run[1].lower() for a in answers)]
        holding = alike(one["question"], [run for run in named if occurrences(run[1], answers)], WITH)
        others = alike(one["question"], [run for run in runs if run not in named], WITHOUT)
        best: tuple[float, str, str, list[Span], list[Span]] | None = None
        for (title, text, sentences), reading in zip(
            holding, reader.read(one["question"], [run[:2] for run in holding]), strict=True
        ):
            places = occurrences(text, answers)
            score = reading.answers + 4 * within(reading, places)
            if reading.answers > ANSWERS and (best is None or score > best[0]):
                said = max(
                    reading.spans, key=lambda s: (within(PassageReading(0, (s,)), places) > 0, s.probability)
                )
                evidence = [s for s in sentences if s[0] <= said.start < s[1]]
                best = score, title, text, places, evidence
        if best is None:
            continue
        _, title, text, places, evidence = best
        inside = [p for p in places if any(a <= p[0] and p[1] <= b for a, b in evidence)]
        yield Row(one["question"], title, text, "q", 1, "quiz", -1, inside or places, evidence or None)
        rivals = reader.read(one["question"], [run[:2] for run in others])
        if rivals:
            title, text, _ = others[max(range(len(rivals)), key=lambda n: rivals[n].answers)]
            yield Row(one["question"], title, text, "q", 0, "quiz-without", -1, [], [])


def main() -> int:
    """Choose the runs of every quiz question and write ``quiz.pkl``."""
    data, gathered = Path(sys.argv[1]), Path(sys.argv[2])
    questions = load(data / "realtimeqa" / "train-questions.jsonl")
    wanted = {name for one in questions for name in articles_of(one)}
    apart = set(json.loads((gathered / "held.json").read_text())) | {
        one["id"] for one in load(data / "realtimeqa" / "dev-articles.jsonl.xz")
    }
    texts = {
        one["id"]: Text(one["text"], one["title"] or "")
        for one in load(data / "realtimeqa" / "train-articles.jsonl.xz")
        if one["id"] in wanted and one["id"] not in apart
    }
    rows: list[Row] = []
    for at in range(0, len(questions), AT_ONCE):
        rows += quiz_rows(questions[at : at + AT_ONCE], texts, judging_reader())
        (gathered / "quiz.pkl").write_bytes(pickle.dumps(rows))
        print(at, Counter(one.source for one in rows), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
