"""Names of several words that no article writes together: "Anna" and "Berg" stand there, "Anna Berg" does not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.index import Store
from assistant.question.asking import asks
from assistant.retrieval.search import Retrieval
from assistant.text.sentences import split_sentences
from assistant.text.tokens import POSSESSIVE_END, STOP_WORDS, stem, stems_of, tokens

NAMED_SHARE = 0.55
"""Share of a word's uses with a capital, in the passages found, from which it is a name."""
OFTEN = 3
"""Such uses from which it is a name in a question in small letters too."""


def names_apart(question: str, retrieval: Retrieval, index: Store) -> tuple[str, ...]:
    """List the names of a question whose words the articles know, but never write side by side.

    A name is spared where one sentence of the passages found holds all its words ("Zendaya, the actress").
    """
    passages = [hit.passage.text for hit in retrieval.hits]
    runs = [run for run in _names_in(question, " ".join(passages)) if len(run) > 1]
    if not runs:
        return ()
    sentences = (text[one.start : one.end] for text in passages for one in split_sentences(text))
    held = [
        stems_of(sentence) for sentence in (*sentences, *(hit.article.title or "" for hit in retrieval.hits))
    ]
    apart = []
    for run in runs:
        wanted = {stem(word) for word in run}
        if any(wanted <= words for words in held):
            continue
        whole = " ".join(run)
        others = (one for one in retrieval.names.variants(whole) if " " in one)
        together = dict.fromkeys([*map(" ".join, itertools.pairwise(run)), whole, *others])
        if all(index.word_counts(run).values()) and not any(
            index.search_words([one], 1, None) for one in together
        ):
            apart.append(whole)
    return tuple(dict.fromkeys(apart))


def _names_in(question: str, passages: str) -> Iterator[list[str]]:
    """Yield the words of each name: what question and passages write with capitals.

    A question without capitals takes those of the passages; in keywords, names of two may stand side by side.
    """
    small = not any(word[0].isupper() for word in question.split()[1:])
    if question.isupper() or (small and not asks(question)):
        return
    run: list[str] = []
    end = 0
    for one in tokens(question):
        word = POSSESSIVE_END.sub("", one.text)
        named = (small or word[:1].isupper()) and _is_name(word, passages, OFTEN if small else 1)
        if not (named and question[end : one.start].isspace()):
            yield run
            run = []
        run += [word] if named else []
        end = one.start + len(word)  # "Lund's Harbour" are two
    yield run


def _is_name(word: str, passages: str, least: int) -> bool:
    if word.lower() in STOP_WORDS or not word[:1].isalpha():
        return False
    written: list[str] = re.findall(rf"\b{re.escape(word)}\b", passages, re.I)
    capitals = sum(one[0].isupper() for one in written)
    return capitals >= least and capitals > NAMED_SHARE * len(written)
