import datetime
import gzip
import hashlib
import json
import lzma
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.ingest import ArticleReader, content_hash, find_sources
from assistant.settings import Settings
from assistant.types import Article, Failure, Skipped, SourceFile

SENTENCES = (
    "The council of the river district voted on Monday to rebuild the old bridge before winter.",
    "Engineers said the work would take four months and would close one lane at a time.",
)
TEXT = "\n\n".join(SENTENCES)
SETTINGS = Settings()


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader(SETTINGS) as opened:
        yield opened


def read(reader: ArticleReader, path: Path) -> list[Article | Failure | Skipped]:
    return list(reader.read(SourceFile(str(path), path.name)))


def article(reader: ArticleReader, path: Path) -> Article:
    (found,) = read(reader, path)
    assert isinstance(found, Article), found
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    return found


def failure(reader: ArticleReader, path: Path) -> str:
    (found,) = read(reader, path)
    assert isinstance(found, Failure), found
    assert found.path == str(path)
    assert "\n" not in found.reason
    return found.reason


def row(**fields: object) -> str:
    return json.dumps({"text": TEXT, **fields})


def found(*sources: Path | str) -> list[SourceFile | Failure | Skipped]:
    return list(find_sources([str(source) for source in sources], SETTINGS))


def test_a_folder_is_walked_in_order_and_ids_are_its_relative_paths(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b.html.gz",
        ".hidden.txt",
        ".git/c.txt",
        "README.md",
        "a/readme.txt",
        "x.png",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert found(tmp_path) == [
        SourceFile(str(tmp_path / "b.txt"), "b.txt"),
        Skipped(str(tmp_path / "x.png"), ".png files are not read"),
        *(SourceFile(str(tmp_path / name), name) for name in ("a/b.html.gz", "a/z.md")),
    ]


def test_a_file_is_known_by_its_name_and_an_address_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "README.txt"
    path.write_text(TEXT)
    assert found(path, "https://example.org/a") == [
        SourceFile(str(path), "README.txt"),
        SourceFile("https://example.org/a", "https://example.org/a"),
    ]


def test_a_source_named_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert len(found(tmp_path, tmp_path, f"{tmp_path}/.")) == 1


def test_what_cannot_be_a_source_is_a_failure_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"")
    for source in (
        tmp_path / "none.txt",
        tmp_path / "x.png",
        "ftp://example.org/a.txt",
        "file:///etc/hostname",
    ):
        (result,) = found(source)
        assert isinstance(result, Failure)
        assert result.path == str(source)


