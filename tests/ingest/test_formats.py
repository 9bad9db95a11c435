import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from assistant.ingest import ArticleReader
from assistant.settings import Settings
from assistant.types import Article, Failure, SourceFile

SENTENCES = (
    "The council of the river district voted on Monday to rebuild the old bridge before winter.",
    "Engineers said the work would take four months and would close one lane at a time.",
    "Ferry crews, who have waited nine years for the vote, said they would help to carry the stone.",
)
TEXT = "\n\n".join(SENTENCES)


@pytest.fixture(scope="module")
def reader() -> Iterator[ArticleReader]:
    with ArticleReader(Settings()) as opened:
        yield opened


def read(reader: ArticleReader, path: Path, data: bytes | str) -> Article:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (found,) = reader.read(SourceFile(str(path), path.name))
    assert isinstance(found, Article), found
    return found


def page(body: str, head: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
    <header><p>The River Paper: all the news of the valley since 1911, every morning at your door.</p></header>
    {body}
    <aside><h3>Most read</h3><ul><li><a href="/x">Winter comes early</a></li></ul></aside>
    <footer><p>Copyright 2024 The River Paper. Terms and conditions apply to all our pages.</p></footer>
    <script>var x = "hidden";</script></body></html>"""


ARTICLE = f"""<article><h1>Bridge to be rebuilt</h1><p>{SENTENCES[0]}</p><h2>What it takes</h2>
    <p>{SENTENCES[1]} <b>Two</b> lanes &amp; a path stay.</p>
    <ul><li>the price is open</li><li>the date is set</li></ul>
    <figure><img src="x.jpg"><figcaption>The bridge in March</figcaption></figure>
    <p>{SENTENCES[2]}</p></article>"""


def test_a_page_gives_its_main_text_with_headings_and_lists(reader: ArticleReader, tmp_path: Path) -> None:
    found = read(reader, tmp_path / "a.html", page(ARTICLE))
    assert found.text == (
        f"{SENTENCES[0]}\n\nWhat it takes\n\n{SENTENCES[1]} Two lanes & a path stay.\n\n"
        f"- the price is open\n- the date is set\n\n{SENTENCES[2]}"
    )
    assert found.title == "Bridge to be rebuilt"
    assert (found.published, found.authors, found.url) == (None, (), None)


def test_a_page_s_json_ld_and_meta_elements_are_its_metadata(reader: ArticleReader, tmp_path: Path) -> None:
    linked = json.dumps(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "The River Paper"},
                {
                    "@type": "NewsArticle",
                    "headline": "Bridge to be rebuilt",
                    "datePublished": "2024-03-05T23:30:00-05:00",
                    "author": [
                        {"@type": "Person", "name": "Jane Roe"},
                        {"@type": "Person", "name": "Richard Doe"},
                    ],
                    "publisher": {"@type": "Organization", "name": "The River Paper"},
                },
            ],
        }
    )
    head = f"""<title>Bridge | Paper</title><script type="application/ld+json">{linked}</script>
        <link rel="canonical" href="https://example.org/bridge">"""
    found = read(reader, tmp_path / "a.html", page(ARTICLE, head))
    assert (found.title, found.publisher) == ("Bridge to be rebuilt", "The River Paper")
    assert (found.authors, found.published) == (("Jane Roe", "Richard Doe"), datetime.date(2024, 3, 5))
    assert found.url == "https://example.org/bridge"
    meta = """<meta property="og:title" content="Bridge to be rebuilt"><meta name="author" content="Jane Roe">
        <meta property="article:published_time" content="2024-03-05"><meta property="og:site_name" content="RP">"""
    found = read(reader, tmp_path / "a.html", page(ARTICLE, meta))
    assert (found.title, found.publisher) == ("Bridge to be rebuilt", "RP")
    assert (found.authors, found.published) == (("Jane Roe",), datetime.date(2024, 3, 5))


def test_a_line_that_names_the_stated_author_is_no_text(reader: ArticleReader, tmp_path: Path) -> None:
    meta = '<meta name="author" content="Roe, Jane"><meta name="author" content="Doe, Richard">'
    found = read(reader, tmp_path / "a.html", page(ARTICLE.replace("<p>", "<p>Jane Roe</p><p>", 1), meta))
    assert found.authors == ("Jane Roe", "Richard Doe") and "Jane" not in found.text


def test_a_day_in_the_text_of_a_page_is_not_its_own(reader: ArticleReader, tmp_path: Path) -> None:
    body = ARTICLE.replace(SENTENCES[2], f"The bridge was closed on 3 May 2019. {SENTENCES[2]}")
    assert read(reader, tmp_path / "a.html", page(body)).published is None


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "utf-8"])
def test_a_page_is_read_in_the_encoding_that_it_names(
    reader: ArticleReader, tmp_path: Path, charset: str
) -> None:
    sentence = {
        "windows-1251": "Совет речного района решил восстановить старый мост до зимы, сказал мэр."
    }.get(charset, "Le conseil de la vallée a décidé de reconstruire le pont dès cet été, a dit le maire.")
    markup = page(f"<article><p>{sentence}</p><p>{sentence} 2</p></article>").replace("utf-8", charset)
    assert sentence in read(reader, tmp_path / "a.html", markup.encode(charset)).text


def test_markup_that_means_nothing_gives_what_text_there_is(reader: ArticleReader, tmp_path: Path) -> None:
    found = read(reader, tmp_path / "a.html", f"<b><table><td><p>{SENTENCES[0]}</div></b><i>{SENTENCES[1]}")
    assert SENTENCES[0] in found.text
    assert SENTENCES[1] in found.text


def test_a_page_too_large_for_extraction_gives_all_its_text(reader: ArticleReader, tmp_path: Path) -> None:
    body = "".join(f"<p>Paragraph {number} of the report. {SENTENCES[1]}</p>" for number in range(30_000))
    found = read(
        reader, tmp_path / "a.html", page(f"<article>{body}</article>", "<title>The whole report</title>")
    )
    assert "Paragraph 0 of the report." in found.text
    assert "Paragraph 29999 of the report." in found.text
    assert found.title == "The whole report"


def test_a_clipping_is_read_without_its_excerpt(reader: ArticleReader, tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCES)
    head = "---\ncreated: 2026-01-02\n---\n\n# Bridge shut | Post\n\n> ## Excerpt\n> Short.\n\n---\n"
    source = f"{head}# Bridge shut\n\n{text}\n"
    found = read(reader, tmp_path / "a.md", source)
    assert (found.title, found.published) == ("Bridge shut", None)
    assert found.text.startswith(SENTENCES[0])


def test_a_stored_list_of_addresses_is_refused_with_the_remedy(reader: ArticleReader, tmp_path: Path) -> None:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    (tmp_path / "a.xml").write_text(
        f'<urlset xmlns="{space}"><url><loc>https://x.invalid/a</loc></url></urlset>'
    )
    (found,) = reader.read(SourceFile(str(tmp_path / "a.xml"), "a"))
    assert isinstance(found, Failure) and "ingest the address" in found.reason


def test_what_a_publisher_took_down_is_refused(reader: ArticleReader, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"title": "[Removed]", "content": "[Removed]"}]))
    (found,) = reader.read(SourceFile(str(tmp_path / "a.json"), "a"))
    assert isinstance(found, Failure) and "[Removed]" in found.reason


MARKDOWN = f"""---
title: "Bridge to be rebuilt: a vote"
published: 2024-03-05
publisher: The River Paper
authors: [Jane Roe, Richard Doe]
url: https://example.org/bridge
---

# Bridge to be rebuilt: a vote

{SENTENCES[0].replace(" on ", chr(10) + "on ")}

## What it takes

{SENTENCES[1].replace("four months", "**four** [months](https://example.org)")}

- the `price` is open
- the date is *set*

1. first
2. second

![The bridge](bridge.jpg)

| pier | year |
|------|------|
| one  | 1911 |

> {SENTENCES[2]}

<script>alert(1)</script>
"""


def test_markdown_gives_its_words_and_its_front_matter(reader: ArticleReader, tmp_path: Path) -> None:
    found = read(reader, tmp_path / "a.md", MARKDOWN)
    assert found.text == (
        f"{SENTENCES[0]}\n\nWhat it takes\n{SENTENCES[1]}\n\n- the price is open\n- the date is set\n\n"
        f"1. first\n2. second\n\npier | year\none | 1911\n{SENTENCES[2]}"
    )
    assert (found.title, found.publisher) == ("Bridge to be rebuilt: a vote", "The River Paper")
    assert (found.authors, found.published) == (("Jane Roe", "Richard Doe"), datetime.date(2024, 3, 5))
    assert found.url == "https://example.org/bridge"


@pytest.mark.parametrize(
    "front",
    [
        "title: Bridge: to be rebuilt\npublished: 2024-03-05",
        "title: [unclosed\npublished: 2024-03-05",
        "- a\n- list",
        "title: &a [x, x]\nauthors: [*a, *a]\npublished: !!python/object/apply:os.system ['true']",
        "date: 2024-02-30",
    ],
)
def test_front_matter_that_is_no_yaml_does_not_cost_the_article(
    reader: ArticleReader, tmp_path: Path, front: str
) -> None:
    assert read(reader, tmp_path / "a.md", f"---\n{front}\n---\n{TEXT}").text == TEXT


def test_a_first_heading_is_the_title_of_markdown_without_one(reader: ArticleReader, tmp_path: Path) -> None:
    found = read(reader, tmp_path / "a.md", f"# Bridge\n\n{TEXT}")
    assert (found.title, found.text) == ("Bridge", TEXT)


def word_file(**properties: str) -> docx.document.Document:
    opened = docx.Document()
    for name, value in properties.items():
        setattr(opened.core_properties, name, value)
    return opened


def saved(opened: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def test_a_word_file_gives_paragraphs_lists_and_tables_in_order(
    reader: ArticleReader, tmp_path: Path
) -> None:
    opened = word_file(title="Bridge to be rebuilt", author="Jane Roe")
    opened.add_paragraph(SENTENCES[0])
    opened.add_heading("What it takes", 1)
    opened.add_paragraph(SENTENCES[1])
    for item in ("the price is open", "the date is set"):
        opened.add_paragraph(item, style="List Bullet")
    table = opened.add_table(2, 2)
    for cell, value in zip(table._cells, ("pier", "year", "one", "1911"), strict=True):
        cell.text = value
    opened.add_paragraph(SENTENCES[2])
    found = read(reader, tmp_path / "a.docx", saved(opened))
    assert found.text == (
        f"{SENTENCES[0]}\n\nWhat it takes\n{SENTENCES[1]}\n\n- the price is open\n- the date is set\n\n"
        f"pier | year\none | 1911\n\n{SENTENCES[2]}"
    )
    assert (found.title, found.authors, found.published) == ("Bridge to be rebuilt", ("Jane Roe",), None)


def test_a_word_file_s_own_defaults_state_nothing(reader: ArticleReader, tmp_path: Path) -> None:
    opened = docx.Document()
    opened.add_paragraph("Bridge to be rebuilt", style="Title")
    for sentence in SENTENCES:
        opened.add_paragraph(sentence)
    found = read(reader, tmp_path / "a.docx", saved(opened))
    assert (found.title, found.authors, found.text) == ("Bridge to be rebuilt", (), TEXT)


def pdf(*pages: list[str], password: str = "", **metadata: str) -> bytes:
    """A PDF of pages of lines, in Helvetica."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        sheet = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream.set_data(f"BT /F1 11 Tf 50 780 Td {shown} ET".encode())
        sheet[NameObject("/Contents")] = writer._add_object(stream)
        sheet[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


LINES = [
    "The council of the river district voted on Monday to rebuild the old",
    "bridge before winter. Engineers said the work would take four months,",
    "and that one lane would close at a time, while the two oth-",
    "ers stay open.",
    "What it takes",
    "The stone is to come from the quarry that the district owns, the mayor",
    "said, and ferry crews are to carry it.",
]


def test_the_lines_of_a_pdf_become_paragraphs(reader: ArticleReader, tmp_path: Path) -> None:
    found = read(reader, tmp_path / "a.pdf", pdf(LINES, Title="Bridge to be rebuilt", Author="Jane Roe"))
    assert found.text == (
        f"{LINES[0]} {LINES[1]} and that one lane would close at a time, while the two others stay open.\n\n"
        f"What it takes\n{LINES[5]} {LINES[6]}"
    )
    assert (found.title, found.authors, found.published) == ("Bridge to be rebuilt", ("Jane Roe",), None)


def test_page_numbers_and_repeated_headers_go_and_paragraphs_run_on(
    reader: ArticleReader, tmp_path: Path
) -> None:
    pages = [["The River Paper, 5 March", *LINES[part : part + 2], f"Page {part}"] for part in (0, 2, 5)]
    found = read(reader, tmp_path / "a.pdf", pdf(*pages, Title="Microsoft Word - bridge.docx"))
    assert "River Paper" not in found.text
    assert "Page" not in found.text
    assert f"{LINES[1]} {LINES[2]}"[:-1] in found.text
    assert found.title is None


def test_the_pages_of_a_pdf_are_told_in_its_text(reader: ArticleReader, tmp_path: Path) -> None:
    pages = [["Bridge to be rebuilt", *LINES[:2]], [], LINES[2:4], LINES[5:]]
    found = read(reader, tmp_path / "a.pdf", pdf(*pages, Title="Bridge to be rebuilt"))
    shown = {
        words: found.page_at(found.text.index(words))
        for words in ("The council", "and that", "stay", "The stone")
    }
    assert shown == {"The council": 1, "and that": 3, "stay": 3, "The stone": 4}
    assert read(reader, tmp_path / "a.txt", TEXT.encode()).pages == ()


def test_a_pdf_without_text_or_key_is_a_failure(reader: ArticleReader, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for data in (pdf([]), pdf(LINES, password="secret")):
        path.write_bytes(data)
        (found,) = reader.read(SourceFile(str(path), "a.pdf"))
        assert isinstance(found, Failure)
