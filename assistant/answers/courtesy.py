"""Greetings, thanks and questions about the assistant: two lines, and three questions to try on this corpus.

So are words that ask of nobody and nothing: "Who is he?" where nobody was named before.
"""

from __future__ import annotations

import re

from assistant.answers.article_selection import Selected
from assistant.answers.count import card
from assistant.answers.draft import Corpus, Draft, reading, unread
from assistant.answers.example_questions import suggestions
from assistant.evidence.gather import Evidence
from assistant.evidence.sentences import passage_context
from assistant.names.capitals import with_capitals
from assistant.question.asking import only_names_topic
from assistant.text.tokens import content_words, names
from assistant.types import Plan

ARTICLES_SUGGESTED_FROM = 12
"""Number of the newest articles that questions are made from."""
QUESTIONS = 3
MOST_GREETING_WORDS = 2
"""Most content words of small talk that mentions neither the assistant nor the user."""
_SPOKEN_TO = re.compile(r"\b(?:you|your|yours|i|me|my|this|we|us|u|ya)\b|^\W*(?:help|test)", re.I)
_ASKS_OF_ASSISTANT = re.compile(r"^\W*(?:(?:who|what)(?:\s+\w+)?\s+)?(?:are|is)\s+(?:you|this)\b", re.I)
"""What the assistant is: also where the articles hold the name, "Are you an AI?"."""
_GREETINGS = (
    (re.compile(r"\b(?:thank|thanks|thx|cheers|ta|merci)\b", re.I), "You are welcome."),
    (re.compile(r"\b(?:bye|goodbye|see you|good night|that[’']?s all|that is all|later)\b", re.I), "Goodbye."),
    (re.compile(r"\b(?:remember|before|earlier|previous|first question)\b", re.I),
     "A question may refer to the ones that stand above it; of other conversations I use nothing."),
    (re.compile(r"\b(?:hello|hi|hey|good (?:morning|evening|afternoon|day)|greetings|salut|yo)\b", re.I), "Hello."),
)  # fmt: skip
LEAVING = ("You are welcome.", "Goodbye.")
"""Replies to which nothing is added about the assistant."""
_STANDS_FOR_SOMEBODY = re.compile(r"\b(?:he|him|his|she|her|hers|they|them|their|theirs)\b", re.I)
NAMES_NOTHING = "This names nobody and nothing to look for: say who or what you mean."


def answer(plan: Plan, evidence: Evidence, corpus: Corpus) -> Draft | None:
    """Reply to small talk without a search, or return None where the words ask something of the articles."""
    nothing = names_nothing(plan)
    if not nothing and (not small_talk(plan.query.original, corpus) or _is_name(plan, corpus)):
        return None
    every = [one for one in corpus.index.articles() if not one.removed]
    greeting = NAMES_NOTHING if nothing else _greeting(plan.query.original)
    about = (
        ""
        if greeting in (*LEAVING, NAMES_NOTHING)
        else f"I answer questions from {card(Selected(tuple(every)))[:-1]}, "
        "with the words that each answer rests on."
    )
    questions = example_questions(corpus)
    asked = [*(["You could ask:"] if questions else []), *(f"- {question}" for question in questions)]
    text = "\n".join([f"{greeting} {about}".strip(), *asked])
    made = reading(answered=False, confidence=0.0, lead=text)
    return Draft(plan.kind, made, unread(plan, corpus), outcome="courtesy", text=text)


def names_nothing(plan: Plan) -> bool:
    """Return True for a question without a word of its own, or that asks of "him" where nobody was named."""
    if plan.query.context or plan.kind in {"corpus", "count"} or _is_spoken(plan.text):
        return False
    words = content_words(plan.text)
    return not words or (
        len(words) == 1 and words[0].islower() and bool(_STANDS_FOR_SOMEBODY.search(plan.text))
    )


def _greeting(text: str) -> str:
    """Return the reply to a greeting, thanks or a farewell; "" to anything else."""
    return next((said for pattern, said in _GREETINGS if pattern.search(text)), "")


def _is_spoken(text: str) -> bool:
    """Return True for words to the assistant: a greeting, or with "you" or "me"."""
    return bool(_SPOKEN_TO.search(text) or _greeting(text))


def small_talk(text: str, corpus: Corpus) -> bool:
    """Return True for words that greet, thank or ask about the assistant, and nothing of the articles.

    Words with a name that the articles hold, or with several content words, are a question to the articles.
    """
    if _ASKS_OF_ASSISTANT.match(text):
        return True
    words = content_words(text)
    named = {span.text for span in names(text) if span.start}
    named |= {word for word in words if any(map(str.isdigit, word))}
    if named and any(corpus.index.word_counts(sorted(named)).values()):
        return False
    return len(words) <= MOST_GREETING_WORDS or bool(_SPOKEN_TO.search(text))


def _is_name(plan: Plan, corpus: Corpus) -> bool:
    """Return True for a topic, "tiktok", that the passages found for it write with a capital."""
    text = plan.query.original
    if not only_names_topic(text) or _is_spoken(text):
        return False
    found = corpus.retrieve(plan.query, corpus.settings.hits)
    return with_capitals(text.lower(), [passage_context(hit) for hit in found.hits]) != text.lower()


def example_questions(corpus: Corpus) -> list[str]:
    """Make questions from the newest articles: what they tell, who they name, where that stands.

    What they count, often the dead, is no first word to somebody who greets: it comes last.
    """
    newest = sorted(
        (one for one in corpus.index.articles() if not one.removed and one.duplicate_of is None),
        key=lambda one: (str(one.published or ""), one.id),
        reverse=True,
    )
    found = list(suggestions([corpus.index.article(one.id) for one in newest[:ARTICLES_SUGGESTED_FROM]]))
    kinds = ("What is reported", "Who claimed", "Who is", "How many")
    first = [next((text for text in found if text.startswith(kind)), "") for kind in kinds]
    about = next((text for text in found if text.startswith("What is reported about ")), "")
    listed = about.replace("What is reported about", "Which articles mention")
    return list(dict.fromkeys(text for text in [*first[:3], listed, first[3]] if text))[:QUESTIONS]
