"""Spellings and abbreviations of names are learnt, and different names stay apart."""

import itertools
import time
from pathlib import Path

import pytest

from assistant import Assistant, Settings, SettingsError
from assistant.checking.marks import marked_words
from assistant.names import KnownNames, learn, load_names, name_use
from assistant.names import cache as known
from assistant.retrieval.find import spellings_of
from assistant.types import Article, Citation


def learnt(*texts: str) -> set[frozenset[str]]:
    return {frozenset(group.names) for group in learn(map(name_use, texts)).groups}


def joined(one: str, other: str, *texts: str) -> bool:
    """Whether two words came to stand for one name."""
    known = learn(map(name_use, texts))
    return other in known.variants(one) or any(
        {one, other} <= {word for name in group.names for word in name.split()}
        and " " not in "".join(group.names)
        for group in known.groups
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Union for River Defence (URD) met in Larkfield.",
            {"URD", "Union for River Defence"},
        ),
        ("Fighters of the URD (Union for River Defence) left.", {"URD", "Union for River Defence"}),
        (
            "The coast-linked Hizb al-Bahr wal-Nahr (HBN) claimed it.",
            {"HBN", "Hizb al-Bahr wal-Nahr"},
        ),
        ("Men of the Union for River Defence, or URD, left.", {"URD", "Union for River Defence"}),
        ("The Union for River Defence, the URD, left.", {"URD", "Union for River Defence"}),
        ("The Union for River Defence, better known as the URD, left.", {"URD", "Union for River Defence"}),
        (
            "The URD, a militia whose full name is the Union for River Defence, left.",
            {"URD", "Union for River Defence"},
        ),
        ("URD stands for Union for River Defence.", {"URD", "Union for River Defence"}),
    ],
)
def test_an_abbreviation_is_learnt_where_it_is_explained(text: str, names: set[str]) -> None:
    assert frozenset(names) in learnt(text)


def test_a_translation_joins_the_abbreviation_that_stands_for_another_name() -> None:
    (group,) = learnt(
        "The Hizb al-Bahr wal-Nahr (HBN) claimed it.", "The Party of the Sea and the River (HBN) denied it."
    )
    assert group == {"HBN", "Hizb al-Bahr wal-Nahr", "Party of the Sea and the River"}


@pytest.mark.parametrize(
    "text",
    [
        "Crowds met in Larkfield (AFP) and left.",
        "The Mayor of Larkfield (Ann Bell) left.",
        "The New Larkfield Weekly Courier (AFP) printed it.",
        "He paid (USD 5) for it.",
        "The Mayor of Larkfield, the AFP, and others left.",
        "Ann Bell met the New Larkfield Weekly, or AFP.",
        "She lives in Larkfield Upon Brook, LB.",
        "AFP is not short for Larkfield Town Council.",
    ],
)
def test_other_brackets_explain_nothing(text: str) -> None:
    assert not learnt(text)


def test_a_translation_is_known_as_the_abbreviation() -> None:
    (group,) = learnt(
        "The Hizb al-Bahr wal-Nahr (HBN) claimed it.",
        "What some call the Party of the Sea and the River and others know as HBN denied it.",
    )
    assert group == {"HBN", "Hizb al-Bahr wal-Nahr", "Party of the Sea and the River"}


def test_an_abbreviation_of_different_names_stands_for_neither() -> None:
    assert not learnt("The River Trade Union (RTU) met.", "The Rapid Transport Umbrella (RTU) met.")


CAMPS = (
    "Gunmen raided the camp at Bourkanda and the base at Mondelo on Monday.",
    "After Monday's raid on Bourikanda, and on Mondelo, soldiers left.",
)


def test_spellings_of_one_place_are_learnt_from_the_company_they_keep() -> None:
    assert frozenset({"Bourkanda", "Bourikanda"}) in learnt(*CAMPS)
    known = learn(map(name_use, CAMPS))
    assert known.same["bourkanda"] == {"bourikanda"}
    assert known.variants("Who raided Bourkanda?") == ("Bourikanda",)


def test_an_adjective_of_a_place_is_the_same_name() -> None:
    assert frozenset({"Corania Legion", "Coranian Legion"}) in learnt(
        "The Corania Legion left.", "The Coranian Legion stays."
    )


