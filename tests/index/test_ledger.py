import contextlib
import datetime
import itertools
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import IndexDamaged, StoreError
from assistant.index.chroma.vector_block import load_vectors
from assistant.index.duplicates import bands, shingles, similarity
from assistant.index.listing import list_articles
from assistant.index.sqlite.ledger import Ledger, get_meta, read_articles
from assistant.index.sqlite.postings import PostingReader
from assistant.index.sqlite.term_cutter import TermCutter
from assistant.index.sqlite.word_ranking import WordRanking
from assistant.index.sqlite.writes import forget_article, put_article, remove_article, restore_article
from assistant.types import Article, Passage

EMBEDDER = HashingEmbedder()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with contextlib.closing(Ledger(tmp_path / "ledger.sqlite3", create=True)) as opened:
        yield opened


def article(name: str, text: str, **values: object) -> Article:
    return Article(id=name, text=text, path=f"/news/{name}", **values)  # type: ignore[arg-type]


def put(ledger: Ledger, one: Article, pieces: int = 2) -> None:
    """Store an article in passages of equal length."""
    step = max(1, -(-len(one.text) // pieces))
    spans = [(start, min(len(one.text), start + step)) for start in range(0, len(one.text), step)]
    passages = [Passage(f"{one.id}-{start}", one.id, start, end, one.text[start:end]) for start, end in spans]
    vectors = EMBEDDER.embed_passages([passage.text for passage in passages])
    with ledger.writing() as connection:
        put_article(connection, one, passages, vectors, content_hash=one.text, near_duplicate_similarity=0.6)


def stored(ledger: Ledger, name: str) -> Article:
    with ledger.reading() as connection:
        return next(read_articles(connection, "id = ?", (name,))).article


def ranked(connection: sqlite3.Connection, *words: str) -> list[tuple[int, float]]:
    with contextlib.closing(TermCutter()) as cutter:
        return WordRanking(cutter, PostingReader(Path("none"))).rank(connection, words, 100, None, "")


def found(ledger: Ledger, *words: str) -> list[int]:
    with ledger.reading() as connection:
        return [number for number, _ in ranked(connection, *words)]


def originals(ledger: Ledger) -> dict[str, str | None]:
    with ledger.reading() as connection:
        return {one.id: one.duplicate_of for one in list_articles(connection)}


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=anything,
    title=st.none() | anything,
    publisher=st.none() | anything,
    authors=st.lists(anything, max_size=3).map(tuple),
    published=st.none() | st.dates(),
    url=st.none() | st.just("https://example.org/\u202e\0"),
)
def test_articles_come_back_to_the_letter(
    ledger: Ledger,
    text: str,
    title: str | None,
    publisher: str | None,
    authors: tuple[str, ...],
    published: datetime.date | None,
    url: str | None,
) -> None:
    one = article(
        "one", text, title=title, publisher=publisher, authors=authors, published=published, url=url
    )
    put(ledger, one)
    assert stored(ledger, "one") == one
    with ledger.reading() as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


@pytest.mark.parametrize("count", [0, 1, 5461, 5462, pytest.param(40_000, marks=pytest.mark.slow)])
def test_an_article_of_any_number_of_passages_is_stored_whole(ledger: Ledger, count: int) -> None:
    one = article("one", "".join(f"w{number:05} " for number in range(count)))
    put(ledger, one, max(1, count))
    assert stored(ledger, "one") == one
    with ledger.reading() as connection:
        block = load_vectors(connection)
        assert len(block.rowids) == len(set(block.rowids.tolist())) == count
        assert len(load_vectors(connection, only=block.rowids).rowids) == count
    for number in {0, count // 2, count - 1} if count else set():
        assert len(found(ledger, f"w{number:05}")) == 1
    with ledger.writing() as connection:
        forget_article(connection, next(read_articles(connection, "id = 'one'")))
        assert connection.execute("SELECT count(*) FROM passages").fetchone() == (0,)


def test_a_failed_write_leaves_the_old_article_whole(ledger: Ledger) -> None:
    put(ledger, article("one", "old words stand here"))
    with pytest.raises(ZeroDivisionError), ledger.writing() as connection:
        row = next(read_articles(connection, "id = 'one'"))
        forget_article(connection, row)
        raise ZeroDivisionError
    assert stored(ledger, "one").text == "old words stand here"
    assert len(found(ledger, "old", "here")) == 2


def test_a_replaced_article_leaves_no_word_of_itself(ledger: Ledger) -> None:
    put(ledger, article("one", "camels crossed the border", title="Caravan"))
    put(ledger, article("one", "lorries waited at the gate", title="Queue"))
    assert not found(ledger, "camels", "border", "caravan")
    assert found(ledger, "lorries")
    assert len(found(ledger, "queue")) == 2
    with ledger.reading() as connection:
        assert connection.execute("SELECT count(*) FROM passages").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM bands").fetchone()[0] == 32


def test_numbers_of_passages_are_never_used_twice(ledger: Ledger) -> None:
    used: set[int] = set()
    for round_ in range(3):
        put(ledger, article("one", f"text number {round_} of this article"))
        with ledger.writing() as connection:
            numbers = set(load_vectors(connection).rowids.tolist())
            forget_article(connection, next(read_articles(connection, "id = 'one'")))
        assert numbers
        assert not numbers & used
        used |= numbers


def test_removed_articles_are_kept_out_and_come_back_whole(ledger: Ledger) -> None:
    put(ledger, article("one", "camels crossed the border", title="Caravan"))
    with ledger.reading() as connection:
        before = load_vectors(connection)
    with ledger.writing() as connection:
        remove_article(connection, next(read_articles(connection, "id = 'one'")))
    assert not found(ledger, "camels", "caravan")
    with ledger.reading() as connection:
        assert not len(load_vectors(connection).rowids)
    with ledger.writing() as connection:
        restore_article(connection, next(read_articles(connection, "id = 'one'")))
    with ledger.reading() as connection:
        after = load_vectors(connection)
    assert len(found(ledger, "caravan")) == 2
    assert np.array_equal(before.vectors, after.vectors)
    assert not set(before.rowids.tolist()) & set(after.rowids.tolist())


def test_a_reader_sees_one_state_while_another_writes(ledger: Ledger) -> None:
    put(ledger, article("one", "first text"))
    with ledger.reading() as connection:
        before = get_meta(connection, "changes")
        put(ledger, article("one", "second text"))
        put(ledger, article("two", "another text"))
        texts = [row.article.text for row in read_articles(connection)]
        assert texts == ["first text"]
        assert get_meta(connection, "changes") == before
    with ledger.reading() as connection:
        assert get_meta(connection, "changes") != before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET text = replace(text, 'no', 'a ')",
        "UPDATE articles SET published = '2020-01-02'",
        "UPDATE articles SET publisher = NULL",
    ],
)
def test_an_altered_article_is_noticed(ledger: Ledger, change: str) -> None:
    put(
        ledger,
        article("one", "there is no cause", publisher="Demo Wire", published=datetime.date(2020, 1, 1)),
    )
    with ledger.writing() as connection:
        connection.execute(change)
    with pytest.raises(IndexDamaged, match="one"):
        stored(ledger, "one")


