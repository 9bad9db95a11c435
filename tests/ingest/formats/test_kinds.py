from pathlib import Path

import pytest

from assistant.ingest.formats.by_suffix import documents
from assistant.ingest.formats.kinds import READABLE, format_of, format_of_file, sniffed, why_skipped
from assistant.ingest.formats.limits import Limits, ParsedEntry, too_large

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a.TXT", ("txt", "")),
        ("a.html.bz2", ("html", ".bz2")),
        ("a.tgz", ("tar", ".gz")),
        ("a.tar.xz", ("tar", ".xz")),
        ("a.warc.gz", ("warc", ".gz")),
        ("a.png", None),
        ("a", None),
    ],
)
def test_a_name_tells_the_format(name: str, known: tuple[str, str] | None) -> None:
    assert format_of(name) == known


@pytest.mark.parametrize("name", ["page", "page.php", "page.html.1", "index.html@p=12", "show.aspx"])
def test_a_page_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<!DOCTYPE html><html><p>Words.")
    assert format_of_file(str(tmp_path / name)) == ("html", "")
    (tmp_path / name).write_text("<?php echo 1; ?>")
    assert format_of_file(str(tmp_path / name)) is None


def test_a_picture_is_no_page_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("<html>")
    assert format_of_file(str(tmp_path / "a.png")) is None


def test_first_bytes_tell_feeds_mail_and_pdf() -> None:
    assert sniffed(b'<?xml version="1.0"?>\n<rss version="2.0">') == "feed"
    assert sniffed(b"From a@b.example Sat Mar  1 10:00:00 2025\nSubject: x\n") == "mbox"
    assert sniffed(b"%PDF-1.7") == "pdf"
    assert sniffed(b"plain words") is None


@pytest.mark.parametrize(
    ("name", "start", "form"),
    [
        ("a.doc", b"{\\rtf1 Words.}", "rtf"),
        ("a.doc", b"<html><body>Words.", "html"),
        ("a.doc", b"PK\x03\x04 word/document.xml", "docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "doc"),
        ("a.pdf", b"<!DOCTYPE html><html>", "html"),
        ("a.html", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "mhtml"),
        ("a.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "mhtml"),
        ("a.xml", b'<?xml version="1.0"?><newsItem><html>', "feed"),
        ("a.md", b"<html>", "md"),
    ],
)
def test_first_bytes_go_before_a_wrong_suffix(tmp_path: Path, name: str, start: bytes, form: str) -> None:
    (tmp_path / name).write_bytes(start)
    assert format_of_file(str(tmp_path / name)) == (form, "")


def test_what_is_passed_over_has_its_remedy() -> None:
    assert "save it as .xlsx" in why_skipped("a.xls")
    assert "no suffix" in why_skipped("a")
    assert why_skipped("a.png") == ".png files are not read"


def test_the_readme_lists_every_suffix() -> None:
    told = README.read_text()
    assert all(suffix.strip(",") in told for suffix in READABLE.split() if suffix.startswith("."))


def test_a_file_is_read_with_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words of an article.")
    with path.open("rb") as file:
        (found,) = documents(file, "txt", "", Limits(1000, 1000))
    assert isinstance(found, ParsedEntry) and found.row == 0
    assert "1,000 bytes" in str(too_large(1000))
