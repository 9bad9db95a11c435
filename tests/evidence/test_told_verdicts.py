"""What a verdict is worth by what its sentence tells."""

import pytest

from assistant.evidence.told_verdicts import BY_WORDS, corrected, denies_only, says_so
from assistant.evidence.verdicts import SentenceVerdict

YES, NO = SentenceVerdict(2.0, 0.6, 0.6), SentenceVerdict(-2.0, 0.6, 0.6)


@pytest.mark.parametrize(
    ("question", "sentence", "verdict", "made"),
    [
        ("Is Ada Berg alive?", "Ada Berg had a heart attack on Sunday.", NO, NO.silent),
        ("Did Ada Berg survive?", "Ada Berg had a heart attack on Sunday.", NO, NO.silent),
        ("Is Ada Berg dead?", "Ada Berg had a heart attack on Sunday.", YES, YES.silent),
        ("Is Ada Berg alive?", "Ada Berg died on Sunday.", NO, NO),
        ("Is Ada Berg dead?", "Ada Berg was killed on Sunday.", YES, YES),
        ("Is Ada Berg alive?", "Ada Berg went home on Sunday.", YES, YES),
        ("Did Ada Berg win?", "If Ada Berg wins, she will be the oldest.", NO, NO.silent),
        ("Did Ada Berg win?", "Ada Berg will win on Sunday.", YES, YES.silent),
        ("Did Ada Berg win?", "Ada Berg won on Sunday.", YES, YES),
    ],
)
def test_words_that_tell_nothing_of_the_deed_settle_nothing(
    question: str, sentence: str, verdict: SentenceVerdict, made: SentenceVerdict
) -> None:
    assert corrected(question, sentence, verdict) == made


def test_a_denial_beside_the_deed_itself_is_no_plain_no() -> None:
    both = "While I concede this race, I do not concede the fight."
    assert not denies_only("Did Ada Berg concede?", both)
    assert denies_only("Did Ada Berg concede?", "Ada Berg did not concede.")


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        (
            "Did the council overturn the Ash ruling?",
            "The council overturned the Ash ruling on Friday.",
            True,
        ),
        ("Did the council overturn the Ash ruling?", "The council has not overturned the Ash ruling.", False),
        ("Did the council overturn the Ash ruling?", "The council would overturn the Ash ruling.", False),
        ("Did the council overturn the Ash ruling?", "The council overturned the Elm ruling.", False),
        (
            "Did the council overturn the Ash ruling?",
            "Bell said that the council overturned the Ash ruling.",
            False,
        ),
        ("Did Ada win?", "Ada won.", False),
    ],
)
def test_a_sentence_may_say_what_is_asked_word_for_word(question: str, sentence: str, said: bool) -> None:
    assert says_so(question, sentence) is said
    verdict = corrected(question, sentence, SentenceVerdict(0.4, 0.5, 0.5))
    assert (verdict == BY_WORDS) is said
