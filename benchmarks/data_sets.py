"""The public data sets that are converted: each function yields the files to write, with their rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.evaluation.examples import open_text
from assistant.evaluation.ranking import distinct

Row = dict[str, Any]
_PASSAGE = re.compile(r"^passage \d+:", re.MULTILINE)


def realtimeqa(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert RealTimeQA (Kasai et al. 2023, arXiv 2207.13332): weekly news quizzes and the articles found.

    The evidence is every article that holds the answer string; without one, the category says so.
    Questions that end in "except" are left out, as their authors do.
    """
    for questions in sorted(source.glob("*-questions.jsonl")):
        part = questions.name.removesuffix("-questions.jsonl")
        yield (
            f"{part}-questions.jsonl",
            (
                {
                    "id": row["id"],
                    "question": row["question"],
                    "answers": row["answers"],
                    "asked": row["asked"],
                    "evidence": row["contains_answer"],
                    "category": "answer in the articles"
                    if row["contains_answer"]
                    else "answer in no article",
                }
                for row in _rows(questions)
                if "except" not in row["question"].lower().strip()[-10:]
            ),
        )
        yield (
            f"{part}-articles.jsonl.xz",
            (
                {**row, "published": row["published"].replace("/", "-")}
                for row in _rows(source / f"{part}-articles.jsonl.xz")
            ),
        )


def squad2(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert SQuAD 2.0 (Rajpurkar et al. 2018, arXiv 1806.03822): half of the questions are unanswerable."""
    yield (
        "questions.jsonl",
        (
            {
                "id": row["id"],
                "question": row["question"],
                "answers": list(distinct(answer["text"] for answer in row["answers"])),
                "answerable": row["answerable"],
                "category": "answerable" if row["answerable"] else "unanswerable",
                "context": [
                    {"id": "paragraph", "title": row["title"].replace("_", " "), "text": row["context"]}
                ],
            }
            for row in _rows(source / "questions.jsonl")
        ),
    )


def ramdocs(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert RAMDocs (Wang et al. 2025, arXiv 2504.13079): ambiguity, misinformation and noise together.

    As its authors score it, an answer is right when it holds every right answer and no wrong one.
    """
    rows = []
    for number, row in enumerate(_rows(source / "questions.jsonl"), start=1):
        documents = [
            {"id": f"{kind}-{place}", "text": document["text"]}
            for place, document in enumerate(row["documents"], start=1)
            for kind in (document["type"],)
        ]
        right = list(distinct(row["gold_answers"]))
        wrong = [answer for answer in distinct(row["wrong_answers"]) if answer not in right]
        rows.append(
            {
                "id": f"ramdocs-{number}",
                "question": row["question"],
                "all_of": right,
                "none_of": wrong,
                "evidence": [one["id"] for one in documents if one["id"].startswith("correct")],
                "category": ("several answers" if len(right) > 1 else "one answer")
                + (", misinformation" if wrong else ""),
                "context": documents,
            }
        )
    yield "questions.jsonl", rows


def ragtruth(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert RAGTruth (Niu et al. 2024, arXiv 2401.00396): responses with their unsupported spans marked.

    As its authors score it, a response is unsupported when it has any marked span.
    """
    questions = list(_rows(source / "ragtruth_qa.jsonl"))
    summaries = list(_rows(source / "ragtruth_summary.jsonl"))
    yield (
        "questions.jsonl",
        (
            {
                "id": f"ragtruth-{row['source_id']}",
                "question": row["source"]["question"],
                "context": _passages(row["source"]["passages"]),
            }
            for row in questions
        ),
    )
    yield (
        "claims.jsonl",
        (
            {
                "id": f"ragtruth-{row['source_id']}-{place}",
                "claim": response["response"],
                "evidence": evidence,
                "supported": not response["labels"],
                "group": group,
            }
            for group, rows in (("answers", questions), ("summaries", summaries))
            for row in rows
            for evidence in (
                [row["source"]] if group == "summaries" else _passages(row["source"]["passages"]),
            )
            for place, response in enumerate(row["responses"], start=1)
        ),
    )


def wice(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert WiCE (Kamoi et al. 2023, arXiv 2303.01432): claims of Wikipedia and the pages they cite.

    As its authors score it, a claim that is supported in part counts as not supported.
    """
    yield (
        "claims.jsonl",
        (
            {
                "id": row["meta"]["id"],
                "claim": row["claim"],
                "evidence": row["evidence"],
                "supported": row["label"] == "supported",
                "group": row["label"],
            }
            for row in _rows(source / "dev.jsonl")
        ),
    )


def poisonedrag(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert PoisonedRAG (Zou et al. 2024, arXiv 2402.07867): texts planted to bring about a wrong answer.

    The planted articles belong beside a corpus. The rate at which an attack succeeds, as its
    authors count it, is ``forbidden_rate``: the planted answer stands in the text.
    """
    for path in sorted(source.glob("poisonedrag-*.json")):
        name = path.stem
        rows = json.loads(path.read_text(encoding="utf-8")).values()
        yield (
            f"{name}-questions.jsonl",
            (
                {
                    "id": row["id"],
                    "question": row["question"],
                    "answers": [row["correct answer"]],
                    "none_of": [row["incorrect answer"]],
                    "category": "planted articles",
                }
                for row in rows
            ),
        )
        yield (
            f"{name}-articles.jsonl",
            (
                {"id": f"planted-{row['id']}-{place}", "text": text}
                for row in rows
                for place, text in enumerate(row["adv_texts"], start=1)
            ),
        )


def written(source: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """Convert questions and statements that a language model wrote on single articles of RealTimeQA.

    A question is right when a sentence that its author marked is quoted, with the short answer in the text or the
    verdict, where there is one. The claims are judged on the sentences that their author marked.
    """
    texts = {
        row["id"]: row["text"]
        for part in ("dev", "train")
        for row in _rows(source.parent / "realtimeqa" / f"{part}-articles.jsonl.xz")
    }
    for questions in sorted(source.glob("*-questions.jsonl")):
        part = questions.name.removesuffix("-questions.jsonl")
        yield questions.name, (_written_question(row) for row in _rows(questions))
        yield (
            f"{part}-claims.jsonl",
            (
                {
                    "id": row["id"],
                    "claim": row["statement"],
                    "evidence": [texts[row["article"]][start:end] for start, end in row["sentences"]],
                    "supported": row["label"] == "supported",
                    "group": row["error"] or "true",
                }
                for row in _rows(source / f"{part}-statements.jsonl")
            ),
        )


def _written_question(row: Row) -> Row:
    able = row["answerable"]
    kept = {
        "id": row["id"],
        "question": row["question"],
        "kind": row["kind"] if able else "near miss",
        "answerable": able,
    }
    if not able:
        return kept
    kept["evidence"] = [row["article"]]
    kept["sentences"] = [[row["article"], start, end] for start, end in row["sentences"]]
    if row["verdict"]:
        kept["verdict"] = row["verdict"]
    if row["short"]:
        kept["answers"] = [row["short"]]
    return kept


def _rows(path: Path) -> Iterator[Row]:
    with open_text(path) as file:
        for line in file:
            yield json.loads(line)


def _passages(text: str) -> list[str]:
    return [passage.strip() for passage in _PASSAGE.split(text) if passage.strip()]


CONVERTERS: dict[str, Callable[[Path], Iterator[tuple[str, Iterable[Row]]]]] = {
    converter.__name__: converter
    for converter in (realtimeqa, squad2, ramdocs, ragtruth, wice, poisonedrag, written)
}