APART = [
    ("Niger", "Nigeria", "Troops of Niger met Chad at Agadez.", "Troops of Nigeria met Chad at Agadez."),
    ("Mali", "Malawi", "Envoys of Mali met Ghana in Lomana.", "Envoys of Malawi met Ghana in Lomana."),
    ("Iran", "Iraq", "Envoys of Iran met Oman in Muscat.", "Envoys of Iraq met Oman in Muscat."),
    ("Ali", "Alis", "The judge Ali met Omar in Muscat.", "The singer Alis met Omar in Muscat."),
    ("Abdullah", "Abdul", "Minister Abdullah met Omar in Muscat.", "Minister Abdul met Omar in Muscat."),
    ("Slovakia", "Slovenia", "Slovakia beat Malta at Valletta.", "Slovenia beat Malta at Valletta."),
    ("Austria", "Australia", "Austria beat Malta at Valletta.", "Australia beat Malta at Valletta."),
    ("Johnson", "Johnston", "Minister Johnson met Omar in Muscat.", "Minister Johnston met Omar in Muscat."),
    ("Petersen", "Peterson", "Oscar Petersen played in Muscat.", "Jordan Peterson spoke in Muscat."),
    ("Marine", "Marina", "A marine left. Marine guards met Omar.", "Marina Bell met Omar."),
    ("Mohamed", "Mohammed", "Mohamed Diallo met Omar in Muscat.", "Mohammed Keita met Omar in Muscat."),
    ("Gambia", "Zambia", "Gambia met Omar in Muscat.", "Zambia met Omar in Muscat."),
    ("Karolin", "Karoline", "Karolin and Karoline met Omar.", "Karoline left Omar."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "first", "second"), APART, ids=[row[0] for row in APART])
def test_different_names_stay_apart(one: str, other: str, first: str, second: str) -> None:
    assert not joined(one, other, first, second)
    assert not joined(one, other, *[first, second] * 6)


def test_two_people_with_one_surname_stay_apart() -> None:
    texts = ("Moussa Traore met Omar in Bamba.", "Ibrahim Traore met Omar in Bamba.")
    assert not learnt(*texts)
    known = learn(map(name_use, texts))
    assert not any("Ibrahim" in name for name in known.variants("Moussa Traore"))


@pytest.mark.parametrize("junk", ["", "(", "()", "A (", "(ABC)", "Éa Éa (ÉA)", "' ' (AB)", "Ab (AB)"])
def test_odd_texts_teach_nothing_and_raise_nothing(junk: str) -> None:
    assert learn([name_use(junk)]).groups == ()


def test_a_long_list_of_names_is_read_in_time() -> None:
    text = " ".join(f"Bour{number}kanda (Long Name) (LN{number})," for number in range(20_000))
    begun = time.perf_counter()
    learn([name_use(text)])
    assert time.perf_counter() - begun < 20


def test_a_file_of_your_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# places\nTombouctou; Timbuktu ;Timbuctoo # a town\n\nlonely\n;;\n", encoding="utf-8")
    assert load_names(path) == [["Tombouctou", "Timbuktu", "Timbuctoo"]]
    known = learn((), load_names(path))
    assert known.variants("Where is Timbuktu?") == ("Tombouctou", "Timbuctoo")
    assert known.same["timbuktu"] == {"tombouctou", "timbuctoo"}
    with pytest.raises(SettingsError, match="names_file"):
        load_names(tmp_path / "missing.txt")


def test_a_nickname_of_your_own_file_finds_and_answers(tmp_path: Path) -> None:
    folder, own = tmp_path / "articles", tmp_path / "names.txt"
    folder.mkdir()
    mayors = {"Orrin": "Karl Holm", "Senna": "Otto Renn", "Tombra": "Ilse Brandt", "Varnow": "Ada Lind"}
    for town, mayor in mayors.items():
        text = (
            f"{town} votes\n\nThe council of {town} elected {mayor} as mayor on Monday, and the bells rang."
        )
        (folder / f"{town}.txt").write_text(text)
    own.write_text("Tombra; Pearlton\n")
    question = "Whom did the council of Pearlton elect as mayor?"
    plain = Settings(index=tmp_path / "index")
    with Assistant.build(folder, plain) as assistant:
        assert assistant.ask(question).short != "Ilse Brandt"
    with Assistant.open(plain.model_copy(update={"names_file": own})) as assistant:
        assert assistant.search(question, 1)[0].article.id == "Tombra.txt"
        answer = assistant.ask(question)
        assert answer.answered and answer.candidates[0].text == "Ilse Brandt"
        assert answer.citations[0].article.id == "Tombra.txt"
        assert ("Tombra", "Pearlton") in [group.names for group in assistant.names().groups]


