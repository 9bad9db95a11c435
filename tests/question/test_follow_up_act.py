"""What a follow-up wants of the answer before, in words that nothing was fitted on."""

import pytest

from assistant.question.follow_up_act import FollowUpAct, act_of

FOLLOW_UPS: list[tuple[FollowUpAct, str]] = [
    ("others", "is there anyone else"),
    ("figures", "what other numbers were given"),
    ("figures", "Any dissent on this count?"),
    ("items", "spell out the names please"),
    ("source", "what makes you say that"),
    ("why", "what's the reason for that"),
    ("narrowed", "just the ones from last year"),
    ("summary", "can you make this a bit briefer"),
    ("courtesy", "great, thank you"),
    ("none", "Who is he?"),
    ("none", "And in Reed Park?"),
    ("none", "What do the others want?"),
    ("none", "Which schools took part in the science fair?"),
    ("none", "Why did the orchestra cancel its tour?"),
    ("none", "Summarise the orchestra affair"),
    ("none", "How many articles mention the ferry plan?"),
]


@pytest.mark.parametrize(("act", "question"), FOLLOW_UPS)
def test_what_a_follow_up_wants(act: FollowUpAct, question: str) -> None:
    assert act_of(question) == act
