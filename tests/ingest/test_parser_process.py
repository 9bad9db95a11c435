"""Files made to harm: each is named with why, in bounded time and memory, and its neighbours are read."""

import gzip
import io
import json
import lzma
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from figures import figure

from assistant.ingest import ArticleReader
from assistant.settings import Settings
from assistant.types import Article, Failure, SourceFile

SENTENCE = "The council of the river district voted on Monday to rebuild the old bridge before winter."
LIMITED = Settings(parse_seconds=2.0, parse_memory_bytes=400_000_000, article_bytes=2_000_000)
START_SECONDS = 30.0
MOST_SECONDS = 10.0
MOST_BYTES = 1_000_000_000
DRIVER = Path(__file__).with_name("parsing_driver.py")

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
WORD_END = "</w:body></w:document>"


def word_file(document: str) -> bytes:
    """A Word file whose main part is replaced."""
    made, buffer = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return buffer.getvalue()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60_000_000))
    return buffer.getvalue()


def pdf_bomb() -> bytes:
    """A PDF of one page, whose contents unpack to 100 million bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )
    return out


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY l0 "lol">{entities}]>'
    return f"{declared}{WORD}<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>{WORD_END}"


BOMBS: dict[str, Callable[[], bytes]] = {
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x",
    "anchors.html": lambda: b"<a " * 35_000,
    "cells.html": lambda: b"<table>" * 50_000 + b"x",
    "deep.html": lambda: b"<div>" * 100_000 + b"x",
    "deep.docx": lambda: word_file(WORD + "<w:p>" * 50_000 + "</w:p>" * 50_000 + WORD_END),
    "laughs.docx": lambda: word_file(laughs()),
    "bomb.docx": zip_bomb,
    "bomb.pdf": pdf_bomb,
    "loop.pdf": lambda: b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    "bomb.txt.gz": lambda: gzip.compress(bytes(20_000_000)),
    "bomb.jsonl.xz": lambda: lzma.compress(b"a" * 25_000_000),
    "long.txt": lambda: b"a" * 100_000_000,
    "deep.json": lambda: b"[" * 100_000,
    "deep.jsonl": lambda: b'{"text":' * 100_000,
    "many.json": lambda: b"[" + b"[]," * 10_000_000 + b"[]]",
    "quotes.md": lambda: b"> " * 50_000 + b"a",
}


def many_members() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"word/part{number}.xml", b"")
    return buffer.getvalue()


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(40_000))
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % (n + 3) for n in range(40_000))
    tree = b"2 0 obj<</Type/Pages/Count 40000/Kids[%s]>>endobj\n" % kids
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + tree + pages + b"trailer<</Root 1 0 R>>"
    )


def aliases() -> bytes:
    lines = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    return f"---\na0: &a0 x\n{lines}---\n{SENTENCE}".encode()


# what is merely laborious: read, or named with why, in the same bounds
LABORIOUS: dict[str, Callable[[], bytes]] = {
    "paragraphs.html": lambda: b"<p>word " * 150_000,
    "entities.html": lambda: b"<p>" + b"&amp;" * 380_000,
    "comments.html": lambda: b"<!-- x " * 200_000,
    "choices.html": lambda: b"<select><option>" * 60_000,
    "emphasis.html": lambda: b"<b><i>" * 60_000 + b"x",
    "brackets.md": lambda: b"[" * 100_000,
    "links.md": lambda: b"[a](" * 50_000,
    "emphasis.md": lambda: b"*a **b " * 60_000,
    "aliases.md": aliases,
    "keys.json": lambda: json.dumps({f"k{n}": n for n in range(100_000)}).encode(),
    "lines.txt": lambda: b"a\n" * 900_000,
    "members.docx": many_members,
    "paragraphs.docx": lambda: word_file(WORD + "<w:p/>" * 200_000 + WORD_END),
    "pages.pdf": many_pages,
}


@pytest.mark.parametrize("settings", [LIMITED, pytest.param(Settings(), marks=pytest.mark.slow)])
def test_a_folder_of_bombs_costs_only_the_bombs(tmp_path: Path, settings: Settings) -> None:
    bombs = BOMBS | LABORIOUS
    assert len(bombs) == 30
    for name, make in bombs.items():
        (tmp_path / name).write_bytes(make())
    neighbours = {f"{name}.neighbour.txt" for name in ("first", *bombs)}
    for name in neighbours:
        (tmp_path / name).write_text(SENTENCE)
    limits = settings.model_dump(include={"parse_seconds", "parse_memory_bytes", "article_bytes"})
    output = subprocess.run(
        [sys.executable, DRIVER, tmp_path, json.dumps(limits)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(DRIVER.parent.parent)},
        check=True,
    ).stdout
    told = json.loads(output)
    files = told["files"]
    read = {name for name, found in files.items() if found["articles"]}
    failed = {name for name, found in files.items() if found["failures"]}
    longest = max(files, key=lambda name: files[name]["seconds"])
    figure(
        f"{len(bombs)} bombs within {settings.parse_seconds:g} s and {settings.parse_memory_bytes:,} bytes: "
        f"{len(failed)} named, {len(read & set(bombs))} read, the longest ({longest}) in "
        f"{files[longest]['seconds']:.1f} s, a parser with at most {told['most_bytes'] / 1e6:.0f} MB"
    )
    assert set(files) == read | failed == set(bombs) | neighbours
    assert not read & failed
    assert neighbours <= read
    assert settings != LIMITED or set(BOMBS) <= failed
    assert files[longest]["seconds"] < MOST_SECONDS, longest
    assert told["most_bytes"] < MOST_BYTES


def slow(seconds: float) -> Settings:
    return Settings(parse_seconds=seconds)


def test_one_that_takes_too_long_is_ended_in_time_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(BOMBS["attributes.html"]())
    with ArticleReader(slow(1.0)) as reader:
        assert [type(one) for one in reader.read(text_file(tmp_path))] == [Article]
        began = time.monotonic()
        (found,) = reader.read(SourceFile(str(path), "a.html"))
        assert time.monotonic() - began < 1.0 + START_SECONDS
        assert isinstance(found, Failure)
        assert "ASSISTANT_PARSE_SECONDS" in found.reason
        assert [type(one) for one in reader.read(text_file(tmp_path))] == [Article]


def test_a_row_that_takes_too_long_costs_that_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    hanging = "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + "></p>"
    rows = [SENTENCE, hanging, SENTENCE, hanging, SENTENCE]
    path.write_text("\n".join(json.dumps({"text": text}) for text in rows))
    with ArticleReader(slow(1.0)) as reader:
        results = list(reader.read(SourceFile(str(path), "a.jsonl")))
    assert [one.id for one in results if isinstance(one, Article)] == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#5"]
    assert [one.path for one in results if isinstance(one, Failure)] == [f"{path}:2", f"{path}:4"]


def test_a_file_whose_every_row_hangs_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    hanging = json.dumps({"text": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + "></p>"})
    path.write_text(f"{hanging}\n" * 20)
    with ArticleReader(slow(0.5)) as reader:
        results = list(reader.read(SourceFile(str(path), "a.jsonl")))
    assert all(isinstance(one, Failure) for one in results)
    assert len(results) == 4


def text_file(folder: Path) -> SourceFile:
    (folder / "good.txt").write_text(SENTENCE)
    return SourceFile(str(folder / "good.txt"), "good.txt")


def test_a_child_that_is_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    source = text_file(tmp_path)
    with ArticleReader(LIMITED) as reader:
        list(reader.read(source))
        assert reader._child is not None
        os.kill(reader._child.pid, signal.SIGKILL)
        reader._child.wait()
        results = list(reader.read(source)) + list(reader.read(source))
    assert [type(one) for one in results] == [Failure, Article]


def test_an_entity_does_not_reach_another_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.docx"
    path.write_bytes(
        word_file(
            f'<?xml version="1.0"?>{entity}{WORD}<w:p><w:r><w:t>{SENTENCE} &x;</w:t></w:r></w:p>{WORD_END}'
        )
    )
    with ArticleReader(LIMITED) as reader:
        (found,) = reader.read(SourceFile(str(path), "a.docx"))
    assert isinstance(found, Article)
    assert found.text == SENTENCE


def test_the_child_sees_no_secret_and_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary")
    with ArticleReader(LIMITED) as reader:
        list(reader.read(text_file(tmp_path)))
        assert reader._child is not None
        process = Path(f"/proc/{reader._child.pid}")
        if not process.exists():
            pytest.skip("no /proc here")
        assert b"canary" not in (process / "environ").read_bytes()
        limits = (process / "limits").read_text()
    assert any(line.split()[:5] == ["Max", "file", "size", "0", "0"] for line in limits.splitlines())


def test_the_child_imports_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with ArticleReader(LIMITED) as reader:
        assert [type(one) for one in reader.read(text_file(tmp_path))] == [Article]


def test_a_device_or_pipe_behind_a_name_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")
    with ArticleReader(LIMITED) as reader:
        for name in ("zero.txt", "pipe.txt"):
            (found,) = reader.read(SourceFile(str(tmp_path / name), name))
            assert isinstance(found, Failure)
            assert found.reason == "not a regular file"