def test_a_variant_is_not_marked_as_another_name() -> None:
    article = Article("one", "The raid on Bourikanda killed 12 soldiers.")
    citation = Citation(1, article, 0, len(article.text), article.text)
    assert marked_words("The raid on Ostheim killed 12 soldiers.", [citation])
    assert not marked_words(
        "The raid on Bourkanda killed 12 soldiers.", [citation], learn(map(name_use, CAMPS))
    )


def test_what_was_learnt_is_kept_and_follows_the_corpus(
    tmp_path: Path, corpus_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = corpus_settings.model_copy(update={"index": tmp_path / "index"})
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(CAMPS):
        (folder / f"{number}.txt").write_text(f"Raid {number}\n\n{text} Nobody claimed it.")
    with Assistant.build(folder, settings) as assistant:
        wanted = {"Bourkanda", "Bourikanda"}
        assert wanted in [set(group.names) for group in assistant.names().groups]
        hits = assistant.search("Bourikanda", 2)
        assert {hit.article.id for hit in hits} == {"0.txt", "1.txt"}
    with Assistant.open(settings) as assistant:
        assert wanted in [set(group.names) for group in assistant.names().groups]
        assistant.index.remove(["1.txt"])
        assert assistant.names() == KnownNames()
    with monkeypatch.context() as patched:
        patched.setattr(known, "VERSION", "another")
        patched.setattr(known, "name_use", lambda text: name_use("The Union for River Defence (URD) met."))
        with Assistant.open(settings) as assistant:
            assert [group.names[0] for group in assistant.names().groups] == ["URD"]
    (settings.index / "names.sqlite3").write_bytes(b"not a database, and longer than its header" * 30)
    with Assistant.open(settings) as assistant:
        assistant.index.restore(["1.txt"])
        assert wanted in [set(group.names) for group in assistant.names().groups]


def test_the_demonstration_corpus_teaches_its_spellings(corpus_assistant: Assistant) -> None:
    groups = [set(group.names) for group in corpus_assistant.names().groups]
    for pair in ({"Boulkessi", "Boulikessi"}, {"Sandare", "Sandere"}, {"Africa Corps", "African Corps"}):
        assert any(pair <= group for group in groups)
    for one, other in itertools.combinations(groups, 2):
        assert not one & other


def test_a_word_of_a_longer_name_is_no_abbreviation() -> None:
    known = learn(
        [name_use("The Union for River Talks (Urt) met. The Society for Open Learning (SOL) paid.")]
    )
    assert known.variants("Did Sol pay?") == ("Society for Open Learning",)
    assert known.variants("What does SOL Berg pay?") == ("Society for Open Learning",)
    assert known.variants("How often does Sol Berg sing?") == ()
    assert spellings_of("Sol Berg", known) == ("Sol Berg",)
    assert spellings_of("Sol", known) == ("Sol", "Society for Open Learning")


def test_a_word_in_small_letters_is_no_abbreviation_where_the_writer_uses_capitals() -> None:
    texts = (
        "The Immigration and Customs Enforcement (ICE) met. The Northern Orchard Watch (NOW) left.",
        "The Immigration and Customs Enforcement, or ICE, is in Lesk.",
    )
    known = learn(map(name_use, texts))
    agency = ("Immigration and Customs Enforcement",)
    assert known.variants("What did ICE say in Lesk?") == agency
    assert known.variants("what did ice say in lesk") == agency
    assert known.variants("Who sells ice in Lesk?") == ()
    assert known.variants("who is watching now") == ()
    assert known.variants("What does NOW want?") == ("Northern Orchard Watch",)
