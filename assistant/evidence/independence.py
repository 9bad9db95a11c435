"""How many independent sources carry an answer, how many claims they report, and how both are worded."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.text.tokens import stems_of

# The share of common words that makes two sentences one source, whatever articles print them.
COPIED = 0.8


def independent_sources(told: Iterable[tuple[int | str, str]]) -> int:
    """Count the stories among (story, sentence); sentences that are nearly the same are one source."""
    kept: list[set[str]] = []
    stories: set[int | str] = set()
    for story, sentence in told:
        words = stems_of(sentence)
        copied = any(len(words & other) >= COPIED * len(words | other) for other in kept)
        if story not in stories and not copied:
            kept.append(words)
        stories.add(story)
    return max(1, len(kept))


def independent_claims(told: Iterable[tuple[str | None, int | str, str]]) -> int:
    """Count the claims among (speaker, story, sentence), where one speaker makes one claim, whoever reports it.

    A speaker of None is the outlet itself. "Government" and "Malian government" are one speaker.
    """
    rows = list(told)
    speakers: list[set[str]] = []
    for speaker, _, _ in rows:
        words = set((speaker or "").casefold().split())
        if words and not any(words <= other or other <= words for other in speakers):
            speakers.append(words)
    own = [(story, sentence) for speaker, story, sentence in rows if speaker is None]
    return len(speakers) + (independent_sources(own) if own else 0)


def sources_in_words(sources: int, claims: int) -> str:
    """Write how many independent sources there are, and that they report fewer claims; ``claims`` 0: not known."""
    if sources < 2:
        return "1 source"
    if not 0 < claims < sources:
        return f"{sources} independent sources"
    return f"{sources} independent reports of {'one claim' if claims == 1 else f'{claims} claims'}"


def carried(sources: int, claims: int = 0) -> str:
    """Say how many independent sources, or reports of a claim, carry an answer."""
    if sources == 1:
        return "This answer rests on one source."
    return f"{sources_in_words(sources, claims)} carry this answer."
