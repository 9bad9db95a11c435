"""Makes a follow-up stand alone, by rules: earlier questions and answers fill what it leaves out.

Only phrases of an earlier question, and names or counted people of an answer, are filled in; the rest of an answer,
which comes from the client, is never used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.asked_happening import when_that_was
from assistant.question.asking import OPENING_AUXILIARY, asks
from assistant.question.conversation_topics import (
    ANSWER_CHARACTERS,
    QUESTION_CHARACTERS,
    Topic,
    asked_name,
    asked_thing,
    cleaned,
    in_full,
    matter,
    next_topic,
    other_of_two,
    place_meant,
    recased,
    referent,
)
from assistant.question.own_subject import lacks_nothing, means_own_subject, speaks, speaks_of
from assistant.question.phrase_replaced import phrase_like, with_phrase
from assistant.question.question_type import QUESTION_WORDS, ROLES_ASKED
from assistant.question.things_compared import LEADING_TO_THING
from assistant.text.dates import dates
from assistant.text.english.referring import OWNING, PERSONAL_PRONOUN, topic_named, without_opening
from assistant.text.english.verbs import BE_DO_HAVE
from assistant.text.phrases import (
    LINKED,
    SETTING_PREPOSITIONS,
    STATES,
    event_noun,
    phrases,
    proper_names,
    subject,
)
from assistant.text.tokens import content_words, stem, stems
from assistant.types import Turn

TURNS = 10
LONE_WORDS, MATTER_WORDS = 1, 8
"""Content words of a question that cannot stand alone ("Who was arrested?"), and most that a matter gives it."""
FRAME_WORDS = 3
"""First words that two questions share where the second asks the same of the same: "How many people"."""

_INTERROGATIVE = re.compile(
    r"^(?:(?:by|to|of|for|from|in|at|on|with|since|until|against)\s+)?"
    rf"(?:{QUESTION_WORDS})\b|^(?:{OPENING_AUXILIARY}|list|name|tell|show|give)\b",
    re.I,
)
_BARE = re.compile(
    r"^(why|when|where|how come|how|who|by whom)(?: (?:exactly|not|so|was|is|did|else))*$", re.I
)
_BARE_HOW_MANY = re.compile(r"^how many(?: (?:are|were|was|is) (?:there|they|it))?$", re.I)
_HOW_MANY_STATE = re.compile(r"^(how many)(?: (?:were|are|was|have been))? (\w+)$", re.I)
_WHICH_OF_THEM = re.compile(r"^((?:which|what) (\w+) (?:were|are)) (?:they|those|these|it|that)$", re.I)
_WHEN_DID = re.compile(rf"^(?:when|where|why|how)(?= (?:{BE_DO_HAVE}|will|can)\b)", re.I)
_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bthere(?=$| (?:on|in|at|and|then)\b)", re.I
)
_SHORT_FORM = re.compile(
    rf"\b(?:the|this|that|these|those) (?!(?:{LEADING_TO_THING}|to|with)\b)(?P<noun>[a-z]+)\b(?![-’'])"
    r"(?! (?:of|on|in|at|against|by|near|from|for|who|that|which|between)\b)"
)
_DEMONSTRATIVE = re.compile(
    r"(?P<before>^(?:is|was|are|were|did|does) |\babout )(?:that|this|those|these)\b"
    r"|\b(?:that|this|those|these)(?=$| (?:in|on|at|by|to|happen|happened|take|took|start|end|begin|affect|mean"
    r"|go|work|change|cause|last|come|occur)\b)",
    re.I,
)
_FOLLOW_UP_PRONOUN = re.compile(rf"\b(?:{PERSONAL_PRONOUN})\b", re.I)
_ROLE = re.compile(rf"\b(?:{ROLES_ASKED}|boss|editor|manager|successor|wife|husband)$", re.I)
_EVENT_FOLLOWS = re.compile(
    r"^ (?:happen|happened|take place|took place|occur|occurred|start|started|begin|began|end|ended|last|lasted"
    r"|break out|broke out|unfold|held|cancelled|postponed|called off|carried out|planned)\b",
    re.I,
)
_EVENT_BEFORE = re.compile(
    r"\b(?:(?:when|where|why|how) (?:was|is|were|are)|about|to|after|before|during|of|causes?|caused|claims?"
    r"|claimed|behind|for|condemn|condemned|did|do|done) $",
    re.I,
)
_REPORTING = re.compile(r"\b(?:who|which \w+) (?:say|says|said|claim|claims|claimed)(?: that)? $", re.I)
_DUMMY = re.compile(r"\b(?:is|was) it (?:true|likely|possible|clear|known|correct|certain)\b", re.I)
_PARTICLE = re.compile(r" (?!(?:up|in|on|at|by|to|from|with|after|before|and)\b)\w", re.I)
_THEN = re.compile(
    r"^(?:(?:the\s+)?(?:year|month|week|day|season|quarter)s?\s+(?:before|after|earlier|later)|(?:last|this|next)\s+(?:year|month|week|season))$",
    re.I,
)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Fill the pronouns and gaps of a follow-up from the turns before it, oldest first; the last ten count.

    A question that names its own matter, or is the first, is returned as it is.
    """
    topic: Topic | None = None
    for turn in history[-TURNS:]:
        asked = cleaned(turn.question, QUESTION_CHARACTERS)
        if any(character.isalnum() for character in asked):
            answer = cleaned(turn.answer_text, ANSWER_CHARACTERS)
            asked = recased(asked, answer)
            topic = next_topic(topic, _complete(asked, topic) if topic else asked, answer)
    return _complete(question, topic) if topic and len(question) <= QUESTION_CHARACTERS else question


