"""Figures side by side: what one article gives each of the things that are compared, of one unit."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.gather import Evidence
from assistant.evidence.labelled_figures import LabelledFigure, of_article
from assistant.evidence.sentences import ScoredSentence
from assistant.text.tokens import content_words, stems, stems_of
from assistant.types import Plan

ARTICLES_BESIDE = 3
"""Articles in which they are looked for."""


def figures_beside(
    plan: Plan, evidence: Evidence, *, named: bool = False
) -> list[tuple[ScoredSentence, str]]:
    """Find for each thing the figure that one article gives it, all of the unit that is asked for; else nothing.

    Where no unit is named, all figures must stand in one sentence. With ``named`` it must also hold a word of the
    question besides the things.
    """
    asked = stems(content_words(plan.text))
    things = [stems(content_words(thing)) for thing in plan.things]
    for article in list({one.article.id: one.article for one in evidence.ranked}.values())[:ARTICLES_BESIDE]:
        labelled = of_article(article)
        of_unit = [one for one in labelled if one.unit & asked]
        others = asked - set().union(*things)
        together = [
            [one for one in labelled if one.start == start]
            for start, end in sorted({(one.start, one.end) for one in labelled})
            if not named or others & stems_of(article.text[start:end])
        ]
        found = next((each for group in (of_unit, *together) if (each := _one_each(things, group))), [])
        if found:
            return [
                (
                    ScoredSentence(article, one.start, one.end, article.text[one.start : one.end], ()),
                    one.figure,
                )
                for one in found
            ]
    return []


def _one_each(things: Sequence[set[str]], labelled: Sequence[LabelledFigure]) -> list[LabelledFigure]:
    """Take the one figure of each thing, all of one unit; nothing where one has none, or several."""
    found: list[LabelledFigure] = []
    for thing in things:
        own = [one for one in labelled if _names_thing(one.label, thing)]
        if len({one.value for one in own}) == 1:
            found.append(own[0])
    return found if len(found) == len(things) and all(found[0].comparable(one) for one in found) else []


def _names_thing(label: str, thing: set[str]) -> bool:
    words = stems(content_words(label))
    return bool(words and thing) and (words <= thing or thing <= words)
