"""Files of every format with bytes changed at random: each is read or named, in time, and the reader lives on."""

import gzip
import io
import json
import lzma
import random
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from figures import figure, seconds_left

from assistant.ingest import ArticleReader
from assistant.settings import Settings
from assistant.types import Article, Failure, Skipped, SourceFile

SENTENCE = "The council of the river district voted on Monday to rebuild the old bridge before winter."
TEXT = "\n\n".join(f"{SENTENCE} It was the {number}th vote." for number in range(12))
MOST_SECONDS = 10.0
MOST_BYTES = 1_000_000_000
BYTES = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"{",
    b"[",
    b"\\",
    b"\r",
    b"(",
    b"%",
    b"-1",
    b"99999999999",
)


def html() -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    linked = json.dumps({"@type": "NewsArticle", "headline": "Bridge", "datePublished": "2025-03-01"})
    return (
        f"<!doctype html><html><head><title>Bridge</title><meta property='og:site_name' content='Wire'>"
        f"<script type='application/ld+json'>{linked}</script></head><body><article><h1>Bridge</h1>{paragraphs}"
        f"<table><tr><td>1</td></tr></table></article></body></html>"
    ).encode()


def word() -> bytes:
    made, buffer = docx.Document(), io.BytesIO()
    for part in TEXT.split("\n\n"):
        made.add_paragraph(part)
    made.add_table(2, 2)
    made.save(buffer)
    return buffer.getvalue()


def pdf() -> bytes:
    lines = "".join(f"({part}) Tj T* " for part in TEXT.split("\n\n")).encode()
    stream = b"BT /F1 9 Tf 12 TL 20 700 Td " + lines + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def rows() -> bytes:
    return b"\n".join(json.dumps({"id": f"{n}", "title": "Bridge", "text": TEXT}).encode() for n in range(4))


def packed(*parts: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in (("title", "text", "date"), ("Bridge", TEXT, "2025-03-01"), ("Ferry", TEXT, "2025-03-02")):
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def odt() -> bytes:
    paragraphs = "".join(f"<text:p>{part}</text:p>" for part in TEXT.split("\n\n"))
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0"'
    body = f"<office:body><office:text>{paragraphs}</office:text></office:body>"
    return packed(("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>"))


def epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    package = (
        '<package><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    return packed(("META-INF/container.xml", container), ("a.opf", package), ("c.xhtml", f"<p>{TEXT}</p>"))


def mail() -> bytes:
    return f"From: Wire <a@b.example>\nSubject: Bridge\nDate: Sat, 1 Mar 2025 10:00:00 +0000\n\n{TEXT}\n".encode()


def saved_page() -> bytes:
    head = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    return f"{head}Content-Type: text/html\n\n{html().decode()}\n--b--\n".encode()


def feed() -> bytes:
    item = f"<item><title>Bridge</title><description>{TEXT}</description></item>"
    return f"<rss><channel><title>Wire</title>{item}{item}</channel></rss>".encode()


def web_archive() -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    head += "WARC-Date: 2025-03-01T00:00:00Z\r\n"
    kind = "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def tape() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return buffer.getvalue()


SEEDS: dict[str, Callable[[], bytes]] = {
    "a.txt": TEXT.encode,
    "a.md": f"---\ntitle: Bridge\ndate: 2025-03-01\n---\n# Bridge\n\n{TEXT}\n\n- one\n- two\n".encode,
    "a.html": html,
    "a.docx": word,
    "a.pdf": pdf,
    "a.json": lambda: json.dumps({"title": "Bridge", "authors": ["A"], "text": TEXT}).encode(),
    "a.jsonl": rows,
    "a.txt.gz": lambda: gzip.compress(TEXT.encode()),
    "a.jsonl.xz": lambda: lzma.compress(rows()),
    "a.csv": f'title,date,text\nBridge,2025-03-01,"{TEXT}"\nFerry,2025-03-02,"{TEXT}"\n'.encode,
    "a.xlsx": sheet,
    "a.odt": odt,
    "a.rtf": lambda: b"{\\rtf1\\ansi " + TEXT.replace("\n\n", "\\par ").encode() + b"}",
    "a.epub": epub,
    "a.eml": mail,
    "a.mbox": lambda: b"From a@b.example Sat Mar  1 10:00:00 2025\n" + mail() + b"\nFrom a\n" + mail(),
    "a.mhtml": saved_page,
    "a.rss": feed,
    "a.warc": web_archive,
    "a.zip": lambda: packed(("a.txt", TEXT), ("b.html", html().decode())),
    "a.tar": tape,
}


def mutated(seed: bytes, draw: random.Random) -> bytes:
    """Change, put in, take out, double or cut off some bytes, one to eight times."""
    content = bytearray(seed)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(content) + 1)
        length = draw.choice((1, 1, 4, 64))
        match draw.randrange(6):
            case 0:
                content[at : at + length] = draw.randbytes(length)
            case 1:
                content[at:at] = draw.choice(BYTES) * draw.choice((1, 1, 1, 200))
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + draw.choice((8, 256, 4096))]
            case 4:
                content[at : at + 1] = draw.choice(BYTES)
            case _:
                del content[at + draw.randrange(len(content) + 1) :]
    return bytes(content)