def _complete(question: str, topic: Topic) -> str:
    typed = question.rstrip("?!. ")
    bare = without_opening(typed)
    fragment = topic_named(bare)
    counted = _HOW_MANY_STATE.match(bare)
    if fragment != bare or (bare != typed and not _INTERROGATIVE.match(bare)):
        found = _parallel(fragment, topic)
    elif _BARE.match(bare):
        found = _asked_again(bare, topic)
    elif when := when_that_was(bare, topic):
        found = when
    elif _BARE_HOW_MANY.match(bare):
        found = _number_of(topic) or _placed(bare, topic)
    elif counted and counted.group(2).lower() in STATES:
        found = _placed(f"{counted.group(1)} were {counted.group(2)}", topic)
    else:
        found = _filled(bare, topic)
        own = lacks_nothing(bare) and (bare == typed or not speaks(bare))
        if found == bare and not own:
            found = _placed(bare, topic, goes_on=bare != typed)
    found = _agreeing(" ".join(found.split()), topic.event)
    return question if found == typed else f"{found[:1].upper()}{found[1:]}?"


def _agreeing(question: str, happened: str | None) -> str:
    """Put "was that" into the plural where it has become "was the attacks"."""
    if not happened or not (event_noun(happened) or "").endswith("s"):
        return question
    return question.replace(f"was {happened}", f"were {happened}").replace(
        f"is {happened}", f"are {happened}"
    )


def _placed(question: str, topic: Topic, *, goes_on: bool = False) -> str:
    """Add to a question without a pronoun what, where or when it is about.

    A name is added where the question says that it ``goes_on`` ("And ..."), or has no subject of its own.
    """
    known = stems(content_words(question))
    of_speech = speaks_of(question)
    if topic.event and not stems(content_words(topic.event)) <= known:
        return f"{question} {'about' if of_speech else 'in'} {topic.event}"
    if topic.setting and not stems(content_words(topic.setting)) <= known:
        return f"{question} {topic.setting}"
    frame = question.lower().split()[:FRAME_WORDS]
    if len(frame) == FRAME_WORDS and frame == topic.question.lower().split()[:FRAME_WORDS]:
        cut = phrases(topic.question.rstrip("?!. "))
        tails = cut.matches(re.compile(rf"(?:p{LINKED})+$"))
        if tails:
            return f"{question} {cut.slice(*tails[0])}"
    about = asked_name(topic) or (topic.names[-1] if topic.names else subject(topic.question))
    open_to_names = goes_on or of_speech or subject(question) is None
    if about and open_to_names and not stems(content_words(about)) <= known:
        passive = re.search(r"\b(?:was|were|been|is|are)\b", question, re.I)
        joining = "about" if of_speech else "by" if passive else "for"
        return f"{question} {joining} {about}"
    told = [word for word in content_words(topic.question) if stem(word) not in known]
    lone = len(known) <= LONE_WORDS and asks(question)  # "Brexit" is a topic of its own
    if about is None and lone and 1 < len(told) <= MATTER_WORDS:
        return f"{question} in {' '.join(told)}"
    return question


def _filled(question: str, topic: Topic) -> str:
    """Replace pronouns, "there", "that" and short forms ("the camp") by what they stand for."""
    listed = _WHICH_OF_THEM.match(question)
    if listed and topic.event and stems([listed.group(2)]) <= stems(content_words(topic.event)):
        return f"{listed.group(1)} in {topic.event}"
    place, what = place_meant(topic), matter(topic)
    text = _THERE.sub(place, question, count=1) if place else question
    text = _SHORT_FORM.sub(lambda found: _in_full(found, text, topic), text)
    if what:
        text = _DEMONSTRATIVE.sub(lambda found: f"{found.group('before') or ''}{what}", text, count=1)
    start = 0
    while found := next(
        (one for one in _FOLLOW_UP_PRONOUN.finditer(text, start) if not _bound(text, one)), None
    ):
        meant, rest = _in_place_of(found, text, topic)
        text = f"{text[: found.start()]}{meant}{rest}"
        start = found.start() + len(meant)
    return text


