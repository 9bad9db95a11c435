"""The exact gate: which sentences cited words can support, and what becomes of those that they cannot."""

import datetime
import hashlib
from dataclasses import replace

import pytest

from assistant.answers.verdict import Verdict
from assistant.chat.write import Draft, cite
from assistant.checking.check import check, check_draft, check_written
from assistant.checking.exact_gate import supports
from assistant.evidence.reading import Reading
from assistant.models.embedder import Embedder
from assistant.models.load import load_embedder
from assistant.names import learn
from assistant.question.question_type import profile
from assistant.settings import Settings
from assistant.text.facts import abbreviations, moments, quantities, quotations
from assistant.types import Article, Citation, Hit, Passage, Query, Statement

QUOTE = (
    "On Monday, twenty-five soldiers and 1,200 goats crossed the river Varn with the Holmby Relief Corps, said "
    "Ilse Brandt, who called it “a day of relief”."
)


def article(
    text: str, id_: str = "one", published: str | None = "2031-03-19", title: str = "Crossing"
) -> Article:
    return Article(
        id=id_,
        text=text,
        title=title,
        publisher="Demo Wire",
        published=published and datetime.date.fromisoformat(published),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def citation(text: str, **known: str) -> Citation:
    return Citation(1, article(text, **known), 0, len(text), text)


def hit(text: str, **known: str) -> Hit:
    return Hit(Passage("p", known.get("id_", "one"), 0, len(text), text), article(text, **known), 1.0)


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "25 soldiers crossed the river Varn.",
        "Twenty-five soldiers and 1200 goats crossed the Varn.",
        "25 soldiers crossed the river Varn on Monday.",
        "25 soldiers crossed the river Varn on 17 March 2031.",
        "25 soldiers crossed the river Varn on March 17th.",
        "On 2031-03-17, 25 soldiers crossed the river Varn.",
        "In March 2031, 25 soldiers crossed the river Varn.",
        'Ilse Brandt called it "a day of relief".',
        "Demo Wire: Ilse Brandt called it a day of relief.",
        "However, soldiers crossed the river Varn.",
    ],
)
def test_what_the_cited_words_say_passes(text: str) -> None:
    assert supports([citation(QUOTE)], text)


@pytest.mark.parametrize(
    "text",
    [
        "26 soldiers crossed the river Varn.",
        "25% of soldiers crossed the river Varn.",
        "Twelve hundred soldiers and thirty goats crossed the river Varn.",
        "Dozens of soldiers crossed the river Varn.",
        "25 soldiers crossed the river Orrin.",
        "Orrin soldiers crossed the river Varn.",
        "Ilse Brand called it a day of relief.",
        "25 soldiers crossed the river Varn on Tuesday.",
        "25 soldiers crossed the river Varn on 18 March 2031.",
        "25 soldiers crossed the river Varn in March 2030.",
        "25 soldiers crossed the river Varn yesterday.",
        "In 2029, 25 soldiers crossed the river Varn.",
        'Ilse Brandt called it "a day of joy".',
        "25 soldiers did not cross the river Varn.",
        "The bishop of the north blessed a ship while soldiers sang.",
        "",
    ],
)
def test_what_they_do_not_say_fails(text: str) -> None:
    assert not supports([citation(QUOTE)], text)


