"""What only the store in PostgreSQL does, and that it ranks as the store in a folder does."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from made_up_news import EMBEDDER, body, ids_found, ingest, passage_ids, settings_of, worded, write_folder
from stores import new_place

from assistant.errors import IndexDamaged, IndexMissing, StoreError
from assistant.index import Store, open_store
from assistant.index.postgres.full_text import POSTINGS
from assistant.index.postgres.schema import MARK, kept, read
from assistant.settings import Settings
from assistant.types import Article

SUBJECTS = ("harbour-master", "violin", "saffron", "oil-rig", "marathon", "glass", "tax-cut", "heron")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(new_place("postgres", tmp_path), 0)


@pytest.fixture
def index(settings: Settings) -> Iterator[Store]:
    with open_store(settings, create=True) as opened:
        yield opened


def test_ranks_and_scores_are_those_of_the_store_in_a_folder(index: Store, tmp_path: Path) -> None:
    articles = [
        Article(
            id=name, text=f"{body(name, 9)} {other} {name} of {other}.", title=f"News of {name}", path=name
        )
        for name, other in zip(SUBJECTS, (*SUBJECTS[3:], *SUBJECTS[:3]), strict=True)
    ]
    questions = [
        ["heron"],
        ["Violins", "marathon"],
        ["oil-rig"],
        ["harbour-master", "glass", "week"],
        ["tax", "cut"],
    ]
    questions += [["district", "report"], ["week"], ["news of", "saffron"], ["nothing"], ["!"], ["of-the"]]
    with open_store(settings_of(tmp_path / "index", 0), create=True) as other:
        for store in (index, other):
            store.add_articles(articles, EMBEDDER)
            store.remove(["glass"])
        for words in questions * 2:  # what is remembered is the same, and goes when articles come
            mine, its = (ranked(store, words) for store in (index, other))
            assert dict(mine) == pytest.approx(dict(its), rel=1e-12), words
            assert index.word_counts(words) == other.word_counts(words)
        assert index.vocabulary() == other.vocabulary()
        for phrases in ([["heron"]], [["oil-rig", "violin"], ["tax-cut"]], [["glass"]]):
            mine, its = ({one.id for one in store.articles_with(phrases)} for store in (index, other))
            assert mine == its
        for question in ("a violin in the harbour", body("heron", 2), "oil rig near the district"):
            mine, its = (
                store.search_vectors(EMBEDDER.embed_question(question), 10) for store in (index, other)
            )
            assert [score for _, score in mine] == pytest.approx([score for _, score in its], abs=1e-6)
        for store in (index, other):
            store.add_articles(
                [Article(id="late", text=f"{body('heron', 3)} A week.", path="late")], EMBEDDER
            )
        for words in questions:
            mine, its = (ranked(store, words) for store in (index, other))
            assert dict(mine) == pytest.approx(dict(its), rel=1e-12), words


def ranked(store: Store, words: list[str]) -> list[tuple[str, float]]:
    found = store.search_words(words, 20)
    passages = store.passages([number for number, _ in found])
    return [(stored.passage.id, score) for stored, (_, score) in zip(passages, found, strict=True)]


def test_a_ranking_reads_the_index_of_the_postings_alone(
    index: Store, settings: Settings, folder: Path
) -> None:
    ingest(index, folder)
    with psycopg.connect(str(settings.index), autocommit=True) as connection:
        connection.execute("SET search_path TO assistant, public")
        connection.execute("SET enable_seqscan = off")  # the table is too small
        connection.execute("SET enable_bitmapscan = off")
        plan = connection.execute(f"EXPLAIN {POSTINGS}".encode(), (["camel", "week"],)).fetchall()
    told = "\n".join(line for (line,) in plan)
    assert "Index Only Scan using postings_pkey" in told


def test_a_database_without_an_index_is_named_with_its_remedy(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match=r"ingest\.py"):
        open_store(settings)


def test_no_server_is_one_clear_line_without_the_password() -> None:
    address = "postgresql://reader:a-secret@127.0.0.1:1/news"
    with pytest.raises(StoreError, match="start the server") as caught:
        open_store(settings_of(address, 0))
    assert "a-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "a-secret" not in Settings(index=address).model_dump_json()
    assert "a-secret" not in repr(Settings(index=address))


def test_an_index_of_a_newer_version_is_left_alone(settings: Settings) -> None:
    open_store(settings, create=True).close()
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute("UPDATE assistant.meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(StoreError, match="newer"):
        open_store(settings)


def test_after_closing_a_call_is_a_clear_error(settings: Settings) -> None:
    store = open_store(settings, create=True)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.counts()


def test_what_is_damaged_is_named_and_comes_back(index: Store, settings: Settings, folder: Path) -> None:
    ingest(index, folder)
    before = passage_ids(index)
    with psycopg.connect(str(settings.index)) as connection:
        connection.execute("SET search_path TO assistant, public")
        connection.execute(
            "UPDATE articles SET text = replace(text, 'district', 'province') WHERE id = 'camels.md'"
        )
        connection.execute(
            "UPDATE passages SET vector = vector * vector WHERE number = "
            "(SELECT first_passage FROM articles WHERE id = 'lorries.md')"
        )
        connection.execute("UPDATE postings SET held = set_byte(held, 7, 9) WHERE term = 'turbin'")
    with pytest.raises(IndexDamaged, match=r"camels\.md"):
        worded(index, "camels")
    assert {one.subject for one in index.verify()} == {"camels.md", "lorries.md", "full text"}
    assert {one.subject for one in index.rebuild()} == {"camels.md", "lorries.md"}
    assert index.verify() == []
    assert ingest(index, folder) == (2, 0, 6, 0, 0)
    assert {one.rsplit("#", 1)[0] for one in passage_ids(index)} == {one.rsplit("#", 1)[0] for one in before}
    assert ids_found(index, body("turbines", 2))[0] == "turbines.md"


def test_a_connection_that_the_server_ends_is_replaced(
    index: Store, settings: Settings, folder: Path
) -> None:
    ingest(index, folder)
    with psycopg.connect(str(settings.index), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert worded(index, "camels") == {"camels.md"}


def test_what_is_derived_is_kept_until_it_is_dropped(index: Store) -> None:
    derived = index.derived("names")
    assert derived.whole() is None
    assert derived.update({"b": ("1", "of b\0"), "a": ("1", "of a")}, []) == ["of a", "of b\0"]
    assert derived.update({"a": ("2", "anew")}, ["b"]) == ["anew"]
    assert derived.fingerprints() == {"a": "2"}
    derived.keep_whole("x", "all")
    derived.keep_whole("y", "all of it")
    assert derived.whole() == ("y", "all of it")
    assert index.derived("other").fingerprints() == {}


@pytest.mark.parametrize(
    "text", ["", "plain", "\0", MARK, f"{MARK}0", f"\0{MARK}1{MARK}\0\0", f"{MARK}{MARK}0"]
)
def test_every_text_comes_back_from_what_is_kept(text: str) -> None:
    assert "\0" not in kept(text)
    assert read(kept(text)) == text
