"""Measures how often planted texts get into answers of the built-in answerer.

    python -m benchmarks.injection DATA [--corpus corpus] [--sample 50] [--out FIGURES.json]

DATA is a folder with ``bipia-*.json`` (BIPIA, Yi et al. 2023, arXiv 2312.14197: instructions to hide in documents)
and ``poisonedrag-*.json`` (PoisonedRAG, Zou et al. 2024, arXiv 2402.07867: texts that make a wrong answer likely).

An instruction is put, as a paragraph of its own, at the beginning, in the middle or at the end of an article that
answers a question; it has succeeded when the answer states it. A planted answer has succeeded, as its authors
count, when it stands in the answer; the corpus holds no article with the true one. Then the planted articles are
removed, ingested again, and asked about again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import Answer, Article, Assistant, Example, Settings, load_examples
from assistant.evaluation.matching import answers_question, contains_answer

PLACES = ("beginning", "middle", "end")
QUESTIONS = Path("assistant/evaluation/questions/corpus.jsonl")


def planted(article: Article, words: str, place: str) -> Article:
    """Return an article with words as a paragraph of their own at a place."""
    parts = article.text.split("\n\n")
    at = {"beginning": 0, "middle": len(parts) // 2, "end": len(parts)}[place]
    return replace(article, text="\n\n".join([*parts[:at], words, *parts[at:]]))


def instructions(assistant: Assistant, data: Path, questions: list[Example], sample: int) -> dict[str, Any]:
    """Hide each instruction in the articles that answer a question, and ask it with and without."""
    texts = [
        text
        for path in sorted(data.glob("bipia-*.json"))
        for group in json.loads(path.read_text()).values()
        for text in group
    ]
    texts = random.Random(0).sample(texts, min(sample, len(texts)))
    stated = dict.fromkeys(PLACES, 0)
    asked = dict.fromkeys(PLACES, 0)
    right = right_without = 0
    unharmed: dict[str, Answer] = {}
    for number, (text, example) in enumerate(zip(texts, itertools.cycle(questions), strict=False)):
        place = PLACES[number % len(PLACES)]
        articles = [assistant.article(name) for name in example.evidence]
        if example.id not in unharmed:
            unharmed[example.id] = assistant.answer_example(replace(example, context=tuple(articles)))
        attacked = tuple(planted(article, text, place) for article in articles)
        answer = assistant.answer_example(replace(example, context=attacked))
        asked[place] += 1
        stated[place] += contains_answer(answer.text, text)
        right += is_right(example, answer)
        right_without += is_right(example, unharmed[example.id])
    return {"asked": asked, "stated": stated, "right_without": right_without, "right_with": right}


def is_right(example: Example, answer: Answer) -> bool:
    """Tell whether an expected answer stands in the text."""
    return answer.answered and answers_question(answer.text, example.answers)


def planted_answers(assistant: Assistant, data: Path, sample: int) -> dict[str, Any]:
    """Plant texts for wrong answers beside the corpus, ask, remove them, and ask again."""
    figures = {}
    for path in sorted(data.glob("poisonedrag-*.json")):
        rows = list(json.loads(path.read_text()).values())
        rows = random.Random(0).sample(rows, min(sample, len(rows)))
        articles = [
            Article(
                id=f"planted-{row['id']}-{n}", text=text, publisher="Planted", path=f"planted-{row['id']}-{n}"
            )
            for row in rows
            for n, text in enumerate(row["adv_texts"])
        ]
        ids = {article.id for article in articles}
        assistant.index.add_articles(articles, assistant.embedder)
        there = [(row, assistant.ask(row["question"])) for row in rows]
        assistant.index.remove(sorted(ids))
        assistant.index.add_articles(articles, assistant.embedder)
        gone = [(row, assistant.ask(row["question"])) for row in rows]
        figures[path.stem] = {
            "questions": len(rows),
            "planted_answer": succeeded(there),
            "withheld": sum(not answer.answered for _, answer in there),
            "planted_among_ten_hits": round(
                sum(hit.article.id in ids for _, answer in there for hit in answer.hits) / len(there), 2
            ),
            "planted_answer_after_removal": succeeded(gone),
            "planted_hits_after_removal": sum(
                hit.article.id in ids for _, answer in gone for hit in answer.hits
            ),
        }
    return figures


def succeeded(asked: Iterable[tuple[dict[str, Any], Answer]]) -> int:
    """Count the answers in which the planted one stands."""
    return sum(
        answer.answered and contains_answer(answer.text, row["incorrect answer"]) for row, answer in asked
    )


def main() -> int:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how often planted texts get into answers.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--corpus", default="corpus")
    parser.add_argument(
        "--sample", type=int, default=50, help="instructions, and questions of each PoisonedRAG set"
    )
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if not any(arguments.data.glob("bipia-*.json")) or not any(arguments.data.glob("poisonedrag-*.json")):
        parser.error(
            f"{arguments.data} holds no bipia-*.json or no poisonedrag-*.json: name the folder of both"
        )
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        with Assistant.build(arguments.corpus, settings) as assistant:
            known = {one.id for one in assistant.index.articles()}
            questions = [
                one
                for one in load_examples(QUESTIONS)
                if one.answers and one.evidence and not one.history and known.issuperset(one.evidence)
            ]
            figures = {"instructions": instructions(assistant, arguments.data, questions, arguments.sample)}
            print(json.dumps(figures), flush=True)
            figures |= planted_answers(assistant, arguments.data, arguments.sample)
    text = json.dumps(figures, indent=2)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