@pytest.mark.parametrize(
    ("quote", "text", "same"),
    [
        (QUOTE, "25 troops crossed the river Varn.", True),
        (QUOTE, "1,200 goats and 25 troops crossed the river Varn.", True),
        (QUOTE, "25 people crossed the river Varn with 1,200 animals.", True),
        (QUOTE, "1,200 soldiers and 25 goats crossed the river Varn.", False),
        (QUOTE, "25 goats crossed the river Varn.", False),
        (QUOTE, "1,200 troops crossed the river Varn.", False),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 25 miles long.", True),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 12 miles long.", False),
        ("The dam is 25 miles long and 12 metres high.", "The dam is 25 metres high.", False),
        ("The dam cost $25 million.", "The dam cost 25 million dollars.", True),
        ("The dam cost $25 million.", "The dam cost 25 million euros.", False),
        ("A 25-year-old man built the dam.", "A man of 25 years built the dam.", True),
        ("Soldiers shot 12 insurgents; 3 troops died.", "12 fighters were shot by soldiers.", True),
        ("Soldiers shot 12 insurgents; 3 troops died.", "12 troops were shot by soldiers.", False),
        ("A flood took 25 houses in Holmby.", "In Holmby a flood took 25 homes.", True),
        ("The toll in Holmby was 25.", "25 victims was the toll in Holmby.", True),
    ],
)
def test_a_figure_counts_what_it_counts_in_the_cited_words(quote: str, text: str, same: bool) -> None:
    assert supports([citation(quote)], text) is same
    assert supports([citation(quote)], text, embedder=load_embedder(Settings())) is same


def test_a_noun_unlike_the_counted_one_is_told_by_its_vector() -> None:
    trucks = citation("25 soldiers crossed the river Varn with their trucks.")
    assert not supports([trucks], "25 trucks crossed the river Varn.", embedder=load_embedder(Settings()))


def test_nothing_is_supported_by_nothing_or_by_words_that_are_not_the_article_s() -> None:
    false = Citation(1, article("Another text."), 0, 12, QUOTE)
    assert not supports([], QUOTE)
    assert not supports([false], QUOTE)


def test_what_the_words_deny_is_not_affirmed() -> None:
    denied = citation("No group has claimed the raid on Holmby.")
    assert supports([denied], "No group claimed the raid on Holmby.")
    assert not supports([denied], "A group claimed the raid on Holmby.")
    assert not supports([denied], "Herders claimed the raid on Holmby.")


def test_a_denial_of_something_else_does_no_harm() -> None:
    aside = citation(
        "Herders claimed the raid on Holmby, in which No. 7 barracks burned and not only grain was lost."
    )
    assert supports([aside], "Herders claimed the raid on Holmby.")
    assert supports([aside], "No. 7 barracks burned in the raid on Holmby.")


def test_an_abbreviation_is_its_long_name_where_the_article_explains_it() -> None:
    text = "The Holmby Relief Corps (HRC) was founded in May. HRC trucks reached the village of Orrin."
    start = text.index("HRC trucks")
    cited = Citation(1, article(text), start, len(text), text[start:])
    assert supports([cited], "Trucks of the Holmby Relief Corps reached the village of Orrin.")
    assert not supports(
        [citation(text[start:])], "Trucks of the Holmby Relief Corps reached the village of Orrin."
    )
    assert abbreviations(text) == {"hrc": frozenset({"holmbi", "relief", "corp"})}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-five", {"25.0"}),
        ("two thousand five hundred and six", {"2506.0"}),
        ("1,200 and 1 200 and 1200", {"1200.0"}),
        ("1.5 million, 1,500,000", {"1500000.0"}),
        ("25% or 25 percent or twenty-five per cent", {"25.0%"}),
        ("two dozen of hundreds", {"24.0", "hundreds"}),
        ("one of them in the G5", set()),
        ("twenty thirty", {"20.0", "30.0"}),
    ],
)
def test_numbers_are_read_by_value(text: str, values: set[str]) -> None:
    assert quantities(text) == values


def test_dates_are_read_in_each_spelling_and_taken_out() -> None:
    found, rest = moments(
        "2024-09-17, 17 September 2024, Sept. 17, 2024, September 2024, in May, Monday, 12 in 1999"
    )
    stated = [(one.year, one.month, one.day, one.weekday) for one in found]
    assert stated.count((2024, 9, 17, None)) == 3
    assert set(stated) - {(2024, 9, 17, None)} == {
        (2024, 9, None, None),
        (None, 5, None, None),
        (None, None, None, 0),
        (1999, None, None, None),
    }
    assert quantities(rest) == {"12.0"}


