import datetime
import io
import json
import zipfile
from pathlib import Path

from assistant.ingest import ArticleReader, find_sources
from assistant.ingest.formats.by_suffix import documents
from assistant.ingest.formats.limits import Limits
from assistant.ingest.formats.omnivore import exported_fields, why_no_articles
from assistant.ingest.metadata.documents import Document
from assistant.settings import Settings
from assistant.types import Article, Skipped, SourceFile

TEXT = "The harbour of Velmo was shut on Friday after a ferry had struck the pier, the port authority said."


def test_an_export_s_texts_have_their_fields_and_its_notes_are_named(tmp_path: Path) -> None:
    row = {"slug": "harbour", "title": "Harbour shut", "author": "Ada Berg", "url": "https://velmo.example/h"}
    saved = {**row, "savedAt": "2026-03-03T03:03:03.000Z", "publishedAt": "2022-06-30T00:00:00.000Z"}
    for name, content in {
        "metadata_0_to_20.json": json.dumps([saved]),
        "content/harbour.html": f"<div><p>{TEXT}</p><p>{TEXT}</p></div>",
        "highlights/harbour.md": "> a ferry had struck the pier\n\nUse it.",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    found = list(find_sources([str(tmp_path)], Settings()))
    assert [Path(one.path).name for one in found if isinstance(one, Skipped)] == [
        "highlights",
        "metadata_0_to_20.json",
    ]
    with ArticleReader(Settings()) as reader:
        (article,) = [read for one in found if isinstance(one, SourceFile) for read in reader.read(one)]
    assert isinstance(article, Article) and TEXT in article.text
    assert (article.title, article.authors, article.url) == ("Harbour shut", ("Ada Berg",), row["url"])
    assert article.published == datetime.date(2022, 6, 30)


def test_other_folders_are_no_export() -> None:
    assert why_no_articles("metadata_0_to_20.json", ["metadata_0_to_20.json"], []) is None
    assert why_no_articles("highlights", ["a.html"], ["content", "highlights"]) is None
    assert exported_fields("/nowhere/content/a.html") == {} == exported_fields("/nowhere/a.html")


def test_a_packed_export_is_read_as_its_folder_is() -> None:
    row = {
        "slug": "harbour",
        "title": "Harbour shut",
        "author": "Ada Berg",
        "publishedAt": "2022-06-30T00:00:00Z",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/metadata_0_to_20.json", json.dumps([row]))
        archive.writestr("export/content/harbour.html", f"<html><body><p>{TEXT}</p></body></html>")
        archive.writestr("export/highlights/harbour.md", "> a ferry had struck the pier")
    found = list(documents(packed, "zip", "", Limits(100_000, 1_000_000)))
    assert [one.name for one in found if one.skipped] == [
        "export/metadata_0_to_20.json",
        "export/highlights/harbour.md",
    ]
    (read,) = [one.document for one in found if isinstance(one.document, Document)]
    assert (read.fields["title"], read.fields["authors"]) == ("Harbour shut", "Ada Berg")