def memory_of(reader: ArticleReader) -> int:
    """Return the most memory in bytes that the present parser has taken so far; 0 where none can be asked."""
    status = Path(f"/proc/{reader._child.pid if reader._child else 0}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


@pytest.mark.parametrize("files", [25, pytest.param(10_000, marks=pytest.mark.slow)])
def test_whatever_the_bytes_the_reader_goes_on(tmp_path: Path, files: int) -> None:
    neighbour = tmp_path / "neighbour.txt"
    neighbour.write_text(SENTENCE)
    beside = SourceFile(str(neighbour), "neighbour.txt")
    settings = Settings(parse_memory_bytes=1_000_000_000)
    seeds = {name: make() for name, make in SEEDS.items()}
    count = read = failed = most_bytes = 0
    longest = 0.0
    deadline = seconds_left()
    with ArticleReader(settings) as reader:
        assert [type(one) for one in reader.read(beside)] == [Article]
        for number in range(files):
            if time.monotonic() > deadline:
                break
            for name, seed in seeds.items():
                draw = random.Random(f"{number} {name}")
                path = tmp_path / name
                path.write_bytes(mutated(seed, draw))
                began = time.monotonic()
                found = list(reader.read(SourceFile(str(path), name)))
                longest = max(longest, time.monotonic() - began)
                assert longest < MOST_SECONDS, f"{name} {number}"
                most_bytes = max(most_bytes, memory_of(reader))
                assert most_bytes < MOST_BYTES, f"{name} {number}"
                assert found, f"{name} {number} vanished"
                assert all(isinstance(one, Article | Failure | Skipped) for one in found)
                for one in found:
                    if isinstance(one, Article):
                        one.text.encode()
                count += 1
                read += any(isinstance(one, Article) for one in found)
                failed += any(isinstance(one, Failure) for one in found)
        assert [type(one) for one in reader.read(beside)] == [Article]
    figure(
        f"{count} mutated files of {len(seeds)} kinds: {read} read, {failed} named; longest {longest:.1f} s, "
        f"a parser with at most {most_bytes / 1e6:.0f} MB"
    )
    assert read > count // 4 and failed > count // 10


@pytest.mark.slow
def test_a_file_that_hangs_costs_less_than_ten_seconds_with_the_new_start(tmp_path: Path) -> None:
    hanging = tmp_path / "hanging.html"
    hanging.write_bytes(b"<p " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">x")
    neighbour = tmp_path / "neighbour.txt"
    neighbour.write_text(SENTENCE)
    beside = SourceFile(str(neighbour), "neighbour.txt")
    with ArticleReader(Settings()) as reader:
        list(reader.read(beside))
        began = time.monotonic()
        (found,) = reader.read(SourceFile(str(hanging), "hanging.html"))
        assert [type(one) for one in reader.read(beside)] == [Article]
        took = time.monotonic() - began
    assert isinstance(found, Failure) and "ASSISTANT_PARSE_SECONDS" in found.reason
    figure(f"a file that hangs costs {took:.1f} s until the next one is read")
    assert took < MOST_SECONDS
