import datetime
import gzip
import lzma
import warnings

import pytest

from assistant.errors import QuestionSetError
from assistant.evaluation import load_examples
from assistant.evaluation.examples import example_from_row, example_to_row
from assistant.types import Turn

FULL = {
    "id": "q1",
    "question": "Who came?",
    "answers": ["Ali"],
    "all_of": ["Ali", "Bea"],
    "none_of": ["Cid"],
    "answerable": True,
    "evidence": ["a.md"],
    "history": [["Where?", "In Rome."]],
    "category": "who",
    "asked": "2025-07-08",
    "after": "2025-01-01",
    "before": "2025-12-31",
    "context": [
        {"id": "a", "title": "Guests", "published": "2025-07-01", "text": "Ali and Bea came to Rome."}
    ],
}


def test_every_field_is_read(write_rows):
    (example,) = load_examples(write_rows(FULL))
    assert (example.id, example.question, example.category) == ("q1", "Who came?", "who")
    assert (example.answers, example.all_of, example.none_of) == (("Ali",), ("Ali", "Bea"), ("Cid",))
    assert example.history == (Turn("Where?", "In Rome."),)
    assert example.asked == datetime.date(2025, 7, 8)
    assert example.context[0].published == datetime.date(2025, 7, 1)
    assert example.context[0].text == "Ali and Bea came to Rome."


def test_an_article_that_is_nothing_but_debris_does_not_refuse_the_set(write_rows):
    line = "Copyright 2031, The Holmby Herald, All Rights Reserved."
    (example,) = load_examples(write_rows({"question": "Who came?", "context": [line, "Ali came."]}))
    assert [article.text for article in example.context] == [line, "Ali came."]


@pytest.mark.parametrize(
    "row",
    [
        {"question": "Who \ud800?"},
        {"question": "Who?", "answers": ["a \udc00"]},
        {"question": "Who?", "history": [["And \ud83d?", "He."]]},
    ],
)
def test_half_a_character_is_named_by_its_line(write_rows, row):
    with pytest.raises(QuestionSetError, match=r"line 2.*surrogates"):
        load_examples(write_rows({"question": "When?"}, row))


def test_a_written_example_reads_as_itself(write_rows):
    (example,) = load_examples(write_rows(FULL))
    assert example_from_row(example_to_row(example)) == example
    assert example_to_row(example_from_row({"question": "Why?"}, default_id="3")) == {
        "id": "3",
        "question": "Why?",
    }


def test_rows_without_an_id_get_their_line(write_rows):
    assert [one.id for one in load_examples(write_rows({"question": "A?"}, "", {"question": "B?"}))] == [
        "1",
        "3",
    ]


def test_null_is_as_if_left_out(write_rows):
    (example,) = load_examples(write_rows({"question": "A?", "asked": None, "answers": None}))
    assert example.asked is None
    assert example.answers == ()


@pytest.mark.parametrize(("suffix", "opener"), [(".gz", gzip.open), (".xz", lzma.open)])
def test_compressed_sets_are_read(tmp_path, suffix, opener):
    path = tmp_path / f"questions.jsonl{suffix}"
    with opener(path, "wt", encoding="utf-8") as file:
        file.write('{"question": "Où est-il né ?"}\n')
    assert load_examples(path)[0].question == "Où est-il né ?"


def test_unknown_fields_give_one_warning(write_rows):
    path = write_rows({"question": "A?", "choices": [], "note": "x"}, {"question": "B?", "choices": []})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert len(load_examples(path)) == 2
    (warning,) = caught
    assert "choices, note" in str(warning.message)


@pytest.mark.parametrize(
    "row",
    [
        "{not json",
        "[1, 2]",
        "[" * 100_000,
        {"answers": ["Ali"]},
        {"question": "  "},
        {"question": 7},
        {"question": "A?", "answers": "Ali"},
        {"question": "A?", "answers": [""]},
        {"question": "A?", "answerable": "no"},
        {"question": "A?", "asked": "last Tuesday"},
        {"question": "A?", "history": [["only a question"]]},
        {"question": "A?", "context": []},
        {"question": "A?", "context": [{"title": "no text"}]},
        {"question": "A?", "context": [{"id": "x", "text": "One."}, {"id": "x", "text": "Two."}]},
        {"question": "A?", "id": "first"},
    ],
)
def test_a_broken_row_is_named_by_its_line(write_rows, row):
    path = write_rows({"question": "Fine?", "id": "first"}, row, {"question": "Fine too?"})
    with pytest.raises(QuestionSetError, match="line 2") as caught:
        load_examples(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_an_empty_or_unreadable_set_is_an_error(tmp_path, content):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionSetError):
        load_examples(path)


def test_a_missing_or_damaged_file_is_an_error(tmp_path):
    damaged = tmp_path / "questions.jsonl.xz"
    damaged.write_bytes(b"not compressed")
    for path in (tmp_path / "none.jsonl", tmp_path, damaged):
        with pytest.raises(QuestionSetError):
            load_examples(path)
