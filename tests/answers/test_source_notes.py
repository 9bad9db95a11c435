import pytest

from assistant.answers.source_notes import source_notes
from assistant.types import Article, Citation, Hit, Passage

TEXT = "Eleven mines were cleared at the dam.\n\nCorrection: an earlier version said twelve."
GATES = Article(id="gates", text=TEXT, title="Gates opened at Kelvary")


def cited(article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(1, article, start, start + len(quote), quote)


def test_a_correction_that_is_not_quoted_is_told() -> None:
    notes = source_notes([cited(GATES, "Eleven mines were cleared at the dam.")], [])
    assert notes == [
        "“Gates opened at Kelvary” carries a correction: “Correction: an earlier version said twelve.”"
    ]
    assert source_notes([cited(GATES, "Correction: an earlier version said twelve.")], []) == []


def test_a_correction_in_an_article_of_its_own_is_told() -> None:
    text = "The article said twelve mines; eleven were cleared."
    notice = Article(id="notice", text=text, title="Correction: Gates opened at Kelvary")
    own = Article(id="own", text="Eleven mines were cleared.", title=GATES.title)
    hit = Hit(Passage("notice:0", "notice", 0, len(text), text), notice, 1.0)
    (note,) = source_notes([cited(own, "Eleven mines were cleared.")], [hit])
    assert "corrected in" in note and text in note


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The article wrongly said twelve mines; eleven were cleared.", 1),
        ("An earlier version gave twelve mines; there were eleven.", 1),
        ("This story first appeared in our newsletter.", 0),
    ],
)
def test_an_editors_note_on_an_article_is_told_where_it_puts_something_right(text: str, told: int) -> None:
    notice = Article(id="notice", text=text, title="Editor’s note: Gates opened at Kelvary")
    own = Article(id="own", text="Eleven mines were cleared.", title=GATES.title)
    hit = Hit(Passage("notice:0", "notice", 0, len(text), text), notice, 1.0)
    notes = source_notes([cited(own, "Eleven mines were cleared.")], [hit])
    assert len(notes) == told and all("corrected in" in note and text in note for note in notes)


def test_an_article_that_is_cut_short_is_told() -> None:
    stub = Article(id="stub", text="Eleven mines were cleared.", title="Gates opened", truncated=True)
    assert source_notes([cited(stub, "Eleven mines")], []) == [
        "“Gates opened” is cut short by its source; only the beginning was read."
    ]
