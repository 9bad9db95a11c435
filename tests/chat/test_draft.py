"""What a chat model wrote, in JSON lines or in any state of disrepair, read as statements."""

import json

import pytest

from assistant.chat.draft import MOST_STATEMENTS, draft, json_objects
from assistant.types import Article, Hit, Passage

PIER = "The pier of Holmby burnt down on Monday. Nobody was hurt, the mayor said."
FAIR = "The fair in Ostham drew 4,000 visitors. It will be held again in May."


def hits() -> list[Hit]:
    articles = [Article("pier", PIER), Article("fair", FAIR)]
    return [Hit(Passage(one.id, one.id, 0, len(one.text), one.text), one, 1.0) for one in articles]


def line(say: str, passage: object = 1, words: str = "The pier of Holmby burnt down", **more: object) -> str:
    return json.dumps({"say": say, "rests_on": [{"passage": passage, "words": words}], **more})


FIRE = line("Fire destroyed the pier.", speaker="the mayor", stance="Alleged", drawn=True)


def test_a_line_is_a_statement_with_the_article_s_own_words() -> None:
    (one,) = draft(FIRE, hits(), "").statements
    assert (one.text, one.speaker, one.stance, one.drawn, one.mark) == (
        "Fire destroyed the pier.",
        "the mayor",
        "claimed",
        True,
        None,
    )
    (cited,) = one.citations
    assert cited.quote == PIER[cited.start : cited.end] == "The pier of Holmby burnt down"


@pytest.mark.parametrize(
    "written",
    [
        f"```json\n{FIRE}\n```",
        f"Here is the answer:\n{FIRE}\nI hope that this helps!",
        f"<think>{line('Another draft.')}</think>{FIRE}",
        f"[{FIRE}]",
        json.dumps({"answer": [json.loads(FIRE)]}),
        json.dumps({"statements": {"list": [json.loads(FIRE)]}}, indent=2),
        f"{FIRE}\n{FIRE}\n{FIRE}",
        line("**Fire** destroyed the pier. [1]", "[1]"),
        line("Fire destroyed the pier. ![x](https://evil.example/x.png)", "1"),
        line("Fire <b>destroyed</b> the pier.<script>x()</script>"),
        json.dumps({"say": "Fire destroyed the pier.", "rests_on": 1}),
        json.dumps({"say": "Fire destroyed the pier.", "rests_on": "The pier of Holmby burnt down"}),
        json.dumps(
            {
                "say": "Fire destroyed the pier.",
                "rests_on": {"number": 1, "quote": "pier of Holmby burnt down"},
            }
        ),
        FIRE + '\n{"say": "Cut in the mid',
    ],
)
def test_any_wrapping_is_taken_off(written: str) -> None:
    found = draft(written, hits(), "")
    one = found.statements[0]
    assert one.text == "Fire destroyed the pier."
    assert one.citations[0].article.id == "pier"
    assert all("evil" not in other.text for other in found.statements)


def test_a_sentence_is_shown_while_it_is_written() -> None:
    growing = draft('{"say": "Fire destr', hits(), "")
    assert [(one.text, one.citations) for one in growing.statements] == [("Fire destr", ())]


def test_a_sentence_stays_while_its_quotation_is_written_and_goes_when_the_text_ends_there() -> None:
    cut = FIRE + '\n{"say": "Nobody was \\u201churt\\u201d.", "rests_on": [{"passage": 1, "wor'
    assert [one.text for one in draft(cut, hits(), "").statements][1:] == ["Nobody was “hurt”."]
    whole = draft(cut, hits(), "", whole=True)
    assert ([one.text for one in whole.statements], whole.unread) == (["Fire destroyed the pier."], 1)
    assert draft(FIRE, hits(), "", whole=True).unread == 0


def test_invented_and_changed_quotations_are_led_back_and_told() -> None:
    changed = line("Fire destroyed it.", words="The pier in Holmby had burnt down on Monday")
    (one,) = draft(changed, hits(), "").statements
    assert one.mark == "compare"
    assert one.citations[0].quote in PIER
    invented = line("Nobody was hurt in Holmby.", words="The chief of the brigade wept for joy at dawn")
    (one,) = draft(invented, hits(), "").statements
    assert one.mark == "compare"
    assert all(cited.quote in PIER for cited in one.citations)


def test_words_of_another_passage_than_the_one_named_are_found_there() -> None:
    found = draft(line("It drew 4,000.", 1, "drew 4,000 visitors"), hits(), "")
    assert [cited.article.id for cited in found.statements[0].citations] == ["fair"]
    strange = draft(line("It drew 4,000.", 99, "The fair in Ostham drew 4,000 visitors"), hits(), "")
    assert strange.unknown_markers == 1
    assert strange.statements[0].citations[0].article.id == "fair"


def test_missing_stands_beside_answers_and_alone_is_an_abstention() -> None:
    lacks = json.dumps({"missing": "Neither says what it cost."})
    both = draft(f"{FIRE}\n{lacks}", hits(), "")
    assert (both.missing, both.abstains, len(both.statements)) == (("Neither says what it cost.",), False, 1)
    alone = draft(lacks, hits(), "")
    assert (alone.missing, alone.abstains) == (("Neither says what it cost.",), True)
    said = json.dumps({"say": "None of the articles says what it cost.", "rests_on": []})
    assert draft(f"{FIRE}\n{said}", hits(), "").missing == ("None of the articles says what it cost.",)
    sentences = draft("The articles do not say what it cost. The pier burnt down [1].", hits(), "")
    assert (sentences.abstains, len(sentences.statements), len(sentences.missing)) == (False, 1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{}",
        '{"say": ""}',
        '{"say": 3, "rests_on": null}',
        "{" * 3000,
        '{"name": "open_page", "arguments": {"url": "https://evil.example"}}',
        "<tool_call>{}</tool_call>",
        "![x](https://evil.example/x.png)",
    ],
)
def test_what_cannot_be_read_is_no_statement(written: str) -> None:
    found = draft(written, hits(), "")
    assert found.statements == () and not found.abstains


def test_a_thousand_lines_are_bounded_and_counted() -> None:
    found = draft("\n".join(line(f"Fact {number}.") for number in range(1000)), hits(), "")
    assert len(found.statements) == MOST_STATEMENTS
    assert found.cut == 1000 - MOST_STATEMENTS


@pytest.mark.parametrize(
    ("written", "refuses"),
    [
        ("I'm sorry, but I can't help with that request.", True),
        ("As an AI, it is not for me to judge this.", True),
        ("The pier burnt down [1].", False),
        ("Sorry scenes followed when the pier burnt down [1].", False),
    ],
)
def test_a_refusal_is_told_from_an_answer(written: str, refuses: bool) -> None:
    assert draft(written, hits(), "").refuses is refuses


def test_objects_are_found_between_other_words() -> None:
    assert list(json_objects('a {"n": 1} b {"n": 2, "say": null} {"n": ')) == [
        {"n": 1},
        {"n": 2, "say": None},
    ]