@pytest.mark.parametrize("change", ["start = start + 1", "vector = zeroblob(length(vector))", "article = 1"])
def test_an_altered_passage_is_noticed(ledger: Ledger, change: str) -> None:
    put(ledger, article("one", "some words"))
    put(ledger, article("two", "other things"))
    with ledger.writing() as connection:
        connection.execute(f"UPDATE passages SET {change} WHERE article = 2")
    with pytest.raises(IndexDamaged), ledger.reading() as connection:
        load_vectors(connection)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with contextlib.closing(Ledger(path)) as ledger, pytest.raises(IndexDamaged), ledger.lent():
        pass


def test_a_ledger_of_a_newer_version_is_refused_by_name(ledger: Ledger) -> None:
    with contextlib.closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    ledger.reconnect()
    with pytest.raises(StoreError, match="newer version"), ledger.lent():
        pass


def test_a_closed_ledger_says_so(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(StoreError, match="closed"), ledger.lent():
        pass


WORDS = [f"word{number}" for number in range(4000)]


def story(seed: int, words: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def reprint(text: str, changes: int = 12) -> str:
    words = text.split()
    for place in random.Random(7).sample(range(len(words)), changes):
        words[place] = "changed"
    return "By our staff. " + " ".join(words)


def test_likeness_is_the_share_of_common_runs_of_three_words() -> None:
    one, other = shingles("a b c d"), shingles("a b c e")
    assert similarity(one, other) == pytest.approx(1 / 3)
    assert similarity(one, one) == 1
    assert similarity(shingles("A, b - C d!"), one) == 1
    assert similarity(shingles(""), shingles("")) == 0
    assert bands(shingles("")) == []


def test_alike_articles_share_a_band_and_others_do_not() -> None:
    texts = [story(seed) for seed in range(60)]
    missed = [text for text in texts if not set(bands(shingles(text))) & set(bands(shingles(reprint(text))))]
    chance = [
        (one, other)
        for one, other in itertools.pairwise(texts)
        if set(bands(shingles(one))) & set(bands(shingles(other)))
    ]
    assert not missed
    assert not chance


def test_bands_are_the_same_on_every_machine_and_for_ever() -> None:
    assert bands(shingles("the ledger keeps these numbers for years"))[:2] == BANDS_OF_OLD


BANDS_OF_OLD = [-8998992138014873009, 3727612139970311094]


def test_a_reprint_is_linked_to_the_first_and_outlives_it(ledger: Ledger) -> None:
    text = story(1)
    put(ledger, article("first", text))
    put(ledger, article("other", story(2)))
    put(ledger, article("reprint", reprint(text)))
    put(ledger, article("second reprint", reprint(text, 20)))
    links = {"first": None, "other": None, "reprint": "first", "second reprint": "first"}
    assert originals(ledger) == links

    with ledger.writing() as connection:
        remove_article(connection, next(read_articles(connection, "id = 'first'")))
    assert originals(ledger)["second reprint"] == "reprint"
    with ledger.writing() as connection:
        restore_article(connection, next(read_articles(connection, "id = 'first'")))
    assert originals(ledger) == links

    put(ledger, article("first", reprint(text, 5)))
    assert originals(ledger) == links
    put(ledger, article("first", story(3)))
    assert originals(ledger) == links | {"reprint": None, "second reprint": "reprint"}
    with ledger.writing() as connection:
        forget_article(connection, next(read_articles(connection, "id = 'reprint'")))
    assert originals(ledger) == {"first": None, "other": None, "second reprint": None}


def test_words_of_any_kind_can_be_searched(ledger: Ledger) -> None:
    put(ledger, article("one", "The général said 'NO' to the al-Qaida plan.", title='A "quoted" title'))
    for word in ("general", "GÉNÉRAL", "al-Qaida", '"quoted"', "plans", "NO"):
        assert found(ledger, word), word
    for word in ("", '"', "*", "NEAR(", "text:", "\0", "absent"):
        assert not found(ledger, word), word
    assert found(ledger, "absent OR", "title")


def test_a_word_in_the_title_counts_more(ledger: Ledger) -> None:
    put(ledger, article("text", "drought in the north and the south", title="weather"), pieces=1)
    put(ledger, article("title", "weather in the north and the south", title="drought"), pieces=1)
    for number in range(8):
        put(ledger, article(f"other{number}", "quite other things happened here", title="news"), pieces=1)
    with ledger.reading() as connection:
        best = ranked(connection, "drought")
    assert [number for number, _ in best] == [2, 1]
    assert best[0][1] > best[1][1] > 0
