from assistant.ingest.formats.press_exports import press_documents

BODY = (
    "Engineers opened three gates of the dam on Wednesday.\n\nThe head of the board said that it was sound."
)
CLASSIC = f"""1 of 2 DOCUMENTS

Dorvik Post

June 16, 2025 Monday

Gates opened after heavy rain

BYLINE: Ada Berg

LENGTH: 412 words

{BODY}

LOAD-DATE: June 17, 2025

Copyright 2025 Dorvik Post
All Rights Reserved

2 of 2 DOCUMENTS

Kelvary Herald

June 18, 2025 Wednesday

Gates shut

LENGTH: 99 words

{BODY}
"""


def test_documents_are_parted_and_their_heads_read() -> None:
    first, second = press_documents(CLASSIC) or []
    assert first.text == second.text == BODY
    assert first.fields == {
        "title": "Gates opened after heavy rain",
        "publisher": "Dorvik Post",
        "published": "June 16, 2025 Monday",
        "authors": "Ada Berg",
    }
    assert second.fields["publisher"] == "Kelvary Herald"


def test_labels_below_the_text_are_no_text() -> None:
    head = "Document 1 of 1\nGates opened\nAuthor: Berg, Ada; Roe, Jo\nPublication date: Jun 16, 2025\n"
    export = f"{head}Full text: {BODY}\n"
    (found,) = press_documents(export + "Title: Gates opened\nLanguage: English\n" + 60 * "_") or []
    assert found.text == BODY
    assert found.fields["authors"] == ["Ada Berg", "Jo Roe"]


def test_an_article_is_no_export() -> None:
    assert press_documents(f"Gates opened\n\nBy Ada Berg\n\n{BODY}\n\nThe note had 412 words.") is None
