"""Comparisons as text: within the width of a terminal, and as Markdown."""

from assistant.output.tables import NOT_STATED, table_lines, table_to_markdown
from assistant.types import Article, Cell, Citation, Row, Table

CITED = (Citation(1, Article("a", "Six died."), 0, 9, "Six died."),)
TABLE = Table(
    ("Figure", "What the articles say"),
    (
        Row("Oakfield", (Cell("six", CITED), Cell("Six died. " * 20, CITED))),
        Row("Reed Park", (Cell(""), Cell(""))),
    ),
)


def test_a_table_fits_the_terminal() -> None:
    lines = list(table_lines(TABLE))
    assert all(len(line) <= 80 for line in lines)
    assert any(NOT_STATED in line for line in lines)
    assert "six [1]" in "\n".join(lines)


def test_a_table_as_markdown_has_as_many_cells_in_every_row() -> None:
    rows = table_to_markdown(TABLE, lambda text: text.replace("|", "")).splitlines()
    assert {row.count("|") for row in rows} == {4}
