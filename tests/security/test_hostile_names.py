"""Names made to escape: nothing outside the source is read, nothing outside the index is written."""

import hashlib
import io
import os
import socket
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant import Settings
from assistant.index import Index, IngestEvent

SECRET = "The hidden words of the neighbour are quagmire and obelisk, and nobody may read them at all."
TEXT = "The council of the river district voted on Monday to rebuild the old bridge before winter."
NAMES = (
    "plain.txt", "-rf.txt", "--index.txt", "..txt", "...txt", "a..txt", "~.txt", "~root.txt", "$HOME.txt",
    "$(touch pwned).txt", "`touch pwned`.txt", ";touch pwned;.txt", "|touch pwned.txt", "a&b.txt", "a>b.txt",
    "*.txt", "?.txt", "[a-z].txt", "{a,b}.txt", "%2e%2e%2fa.txt", "..%2f..%2fa.txt", "..\\..\\a.txt",
    "C:\\a.txt", "file:a.txt", "' OR 1=1 --.txt", "'; DROP TABLE articles; --.txt", '".txt', " .txt", " a .txt",
    "a b.txt", "CON.txt", "é.txt", "é.txt", "字.txt", "\U0001f409.txt", "ａ.txt", "\u202etxt.a.txt",
    "a\u200bb.txt", "a\nb.txt", "a\rb.txt", "a\x1b[31m.txt", "a\x00b.txt".replace("\x00", "\x01"),
    f"{'a' * 240}.txt", "<script>.txt", "a\udcffb.txt", "a.txt.gz.txt", "#.txt", "@file.txt",
)  # fmt: skip


def tar_with_escape() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        escape = tarfile.TarInfo("../../pwned")
        escape.size = 4
        archive.addfile(escape, io.BytesIO(b"pwnd"))
    return buffer.getvalue()


def zip_with_escape() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../pwned", "pwned")
        archive.writestr("/pwned", "pwned")
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    return buffer.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of hostile names, links, devices and archives beside a folder with a secret."""
    outside, folder = tmp_path / "outside", tmp_path / "source"
    outside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"{TEXT} It was vote {number}.")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "relative.txt").symlink_to("../outside/secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "chain.txt").symlink_to("link.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "environment.txt").symlink_to("/proc/self/environ")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(here)
    (folder / "escape.docx").write_bytes(zip_with_escape())
    (folder / "escape.txt.gz").write_bytes(tar_with_escape())
    (folder / "escape.zip").write_bytes(zip_with_escape())
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory and the home, watched: what a name runs as a command would write there."""
    home, folder = tmp_path / "home", tmp_path / "one" / "two" / "here"
    home.mkdir()
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(folder)
    return folder


def everything(folder: Path, but: Path) -> dict[str, str]:
    """Each file below a folder with its hash, and each link with its target."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) != but]
        for name in [*names, *folders]:
            path = Path(place, name)
            if path.is_symlink():
                found[str(path)] = str(path.readlink())
            elif path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                found[str(path)] = "other"
    return found


def test_a_name_that_reached_a_shell_would_be_noticed(here: Path, tmp_path: Path) -> None:
    before = everything(tmp_path, but=tmp_path / "index")
    subprocess.run("cat $(touch pwned).txt", shell=True, capture_output=True, check=False)
    assert (here / "pwned").exists()
    assert everything(tmp_path, but=tmp_path / "index") != before


def test_hostile_names_read_and_write_nothing_else(source: Path, here: Path, tmp_path: Path) -> None:
    index_folder = tmp_path / "index"
    before = everything(tmp_path, but=index_folder)
    events: list[IngestEvent] = []
    with Index.open(Settings(index=index_folder), create=True) as index:
        report = index.ingest([str(source)], HashingEmbedder(32), on_event=events.append)
        assert everything(tmp_path, but=index_folder) == before
        texts = {one.id: index.article(one.id).text for one in index.articles()}
        assert not any("quagmire" in text or "pwn" in text for text in texts.values())
        assert all(TEXT in text for text in texts.values())
        for name in texts:
            assert name in NAMES
            assert name.isprintable()
            assert index.article(name).id == name
        assert index.verify() == []
        hidden = len([name for name in NAMES if name.startswith(".")])
        assert len(texts) + report.failed >= len(NAMES) - hidden
        index.remove(sorted(texts))
        assert everything(tmp_path, but=index_folder) == before
    assert list(here.iterdir()) == []
    assert not [path for path in (Path("/pwned"), tmp_path.parent / "pwned") if path.exists()]
    assert len(texts) >= 30
    assert all(event.subject.isprintable() for event in events)


@pytest.mark.parametrize("wanted", ["../outside/secret.txt", "source/../outside/secret.txt", "secret.txt"])
def test_no_name_of_an_article_reaches_a_file(source: Path, tmp_path: Path, wanted: str) -> None:
    from assistant import UnknownArticle

    with Index.open(Settings(index=tmp_path / "index"), create=True) as index:
        index.ingest([str(source / "plain.txt")], HashingEmbedder(32))
        with pytest.raises(UnknownArticle):
            index.article(wanted)
