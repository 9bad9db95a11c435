"""The examples that the reader is trained on: each variant keeps its promise."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
import torch

from assistant.models.judging_reader import WEIGHTS
from training.average import average
from training.clauses import Clause, place
from training.confidence import precisions
from training.entailed import exchanged as swapped
from training.fit_kind import is_brief
from training.judging_data import verdicts_as_statements
from training.judging_reader import LAYERS, WIDTH
from training.judging_row import CONTRADICTED, NEITHER, SUPPORTED
from training.judging_row import Row as JudgingRow
from training.made_questions import unasked
from training.news_passages import windows
from training.reader_batches import Row, batches, collate
from training.shipped_weights import shipped_weights
from training.variants import Example, cropped, exchanged, lengthened, occurrences, taken_out, variants

TEXT = (
    "The mayor of Springfield opened a bridge on 3 May 2021. It crosses the Blue River near the mill. "
    "Anna Lee, who drew it, won a prize of 5,000 crowns in Shelbyville. "
    "The builders had worked on it for four years, through two floods and a strike, and were glad to be done."
)
OTHER = "A tram runs to the harbour. It is painted green and carries some of the fishermen home each night."
AT = TEXT.index("Anna Lee")
GOLD = Example("Who won a prize in Shelbyville?", "Bridges", TEXT, [(AT, AT + 8)], "test")


@pytest.mark.parametrize("seed", range(30))
def test_a_variant_holds_the_answer_or_none_at_all(seed: int) -> None:
    for one in variants(GOLD, [OTHER], random.Random(seed)):
        if one.spans:
            assert [one.text[a:b] for a, b in one.spans] == ["Anna Lee"]
            assert one.question == GOLD.question
        else:
            changed = one.question != GOLD.question
            assert changed or not occurrences(one.text, ["Anna Lee"])


def test_the_answer_is_taken_out_with_its_sentence() -> None:
    bare = taken_out(GOLD)
    assert bare is not None
    assert bare.spans == []
    assert "prize" not in bare.text
    assert taken_out(Example("Who?", "", f"{TEXT} Anna Lee smiled.", [(AT, AT + 8)], "test")) is None


def test_passages_grow_and_shrink_by_whole_sentences() -> None:
    for seed in range(20):
        longer = lengthened(GOLD, OTHER, random.Random(seed))
        assert OTHER[:27] in longer.text or OTHER[28:] in longer.text
        short = cropped(GOLD, random.Random(seed))
        assert short.text in TEXT
        assert short.text.endswith(".")


def test_a_day_for_another_day_a_name_for_another_name() -> None:
    asked = "Who opened the bridge in May 2021?"
    found = {exchanged(asked, TEXT, TEXT, random.Random(seed)) for seed in range(60)} - {None}
    assert found
    assert asked not in found
    assert any(one and "2021" in one and "May" not in one for one in found)


def test_what_a_passage_does_not_give_is_asked_for() -> None:
    sentence = "The council of Springfield blamed the engineers publicly."
    tagged = [
        ["The", "DET", "the"],
        ["council", "NOUN", "council"],
        ["of", "ADP", "of"],
        ["Springfield", "PROPN", "springfield"],
        ["blamed", "VERB", "blame"],
        ["the", "DET", "the"],
        ["engineers", "NOUN", "engineer"],
        ["publicly", "ADV", "publicly"],
        [".", "PUNCT", "."],
    ]
    made = {one for seed in range(20) for one in unasked(sentence, sentence, tagged, random.Random(seed))}
    assert "When did the council of Springfield blame the engineers publicly?" in made
    assert "How many engineers did the council of Springfield blame publicly?" in made
    dated = f"{sentence} That was on 3 May 2021, and eleven were named in Ogdenville."
    assert not [one for seed in range(20) for one in unasked(dated, sentence, tagged, random.Random(seed))]


def test_checkpoints_are_averaged_by_their_shares() -> None:
    one, other = {"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 6.0])}
    assert average([one, other], [0.5, 0.5])["w"].tolist() == [2.0, 4.0]
    assert average([one, other], [0.75, 0.25])["w"].tolist() == [1.5, 3.0]
    for states, shares in (
        ([one, other], [1.0]),
        ([one, other], [0.5, 0.6]),
        ([one, {"v": one["w"]}], [0.5, 0.5]),
    ):
        with pytest.raises(ValueError, match="checkpoints"):
            average(states, shares)


def test_weights_that_ship_are_read_back() -> None:
    state = shipped_weights(WEIGHTS)
    layers = {name.split(".")[3] for name in state if name.startswith("trunk.encoder.layer.")}
    assert layers == {str(number) for number in range(LAYERS)}
    matrix = state["trunk.encoder.layer.0.attention.attn.q.weight"]
    assert matrix.shape == (WIDTH, WIDTH)
    assert 0.01 < float(matrix.std()) < 0.5
    assert state["out_s.weight"].shape == (3, WIDTH)


def test_a_statement_gets_a_name_or_number_of_the_text() -> None:
    statement = "The bridge of Anna Lee cost 5,000 crowns."
    found = {swapped(statement, TEXT, random.Random(seed)) for seed in range(20)} - {None}
    assert found
    assert statement not in found
    assert swapped("Nothing is named here.", TEXT, random.Random(1)) is None


def test_verdicts_become_statements() -> None:
    asked = JudgingRow(
        "Did it open?", "", "It opened. It rained.", "q", 1, "written-yesno", 0, None, [(0, 10)]
    )
    open_question = replace(asked, label=0, verdict=-1, evidence=[])
    rows = list(verdicts_as_statements([asked, replace(asked, verdict=1), open_question], random.Random(1)))
    assert [one.label for one in rows] == [SUPPORTED, CONTRADICTED, NEITHER]
    assert {one.asked for one in rows} == {"It is true that it open."}
    assert {one.text for one in rows} <= {"It opened.", "It opened. It rained."}


def test_a_passage_is_whole_sentences() -> None:
    for one in windows(0, "Bridges", " ".join([TEXT, OTHER] * 4), random.Random(0)):
        assert one.text[0].isupper() and one.text.endswith(".")
        assert next(one.text[a:b] for a, b in one.sentences) in TEXT + OTHER


def test_a_question_is_put_around_a_clause() -> None:
    tagged = [
        ("Anna", "PROPN", "Anna"),
        ("won", "VERB", "win"),
        ("a", "DET", "a"),
        ("prize", "NOUN", "prize"),
    ]
    sentence = "Anna won a prize"
    tokens = place(sentence, tagged)
    clause = Clause.of(sentence, tokens) if tokens else None
    assert clause is not None and clause.inverted("What", 2, 4) == "What did Anna win?"


def test_batches_are_padded_and_hold_their_spans() -> None:
    labelled = [Row(np.arange(1, 9, dtype=np.uint16), 3, 5, [(5, 6)])]
    made = [Row(np.arange(1, 7, dtype=np.uint16), 3, 4, [])]
    group = next(batches(made, labelled, lambda: 0.0, random.Random(0), 4))
    batch = collate(group, None)
    assert batch.ids.shape == (4, 16)
    assert [bool(row.spans) for row in group] == batch.answers.bool().tolist()


def test_precision_rises_with_confidence() -> None:
    chances = np.linspace(0, 1, 200)
    listed = precisions(chances, chances > 0.5)
    assert listed == sorted(listed) and listed[-1][0] == 1.0


def test_a_quiz_question_is_short_where_its_answer_is_one_thing() -> None:
    assert is_brief({"question": "Which app lost photos?", "answers": ["Piklet"]})
    for question, answer in (
        ("Which towns were named?", "Arle and Corrie"),
        ("What is the main reason for the delay?", "A leak"),
        ("What did the board decide?", "That all ports close at once"),
        ("Which app lost photos?", ""),
    ):
        assert not is_brief({"question": question, "answers": [answer]})
