"""Turns a question into a query, and tells in which ways it may be meant after the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.errors import QuestionError
from assistant.question.another_name import asked_of_another
from assistant.question.asked_period import asked_period
from assistant.question.asking import asks
from assistant.question.conversation_topics import QUESTION_CHARACTERS, cleaned
from assistant.question.follow_up import stand_alone
from assistant.question.follow_up_act import act_of
from assistant.question.follow_up_answer import completed_by_answer, matter_of
from assistant.question.in_context import (
    CONTEXT_QUESTIONS,
    context_of,
    depends,
    may_stand_alone,
    names_person,
    person_asked_of,
    split_context,
)
from assistant.question.own_subject import names_something
from assistant.settings import Settings
from assistant.text.english.referring import refers
from assistant.text.tokens import STOP_WORDS, names, tokens
from assistant.types import Filters, Query, Turn


def understand(
    question: str,
    settings: Settings,
    *,
    filters: Filters | None = None,
    question_as: str | None = None,
) -> Query:
    """Check a question and what comes with it, and tell its names and its period.

    ``question_as`` is the question as it stands alone, or one of ``ways_to_understand``. "Last month" is reckoned
    from ``filters.asked``.

    Raises:
        QuestionError: the question is empty or too long, or no date can pass the filters.
    """
    question, filters = checked_question(question, settings), filters or Filters()
    if filters.after and filters.before and filters.after > filters.before:
        raise QuestionError(
            f"no date is both after {filters.after} and before {filters.before}; exchange the two"
        )
    standalone, context = split_context(question_as or question)
    standalone = checked_question(standalone, settings)
    return Query(
        text=standalone,
        context=cleaned(context, CONTEXT_QUESTIONS * QUESTION_CHARACTERS),
        original=question,
        filters=filters,
        names=tuple(dict.fromkeys(span.text for span in names(standalone))),
        asked_period=asked_period(standalone, filters.asked),
    )


def ways_to_understand(question: str, history: Sequence[Turn]) -> list[tuple[str, ...]]:
    """Return the ways in which a question may be meant, each as ``understand`` takes it for ``question_as``.

    A follow-up is meant as rules complete it or in the context of the conversation; where neither is answered, as
    one question with those before it.
    """
    question = " ".join(question.split())
    context = context_of(history)
    if not history or len(question) > QUESTION_CHARACTERS:
        return [(question,)]
    turns = _standing_alone(history)
    by_rules = completed(question, turns, history)
    told_who = names_person(question, by_rules) and not refers(by_rules)
    in_context = _within(question, context)
    if not context or completed_by_answer(question, turns[-1]):
        return [(by_rules,)]
    if told_who and asks(by_rules):
        return [(by_rules,) if person_asked_of(by_rules, history) else (by_rules, in_context)]
    if by_rules == question and not depends(question) and names_something(question):
        return [(question,)]
    if by_rules == question and (of_another := asked_of_another(question, turns[-1].question)):
        return [tuple(of_another), (in_context,)]
    ways = [
        (in_context,) if refers(by_rules) else tuple(dict.fromkeys((_whole(by_rules, context), in_context)))
    ]
    if may_stand_alone(question):
        ways.append((question,))
    return [*ways, (f"{question.rstrip('?!. ')}, {context}?",)]


def _whole(completed: str, context: str) -> str:
    """Return a completed question by itself where it names all that its context does, else within that."""
    own = {span.text for span in names(completed)}
    return completed if {span.text for span in names(context)} <= own else _within(completed, context)


def _within(question: str, context: str) -> str:
    return Query(question, question, context=context).standalone


def _standing_alone(history: Sequence[Turn]) -> list[Turn]:
    """Complete the last questions of a conversation, one by the other: a follow-up may ask the last again."""
    whole: list[Turn] = []
    recent = history[-COMPLETED:]
    for at, turn in enumerate(recent):
        before = history[: len(history) - len(recent) + at]
        asked = completed(turn.question, whole, before)
        whole.append(replace(turn, question=asked))
    return whole


def completed(question: str, turns: Sequence[Turn], history: Sequence[Turn]) -> str:
    """Make a question stand alone: by what it wants of the answer before, or by the topic.

    The questions of ``turns`` stand alone already; ``history`` is as it was asked.
    """
    if turns and (by_answer := completed_by_answer(question, _with_matter(question, turns[-1], history))):
        return by_answer
    return stand_alone("Why?" if turns and act_of(question) == "why" else question, history)


def _with_matter(question: str, turn: Turn, history: Sequence[Turn]) -> Turn:
    """Add what a conversation began with to its last question, where a summary of an open one is wanted.

    "Summarise that" after "Who was arrested?" wants it of what was asked about first.
    """
    if act_of(question) != "summary" or names_something(history[-1].question):
        return turn
    first = context_of(history).split("; ")[-1]
    if not first or not depends(history[-1].question):
        return turn
    return replace(turn, question=f"{turn.question.rstrip('?!. ')} {matter_of(first)}")


def is_english(text: str) -> bool:
    """Return True when a question may be English: its function words decide, else a guess.

    Keywords and names look like any language: the guess of another must be far likelier (py3langid, log odds), less
    so where the first word asks in another language. A word that is said twice tells no more than once.
    """
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character < "ɐ" for character in letters) < len(letters) / 2:
        return False
    found = dict.fromkeys(token.text for token in tokens(text))
    if len(found) < 3 or any(word.lower() in STOP_WORDS - AMBIGUOUS for word in found):
        return True
    odds = dict(_language_identifier().rank(" ".join(found)))
    least = FOREIGN_ASKED if next(iter(found)).lower() in FOREIGN_QUESTION_WORDS else FOREIGN
    return bool(max(odds.values()) - odds["en"] < least)


@lru_cache(maxsize=1)
def _language_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier


COMPLETED = 3
"""Turns before a question that are completed for it."""
FOREIGN, FOREIGN_ASKED = 20.0, 8.0
"""Log odds from which a question is not English; where it begins with a question word of another language."""
FOREIGN_QUESTION_WORDS = frozenset(
    "wer wen wem wann wo warum wieso welche welcher welches wieviele qui que quoi quand où pourquoi comment quel"
    " quelle quels quelles combien quién quien quiénes qué cuándo cuando dónde donde cómo cuál cuántos cuántas chi"
    " che cosa quando dove perché quale quanti quante quem onde qual quantos quantas wie wat wanneer waar waarom"
    " welke hoeveel vem vad när varför hur vilken vilka hvem hvad hvornår hvor hvorfor kto kiedy gdzie dlaczego jak"
    " ile kim nerede kaç niçin".split()
)
"""Who, what, when, where, why, how and which in European languages, without those that are English words."""
LANGUAGES = (
    "ar bn cs da de el en es fa fi fr ha he hi hu id it ja ko nl no pl pt ro ru sv sw th tr uk ur vi zh"
).split()
AMBIGUOUS = frozenset(
    "a an as do he i in is it me no on so to am are was were has had him her der die d s t".split()
)


def checked_question(question: str, settings: Settings) -> str:
    """Return a question as one line without invisible characters.

    Raises:
        QuestionError: it is empty or too long.
    """
    text = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+", " ", question)
    text = re.sub(r"\s+", " ", text).strip()
    if not any(character.isalnum() for character in text):
        raise QuestionError('the question is empty; ask for example "who claimed the attacks?"')
    if len(text) > settings.question_characters:
        raise QuestionError(
            f"the question has {len(text):,} characters, more than the {settings.question_characters:,} "
            "allowed; shorten it, or raise ASSISTANT_QUESTION_CHARACTERS"
        )
    return text
