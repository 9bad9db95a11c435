"""What ranks where a question asks."""

import pytest

from assistant.evidence.ranks import tells_other_rank


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("What is the deadliest storm?", "The fourth-deadliest storm hit Arle.", True),
        ("What is the deadliest storm?", "Bel was the deadliest, and Cor the 4th deadliest storm.", False),
        ("What is the deadliest storm?", "Bel is the deadliest storm of the year.", True),
        ("What is the deadliest storm of the year?", "Bel is the deadliest storm of the year.", False),
        ("Which city is the most polluted?", "The worst town there, Arle, only ranks ninth.", True),
        ("What is the second deadliest storm?", "The second-deadliest storm hit Arle.", False),
        ("How strong was the deadliest storm?", "The fourth-deadliest storm hit Arle.", False),
        ("Who lives in Arle?", "The fourth-deadliest storm hit Arle.", False),
        ("largest port in Norland", "It is Norland's second-largest port.", True),
    ],
)
def test_a_lower_rank_or_a_shorter_time_is_another(question: str, sentence: str, other: bool) -> None:
    assert tells_other_rank(question, sentence) == other
