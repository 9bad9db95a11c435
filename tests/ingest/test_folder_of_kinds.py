"""A folder with one file of every kind that the program's own list names, and of some that it does not."""

import bz2
import gzip
import lzma
import mailbox
import shutil
from email.message import EmailMessage
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
from made_up_news import EMBEDDER, settings_of

from assistant.index import open_store
from assistant.ingest.formats.kinds import SUFFIXES

FILES = Path(__file__).with_name("cases") / "files"
EXAMPLES = {
    ".txt": "day-under-headline.txt",
    ".text": "labelled.txt",
    ".md": "percent-header.md",
    ".markdown": "clip-dated.md",
    ".html": "microdata.html",
    ".htm": "split-body.html",
    ".xhtml": "list.html",
    ".pdf": "two-columns-in-order.pdf",
    ".docx": "footnote.docx",
    ".doc": "empty.doc",
    ".odt": "article.odt",
    ".rtf": "article.rtf",
    ".epub": "book.epub",
    ".json": "webz.json",
    ".jsonl": "ccnews.jsonl",
    ".ndjson": "realnews.jsonl",
    ".csv": "articles.csv",
    ".tsv": "articles.tsv",
    ".xlsx": "articles.xlsx",
    ".mht": "saved-page.mht",
    ".mhtml": "saved-page.mht",
    ".eml": "newsletter.eml",
    ".rss": "feed.rss",
    ".atom": "feed.atom",
    ".xml": "feature.xml",
    ".rdf": "feed.rss",
    ".warc": "crawl.warc",
    ".zip": "articles.zip",
}
FAILS = {".doc"}
OTHERS = {"notes.xyz": ".xyz", "book.pages": ".pages", "list.ods": ".ods", "nothing": "no suffix"}


def write_folder(folder: Path) -> set[str]:
    """Write one file of each kind, and return the names of those that are to be read."""
    folder.mkdir()
    for suffix, example in EXAMPLES.items():
        shutil.copyfile(FILES / example, folder / f"kind{suffix}")
    text = (FILES / "labelled.txt").read_bytes()
    (folder / "a.txt.gz").write_bytes(gzip.compress(text))
    (folder / "a.txt.xz").write_bytes(lzma.compress(text))
    (folder / "a.txt.bz2").write_bytes(bz2.compress(text))
    shutil.copyfile(FILES / "articles.tar.gz", folder / "kind.tar.gz")
    shutil.copyfile(FILES / "articles.tar.gz", folder / "kind.tgz")
    (folder / "kind.tar").write_bytes(gzip.decompress((FILES / "articles.tar.gz").read_bytes()))
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Date"] = (
        "Post <a@b.example>",
        "Gates",
        "Mon, 16 Jun 2025 08:30:00 +0000",
    )
    letter.set_content("Engineers opened three gates of the dam on Wednesday after two days of rain.")
    box = mailbox.mbox(folder / "kind.mbox")
    box.add(letter)
    box.close()
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(FILES / "articles.csv"), folder / "kind.parquet")
    shutil.copyfile(FILES / "list.html", folder / "page.html.1")
    shutil.copyfile(FILES / "list.html", folder / "story.php")
    read = {one.name for one in folder.iterdir()}
    for name in OTHERS:
        (folder / name).write_bytes(b"\x00\x01 nothing that is read")
    return read


def test_every_kind_is_tried() -> None:
    assert set(SUFFIXES) == {*EXAMPLES, ".mbox", ".tar", ".parquet"}


def test_each_file_of_a_folder_is_an_article_or_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    kinds = write_folder(folder)
    with open_store(settings_of(tmp_path / "index", 0), create=True) as index:
        report = index.ingest([str(folder)], EMBEDDER)
        read = {Path(one.path).name for one in index.articles()}
    # one article may stand in several files: an id is that of the first
    failed = {Path(one.path.split(":")[0]).name: one.reason for one in report.failures}
    taken = {name for name, reason in failed.items() if "is already that of an article of" in reason}
    skipped = {Path(one.path).name: one.reason for one in report.skipped}
    assert kinds - read - taken == {f"kind{suffix}" for suffix in FAILS}
    assert "Word" in failed["kind.doc"] or "empty" in failed["kind.doc"]
    assert set(skipped) == set(OTHERS)
    for name, told in OTHERS.items():
        assert told in skipped[name]
