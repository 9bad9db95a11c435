from assistant.interfaces.cli.ingest_report import not_read, remarks_on
from assistant.types import IngestReport, Skipped


def test_what_the_counts_do_not_tell_is_said() -> None:
    skipped = (
        Skipped("/a/b.png", ".png files are not read"),
        Skipped("/a/c.png", ".png files are not read"),
        Skipped("/a/d.xls", ".xls files are not read: save it as .xlsx or .csv"),
        Skipped("/a/e", "no suffix, and its first bytes are not those of a page, a feed or mail"),
    )
    over, cut, languages = remarks_on(
        IngestReport(skipped=skipped, truncated=1, languages={"en": 4, "fr": 2, "ar": 1})
    )
    assert over.startswith(
        "passed over 4 files that no reader takes: 2 .png, 1 .xls (save it as .xlsx or .csv)"
    )
    assert "1 no suffix" in over
    assert cut.startswith("1 article cut short")
    assert languages.startswith("3 articles in languages that are stored but not read (2 fr, 1 ar)")


def test_nothing_to_say_is_nothing_said() -> None:
    assert list(remarks_on(IngestReport(added=3, languages={"en": 3}))) == []
    assert not_read({}) is None
