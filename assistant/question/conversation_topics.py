"""The topic of a conversation, and what a pronoun or short form in the next question may stand for.

The history comes from the client: its text is cut, freed of control characters, and only quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.own_subject import names_its_matter
from assistant.text.dates import relative_dates
from assistant.text.english.referring import PLURAL_PRONOUNS, SINGULAR_PERSON
from assistant.text.english.verbs import PAST
from assistant.text.phrases import (
    ASSAULTS,
    GROUPS,
    event_noun,
    event_phrase,
    first_sentence,
    people_told_of,
    phrases,
    proper_names,
    setting,
    subject,
)
from assistant.text.tokens import content_words, stem, stems, tokens

QUESTION_CHARACTERS = 300
ANSWER_CHARACTERS = 600

_CONTROL_CHARACTERS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ud800-\udfff\ufeff]+"
)
_MARKER_IN_TURN = re.compile(r"\s*\[\d{1,4}\]")
_ASKS_NAME = re.compile(
    r"\b(?:who|whom|which|what(?= (?:group|party|organi[sz]ation|company|country|name)))\b", re.I
)
_ASKS_THING = re.compile(
    r"^(?:(?:what|who) (?:is|are|was|were)|tell me (?:more )?about|(?:what|who)[’']s)\s+(?!behind\b|in\b|on\b)(.+)$"
    r"|^what do(?:es)?\s+(.+?)\s+(?:mean|stand for|do)$",
    re.I,
)
_BEGINS_VERB = re.compile(rf"(?:{PAST}|[a-z]+ed|[a-z]+ing)\b")
_ASKS_FOR_SEVERAL = re.compile(r"^(?:in |at |on )?(?:which|what) (?P<noun>\w+)\b", re.I)
_DESCRIBED = re.compile(r"(?:A|An)\s+(?P<name>[A-Z]\w+)\s+(?P<noun>[a-z]+)\b")
"""Somebody who is not named: "A Lesk man"."""
_POSSESSIVE_START = re.compile(r"^[’']s\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a conversation: the last question, standing alone, its answer, and what both mention.

    ``event`` is a noun phrase ("the attack on the camp"), ``setting`` a place or time with its preposition,
    ``person`` a name of two words or more; each may come from an earlier turn of the same topic.
    """

    question: str
    answer: str
    event: str | None
    setting: str | None
    person: str | None

    @property
    def names(self) -> list[str]:
        """The names in the question."""
        return proper_names(self.question)


def cleaned(text: str, most_characters: int) -> str:
    """Cut a text of the client's, and remove control characters, line breaks and citation markers."""
    text = _MARKER_IN_TURN.sub("", _CONTROL_CHARACTERS.sub(" ", text[: 4 * most_characters]))
    return " ".join(text.split())[:most_characters].strip()


def recased(question: str, answer: str) -> str:
    """Write the names of a question typed in small letters as its answer writes them."""
    if any(character.isupper() for character in question[1:]):
        return question
    known = {token.text.lower(): token.text for name in proper_names(answer) for token in tokens(name)}
    return re.sub(r"\w+", lambda found: known.get(found.group(), found.group()), question)


def next_topic(before: Topic | None, question: str, answer: str) -> Topic:
    """Update the topic by a turn whose question stands alone; what it does not name stays from ``before``."""
    happened, place = event_phrase(question), setting(question)
    person = next((name for name in proper_names(f"{question} {answer}") if " " in name), None)
    goes_on = not happened and before and (not names_its_matter(question) or _goes_on(question, before))
    if before and (happened == before.event or goes_on):
        happened, place, person = before.event, place or before.setting, person or before.person
    return Topic(question, answer, _without_relative_dates(happened), _without_relative_dates(place), person)


def referent(pronoun: str, topic: Topic, *, event_meant: bool = False) -> str | None:
    """Find what a pronoun stands for: the answer asked for, else the subject of the question."""
    asked, thing, doer = asked_name(topic), asked_thing(topic), subject(topic.question)
    if asked and " and " in asked and pronoun in {"it", "its"}:
        asked = None  # two are not "it"
    last = topic.names[-1] if topic.names else None
    several = doer if doer and phrases(doer).kinds.endswith("s") else None
    doer = doer if doer and any(map(str.isupper, doer)) else None
    if pronoun in SINGULAR_PERSON:
        likely = (asked, thing, doer, topic.person, last)
        return next((one for one in likely if one and _may_be_person(one)), None)
    if event_meant and topic.event:
        return topic.event
    if pronoun in PLURAL_PRONOUNS:
        if _asks_for_several(topic.question):  # "Which towns did the raids hit?" "Who died in them?"
            asked = topic.event if (event_noun(topic.event or "") or "").endswith("s") else None
        people = people_told_of(topic.answer)
        if asked and people and asked.removeprefix("the ") in people:
            return people
        other = last if last != doer else None
        return asked or several or people or thing or other or doer or topic.event
    return asked or thing or doer or topic.event or last