def _in_full(found: re.Match[str], question: str, topic: Topic) -> str:
    following = phrases(question[found.end() :]).kinds[:1]
    whole = following not in {"w", "s", "n", "e", "#"}
    return (in_full(found.group("noun"), topic) if whole else None) or found.group()


def _in_place_of(found: re.Match[str], question: str, topic: Topic) -> tuple[str, str]:
    """Return what a pronoun stands for, in its case, and the rest of the question after it."""
    before, rest = question[: found.start()], question[found.end() :]
    word = found.group().lower()
    ends = not rest or not rest[0].isspace()
    event_meant = _EVENT_FOLLOWS.match(rest) or (ends and _EVENT_BEFORE.search(before))
    meant = referent(word, topic, event_meant=bool(event_meant))
    if meant is None:
        return found.group(), rest
    owned = re.match(r" ((?:new |own )?[a-z]+)\b", rest)
    if word not in OWNING and not (word == "her" and owned):
        return meant, rest
    if owned and len(meant.split()) > 2:
        return f"the {owned.group(1)} of {meant}", rest[owned.end() :]
    return f"{meant}’" if meant.endswith("s") else f"{meant}’s", rest


def _bound(question: str, found: re.Match[str]) -> bool:
    """Return True when a pronoun means a name in its own question ("Did Italy keep its ..."), or nothing."""
    before, rest = question[: found.start()], question[found.end() :]
    within = _PARTICLE.match(rest) and (proper_names(before) or _REPORTING.search(before))
    return bool(within or _DUMMY.search(question) or means_own_subject(found.group(), before, rest))


def _parallel(fragment: str, topic: Topic) -> str:  # noqa: PLR0911 - a return for each form
    """Ask the question before of something else: "And in Rome?", "What about the wounded?"."""
    asked = topic.question.rstrip("?!. ")
    if re.match(r"the others?\b", fragment, re.I):
        fragment = other_of_two(topic) or fragment
    if _FOLLOW_UP_PRONOUN.search(fragment):
        return f"{'Who is' if _ROLE.search(fragment) else 'What about'} {_filled(fragment, topic)}"
    words = [word for word in fragment.split() if word.lower() not in {"the", "those", "any"}]
    if len(words) == 1 and words[0].lower() in STATES:
        return _placed(f"How many were {words[0]}", topic)
    cut, own = phrases(asked), phrases(fragment)
    if _THEN.match(fragment):
        return f"{asked} {fragment}"
    if not own.kinds.startswith("p"):
        slot = phrase_like(asked, fragment)
        return with_phrase(asked, slot, fragment) if slot else _placed(f"What about {fragment}", topic)
    dated = bool(dates(fragment))
    placing = own.words[0].text.lower() in SETTING_PREPOSITIONS
    places = [
        cut.slice(*span)
        for span in cut.matches(re.compile(f"p{LINKED}"))
        if (cut.words[span[0]].text.lower() in SETTING_PREPOSITIONS) == placing
    ]
    same = [place for place in places if bool(dates(place)) == dated]
    if same:
        return with_phrase(asked, same[-1], fragment)
    named = cut.matches(re.compile("n+$"))
    if named and not dated:
        return with_phrase(asked, cut.slice(*named[-1]), own.slice(1, len(own.words)))
    return f"{asked} {fragment}"


def _asked_again(word: str, topic: Topic) -> str:
    """Ask the question before with another question word: "Why?" after "When did they leave?"."""
    asked = topic.question.rstrip("?!. ")
    new = _BARE.sub(lambda found: found.group(1).capitalize(), word)
    if new in {"Why", "When", "Where", "How"} and _WHEN_DID.match(asked):
        return _WHEN_DID.sub(new, asked)
    if topic.event:
        who = new in {"Who", "By whom"}
        return f"Who was behind {topic.event}" if who else f"{new} did {topic.event} happen"
    return _placed(word, topic)


def _number_of(topic: Topic) -> str | None:
    """Ask for the number of those whom the question before was about."""
    for phrase in (subject(topic.question), asked_thing(topic)):
        if phrase and phrases(phrase).kinds.endswith("s"):
            many = re.sub(r"^(?:the|these|those) ", "", phrase, flags=re.I)
            return f"How many {many} were there {topic.setting or place_meant(topic) or ''}"
    return None