def test_nothing_outside_a_folder_is_found_in_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text(TEXT)
    (inside / "own.txt").write_text(TEXT)
    (inside / "same.txt").symlink_to("own.txt")
    (inside / "loop").symlink_to(".")
    (inside / "circle.txt").symlink_to("circle.txt")
    (inside / "escape.txt").symlink_to("../outside/secret.txt")
    (inside / "escape").symlink_to("../outside")
    (inside / "dangling.txt").symlink_to("nothing.txt")
    (inside / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(inside / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(inside / "socket.txt"))
        results = found(inside)
    assert [result.article_id for result in results if isinstance(result, SourceFile)] == [
        "own.txt",
        "same.txt",
    ]
    failed = {Path(result.path).name for result in results if isinstance(result, Failure)}
    assert failed == {
        "circle.txt",
        "escape.txt",
        "escape",
        "dangling.txt",
        "device.txt",
        "pipe.txt",
        "socket.txt",
    }


def test_a_name_that_cannot_be_shown_is_a_failure_that_can(tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"\xff\xfe.txt", "\u202egnp.txt".encode(), b"bell\x07.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TEXT)
    (tmp_path / "plain; $(name) 'é.txt").write_text(TEXT)
    results = found(tmp_path)
    assert [result.article_id for result in results if isinstance(result, SourceFile)] == [
        "plain; $(name) 'é.txt"
    ]
    failures = [result for result in results if isinstance(result, Failure)]
    assert len(failures) == 4
    assert all(one.path.isprintable() and one.path.encode() for one in failures)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads what nobody may")
def test_an_unreadable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (result,) = found(tmp_path)
    assert isinstance(result, Failure)
    assert result.path == str(tmp_path / "closed")
    (tmp_path / "closed").chmod(0o700)


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 3_000_000)
    assert (
        content_hash(SourceFile(str(path), "a.txt"), SETTINGS)
        == hashlib.sha256(path.read_bytes()).hexdigest()
    )


def test_what_has_no_bytes_to_hash_is_an_error(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as opened:
        opened.truncate(SETTINGS.article_bytes + 1)
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (
        tmp_path / "none.txt",
        tmp_path,
        "/dev/zero",
        tmp_path / "pipe.txt",
        large,
        "https://example.org/",
    ):
        with pytest.raises(SourceError):
            content_hash(SourceFile(str(path), "a.txt"), SETTINGS)


def test_a_plain_text_is_an_article_whose_unknowns_stay_unknown(
    reader: ArticleReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Bridge to be rebuilt\n\n{TEXT}\n")
    assert article(reader, path) == Article(
        id="a.txt",
        text=TEXT,
        title="Bridge to be rebuilt",
        language="en",
        path=str(path),
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    )


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_each_compression_reads_alike(reader: ArticleReader, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    opener = {"": Path.open, ".gz": gzip.open, ".xz": lzma.open}[suffix]
    with opener(path, "wb") as opened:
        opened.write(f"{row(id='one')}\n\n{row(id='two')}\n".encode())
    assert [one.id for one in read(reader, path) if isinstance(one, Article)] == ["one", "two"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "koi8-r"])
def test_each_encoding_reads_alike(reader: ArticleReader, tmp_path: Path, encoding: str) -> None:
    sentences = {
        "koi8-r": "Совет речного района в понедельник проголосовал за восстановление старого моста до зимы.",
        "cp1252": "Le conseil de la vallée a décidé lundi de reconstruire le vieux pont dès l’été prochain.",
    }
    sentence = sentences.get(
        encoding, "The vallée’s council voted on Monday to rebuild its “old” bridge before winter."
    )
    path = tmp_path / "a.txt"
    path.write_bytes("\n\n".join([sentence] * 20).encode(encoding))
    assert sentence in article(reader, path).text


def test_a_few_wrong_bytes_do_not_change_the_encoding(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The vallée’s council “voted” on Monday. ".encode() * 5 + b"A broken byte: \xff.")
    assert article(reader, path).text.startswith("The vallée’s council “voted” on Monday.")
    path.write_bytes(TEXT.encode() * 5 + b"\x81\x8d\xff\xfe")
    assert article(reader, path).text.startswith(TEXT)


def test_json_fields_go_by_many_names(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {
                "articleBody": f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>",
                "Headline": "Bridge to be rebuilt",
                "datePublished": "2025-07-01T10:00:00Z",
                "author": [{"name": "Jane Roe"}, {"name": "Richard Doe"}],
                "publisher": {"@type": "Organization", "name": "The River Paper"},
                "link": "https://www.example.org/bridge",
                "views": 12,
            }
        )
    )
    one = article(reader, path)
    assert (one.id, one.text, one.title) == ("a.json", TEXT, "Bridge to be rebuilt")
    assert (one.authors, one.publisher) == (("Jane Roe", "Richard Doe"), "The River Paper")
    assert (one.published, one.url) == (datetime.date(2025, 7, 1), "https://www.example.org/bridge")


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCES[0]}\n\n{SENTENCES[1]}",
        f"{SENTENCES[0]}\n\n{SENTENCES[1]}".replace("old bridge", "<b>old</b> bridge"),
        f"{SENTENCES[0]}\n\n{SENTENCES[1]}".replace(" on ", "&nbsp;on&#32;"),
        f"<p>{SENTENCES[0]}</p>\n<p>{SENTENCES[1]}</p>".replace(" on ", "\non "),
        f"{SENTENCES[0]}<br><br/>{SENTENCES[1]}",
    ],
)
def test_a_text_with_some_markup_keeps_its_paragraphs(
    reader: ArticleReader, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": text}))
    assert article(reader, path).text == TEXT


def test_the_host_stands_for_a_publisher_that_is_not_stated(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(row(url="https://www.example.org/a"))
    assert article(reader, path).publisher == "example.org"
    path.write_text(row(url="javascript:alert(1)"))
    assert (article(reader, path).publisher, article(reader, path).url) == (None, None)


def test_an_address_may_state_the_day_and_the_publisher_may_end_the_title(
    reader: ArticleReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    stated = {"title": "Bridge &amp; ferry | The River Paper", "source": "The River Paper"}
    path.write_text(row(url="https://example.org/news/2024/03/05/bridge", **stated))
    one = article(reader, path)
    assert (one.title, one.published) == ("Bridge & ferry", datetime.date(2024, 3, 5))


def test_a_list_in_json_is_many_articles(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"status": "ok", "articles": [{row(id=7)}, {row()}, 3, {{"title": "x"}}]}}')
    one, two, three, four = read(reader, path)
    assert isinstance(one, Article)
    assert one.id == "7"
    assert isinstance(two, Article)
    assert two.id == "a.json#2"
    assert isinstance(three, Failure)
    assert three.path == f"{path}:3"
    assert isinstance(four, Failure)


def test_a_bad_row_is_named_by_its_line_and_the_others_are_read(
    reader: ArticleReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    deep = "[" * 100_000
    rows = [
        row(id="one"),
        "{not json",
        "",
        '"text"',
        row(text=""),
        f'{{"text": {deep}',
        "\x00" * 50,
        row(),
        row(id=""),
    ]
    path.write_text("\n".join(rows))
    results = read(reader, path)
    assert [one.id for one in results if isinstance(one, Article)] == ["one", "a.jsonl#8", "a.jsonl#9"]
    failed = [one.path for one in results if isinstance(one, Failure)]
    assert failed == [f"{path}:{line}" for line in (2, 4, 5, 6, 7)]


def test_metadata_of_any_type_and_dirty_text_are_tolerated(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    odd: list[object] = [
        None,
        3,
        2**63,
        1e400,
        True,
        [],
        {},
        [[]],
        {"name": None},
        "\ud800\x00",
        "\u202e",
        ["a", 1],
    ]
    path.write_text(
        "\n".join(
            json.dumps({"text": f"\x00{TEXT}\ud800\u202e", "id": number, **dict.fromkeys(fields, value)})
            for number, value in enumerate(odd)
            for fields in [("title", "published", "publisher", "authors", "url", "language")]
        )
    )
    results = read(reader, path)
    assert len(results) == len(odd)
    for one in results:
        assert isinstance(one, Article)
        assert one.text == TEXT + "\ufffd"
        for value in (one.title, one.publisher, *one.authors):
            assert value is None or value.encode()


# What JSON and front matter state -> what is kept: what is no value is none, what nobody can see goes.
STATED: dict[str, tuple[str, str, str | None]] = {
    "nan": ("NaN", ".nan", None),
    "infinity": ("-Infinity", "-.inf", None),
    "beyond a double": ("1e400", "1.0e+400", None),
    "beyond 64 bits": (str(2**63), str(2**63), "9223372036854775808"),
    "below 64 bits": (str(-(2**63) - 1), str(-(2**63) - 1), "-9223372036854775809"),
    "nul": (r'"a\u0000b"', r'"a\0b"', "ab"),
    "lone surrogate": (r'"a\ud800b"', '"a\ufffdb"', "a\ufffdb"),
    "pair of surrogates": (r'"a\ud83d\ude00b"', r'"a\U0001F600b"', "a\U0001f600b"),
    "bidi": (r'"a\u202eb\u2066c"', r'"a\u202eb\u2066c"', "abc"),
}


@pytest.mark.parametrize("case", STATED)
@pytest.mark.parametrize("field", ["title", "publisher", "author", "id", "url", "date"])
def test_odd_values_of_metadata_mean_the_same_in_every_format(
    reader: ArticleReader, tmp_path: Path, case: str, field: str
) -> None:
    in_json, in_yaml, expected = STATED[case]
    (tmp_path / "a.json").write_text(f'{{"text": {json.dumps(TEXT)}, "{field}": {in_json}}}')
    (tmp_path / "a.jsonl").write_text((tmp_path / "a.json").read_text())
    (tmp_path / "a.md").write_text(f"---\n{field}: {in_yaml}\n---\n{TEXT}\n")
    for name in ("a.json", "a.jsonl", "a.md"):
        one = article(reader, tmp_path / name)
        assert one.text == TEXT
        kept = {
            "title": one.title,
            "publisher": one.publisher,
            "author": one.authors[0] if one.authors else None,
            "id": None if one.id.startswith("a.") else one.id,
        }
        number = expected is not None and expected.lstrip("-").isdigit()
        unfit = field in ("url", "date") or (field == "author" and number)
        assert kept.pop(field, None) == (None if unfit else expected), name
        assert not any(kept.values())
        assert (one.url, one.published) == (None, None)


def test_front_matter_that_is_no_yaml_is_read_as_it_stands(reader: ArticleReader, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f'---\ntitle: "a\\ud800b"\n---\n{TEXT}\n')
    assert article(reader, tmp_path / "a.md").title == r"a\ud800b"


def test_the_day_is_never_the_file_s(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "2024-01-01.txt"
    path.write_text(f"Bridge to be rebuilt\n\n{TEXT}")
    assert article(reader, path).published is None


def test_an_ambiguous_day_follows_the_language(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(row(date="03/07/2025"))
    assert article(reader, path).published is None
    french = "Le conseil du district a voté lundi la reconstruction du vieux pont avant l’hiver, dit-il."
    path.write_text(json.dumps({"text": french, "date": "03/07/2025"}))
    assert article(reader, path).published == datetime.date(2025, 7, 3)
    assert article(reader, path).language == "fr"


def test_a_text_too_short_to_tell_has_no_language(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Yes. 12 - 4.")
    assert article(reader, path).language is None


def test_what_holds_no_text_is_a_failure(reader: ArticleReader, tmp_path: Path) -> None:
    for name, data in {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "debris.txt": b"Share this article\n\nRead more",
        "binary.txt": bytes(range(256)) * 20,
        "zeros.txt": bytes(5000),
        "picture.html": b"\x89PNG\r\n\x1a\n" + os.urandom(3000),
        "empty.json": b"",
        "scalar.json": b"3",
        "none.json": b"[]",
        "none.jsonl": b"\n \n",
        "fields.json": b'{"title": "x"}',
        "damaged.txt.gz": b"\x1f\x8b\x08\x00rubbish",
        "damaged.jsonl.xz": b"rubbish",
        "cut.txt.xz": lzma.compress(os.urandom(5000))[:2000],
        "empty.html": b"",
        "empty.pdf": b"",
        "empty.docx": b"",
        "text.pdf": TEXT.encode(),
        "text.docx": TEXT.encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert failure(reader, tmp_path / name), name
    assert failure(reader, tmp_path / "none.txt")


def test_reading_that_is_broken_off_leaves_the_reader_usable(reader: ArticleReader, tmp_path: Path) -> None:
    many, one = tmp_path / "many.jsonl", tmp_path / "one.txt"
    many.write_text("\n".join(row(id=number) for number in range(1000)))
    one.write_text(TEXT)
    reading = reader.read(SourceFile(str(many), "many.jsonl"))
    assert isinstance(next(reading), Article)
    reading.close()
    assert article(reader, one).text == TEXT


def test_closing_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    with ArticleReader(SETTINGS) as opened:
        article(opened, path)
        child = opened._child
        assert child is not None
        article(opened, path)
        assert opened._child is child
    assert child.returncode is not None
