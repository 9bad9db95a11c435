"""Files and addresses that users add: read one by one, each with what became of it, and nothing half done."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import serving

from assistant import Assistant, Settings
from assistant.errors import SourceError, WorkspaceError
from assistant.workspace.adding import ARRIVING, NAME_BYTES, Adding, Addition, own_name

TEXT = (
    "---\ntitle: {title}\n---\nThe council of Holmby met on Monday and agreed on a new bridge over the Varn."
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("adding")
    (folder / "first.md").write_text(TEXT.format(title="First"))
    settings = Settings(index=folder / "index", reader="none")
    with Assistant.build(folder / "first.md", settings) as opened:
        yield opened


@pytest.fixture
def adding(assistant: Assistant, tmp_path: Path) -> Adding:
    return Adding(assistant, tmp_path)


def sent(adding: Adding, name: str, content: bytes, user: str = "ada") -> Addition:
    arrived = adding.arriving(name)
    arrived.write_bytes(content)
    return adding.file(user, name, arrived)


def done(adding: Adding, user: str = "ada") -> list[Addition]:
    deadline = time.monotonic() + 60
    while any(one.state != "done" for one in adding.jobs(user)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return adding.jobs(user)


def test_files_are_read_and_each_says_what_became_of_it(adding: Adding, assistant: Assistant) -> None:
    sent(adding, "second.md", TEXT.format(title="Second").encode())
    sent(adding, "broken.pdf", b"no pdf at all")
    sent(adding, "../../third.md", TEXT.format(title="Third").encode())
    third, broken, second = done(adding)
    assert (second.added, second.failures, second.article) == (1, (), "uploads/second.md")
    assert (third.name, third.added) == ("third.md", 1)
    assert broken.added == 0 and len(broken.failures) == 1
    ids = {one.id for one in assistant.index.articles()}
    assert {"uploads/second.md", "uploads/third.md", "first.md"} <= ids
    assert adding.folder is not None
    assert sorted(one.name for one in adding.folder.iterdir()) == ["second.md", "third.md"]
    assert adding.jobs("grace") == []
    adding.forget("grace")
    assert len(adding.jobs("ada")) == 3
    adding.forget("ada")
    assert adding.jobs("ada") == []


def test_the_same_name_twice_replaces_nothing(adding: Adding, assistant: Assistant) -> None:
    for title in ("One", "Two", "One"):
        sent(adding, "same.md", (TEXT.format(title=title) + f" It is paper {title}.").encode())
    again, other, first = done(adding)
    assert (first.name, other.name, again.name) == ("same.md", "same (2).md", "same.md")
    assert again.unchanged == 1
    assert assistant.article("uploads/same.md").title == "One"


def test_what_no_reader_takes_is_refused_before_it_is_sent(adding: Adding) -> None:
    for name in ("x.xls", "x", "", ".md", "x.exe"):
        with pytest.raises(SourceError):
            adding.arriving(name)
    for address in ("", "file:///etc/passwd", "/etc/passwd", "ftp://host/x", "javascript:1"):
        with pytest.raises(SourceError):
            adding.address("ada", address)


def test_an_address_that_is_not_public_is_a_failure_of_its_job(adding: Adding) -> None:
    adding.address("ada", "http://127.0.0.1:9/article")
    (job,) = done(adding)
    assert "public" in job.failures[0].reason


def test_an_address_of_a_feed_brings_its_articles_and_one_of_a_page_its_failure(tmp_path: Path) -> None:
    (tmp_path / "first.md").write_text(TEXT.format(title="First"))
    settings = Settings(index=tmp_path / "index", reader="none", allow_private_addresses=True)
    with Assistant.build(tmp_path / "first.md", settings) as assistant, serving() as served:
        served.entries += [(name, f"The {name} of Holmby rusts. " * 8) for name in ("pier", "quay")]
        adding = Adding(assistant, tmp_path)
        adding.address("ada", f"{served.address}/feed.xml")
        adding.address("ada", f"{served.address}/page")
        page, feed = done(adding)
    assert (feed.added, feed.failures) == (2, ())
    assert page.added == 0 and len(page.failures) == 1


def test_half_a_file_is_removed_at_the_next_start(
    adding: Adding, assistant: Assistant, tmp_path: Path
) -> None:
    arrived = adding.arriving("half.md")
    arrived.write_text("half")
    assert arrived.name.startswith(ARRIVING)
    Adding(assistant, tmp_path)
    assert not arrived.exists()


def test_without_a_folder_files_are_refused_and_addresses_are_not(assistant: Assistant) -> None:
    adding = Adding(assistant, None)
    with pytest.raises(WorkspaceError, match="ASSISTANT_WORKSPACE"):
        adding.arriving("x.md")


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("a.md", "a.md"),
        ("/etc/a.md", "a.md"),
        ("..\\..\\a.md", "a.md"),
        ("..md", "md"),
        ("a\x00\u202eb.md", "ab.md"),
        ("été.tar.gz", "été.tar.gz"),
        ("", "file"),
    ],
)
def test_a_name_is_one_of_a_file_here(name: str, own: str) -> None:
    assert own_name(name) == own


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    assert own_name("é" * 500 + ".md").endswith(".md")
    assert len(own_name("é" * 500 + ".md").encode()) <= NAME_BYTES + 3
