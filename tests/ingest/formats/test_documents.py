# ruff: noqa: E501 - documents that are written out stay on one line
"""Mail, books, office files and plain texts, made here: what is read of each."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.archives import read_zip
from assistant.ingest.formats.docx import read_docx
from assistant.ingest.formats.epub import read_epub
from assistant.ingest.formats.feeds import MOST_ENTRIES, read_xml
from assistant.ingest.formats.limits import Limits, ParsedEntry
from assistant.ingest.formats.mail import read_mail, read_mbox, read_mhtml
from assistant.ingest.formats.old_word import converted_doc
from assistant.ingest.formats.opendocument import read_odt
from assistant.ingest.formats.plain_text import read_plain_text, with_whole_words
from assistant.ingest.formats.rtf import read_rtf
from assistant.ingest.formats.unzip import opened_zip, part
from assistant.ingest.metadata.documents import Document

FIRST = "The ferry to Ormsay sailed again on Tuesday, the port said."
SECOND = "It carries sixty cars, and two more ships are to follow in June."
MOST = 1_000_000
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_xhtml", ".xhtml"), content
            )
    return buffer.getvalue()


def document(found: ParsedEntry) -> Document:
    assert isinstance(found.document, Document), found
    return found.document


def mail(subject: str, body: str) -> bytes:
    head = (
        f"From: Ormsay Post <news@ormsay.example>\nSubject: {subject}\nDate: Tue, 3 Jun 2025 08:00:00 +0100\n"
    )
    return f"{head}Message-ID: <{subject[:4]}@x>\n\n{body}\n".encode()


def test_mail_gives_its_sender_day_and_text() -> None:
    found = read_mail(
        mail(
            "Fwd: Ferry sails", f"{FIRST}\n\n{SECOND}\n\nUnsubscribe: https://x.example\nOrmsay Post, Pier 1"
        )
    )
    assert found.text.split() == f"{FIRST} {SECOND}".split() and "Pier 1" not in found.text
    assert (found.fields["title"], found.fields["publisher"]) == ("Ferry sails", "Ormsay Post")


@pytest.mark.parametrize(
    "footer",
    [
        "-- \nOrmsay Post, Pier 1",
        "You receive this message because you signed up at the pier.\nOrmsay Post, Pier 1",
        "Sie erhalten diese E-Mail, weil Sie angemeldet sind.\nOrmsay Post, Pier 1",
        "Vous recevez cet e-mail car vous êtes inscrit.\nOrmsay Post, Pier 1",
        "Newsletter abbestellen\nOrmsay Post, Pier 1",
    ],
)
def test_the_foot_of_a_newsletter_goes(footer: str) -> None:
    found = read_mail(mail("Ferry sails", f"{FIRST}\n\n{SECOND}\n\n{footer}"))
    assert found.text.split() == f"{FIRST} {SECOND}".split()


def test_a_mailbox_is_read_message_by_message() -> None:
    box = (
        b"From a@b Tue Jun  3 08:00:00 2025\n"
        + mail("One", f"{FIRST}\n\n>From the pier it sails.")
        + b"\nFrom a@b x\n"
        + mail("Two", SECOND)
    )
    one, two = read_mbox(io.BytesIO(box), Limits(MOST, MOST))
    assert "\nFrom the pier" in document(one).text and SECOND in document(two).text
    with pytest.raises(UnreadableError):
        list(read_mbox(io.BytesIO(b"no mail\n"), Limits(MOST, MOST)))


def test_a_saved_page_needs_its_part_of_html() -> None:
    with pytest.raises(UnreadableError):
        read_mhtml(b"From: x\nContent-Type: text/plain\n\nwords")


def test_a_book_of_chapters_is_an_article_each() -> None:
    chapters = {f"c{n}_xhtml": f"<html><h1>Part {n}</h1><p>{FIRST} {SECOND * 5}</p></html>" for n in (1, 2)}
    items = "".join(f'<item id="i{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (1, 2))
    package = f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ferries</dc:title><manifest>{items}</manifest><spine><itemref idref="i2"/><itemref idref="i1"/></spine></package>'
    container = '<container><rootfiles><rootfile full-path="p.xml"/></rootfiles></container>'
    found = list(
        read_epub(packed(**{"META-INF__container_xml": container, "p_xml": package, **chapters}), MOST)
    )
    assert [document(one).fields["title"] for one in found] == ["Part 2", "Part 1"]


def test_an_opendocument_text_is_final() -> None:
    deleted = "<text:tracked-changes><text:changed-region><text:p>Old words.</text:p></text:changed-region></text:tracked-changes>"
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Corrected in May.</text:p></text:note-body></text:note>"
    body = f"{deleted}<text:h>Ferry</text:h><text:p>{FIRST}{note} It is<text:s/>new.</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    content = f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    text = read_odt(packed(content_xml=content), MOST).text
    assert f"{FIRST} It is new." in text and "Corrected in May." in text and "- one" in text
    assert "Old words" not in text


def test_an_opendocument_s_headline_goes_before_the_title_of_its_template() -> None:
    content = f'<office:document xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"><office:body><office:text><text:h text:outline-level="1">Ferry sails again</text:h><text:p>{FIRST}</text:p></office:text></office:body></office:document>'
    meta = '<meta xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sheet for the desk</dc:title></meta>'
    assert read_odt(packed(content_xml=content, meta_xml=meta), MOST).fields == {"title": "Ferry sails again"}


def test_hidden_rich_text_goes() -> None:
    source = rb"{\rtf1\ansi It sails{\v not \b yet\b0 } on \v hidden \'e9 \v0 Tuesday{\deleted\i no}.\par}"
    assert " ".join(read_rtf(source).text.split()) == "It sails on Tuesday."


def test_rich_text_has_no_control_words() -> None:
    source = rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}\b Ferry\b0\par Zo\'eb said that \u8220?it sails\u8221?.\par{\deleted gone}}"
    assert read_rtf(source).text == "Ferry\n\nZoë said that “it sails”."
    with pytest.raises(UnreadableError):
        read_rtf(b"plain")


def test_equal_cells_of_a_word_table_stay() -> None:
    made, buffer = docx.Document(), io.BytesIO()
    table = made.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("7", "7", "0"), strict=True):
        cell.text = text
    made.save(buffer)
    assert read_docx(buffer.getvalue(), MOST).text.strip() == "7 | 7 | 0"


def test_words_broken_at_line_ends_are_whole() -> None:
    assert with_whole_words("The har-\nbour and a twenty-\none year old of Stratford-\nUpon") == (
        "The harbour and a twenty-one year old of Stratford-Upon"
    )
    assert with_whole_words("a well-known man, a well-\nknown town") == "a well-known man, a well-known town"
    assert read_plain_text("pas\u00adsen\u00adgers").text == "passengers"


def test_old_word_files_are_refused_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.doc"
    for data, reason in (
        (b"", "empty"),
        (b"words", "not a Word"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "LibreOffice"),
    ):
        path.write_bytes(data)
        with pytest.raises(UnreadableError, match=reason), converted_doc(str(path), 5.0):
            pass


def test_a_program_of_libreoffice_converts_old_word_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\necho made > "$2/a.docx"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99))
    with converted_doc(str(tmp_path / "a.doc"), 20.0) as made:
        assert made.read_text() == "made\n"
    assert not made.exists()


def test_a_zip_of_parts_is_bounded() -> None:
    data = packed(a_xml="x" * 1000)
    with pytest.raises(UnreadableError, match="unpacked"):
        opened_zip(data, "Word", 100)
    with opened_zip(data, "Word", MOST) as archive:
        assert len(part(archive, "a.xml", MOST)) == 1000
        with pytest.raises(UnreadableError):
            part(archive, "b.xml", MOST)
    with pytest.raises(UnreadableError):
        list(read_zip(io.BytesIO(b"no zip"), Limits(MOST, MOST), lambda *_: iter(())))


def test_a_feed_s_whole_text_is_kept_and_its_teaser_flagged() -> None:
    content = f"<content:encoded><![CDATA[<p>{FIRST}</p>]]></content:encoded>"
    items = f"<item><title>A</title><link>https://a.example/1</link>{content}</item><item><title>B</title><link>https://a.example/2</link><description>{SECOND}</description></item>"
    feed = f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>{items}</channel></rss>'
    whole, teaser = (document(one) for one in read_xml(feed.encode()))
    assert (whole.text.strip(), whole.truncated) == (FIRST, False)
    assert (teaser.text.strip(), teaser.truncated) == (SECOND, True)


def test_the_authors_of_an_atom_feed_are_those_of_its_entries() -> None:
    entries = f"<entry><title>A</title><content>{FIRST}</content></entry><entry><title>B</title><author><name>Jo Lind</name></author><content>{FIRST}</content></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><author><name>Ann Ray</name></author>{entries}</feed>'
    assert [document(one).fields["authors"] for one in read_xml(feed.encode())] == ["Ann Ray", "Jo Lind"]
    of_paper = feed.replace("Ann Ray", "Post")
    assert [document(one).fields["authors"] for one in read_xml(of_paper.encode())] == [[], "Jo Lind"]


def test_the_chapters_of_a_paper_state_their_own_day_and_have_no_bars_of_links() -> None:
    chapters = {
        f"c{n}_xhtml": f"<html><div class=calibre_navbar>| Next |</div><h1>Part {n}</h1><p>By Ann Ray</p><p>{FIRST} {SECOND * 5}</p></html>"
        for n in (1, 2)
    }
    items = "".join(f'<item id="i{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (1, 2))
    stated = "<dc:title>Ormsay Post [Sat, 01 Mar 2025]</dc:title><dc:date>2025-03-01</dc:date><dc:creator>calibre</dc:creator>"
    package = f'<package xmlns:dc="http://purl.org/dc/elements/1.1/">{stated}<manifest>{items}</manifest><spine><itemref idref="i1"/><itemref idref="i2"/></spine></package>'
    container = '<container><rootfiles><rootfile full-path="p.xml"/></rootfiles></container>'
    found = list(
        read_epub(packed(**{"META-INF__container_xml": container, "p_xml": package, **chapters}), MOST)
    )
    assert all("Next" not in document(one).text for one in found)
    fields = document(found[0]).fields
    assert (fields["publisher"], fields["guessed"], fields.get("authors")) == (
        "Ormsay Post",
        "2025-03-01",
        None,
    )


def test_a_feed_without_end_is_read_up_to_a_bound_and_says_so() -> None:
    items = "".join(
        f"<item><title>{number}</title><description>{FIRST}</description></item>" for number in range(600)
    )
    *read, last = read_xml(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert len(read) == MOST_ENTRIES
    assert isinstance(last.document, UnreadableError) and "not read" in str(last.document)


def test_a_feed_s_last_line_about_itself_goes_in_any_language() -> None:
    entry = f"<title>Ferry</title><author>desk@ormsay.example (Ada Berg)</author><description>&lt;p&gt;{20 * SECOND}&lt;/p&gt;&lt;p&gt;El artículo Ferry apareció primero en Ormsay Post.&lt;/p&gt;</description>"
    feed = f"<rss version='2.0'><channel><title>Ormsay Post</title><item>{entry}</item></channel></rss>"
    (found,) = read_xml(feed.encode())
    assert "primero" not in document(found).text and SECOND in document(found).text
    assert document(found).fields["authors"] == "desk@ormsay.example (Ada Berg)"


def test_news_xml_is_read_without_notes_to_editors() -> None:
    head = "<head><title>slug-ferry</title></head>"
    body = f"<body><body.head><hedline><hl1>Ferry sails</hl1></hedline><note><body.content><p>Editors: hold</p></body.content></note><byline>By <person>Ada Berg</person><byttl>Port desk</byttl></byline></body.head><body.content><p>{FIRST}</p><media><media-caption><p>A ship</p></media-caption></media></body.content></body>"
    (found,) = read_xml(f"<nitf>{head}{body}</nitf>".encode())
    assert document(found).text == FIRST
    assert document(found).fields == {"title": "Ferry sails", "authors": "By Ada Berg"}


def test_a_news_sitemap_gives_addresses() -> None:
    news = "<news:news><news:title>Ferry</news:title><news:publication_date>2025-06-03</news:publication_date></news:news>"
    sitemap = f'<urlset xmlns:news="n"><url><loc>https://a.example/1</loc>{news}</url></urlset>'
    (found,) = read_xml(sitemap.encode())
    assert document(found).fields["url"] == "https://a.example/1" and document(found).truncated
