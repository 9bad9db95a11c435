import io

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.limits import Limits
from assistant.ingest.formats.tables import read_csv, read_parquet, read_xlsx
from assistant.ingest.metadata.documents import Document

LIMITS = Limits(1_000_000, 1_000_000)
ROWS = [
    ("Harbour shut", "A ferry struck the pier, the port said.\nIt was Friday."),
    ("Pier open", "The pier is open; ferries sail."),
]


def texts(found: object) -> list[str]:
    return [one.document.text for one in found if isinstance(one.document, Document)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_cells_may_be_parted_by_any_mark(mark: str, encoding: str) -> None:
    lines = [f"Title{mark}Text", *(f'"{title}"{mark}"{text}"' for title, text in ROWS)]
    found = list(read_csv("\r\n".join(lines).encode(encoding), LIMITS))
    assert [one.row for one in found] == [1, 2]
    assert texts(found) == [text for _, text in ROWS]


def test_columns_may_be_named_in_words() -> None:
    head = "Article Title,Full text,Author(s),pub_ts"
    (found,) = read_csv(f"{head}\nHarbour shut,{ROWS[1][1]},Ada Berg,1651536000\n".encode(), LIMITS)
    document = found.document
    assert isinstance(document, Document) and not document.truncated
    assert document.fields == {"title": "Harbour shut", "authors": "Ada Berg", "published": "1651536000"}


@pytest.mark.parametrize(
    ("other", "day"),
    [("25/12/2022", "2022-12-04"), ("12/25/2022", "2022-04-12"), ("01/02/2022", "04/12/2022")],
)
def test_the_other_rows_show_the_order_of_day_and_month(other: str, day: str) -> None:
    rows = [f"Harbour,{ROWS[1][1]},04/12/2022", f"Pier,{ROWS[1][1]},{other}"]
    first, _ = read_csv("\n".join(["Title,Text,Date", *rows]).encode(), LIMITS)
    assert isinstance(first.document, Document) and first.document.fields["published"] == day


def test_a_table_without_names_of_columns_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no row names the columns"):
        list(read_csv(b"1,2,3\n4,5,6\n", LIMITS))


def test_every_sheet_of_a_workbook_is_read_below_its_heading() -> None:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for name in ("one", "two"):
        sheet = book.create_sheet(name)
        sheet.append(["Exported on Friday"])
        sheet.append(["title", "text"])
        for row in ROWS:
            sheet.append(row)
    book.save(buffer)
    found = list(read_xlsx(buffer.getvalue(), LIMITS))
    assert len({one.row for one in found}) == len(texts(found)) == 4


def test_parquet_is_read_row_by_row() -> None:
    buffer = io.BytesIO()
    table = pyarrow.table({"title": [one for one, _ in ROWS], "text": [one for _, one in ROWS]})
    pyarrow.parquet.write_table(table, buffer)
    assert texts(read_parquet(buffer.getvalue(), LIMITS, skip=1)) == [ROWS[1][1]]