def test_quotations_are_found_in_each_kind_of_marks() -> None:
    assert quotations('“One, two,” she said. "Three." It\'s ‘four’ «five»') == [
        "One, two",
        "Three",
        "four",
        "five",
    ]


def test_a_verbatim_statement_is_supported_and_another_is_not() -> None:
    assert check(Statement(QUOTE, (citation(QUOTE),))).supported is True
    assert check(Statement("Thirty soldiers crossed.", (citation(QUOTE),))).supported is False
    assert check(Statement(QUOTE)).supported is False


OTHER = "The commission was led by Ilse Brandt, who teaches engineering in Holmby."


def test_a_statement_with_the_wrong_source_is_repaired() -> None:
    hits = [hit(QUOTE), hit(OTHER, id_="two")]
    wrong = Statement("The commission was led by Ilse Brandt.", (citation(QUOTE),))
    repaired = check_written(wrong, "who led the commission?", hits)
    assert repaired.supported
    assert [(one.article.id, one.quote) for one in repaired.citations] == [("two", OTHER)]


def test_of_two_sources_the_one_that_does_not_say_so_goes() -> None:
    both = Statement("The commission was led by Ilse Brandt.", (citation(QUOTE), citation(OTHER, id_="two")))
    assert [one.article.id for one in check_written(both, "", []).citations] == ["two"]


UNDERSTAFFED = "Ilse Brandt of the Holmby Relief Corps said on Monday that the corps is badly understaffed."


@pytest.mark.parametrize(
    ("question", "text", "supported"),
    [
        (
            "Why did Ilse Brandt resign from the corps?",
            "Ilse Brandt resigned from the Holmby Relief Corps because the corps is badly understaffed.",
            False,
        ),
        (
            "Who says that the corps lacks people?",
            "Ilse Brandt said on Monday that the Holmby Relief Corps is badly understaffed.",
            True,
        ),
        (
            "What did Ilse Brandt tell about the corps?",
            "Ilse Brandt told that the Holmby Relief Corps is badly understaffed.",
            True,
        ),
    ],
)
def test_what_only_the_question_says_is_not_supported(question: str, text: str, supported: bool) -> None:
    hits = [hit(UNDERSTAFFED), hit(OTHER, id_="two")]
    statement = Statement(text, (citation(UNDERSTAFFED),))
    checked = check_written(statement, question, hits, embedder=load_embedder(Settings()))
    assert checked.supported is supported
    assert check_written(statement, "", hits, embedder=load_embedder(Settings())).supported


def test_two_sources_that_only_together_say_so_stay() -> None:
    text = "Ilse Brandt, who teaches engineering in Holmby, called it “a day of relief”."
    both = Statement(text, (citation(QUOTE), citation(OTHER, id_="two")))
    checked = check_written(both, "", [])
    assert checked.supported
    assert len(checked.citations) == 2


def test_names_that_only_two_sources_hold_together_may_never_have_met() -> None:
    pact = "In March the council of Holmby signed a pact of mutual defence with Ostham."
    fair = "The market of Ostham drew traders from Varnow, Ostham and Tombra in March, the council said."
    text = "In March the council of Holmby signed a pact with Ostham, Varnow and Tombra."
    for sources in ((pact, fair), (fair, pact)):
        citations = tuple(citation(one, id_=str(number)) for number, one in enumerate(sources))
        assert supports(citations, text)
        assert not check_written(Statement(text, citations), "", []).supported


def test_of_sources_that_add_the_same_words_one_stays() -> None:
    works = "Bridges were repaired, dams rebuilt and roads paved."
    sources = tuple(citation(one, id_=name) for name, one in (("a", OTHER), ("b", works), ("c", works)))
    text = "Ilse Brandt led the Holmby commission, repaired bridges, rebuilt dams, paved roads."
    checked = check_written(Statement(text, sources), "", [])
    assert checked.supported
    assert [one.article.id for one in checked.citations] == ["a", "b"]


