import random
import sqlite3
from collections import defaultdict

import numpy as np

from assistant.index.postgres.tokens import (
    BLOCK,
    HELD,
    MOST_TERM_BYTES,
    PLACE,
    TITLE_START,
    Tokenizer,
    weight_of,
)
from assistant.index.sqlite.schema import FULL_TEXT

# letters, marks, digits and separators, of ASCII and not; some change their length in lower case
CHARACTERS = (
    "aZx0\u00e9\u0301\u0300\u00df\u0153_-\u2019'\0 \t\n.,"
    "\uff19\u0663\u00f1\ud55c\uae00\u5b57\u200b\ue000\U0001f600\u01c5\u0130\u0131\u1e9e\ufb01"
)


def test_terms_are_stems_and_a_word_of_several_is_a_phrase() -> None:
    tokenizer = Tokenizer()
    assert tokenizer.terms("Runners") == tokenizer.terms("runner") == ["runner"]
    assert tokenizer.terms("time-tables") == ["time", "tabl"]
    assert tokenizer.terms("time time") == ["time", "time"]
    assert tokenizer.terms("!") == tokenizer.terms("") == []


def test_places_in_the_title_count_twice_and_touch_none_in_the_text() -> None:
    blocks, tokens = Tokenizer().blocks([("Bread and salt", "Salt, bread, salt")])
    held = {one.term: one for one in blocks}
    assert tokens == 6
    assert np.frombuffer(held["salt"].places, dtype=PLACE).tolist() == [TITLE_START + 2, 0, 2]
    assert np.frombuffer(held["salt"].held, dtype=HELD).tolist() == [0, 4, 6, 3]
    assert (held["salt"].in_text, held["and"].in_text) == (True, False)
    assert weight_of(np.array([3, 9], dtype=np.int32)) == 2


def test_terms_and_their_places_are_those_of_the_embedded_store() -> None:
    draw = random.Random(4)
    tokenizer = Tokenizer()
    for _ in range(12):
        passages = [
            ("".join(draw.choices(CHARACTERS, k=draw.randrange(12))), "".join(draw.choices(CHARACTERS, k=90)))
            for _ in range(draw.randrange(1, 2 * BLOCK))
        ]
        connection = sqlite3.connect(":memory:")
        connection.execute(FULL_TEXT.format(schema=""))
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'instance')")
        connection.executemany(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            [(number, *passage) for number, passage in enumerate(passages)],
        )
        wanted = defaultdict(list)
        for term, number, column, place in connection.execute("SELECT term, doc, col, offset FROM terms"):
            wanted[term, number].append(place + (TITLE_START if column == "title" else 0))
        blocks, tokens = tokenizer.blocks(passages)
        found = {}
        for one in blocks:
            held = np.frombuffer(one.held, dtype=HELD).reshape(-1, 4)
            split = np.split(np.frombuffer(one.places, dtype=PLACE), np.cumsum(held[:-1, 3]))
            for (at, *_), places in zip(held.tolist(), split, strict=True):
                found[one.term, one.at + at] = places.tolist()
        assert found == {key: sorted(places) for key, places in wanted.items()}
        assert tokens == sum(map(len, wanted.values()))


def test_a_term_has_a_block_for_every_sixty_four_passages() -> None:
    passages = [("", f"salt {'bread' * (number % 2)}") for number in range(BLOCK + 3)]
    blocks, tokens = Tokenizer().blocks(passages)
    held = {(one.term, one.at): np.frombuffer(one.held, dtype=HELD).reshape(-1, 4) for one in blocks}
    assert tokens == BLOCK + 3 + (BLOCK + 3) // 2
    assert [len(held["salt", at]) for at in (0, BLOCK)] == [BLOCK, 3]
    assert held["bread", BLOCK].tolist() == [[1, 1, 2, 1]]
    assert held["bread", 0][:, 0].tolist() == list(range(1, BLOCK, 2))
    assert Tokenizer().blocks([]) == Tokenizer().blocks([("", "!")]) == ([], 0)


def test_a_very_long_term_is_replaced_by_its_hash() -> None:
    (term,) = Tokenizer().terms("x" * 5000)
    assert len(term) <= MOST_TERM_BYTES
    assert Tokenizer().terms("x" * 5001) != [term]
