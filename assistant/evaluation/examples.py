"""Question sets: JSON lines, one question each, read into examples."""

from __future__ import annotations

import datetime
import gzip
import json
import lzma
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Literal, TypeVar

from assistant.errors import QuestionSetError
from assistant.ingest import UnreadableError, document_from_mapping, to_article
from assistant.types import Article, Example, ExpectedSide, Turn

_Value = TypeVar("_Value")


def load_examples(path: str | Path) -> tuple[Example, ...]:
    """Read a question set: ``.jsonl``, also ``.jsonl.gz`` and ``.jsonl.xz``.

    A row without an ``id`` gets the number of its line. Fields that a question set does not have
    are ignored, with one warning for all of them.

    Raises:
        QuestionSetError: the file cannot be read, holds no question, or a row (named by its line)
            is broken or repeats an id.
    """
    path = Path(path)
    unknown: set[str] = set()
    examples: dict[str, Example] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(_file_lines(path), start=1):
        if not line.strip():
            continue
        row = _json_object(line, path, number)
        unknown.update(row.keys() - _READERS.keys() - _ALIASES.keys())
        try:
            example = example_from_row(row, default_id=str(number))
        except ValueError as error:
            raise QuestionSetError(f"{path}, line {number}: {error}; correct or remove the row") from None
        if example.id in examples:
            raise QuestionSetError(
                f"{path}, line {number}: id {example.id!r} was used in line {lines[example.id]}; "
                "give each question its own"
            )
        examples[example.id], lines[example.id] = example, number
    if not examples:
        raise QuestionSetError(f"{path}: the question set is empty; write one JSON object per line")
    if unknown:
        warnings.warn(f"{path}: unknown fields are ignored: {', '.join(sorted(unknown))}", stacklevel=2)
    return tuple(examples.values())


def example_from_row(row: Mapping[str, Any], *, default_id: str = "") -> Example:
    """Return the example that a row of a question set describes; a field that is null is as if left out.

    Raises:
        ValueError: ``question`` is missing, or a field has another type than it should.
    """
    row = {_ALIASES.get(name, name): value for name, value in row.items()}
    values = {
        name: _field(name, row[name], read) for name, read in _READERS.items() if row.get(name) is not None
    }
    if "question" not in values:
        raise ValueError("the field 'question' is missing")
    return Example(**{"id": default_id, **values})


def example_to_row(example: Example) -> dict[str, Any]:
    """Return the example as a row of a question set, without the fields that hold their default."""
    row: dict[str, Any] = {"id": example.id, "question": example.question}
    for name in ("answers", "all_of", "none_of", "evidence", "publishers"):
        if getattr(example, name):
            row[name] = list(getattr(example, name))
    if not example.answerable:
        row["answerable"] = False
    if example.history:
        row["history"] = [[turn.question, turn.answer_text] for turn in example.history]
    for name in ("category", "verdict", "most_words", "variant_of"):
        if getattr(example, name):
            row[name] = getattr(example, name)
    for name in ("asked", "after", "before"):
        if getattr(example, name) is not None:
            row[name] = getattr(example, name).isoformat()
    if example.sides:
        row["sides"] = [
            {"value": side.value, "speakers": list(side.speakers)}
            | ({"stance": side.stance} if side.stance else {})
            for side in example.sides
        ]
    for name in ("need", "sentences"):
        if getattr(example, name):
            row[name] = [list(one) for one in getattr(example, name)]
    if example.context is not None:
        row["context"] = [_article_to_row(article) for article in example.context]
    return row


def open_text(path: Path) -> IO[str]:
    """Open a text file in UTF-8 for reading, decompressed where its name ends in ``.gz`` or ``.xz``."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _file_lines(path: Path) -> list[str]:
    try:
        with open_text(path) as file:
            return list(file)
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise QuestionSetError(f"{path}: cannot be read as a question set: {reason}") from None


def _json_object(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionSetError(f"{path}, line {number}: not JSON ({error}); correct the row") from None
    if not isinstance(row, dict):
        raise QuestionSetError(f"{path}, line {number}: not a JSON object; write one object per line")
    return row


def _field(name: str, value: object, read: Callable[[object], _Value]) -> _Value:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"the field '{name}' {error}") from None


def _required_text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    return _without_surrogates(value)


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half of a pair of surrogates, which is no character") from None
    return text


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError("must be a list of texts")
    return tuple(map(_without_surrogates, value))


def _identity(value: object) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _required_text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _required_date(value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_required_text(value))
    except ValueError:
        raise ValueError(f"must be a date such as 2025-07-31, not {value!r}") from None


def _turns(value: object) -> tuple[Turn, ...]:
    if not isinstance(value, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in value
    ):
        raise ValueError("must be a list of [question, answer] pairs, oldest first")
    return tuple(
        Turn(_without_surrogates(question), _without_surrogates(answer)) for question, answer in value
    )


def _verdict(value: object) -> Literal["yes", "no"]:
    if value == "yes":
        return "yes"
    if value == "no":
        return "no"
    raise ValueError('must be "yes" or "no"')


def _text_groups(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list of groups: lists of texts of which one must stand in the answer")
    return tuple(_texts(group) for group in value)


def _quoted_places(value: object) -> tuple[tuple[str, int, int], ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list of [article, start, end]")
    places = []
    for place in value:
        if not isinstance(place, list) or [type(part) for part in place] != [str, int, int]:
            raise ValueError("must be a list of [article, start, end]")
        places.append((place[0], place[1], place[2]))
    return tuple(places)


def _whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number above 0")
    return value


def _expected_sides(value: object) -> tuple[ExpectedSide, ...]:
    if not isinstance(value, list) or not all(isinstance(side, dict) for side in value):
        raise ValueError("must be a list of sides: objects with a value, and perhaps speakers and a stance")
    sides = []
    for side in value:
        stance = side.get("stance")
        sides.append(
            ExpectedSide(
                _required_text(side.get("value")),
                _texts(side.get("speakers", [])),
                _required_text(stance) if stance else None,
            )
        )
    return tuple(sides)


def _own_articles(value: object) -> tuple[Article, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, dict | str) for item in value):
        raise ValueError("must be a list of articles: texts, or objects with a text")
    articles = tuple(_own_article(item, f"context-{number}") for number, item in enumerate(value, start=1))
    if len({article.id for article in articles}) < len(articles):
        raise ValueError("names two articles by the same id")
    return articles


def _own_article(row: Mapping[str, Any] | str, default_id: str) -> Article:
    fields = {"text": row} if isinstance(row, str) else row
    try:
        document = document_from_mapping(fields)
        return to_article(document, fallback_id=default_id, path="", keep_debris=True)
    except UnreadableError as error:
        raise ValueError(
            f"has the article {fields.get('id', default_id)!r}, which cannot be read: {error}"
        ) from None


def _article_to_row(article: Article) -> dict[str, Any]:
    row = {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "text": article.text,
    }
    return {name: value for name, value in row.items() if value}


_READERS: dict[str, Callable[[object], Any]] = {
    "question": _required_text,
    "id": _identity,
    "answers": _texts,
    "all_of": _texts,
    "none_of": _texts,
    "answerable": _flag,
    "evidence": _texts,
    "history": _turns,
    "category": _required_text,
    "asked": _required_date,
    "after": _required_date,
    "before": _required_date,
    "publishers": _texts,
    "context": _own_articles,
    "sides": _expected_sides,
    "variant_of": _identity,
    "verdict": _verdict,
    "need": _text_groups,
    "sentences": _quoted_places,
    "most_words": _whole_number,
}
_ALIASES = {"kind": "category", "ban": "none_of"}
"""Other names of fields."""
