"""Tables (.csv, .tsv, .xlsx, .parquet) -> documents: each row an article, its columns the article's fields."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.ingest.formats.decode import decode_text
from assistant.ingest.formats.html import without_markup
from assistant.ingest.formats.json_files import document_of
from assistant.ingest.formats.limits import Limits, ParsedEntry
from assistant.ingest.formats.unzip import opened_zip
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.metadata.field_names import FIELD_NAMES, field_key, keys_of

_SAMPLE_CHARACTERS = 64_000
_HEAD_ROWS = 10
_NUMBERS_ALONE = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})((?:[ T,]+\d\d?:\d\d.{0,12})?)\s*")
_MONTHS = 12
_COLUMN_KEYS = frozenset(key for field in FIELD_NAMES for key in keys_of(field))


def read_csv(data: bytes, limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the rows of a table whose cells commas, tabs, semicolons or bars part, as its first lines show.

    Raises:
        UnreadableError: it has no row that names its columns, or no column of texts.
    """
    text = decode_text(data).replace("\0", "")
    csv.field_size_limit(limits.article_bytes)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SAMPLE_CHARACTERS], delimiters=",\t;|")
        dialect.doublequote = True
    except csv.Error:
        dialect = csv.excel_tab if "\t" in text.split("\n", 1)[0] else csv.excel
    first = text.split("\n", 1)[0]
    marks = max(",\t;|", key=first.count)
    if first.count(marks):
        dialect = csv.excel_tab if marks == "\t" else csv.excel
    try:
        days_first = _orders_of_days(csv.reader(io.StringIO(text, newline=""), dialect, delimiter=marks))
        rows = csv.reader(io.StringIO(text, newline=""), dialect, delimiter=marks)
        yield from _row_entries(_with_plain_days(rows, days_first), skip)
    except csv.Error as error:
        raise UnreadableError(f"not a table: {error}") from None


def read_xlsx(data: bytes, limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the rows of every sheet of a workbook that has a column of texts.

    Raises:
        UnreadableError: it is no workbook, takes too much memory, or no sheet holds articles.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    opened_zip(data, "Excel workbook", 5 * limits.article_bytes).close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableError(f"not an Excel workbook: {error}") from None
    refused: list[UnreadableError] = []
    before = 0
    for sheet in book.worksheets:
        last = before
        try:
            for found in _row_entries(sheet.iter_rows(values_only=True), skip - before):
                last = before + found.row
                yield replace(found, row=last)
        except UnreadableError as error:
            refused.append(error)
        before = last
    if len(refused) == len(book.worksheets):
        raise refused[0] if refused else UnreadableError("a workbook without sheets")


def read_parquet(data: bytes, limits: Limits, skip: int = 0) -> Iterator[ParsedEntry]:
    """Yield the rows of a Parquet file, a batch in memory at a time.

    Raises:
        UnreadableError: pyarrow is not installed, or it is no Parquet file.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UnreadableError(
            "Parquet needs pyarrow: pip install 'news-assistant[parquet]', or save it as .csv or .jsonl"
        ) from None
    pyarrow.set_cpu_count(1)
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    except pyarrow.ArrowException as error:
        raise UnreadableError(f"not a Parquet file: {error}") from None
    number = 0
    for batch in file.iter_batches(batch_size=100, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            if number > skip:
                yield ParsedEntry(
                    number, _row_document({name: item for name, item in row.items() if item is not None})
                )


def _orders_of_days(rows: Iterable[list[str]]) -> dict[int, bool]:
    """Return for each column whose dates in numbers show it, as 25/12/2022 does, whether the day stands first."""
    orders: dict[int, set[bool]] = defaultdict(set)
    for row in rows:
        for place, cell in enumerate(row):
            if (found := _NUMBERS_ALONE.fullmatch(cell)) and max(int(found[1]), int(found[3])) > _MONTHS:
                orders[place].add(int(found[1]) > _MONTHS)
    return {place: found.pop() for place, found in orders.items() if len(found) == 1}


def _with_plain_days(rows: Iterable[list[str]], days_first: Mapping[int, bool]) -> Iterator[list[str]]:
    """Yield rows with 04/12/2022 as 2022-12-04 in the columns whose order is known."""
    for row in rows:
        for place in days_first.keys() & range(len(row)):
            if found := _NUMBERS_ALONE.fullmatch(row[place]):
                day, month = (found[1], found[3]) if days_first[place] else (found[3], found[1])
                row[place] = f"{found[4]}-{int(month):02}-{int(day):02}{found[5]}"
        yield row


def _row_entries(rows: Iterable[Iterable[Any]], skip: int) -> Iterator[ParsedEntry]:
    lines = iter(rows)
    head: list[str] = []
    tried: list[list[str]] = []
    for row in itertools.islice(lines, _HEAD_ROWS):
        names = ["" if cell is None else str(cell).strip("\ufeff \t\r\n") for cell in row]
        tried.append(names)
        if len({field_key(name) for name in names} & _COLUMN_KEYS) > 1:
            head = names
            break
    if not head:
        shown = ", ".join(name for name in (tried[0] if tried else []) if name)[:100]
        raise UnreadableError(
            f"no row names the columns (title, text, date …); its first row is: {shown or 'empty'}"
        )
    number = 0
    for row in lines:
        cells = {name: cell for name, cell in zip(head, row, strict=False) if name and cell not in (None, "")}
        if cells:
            number += 1
            if number > skip:
                yield ParsedEntry(number, _row_document(cells))
    if number == 0:
        raise UnreadableError("a table without a row")


def _row_document(cells: Mapping[str, Any]) -> Any:
    try:
        document = document_of(dict(cells))
    except UnreadableError as error:
        return error
    return replace(document, text=without_markup(document.text))