READING = Reading(
    answered=True,
    confidence=0.8,
    short="Ilse Brandt",
    statements=(Statement(OTHER, (citation(OTHER, id_="two"),), supported=True),),
    citations=(citation(OTHER, id_="two"),),
    candidates=(),
    mentioned=True,
)
QUERY = Query("who led the commission?", "who led the commission?")


def verdict(*texts: str, abstains: bool = False, settings: Settings | None = None):  # type: ignore[no-untyped-def]
    draft = Draft(tuple(Statement(text) for text in texts), abstains=abstains)
    return check_draft(draft, READING, QUERY, [hit(OTHER, id_="two")], settings or Settings())


def test_what_fails_is_removed_and_a_note_says_so() -> None:
    found = verdict("Ilse Brandt led the commission.", "It had 14 members.")
    assert [one.text for one in found.reading.statements] == ["Ilse Brandt led the commission."]
    assert [one.number for one in found.reading.citations] == [1]
    assert found.reading.short == "Ilse Brandt"
    assert [(one.text, one.supported, one.citations) for one in found.removed] == [
        ("It had 14 members.", False, ())
    ]
    assert len(found.notes) == 1


def test_where_nothing_passes_the_built_in_reading_stays() -> None:
    found = verdict("Greta Holm led the commission.")
    assert found.reading == READING
    assert len(found.removed) == 1
    assert found.notes


def test_abstaining_withholds_the_answer_and_keeps_the_nearest_words() -> None:
    found = verdict("The passages do not answer this question.", abstains=True)
    assert not found.reading.answered
    assert found.reading.statements == ()
    assert found.reading.short is None
    assert found.reading.citations == READING.citations


def test_a_remark_on_the_passages_is_no_statement() -> None:
    found = verdict("Ilse Brandt led the commission.", "The passages do not say who paid Ilse Brandt.")
    assert [one.text for one in found.removed] == ["The passages do not say who paid Ilse Brandt."]


def test_an_answer_stays_within_its_words() -> None:
    long = "Ilse Brandt led the commission and teaches engineering in Holmby, " + "engineering " * 15
    found = verdict(f"{long}one.", f"{long}two.", settings=Settings(answer_words=30))
    assert len(found.reading.statements) == 1


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("The Holmby guild, which is partly to blame for the strike in Varn, was founded in Ostham.", True),
        ("The Holmby guild is partly to blame for the strike in Varn, which was founded in Ostham.", False),
        ("The guild in Holmby has 25, which is partly to blame for the strike in Varn.", False),
        ("The guild was founded in Ostham.", True),
    ],
)
def test_a_relative_clause_stays_with_its_noun(text: str, supported: bool) -> None:
    source = (
        "The Holmby guild (HG), which is partly to blame for the strike in Varn, was founded in Ostham by 25."
    )
    checked = check_written(Statement(text), "Who founded the Holmby guild?", [hit(source)])
    assert checked.supported is supported


ASKED = profile(QUERY.text, {}, 0)


def weighed(*texts: str, reading: Reading, settings: Settings | None = None) -> Verdict:
    """What becomes of a model's sentences that stand in the only article."""
    drafted = Draft(tuple(Statement(text) for text in texts))
    found = hit(f"{OTHER} {' '.join(texts)}", id_="two")
    return check_draft(
        drafted, reading, QUERY, [found], settings or Settings(), embedder=load_embedder(Settings())
    )


def test_what_is_beside_the_question_is_no_answer() -> None:
    beside, to_it = "The ferry sails on Sundays.", "A commission was led by six people."
    found = weighed(beside, reading=replace(READING, asked=ASKED))
    assert found.reading.statements == READING.statements
    assert [one.text for one in found.removed] == [beside] and "does not seem" in found.notes[0]
    both = weighed(beside, to_it, reading=replace(READING, asked=ASKED))
    assert [one.text for one in both.reading.statements] == [beside, to_it]
    assert both.removed == ()


