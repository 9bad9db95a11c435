# ruff: noqa: E501 - documents that are written out stay on one line
"""PDF pages made here, whose words are known: columns, tables, hyphens, heads and feet."""

import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats import pdf_layout, scans
from assistant.ingest.formats.pdf import read_pdf
from assistant.ingest.metadata.documents import Document

Run = tuple[float, float, float, str]
LEFT = [
    "The theatre of Brenn opens on Friday",
    "with a play by two young authors who",
    "live in the town, its director said.",
    "It was shut for nine months.",
]
RIGHT = [
    "The river at Tolm fell by a metre in",
    "one night, the water board reported.",
    "Farmers may draw water again from",
    "Monday, but only before noon.",
]


def pdf(*pages: list[Run]) -> bytes:
    """A PDF of pages of runs: x, y, size and text of each."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    font = 3 + 2 * len(pages)
    for number, runs in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in runs)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {4 + 2 * number} 0 R"
            f"/Resources<</Font<</F1 {font} 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def text_of(data: bytes) -> str:
    (found,) = (one.document for one in read_pdf(data, 100_000) if one.document)
    assert isinstance(found, Document)
    return found.text


def columns(top: float = 700, *, by_row: bool) -> list[Run]:
    left = [(50.0, top - 14 * n, 10.0, line) for n, line in enumerate(LEFT)]
    right = [(320.0, top - 14 * n, 10.0, line) for n, line in enumerate(RIGHT)]
    return [run for pair in zip(left, right, strict=True) for run in pair] if by_row else left + right


@pytest.mark.parametrize("by_row", [False, True])
def test_columns_are_read_one_by_one_in_whatever_order_they_are_drawn(by_row: bool) -> None:
    head: list[Run] = [(50, 740, 18, "News of the valley and of the towns along the river")]
    text = " ".join(text_of(pdf(head + columns(by_row=by_row))).split())
    assert " ".join(LEFT) in text and " ".join(RIGHT) in text
    assert text.index("News of") < text.index("theatre") < text.index("river at")


def test_a_line_across_both_columns_parts_them() -> None:
    runs = [
        *columns(by_row=True),
        (50, 630, 10, "In short: the whole page is read by its own white space, as a reader does it."),
        *columns(600, by_row=True),
    ]
    text = " ".join(text_of(pdf(runs)).split())
    assert text.count(" ".join(LEFT)) == text.count(" ".join(RIGHT)) == 2


def test_a_sentence_ends_with_its_column_unless_it_goes_on() -> None:
    paragraphs = text_of(pdf(columns(by_row=True))).split("\n\n")
    assert [one for one in paragraphs if "months. The river" in one] == []


def test_cells_of_a_table_stay_in_their_rows() -> None:
    rows = [("Town", "Rain"), ("Brenn", "12"), ("Tolm", "48"), ("Velmo", "7")]
    runs = [
        (x, 700 - 14 * n, 10, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((50, 200), row, strict=True)
    ]
    assert "Tolm | 48" in text_of(pdf(runs))


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (50, 780, 8, "The Brenn Gazette, Monday 5 May 2025"),
            *((50.0, 700.0 - 14 * n, 10.0, f"{line} {number}") for n, line in enumerate(LEFT)),
            (300, 20, 8, f"Page {number} of 3"),
        ]
        for number in (1, 2, 3)
    ]
    text = text_of(pdf(*pages))
    (found,) = (one.document for one in read_pdf(pdf(*pages), 100_000) if isinstance(one.document, Document))
    assert found.fields["shown"] == ["Monday 5 May 2025"]
    assert [lines[0] for lines in found.pages] == [f"{LEFT[0]} {number}" for number in (1, 2, 3)]
    assert "Gazette" not in text and "Page 2" not in text and "authors who 3" in text


def test_hyphens_at_line_ends_are_joined() -> None:
    lines = [
        "The theatre of Brenn opens on Fri-",
        "day with a play of twenty-",
        "one scenes, as the director ex-",
        "plained to the town.",
    ]
    text = text_of(pdf([(50, 700 - 14 * n, 10, line) for n, line in enumerate(lines)]))
    assert "on Friday with a play of twenty-one scenes, as the director explained" in " ".join(text.split())


def test_narrow_characters_break_no_word_and_no_figure() -> None:
    line = "In 2011 some 1,117 of 11,111 fell; it will fill 1914-18, on 31.10.2019 at 17.15"
    assert text_of(pdf([(50, 700, 11, line)])).strip() == line


def test_words_that_are_set_apart_without_a_space_are_words() -> None:
    apart = pdf([(50, 700, 11, "In) -180 (2011) -250 (it) -40 (self) -180 (fell")])
    shown = apart.replace(b" (In", b"[(In").replace(b"fell) Tj", b"fell)]TJ")
    assert text_of(shown).strip() == "In 2011 itself fell"


def test_a_page_without_words_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableError, match="Tesseract"):
        list(read_pdf(pdf([]), 1000))


def test_a_scan_is_recognised_by_the_program_that_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho 'The theatre opens on Friday.'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert text_of(pdf([])).strip() == "The theatre opens on Friday."
    assert scans.text_of_picture and pdf_layout.page_lines