def _may_be_person(name: str) -> bool:
    """Return True for "Ada Berg" and "the mayor", not for "CEO" and "the police"."""
    last = name.rsplit(maxsplit=1)[-1]
    return not (last.isupper() and len(last) > 1) and not _is_group(last.lower())


def asked_name(topic: Topic) -> str | None:
    """Find the name in the answer that the question asked for; in "the rebel group Name" it comes first."""
    if not _ASKS_NAME.search(topic.question) or _names_whom_it_asks_about(topic):
        return None
    known = stems(token.text for token in tokens(topic.question))
    sentence = first_sentence(topic.answer)
    found = [
        name
        for name in proper_names(sentence)
        if not known & stems(token.text for token in tokens(name)) and len(name) > 1
    ]
    for name in found:
        before = re.search(r"([\w-]+) $", sentence[: sentence.index(name)])
        if before and _is_group(before.group(1)):
            return name
    if not found:
        return people_told_of(topic.answer)
    described = _DESCRIBED.match(sentence)
    if described and found[0] == described["name"] and phrases(described["noun"]).kinds == "w":
        return f"the {found[0]} {described['noun']}"
    led = sentence[: sentence.index(found[0])].lower().endswith("the ")
    return f"the {found[0]}" if led else found[0]


def asked_thing(topic: Topic) -> str | None:
    """Find what a question such as "What is the treaty?" or "Is the minister still in office?" is about."""
    asked = topic.question.rstrip("?!. ")
    match = _ASKS_THING.match(asked)
    if match:
        thing = match.group(1) or match.group(2)
        if not _BEGINS_VERB.match(thing):
            return thing
        return f"{asked[0].lower()}{asked[1:]}" if asked[:4].lower() == "what" else None
    if re.match(r"(?:is|are|was|were|did|does|do|has|have|will|can)\b", topic.question, re.I):
        return subject(topic.question)
    return None


def matter(topic: Topic, *, roughly: bool = False) -> str | None:
    """Name the matter of a question: an event, a thing; ``roughly`` also who and where ("troops and Norland")."""
    parts = [part for part in (subject(topic.question), *topic.names[-1:]) if part and roughly]
    return topic.event or asked_thing(topic) or " and ".join(dict.fromkeys(parts)) or None


def place_meant(topic: Topic) -> str | None:
    """Find what "there" stands for, with its preposition; after "where", the place that the answer names."""
    if re.match(r"where\b", topic.question, re.I):
        told = proper_names(first_sentence(topic.answer))
        place = next((name for name in reversed(told) if name not in topic.question), None)
        if place:
            return f"in {place}"
    if topic.event:
        return f"in {topic.event}"
    name = topic.names[-1] if topic.names else asked_name(topic)
    return topic.setting or (f"in {name}" if name else None)


def in_full(noun: str, topic: Topic) -> str | None:
    """Give "camp" its full form, "the Holmby camp", where the conversation has one."""
    wanted = stem(noun)
    happened = event_noun(topic.event or "")
    if topic.event and happened and (stem(happened) == wanted or _assaults(happened, noun)):
        return topic.event
    if _is_group(noun) and wanted not in stems(content_words(topic.question)):
        return referent("it", topic)
    for text in (topic.question, topic.answer):
        cut = phrases(text)
        for at, word in enumerate(cut.words):
            start = at
            while start and at - start < 3 and cut.kinds[start - 1] in "nw#":
                start -= 1
            if start < at and stem(word.text) == wanted and "n" in cut.kinds[start:at]:
                return f"the {cut.slice(start, at + 1)}"
    return None


def _names_whom_it_asks_about(topic: Topic) -> bool:
    """Return True when a question is "Who is Ada Berg?", and not "Who is the mayor of Lesk?"."""
    thing = (asked_thing(topic) or "").removeprefix("the ")
    return bool(thing) and proper_names(thing) == [thing]


def _asks_for_several(question: str) -> bool:
    asked = _ASKS_FOR_SEVERAL.match(question)
    return asked is not None and phrases(question[: asked.end("noun")]).kinds.endswith("s")


def _without_relative_dates(phrase: str | None) -> str | None:
    """Drop "last Tuesday" from a phrase: the next question may be asked on another day."""
    counted = relative_dates(phrase or "")
    if not phrase or not counted:
        return phrase
    for one in reversed(counted):
        phrase = f"{phrase[: one.start]} {_POSSESSIVE_START.sub('', phrase[one.end :])}"
    kept = " ".join(phrase.split()).strip(" ,")
    if not re.search(r"\w{2,}\s+\w", kept) and not event_noun(kept):
        return None
    return kept if phrases(kept).kinds[:1] in {"d", "p"} else f"the {kept}"


def _goes_on(question: str, before: Topic) -> bool:
    named = stems(token.text for name in proper_names(question) for token in tokens(name))
    return bool(named & stems(token.text for token in tokens(f"{before.question} {before.answer}")))


def _is_group(word: str) -> bool:
    return stem(word) in {stem(group) for group in GROUPS}


def _assaults(*nouns: str) -> bool:
    return stems(nouns) <= stems(ASSAULTS)
