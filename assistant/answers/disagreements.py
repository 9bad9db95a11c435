"""Where sources disagree: the questions put to them about a topic, and the sides that they give."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.answers import short
from assistant.answers.article_selection import Selected
from assistant.answers.count import stored
from assistant.answers.draft import Corpus, Draft
from assistant.answers.frequent_names import frequent_names
from assistant.evidence.figures import amounts
from assistant.question.understand import understand
from assistant.retrieval.find import words_of
from assistant.text.tokens import stem, tokens
from assistant.types import Item, Plan

PROBES = 5
"""Questions that are put about a topic."""
PLACES_COMPARED = 4
PROBES_OF_A_PLACE = 3
"""Places asked about where no topic is named: those named most, but for the first, the scene of all."""
ARTICLES_READ = 30
NOUN_CHARACTERS = 40
"""Characters after a figure within which its noun stands."""


def disagreements(plan: Plan, selected: Selected, corpus: Corpus) -> Draft | None:
    """List the questions to which sources give different answers: on a topic, or on the places named most."""
    if selected.topic:
        asked = _probes(selected.topic, corpus)
    else:
        places = [name for name, _ in frequent_names(corpus, "place")[1 : PLACES_COMPARED + 1]]
        asked = [text for place in places for text in _probes(place, corpus)[:PROBES_OF_A_PLACE]]
    items: list[Item] = []
    told: list[set[str]] = []
    number = 0
    for question in asked:
        query = understand(question, corpus.settings, filters=plan.query.filters)
        probed = Plan("short", query)
        draft = short.answer(probed, corpus.evidence(query), corpus)
        values = {side.value for side in draft.reading.sides}
        if not draft.reading.differ or values in told:
            continue
        told.append(values)
        sides = []
        citations = []
        for side in draft.reading.sides:
            for citation in side.citations[:1]:
                number += 1
                citations.append(replace(citation, number=number))
            who = f" ({side.speaker})" if side.speaker else ""
            sides.append(f"{side.value}{who}")
        items.append(Item(f"{question} {'; '.join(sides)}", tuple(citations)))
    about = f" on “{selected.topic}”" if selected.topic else ""
    if not items:
        lead = f"No disagreement of sources{about} was found: figures and who did it were compared."
        return stored(plan, corpus, None, lead)
    lead = f"The sources disagree{about}:"
    note = "Figures and who did it were compared; there may be other differences."
    return stored(plan, corpus, None, lead, tuple(items), len(items), [note])


def _probes(topic: str, corpus: Corpus) -> list[str]:
    """Ask what the articles count about a topic, the most frequent first, and who claimed it."""
    counted: Counter[tuple[str, str]] = Counter({("people", "killed"): 1})
    for article in corpus.index.articles_with([words_of(topic)])[:ARTICLES_READ]:
        for line in article.text.splitlines():
            for amount in amounts(line):
                nouns = (token.text for token in tokens(line[amount.end : amount.end + NOUN_CHARACTERS]))
                noun = next((word for word in nouns if stem(word) in amount.unit), None)
                if noun and amount.outcome:
                    counted[noun, amount.outcome] += 1
    figures = [
        f"How many {what} were {fate} in {topic}?" for (what, fate), _ in counted.most_common(PROBES - 1)
    ]
    return [figures[0], f"Who claimed the attack on {topic}?", *figures[1:]]
