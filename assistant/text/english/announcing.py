"""Nouns that stand for what is told beside them: "two reasons", "the following conditions"."""

from __future__ import annotations

# The commonest shell nouns that are counted (Schmid 2000, "English Abstract Nouns as Conceptual Shells"), as stems
# of their plurals are formed from them.
SHELL_NOUNS = frozenset(
    """accusation achievement advantage aim alternative answer approach argument aspect assumption benefit
    cause challenge change charge choice claim clue commitment complaint concern concession conclusion
    condition consequence consideration criterion criticism danger decision defect demand difference
    difficulty disadvantage drawback effect element error example exception explanation factor failing
    failure fault fear feature finding flaw ground hypothesis idea indication innovation instruction issue
    lesson limitation measure method mistake motive objection objective obstacle offence option pattern
    plan pledge possibility principle priority problem promise proposal proposition provision purpose
    question reason recommendation request requirement restriction result risk rule scenario shortcoming
    sign solution step strategy suggestion symptom task theme theory thing threat topic trend version
    warning way weakness wish""".split()
)
