"""Enumerations and bulleted lists in articles."""

import pytest

from assistant.answers.enumerations import POINTED_SHARE, announced_run, bulleted, runs_in
from assistant.answers.row_items import enumerated
from assistant.evidence.sentences import ScoredSentence
from assistant.types import Article


@pytest.mark.parametrize(
    ("run", "items"),
    [
        ("the ports of Arle, Benholt, Corrie and Dunmore", ["Arle", "Benholt", "Corrie", "Dunmore"]),
        ("bread, milk and eggs", ["bread", "milk", "eggs"]),
        ("Ada Berg, Jo Reed (Oakfield) and Imani Cole", ["Ada Berg", "Jo Reed (Oakfield)", "Imani Cole"]),
        (
            "a new siren, higher levees and yearly inspections",
            ["a new siren", "higher levees", "yearly inspections"],
        ),
    ],
)
def test_an_enumeration_is_split_into_its_items(run: str, items: list[str]) -> None:
    assert enumerated(run) == items


def test_a_bulleted_list_belongs_to_the_line_before_it() -> None:
    text = "The board named the ports that close:\n\n1. Arle\n2. Benholt\n3. Corrie\n\nIt meets.\n- tea\n- milk\n"
    article = Article("a", text)
    run, _ = bulleted(article, {"port"}, {"port", "close"})
    assert [item for item, _, _ in run.items] == ["Arle", "Benholt", "Corrie"]
    assert all(text[start:end] == item for item, start, end in run.items)
    assert run.sure
    other, _ = bulleted(article, {"bridg"}, {"bridg", "open"})
    assert not other.sure


def items_of(text: str, wanted: set[str]) -> list[list[str]]:
    one = ScoredSentence(Article("a", text), 0, len(text), text, ())
    return [
        [item for item, _, _ in run.items] for run in runs_in(one, [], POINTED_SHARE, wanted, dated=False)
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Two more towns have cases, Arle and the port of Benholt.", ["Arle", "the port of Benholt"]),
        ("The dairy recalls two of its cheeses, Old Blue and Shepherd.", ["Old Blue", "Shepherd"]),
        ("Three towns pay, namely Arle, Benholt and Corrie.", ["Arle", "Benholt", "Corrie"]),
        (
            "He named three plays: “Salt and Iron”, “The Ferry” and “Keys”.",
            ["“Salt and Iron”", "“The Ferry”", "“Keys”"],
        ),
    ],
)
def test_what_introduces_items_is_none_and_titles_stay_whole(text: str, items: list[str]) -> None:
    assert items in items_of(text, {"town"})


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "The storm moved through Arle, Benholt and the Cole Isles and weakening.",
            ["Arle", "Benholt", "the Cole Isles"],
        ),
        ("The drug can cause fever, hair loss and many other side effects.", ["fever", "hair loss"]),
        (
            "The drug led to fever, disrupted sleep and delayed growth.",
            ["fever", "disrupted sleep", "delayed growth"],
        ),
        ("Arle Air, United and Delta waived fees.", ["Arle Air", "United", "Delta"]),
        (
            "The United States, the Arle Union and Norway banned certain banks.",
            ["United States", "the Arle Union", "Norway"],
        ),
        (
            "The club has a pool, while the Cole Club will have Ada Berg, Jo Reed and Bea among singers.",
            ["Ada Berg", "Jo Reed", "Bea"],
        ),
        (
            "They ride on each machine − vault, bar and beam − and leave.",
            ["vault", "bar", "beam"],
        ),
        ("In a joint paper, Ada Berg, Jo Reed and Imani Cole wrote.", ["Ada Berg", "Jo Reed", "Imani Cole"]),
        ("If approved, the law made a park, after Arle, Benholt and Cole.", ["Arle", "Benholt", "Cole"]),
        (
            "It chose Cole Island in the Arle Sea, Norway and Benholt.",
            ["Cole Island in the Arle Sea", "Norway", "Benholt"],
        ),
    ],
)
def test_the_items_of_a_row_are_alike(text: str, items: list[str]) -> None:
    assert items in items_of(text, set())


def test_announced_sentences_are_items() -> None:
    text = "The inquiry names two causes. A valve froze. A sensor stood upside down. It met in May."
    start = text.index("A valve")
    one = ScoredSentence(Article("a", text), start, start + 15, "A valve froze.", ())
    (run,) = announced_run(one, {"caus", "inquiri"})
    assert [item for item, _, _ in run.items] == ["A valve froze", "A sensor stood upside down"]
    assert run.sure


def test_the_clause_that_leads_to_noun_phrases_is_no_item() -> None:
    assert items_of("The market sold bread, tea and salt.", set()) == [["bread", "tea", "salt"]]
    assert items_of("Jane Roe/KTV The market sold bread, tea and salt.", set()) == [["bread", "tea", "salt"]]


def test_initials_do_not_end_an_enumeration() -> None:
    text = "The crew consists of pilot Ada Berg, cook Jo Reed and U.S. Navy diver Imani Cole."
    assert items_of(text, set()) == [["pilot Ada Berg", "cook Jo Reed", "U.S. Navy diver Imani Cole"]]


