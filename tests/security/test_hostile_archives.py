"""Archives made to harm: names that lead elsewhere, bombs, links, and files in them that hang or lie."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ingest import ArticleReader
from assistant.settings import Settings
from assistant.types import Article, Failure, Skipped, SourceFile

SENTENCE = "The council of the river district voted on Monday to rebuild the old bridge before winter."
LIMITED = Settings(parse_seconds=20.0, parse_memory_bytes=400_000_000, article_bytes=1_000_000)
HOSTILE_NAMES = (
    "../../../../tmp/escaped.txt",
    "/etc/escaped.txt",
    "C:\\Windows\\escaped.txt",
    "a/../../b.txt",
    "line\nbreak.txt",
    "right\u202eto-left.txt",
    "x" * 2000 + ".txt",
    "~/.ssh/escaped.txt",
    "-rf.txt",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader(LIMITED) as opened:
        yield opened


def read(reader: ArticleReader, path: Path) -> list[Article | Failure | Skipped]:
    return list(reader.read(SourceFile(str(path), path.name)))


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(path, "w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_no_name_in_a_zip_leads_out_of_it(reader: ArticleReader, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {name: SENTENCE.encode() for name in HOSTILE_NAMES})
    before = sorted(tmp_path.rglob("*"))
    found = read(reader, path)
    assert sorted(tmp_path.rglob("*")) == before and not Path("/tmp/escaped.txt").exists()
    ids = [one.id for one in found if isinstance(one, Article)]
    assert len(ids) >= len(HOSTILE_NAMES) - 2
    for id_ in ids:
        assert (
            id_.startswith("a.zip/") and ".." not in id_.split("/") and id_.isprintable() and len(id_) < 500
        )


def test_links_and_devices_in_a_tar_are_not_followed(reader: ArticleReader, tmp_path: Path) -> None:
    link, hard, device = tarfile.TarInfo("link.txt"), tarfile.TarInfo("hard.txt"), tarfile.TarInfo("zero.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    hard.type, hard.linkname = tarfile.LNKTYPE, "../../etc/hostname"
    device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 5
    good = tarfile.TarInfo("../../good.txt")
    path = tarred(tmp_path / "a.tar", [(link, b""), (hard, b""), (device, b""), (good, SENTENCE.encode())])
    (found,) = read(reader, path)
    assert isinstance(found, Article) and found.id == "a.tar/good.txt" and found.text == SENTENCE


def test_a_bomb_in_an_archive_costs_only_itself(reader: ArticleReader, tmp_path: Path) -> None:
    members = {
        "bomb.txt": bytes(200_000_000),
        "pages.html": b"<p>" + b"a" * 60_000_000,
        "good.txt": SENTENCE.encode(),
    }
    found = read(reader, zipped(tmp_path / "a.zip", members))
    assert [one.id for one in found if isinstance(one, Article)] == ["a.zip/good.txt"]
    assert len([one for one in found if isinstance(one, Failure)]) == 2


def test_archives_within_archives_end(reader: ArticleReader, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "0.zip", {"good.txt": SENTENCE.encode()}).read_bytes()
    for number in range(1, 4):
        inner = zipped(tmp_path / f"{number}.zip", {f"{number - 1}.zip": inner}).read_bytes()
    (one,) = read(reader, tmp_path / "1.zip")
    assert isinstance(one, Article) and one.id == "1.zip/0.zip/good.txt"
    (deep,) = read(reader, tmp_path / "3.zip")
    assert isinstance(deep, Failure) and "archive" in deep.reason


def test_a_zip_that_lies_about_sizes_is_named(reader: ArticleReader, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"a" * 3_000_000, "b.txt": SENTENCE.encode()})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    found = read(reader, path)
    assert [one.id for one in found if isinstance(one, Article)] == ["a.zip/b.txt"]
    assert [type(one) for one in found].count(Failure) == 1


def test_a_file_in_an_archive_that_hangs_costs_that_file(tmp_path: Path) -> None:
    hanging = b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x"
    members = {"a.txt": SENTENCE.encode(), "b.html": hanging, "c.txt": SENTENCE.encode()}
    path = zipped(tmp_path / "a.zip", members)
    with ArticleReader(Settings(parse_seconds=5.0)) as reader:
        found = read(reader, path)
    assert [one.id for one in found if isinstance(one, Article)] == ["a.zip/a.txt", "a.zip/c.txt"]
    (failure,) = (one for one in found if isinstance(one, Failure))
    assert failure.path.endswith("a.zip/b.html") and "ASSISTANT_PARSE_SECONDS" in failure.reason


def test_what_no_reader_takes_in_an_archive_is_said(reader: ArticleReader, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": SENTENCE.encode(), "b.png": b"x", "c.xls": b"x"})
    skipped = [one for one in read(reader, path) if isinstance(one, Skipped)]
    assert [one.path.rpartition("/")[2] for one in skipped] == ["b.png", "c.xls"]
    assert ".xlsx" in skipped[1].reason


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar", "a.warc", "a.epub", "a.odt", "a.xlsx", "a.mbox", "a.parquet"]
)
@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04" + bytes(60), bytes(5000), b"WARC/1.0\r\n" * 50])
def test_what_only_bears_the_suffix_is_named(
    reader: ArticleReader, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = read(reader, path)
    assert found and all(isinstance(one, Failure) and "\n" not in one.reason for one in found)


def test_entities_in_xml_reach_no_file(reader: ArticleReader, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden words")
    declared = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    nitf = f"{declared}<nitf><body><body.content><p>{SENTENCE} &x;</p></body.content></body></nitf>"
    item = f"<item><title>&x;</title><description>{SENTENCE * 20} &x;</description></item>"
    (tmp_path / "a.xml").write_text(nitf)
    (tmp_path / "b.rss").write_text(f'<?xml version="1.0"?>{declared}<rss><channel>{item}</channel></rss>')
    for name in ("a.xml", "b.rss"):
        for one in read(reader, tmp_path / name):
            assert "hidden words" not in json.dumps(str(one))


def test_a_web_archive_that_is_compressed_to_burst_is_bounded(reader: ArticleReader, tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>" + b"a" * 50_000_000
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        f"WARC-Date: 2025-06-16T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(head + body + b"\r\n\r\n"))
    found = read(reader, path)
    assert found and not any(isinstance(one, Article) for one in found)
