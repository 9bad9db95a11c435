import numpy as np

from assistant.index.postgres.tokens import MOST_TERM_BYTES, TITLE_START, Tokenizer, weight_of


def test_terms_are_stems_and_a_word_of_several_is_a_phrase() -> None:
    tokenizer = Tokenizer()
    assert tokenizer.terms("Runners") == tokenizer.terms("runner") == ["runner"]
    assert tokenizer.terms("time-tables") == ["time", "tabl"]
    assert tokenizer.terms("time time") == ["time", "time"]
    assert tokenizer.terms("!") == tokenizer.terms("") == []


def test_places_in_the_title_count_twice_and_touch_none_in_the_text() -> None:
    (postings,) = Tokenizer().postings([("Bread and salt", "Salt, bread, salt")])
    held = {one.term: one for one in postings}
    assert held["salt"].places.tolist() == [TITLE_START + 2, 0, 2]
    assert (held["salt"].weight, held["and"].weight, held["and"].in_text) == (4, 2, False)
    assert weight_of(np.array([3, 9], dtype=np.int32)) == 2


def test_a_very_long_term_is_replaced_by_its_hash() -> None:
    (term,) = Tokenizer().terms("x" * 5000)
    assert len(term) <= MOST_TERM_BYTES
    assert Tokenizer().terms("x" * 5001) != [term]