def test_what_is_set_beside_a_place_is_part_of_it() -> None:
    cities = "It links ports in Arle, Norway, and Cole, Denmark, every day."
    assert items_of(cities, set()) == [["Arle, Norway", "Cole, Denmark"]]
    assert items_of("It links Benholt; Arle, Norway; and Cole, Denmark, by sea.", set()) == [
        ["Benholt", "Arle, Norway", "Cole, Denmark"]
    ]
    assert items_of("It links Arle, Benholt and Cole, Norway, by sea.", set()) == [
        ["Arle", "Benholt", "Cole"]
    ]


def test_what_is_set_beside_places_is_told_apart_where_the_reader_points() -> None:
    text = "The line calls in Arle, Norway, and Cole, Denmark, in May."
    one = ScoredSentence(Article("a", text), 0, len(text), text, ())
    for words in ("Arle, Norway, and Cole, Denmark", "Arle, Norway"):
        spans = [(text.index(words), text.index(words) + len(words), 1.0)]
        (run,) = runs_in(one, spans, POINTED_SHARE, set(), dated=False)
        assert [item for item, _, _ in run.items] == ["Arle, Norway", "Cole, Denmark"]


@pytest.mark.parametrize(
    ("text", "words", "rows"),
    [
        ("Trade and labour expert Ada Berg spoke.", "Trade and labour expert Ada Berg", []),
        ("They heard tax and labour expert Ada Berg.", "tax and labour expert Ada Berg", []),
        ("Ada Berg and labour expert Jo Reed spoke.", "Ada Berg and labour expert Jo Reed", [2]),
        ("Arle and the town of Cole were hit.", "Arle and the town of Cole", [2]),
    ],
)
def test_words_that_describe_one_are_no_row(text: str, words: str, rows: list[int]) -> None:
    one = ScoredSentence(Article("a", text), 0, len(text), text, ())
    spans = [(text.index(words), text.index(words) + len(words), 1.0)]
    found = runs_in(one, spans, POINTED_SHARE, set(), dated=False)
    assert [len(run.items) for run in found] == rows


def test_a_further_and_joins_one_more_item() -> None:
    text = "The club also signed keepers Jo Reed and Ada Berg, and young forward Imani Cole, for a year."
    assert items_of(text, set()) == [["Jo Reed", "Ada Berg", "young forward Imani Cole"]]


def test_a_row_begins_where_the_reader_points() -> None:
    text = "A week after the start, most people complain of fever, cough and a stiff neck for days."
    one = ScoredSentence(Article("a", text), 0, len(text), text, ())
    start, end = text.index("fever"), text.index(" for days")
    (run,) = runs_in(one, [(start, end, 0.6)], POINTED_SHARE, set(), dated=False)
    assert [item for item, _, _ in run.items] == ["fever", "cough", "a stiff neck"]
    assert run.sure


def test_those_who_are_told_of_between_semicolons_are_named() -> None:
    text = "Three people died: Judge Ada Berg, who was 63; Jo Reed, 30, an aide; and 9-year-old Imani Cole."
    assert items_of(text, set()) == [["Judge Ada Berg", "Jo Reed", "Imani Cole"]]


def test_items_that_begin_alike_are_told_apart_without_a_mark() -> None:
    text = "She is charged with: One count of theft (grade 2) One count of fraud One count of escape"
    assert items_of(text, set()) == [
        ["One count of theft (grade 2)", "One count of fraud", "One count of escape"]
    ]


def test_titles_parted_by_commas_within_quotation_marks_are_items() -> None:
    text = 'The prize went to films such as "Tides," "Salt and Iron," "The Gull" and "Ferry."'
    assert items_of(text, {"film"}) == [['"Tides"', '"Salt and Iron"', '"The Gull"', '"Ferry."']]


def test_a_row_of_names_begins_after_the_verb_that_leads_to_it() -> None:
    text = "In addition to Ost, Dahl on Thursday fired CFO Ada Berg and policy head Jo Reed."
    assert items_of(text, {"manager"}) == [["CFO Ada Berg", "policy head Jo Reed"]]


def test_names_that_a_participle_leads_to_are_a_row_of_their_own() -> None:
    text = "It ran on Monday, 7 to 9, on the quay, starring Ada Berg, Jo Reed and Imani Cole."
    assert items_of(text, set()) == [["Ada Berg", "Jo Reed", "Imani Cole"]]


def test_a_nickname_is_part_of_the_last_name() -> None:
    assert enumerated("Ada Berg, Per Dahl and Jo “Kit” Reed") == ["Ada Berg", "Per Dahl", "Jo “Kit” Reed"]


def test_what_tells_more_of_the_first_is_no_item() -> None:
    assert items_of("He meant one: Arle, one of the towns of the Lesk Council.", {"town"}) == []
    assert items_of("He meant one: Arle, one of the towns, which has a port.", {"town"}) == []
    assert items_of("He meant two: Arle, Benholt.", {"town"}) == [["Arle", "Benholt"]]


def test_a_clause_after_names_is_no_item() -> None:
    run = "Arle, Benholt, and Corrie and the US will raise its fees"
    assert enumerated(run) == ["Arle", "Benholt", "Corrie"]