def test_what_most_likely_has_no_answer_gets_none_of_a_chat_model_either() -> None:
    withheld = replace(READING, asked=ASKED, answered=False, short=None, statements=())
    to_it = "A commission was led by six people."
    settings = Settings(answer_threshold=0.4)
    sure = weighed(to_it, reading=replace(withheld, confidence=0.35), settings=settings)
    assert sure.reading.answered and any("withheld" in note for note in sure.notes)
    unsure = weighed(to_it, reading=replace(withheld, confidence=0.2), settings=settings)
    assert not unsure.reading.answered and [one.text for one in unsure.removed] == [to_it]
    freely = weighed(
        to_it, reading=replace(withheld, confidence=0.2), settings=Settings(answer_threshold=0.0)
    )
    assert freely.reading.answered


NEWS = (
    "The harvest in the valley failed after a dry spring.",
    "Ferry passengers waited for a pilot at the old pier.",
    "The library bought maps, globes and a telescope.",
)
NONSENSE = (
    "Pilots bought dry globes for the valley, and passengers failed a telescope while chocolate, jazz and chess "
    "delighted wealthy tourists, and maps waited in spring for harvest at the library."
)
GARBLED = (
    "Passengers bought dry globes, a pilot failed the telescope, chess delighted tourists, and maps of jazz waited "
    "for spring in the valley.",
    "A dry pilot bought the valley for chess, passengers failed their jazz telescope, and globes waited.",
    "Globes of the valley failed a pilot, chocolate delighted the dry passengers, and the library waited for "
    "wealthy chess tourists.",
)


def scored(*texts: str, embedder: Embedder | None) -> Verdict:
    """What becomes of a model's sentences that each cite all of the news."""
    hits = [hit(text, id_=str(number)) for number, text in enumerate(NEWS)]
    statements = tuple(
        Statement(text, tuple(found for one in hits for found in cite(text, one))) for text in texts
    )
    return check_draft(Draft(statements), READING, QUERY, hits, Settings(), embedder=embedder)


def test_the_score_removes_what_passes_the_gate() -> None:
    faithful = "The library bought maps and globes."
    gated = scored(faithful, NONSENSE, embedder=None)
    assert [one.text for one in gated.reading.statements] == [faithful, NONSENSE]
    assert gated.notes == ()
    found = scored(faithful, NONSENSE, embedder=load_embedder(Settings()))
    assert [one.text for one in found.reading.statements] == [faithful]
    assert [(one.text, one.supported, one.citations) for one in found.removed] == [(NONSENSE, False, ())]
    assert len(found.notes) == 1


def test_the_score_says_so_where_what_is_left_is_doubtful() -> None:
    gated = scored(*GARBLED, embedder=None)
    assert len(gated.reading.statements) == len(GARBLED) and gated.notes == ()
    found = scored(*GARBLED, embedder=load_embedder(Settings()))
    assert found.removed == ()
    assert [one.text for one in found.reading.statements] == list(GARBLED)
    assert len(found.notes) == 1
    faithful = scored(*NEWS, embedder=load_embedder(Settings()))
    assert len(faithful.reading.statements) == len(NEWS)
    assert faithful.notes == ()


def test_the_score_knows_the_names_that_the_gate_knows() -> None:
    raid = hit("The raid on Bourikanda killed 12 soldiers on Monday, a spokesman said.")
    names = learn((), [["Bourikanda", "Bourkanda"]])
    told = Draft((Statement("The raid on Bourkanda killed 12 soldiers."),))
    found = check_draft(told, READING, QUERY, [raid], Settings(), names, load_embedder(Settings()))
    assert [one.text for one in found.reading.statements] == ["The raid on Bourkanda killed 12 soldiers."]
    assert found.removed == ()
