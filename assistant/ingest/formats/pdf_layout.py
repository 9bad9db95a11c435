"""Characters of a PDF page with their places -> its lines in reading order, column after column."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_HYPHENS = {0xFFFE: "-", 0x02: "-", 0x2010: "-"}
_SAME_LINE = 0.5
_WORD_GAP = 0.15
_PIECE_GAP = 1.0
_GUTTER = 0.7
_FEWEST_LINES = 2
_COLUMN_CHARACTERS = 14
_LARGER_GAP = 1.45
_OTHER_SIZE = 1.15
_MOST_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A run of characters on one base line: its box in points (y grows upwards), its size of type, its text.

    ``opens`` tells that a paragraph begins: the line stands apart, in other type, or in another column.
    """

    left: float
    bottom: float
    right: float
    top: float
    size: float
    text: str
    opens: bool = False


def page_lines(text_page: PdfTextPage) -> list[PrintedLine]:
    """Return the lines of a page in reading order, by cutting it where white space runs through it.

    Bands of lines that one gutter divides are read column by column (compare Nagy and Seth 1984, "XY-cut"); a
    band of short cells is a table and read row by row.
    """
    pieces = _pieces(text_page)
    lines: list[PrintedLine] = []
    for band in _bands(pieces):
        lines.extend(_in_columns(band))
    return lines


def _pieces(text_page: PdfTextPage) -> list[PrintedLine]:
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(one) for one in (left, right, bottom, top)]
    around = pdfium.FS_RECTF()
    pieces: list[PrintedLine] = []
    open_piece: list[Any] | None = None
    for place in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page, place)
        generated = pdfium.FPDFText_IsGenerated(text_page, place)
        character = _HYPHENS.get(code) or chr(code)
        if generated or character in "\r\n\0":
            continue
        pdfium.FPDFText_GetCharBox(text_page, place, *box)
        if pdfium.FPDFText_GetLooseCharBox(text_page, place, ctypes.byref(around)):
            # with the white space that the character itself has on its sides: a "1" has much of it
            left.value, right.value = min(left.value, around.left), max(right.value, around.right)
        size = pdfium.FPDFText_GetFontSize(text_page, place) or 1.0
        height = max(size if size > 1 else top.value - bottom.value, 1.0)
        if open_piece is not None:
            gap = left.value - open_piece[2]
            middle = (bottom.value + top.value) / 2
            same = open_piece[1] - _SAME_LINE * height < middle < open_piece[3] + _SAME_LINE * height
            if same and -height < gap < _PIECE_GAP * height:
                spaced = gap > _WORD_GAP * height and not open_piece[5].endswith(" ") and character != " "
                open_piece[5] += (" " if spaced else "") + character
                open_piece[1], open_piece[3] = min(open_piece[1], bottom.value), max(open_piece[3], top.value)
                open_piece[2] = max(open_piece[2], right.value)
                open_piece[4] = max(open_piece[4], height)
                continue
            pieces.append(PrintedLine(*open_piece[:6]))
        open_piece = [left.value, bottom.value, right.value, top.value, height, character]
    if open_piece is not None:
        pieces.append(PrintedLine(*open_piece[:6]))
    return [replace(one, text=one.text.strip()) for one in pieces if one.text.strip()]


def _rows_of_pieces(pieces: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the pieces in rows, from top to bottom, each from left to right."""
    rows: list[list[PrintedLine]] = []
    for piece in sorted(pieces, key=lambda one: (-(one.bottom + one.top), one.left)):
        middle = (piece.bottom + piece.top) / 2
        if rows and rows[-1][0].bottom - 1 < middle < rows[-1][0].top + 1:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _bands(pieces: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Yield runs of pieces through each of which the same gutters run, if any do."""
    if not pieces:
        return
    least = _GUTTER * median(one.size for one in pieces)
    band: list[PrintedLine] = []
    gutters: list[tuple[float, float]] | None = None
    for row in _rows_of_pieces(pieces):
        common = _gaps([*band, *row], least)
        own = _gaps(row, least)
        starts = gutters is not None and (
            (bool(gutters) and not common) or (not gutters and bool(own) and len(row) > 1)
        )
        if starts:
            yield band
            band, common = [], own
        band.extend(row)
        gutters = common
    yield band


def _gaps(pieces: Sequence[PrintedLine], least: float) -> list[tuple[float, float]]:
    """Return the white stripes between pieces that run through all of them, at least so wide."""
    gaps = []
    reach = None
    for piece in sorted(pieces, key=lambda one: one.left):
        if reach is not None and piece.left - reach >= least:
            gaps.append((reach, piece.left))
        reach = piece.right if reach is None else max(reach, piece.right)
    return gaps


def _in_columns(band: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    least = _GUTTER * median(one.size for one in band)
    columns: list[list[PrintedLine]] = [[]]
    edges = [right for _, right in _gaps(band, least)]
    for piece in sorted(band, key=lambda one: one.left):
        if edges and piece.left >= edges[0] - 0.01:
            edges.pop(0)
            columns.append([])
        columns[-1].append(piece)
    if len(columns) > 1 and not all(_is_column(one) for one in columns):
        columns = [list(band)]
    for number, column in enumerate(columns):
        yield from _spaced(_whole_rows(column), opens=number > 0)


def _is_column(pieces: Sequence[PrintedLine]) -> bool:
    """Return True when pieces are lines of running text, and not cells of a table."""
    return len(pieces) >= _FEWEST_LINES and median(len(one.text) for one in pieces) >= _COLUMN_CHARACTERS


def _whole_rows(column: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return a column's rows as lines; cells that stand apart in a row are parted by a bar."""
    lines = []
    for row in _rows_of_pieces(column):
        text = row[0].text
        for before, after in pairwise(row):
            text += (" | " if after.left - before.right > 2 * after.size else " ") + after.text
        lines.append(
            PrintedLine(
                row[0].left,
                min(one.bottom for one in row),
                max(one.right for one in row),
                max(one.top for one in row),
                max(one.size for one in row),
                text,
            )
        )
    return lines


def _spaced(lines: Sequence[PrintedLine], *, opens: bool) -> Iterator[PrintedLine]:
    """Yield a column's lines, marked where a wider space or another size of type parts them."""
    steps = [before.bottom - after.bottom for before, after in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    before: PrintedLine | None = None
    for line in lines:
        apart = before is not None and (
            before.bottom - line.bottom > max(_LARGER_GAP * usual, 1.1 * line.size)
            or max(line.size, before.size) > _OTHER_SIZE * min(line.size, before.size)
        )
        yield replace(line, opens=apart or (before is None))
        before = line
