"""The passages that a chat model is given: with leads of their articles, within a budget, numbered and inert."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.chat.markers import UNSEEN
from assistant.checking.citations import sentences_of
from assistant.types import Article, Hit, Passage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CountTokens = Callable[[str], int]

SHOWN_LEAD_CHARACTERS = 700
# Passages of fewer characters (a telephone number, a caption) tell nothing.
SHORTEST_PASSAGE = 60
# Tokens of a chat model to a word piece of the embedder, on the safe side. On 40 news articles GPT-4o's tokeniser
# makes .9 of them; models with smaller vocabularies make more.
TOKENS_A_PIECE = 1.1


def token_counter(model: BaseChatModel, count_pieces: Callable[[Sequence[str]], list[int]]) -> CountTokens:
    """Return a function that counts tokens: the model's own where it brings them, else an estimate by word pieces.

    LangChain's default counts would load a tokeniser over the network, and are not used.
    """
    if model.custom_get_token_ids is not None:
        return model.get_num_tokens
    return lambda text: int(TOKENS_A_PIECE * count_pieces([text])[0]) + 1


def chosen(hits: Sequence[Hit], most_tokens: int, count: CountTokens) -> list[Hit]:
    """Choose the passages that fit a number of tokens: each hit, best first, and with it the lead of its article.

    The first passage of an article is taken with the lead or not at all, and one that another holds not again.
    Passages of one article stand together in its order, and those that touch are joined. At least one is given.
    """
    long_enough = [hit for hit in hits if len(hit.passage.text) >= SHORTEST_PASSAGE] or list(hits)
    taken: list[tuple[Hit, int]] = []
    led: set[str] = set()
    for hit in long_enough:
        if any(_holds(one, hit) for one, _ in taken):
            continue
        together = [hit] if hit.article.id in led else with_lead(hit)
        left = [(one, cost) for one, cost in taken if not _holds(hit, one)]
        costs = [count(labelled(len(left) + place, one)) for place, one in enumerate(together, 1)]
        if taken and sum(cost for _, cost in left) + sum(costs) > most_tokens:
            continue
        taken = [*left, *zip(together, costs, strict=True)]
        led.add(hit.article.id)
    return _in_order([one for one, _ in taken])


def _holds(one: Hit, other: Hit) -> bool:
    """Return True when the words of the other passage stand in the first one."""
    first, second = one.passage, other.passage
    same = one.article.id == other.article.id
    return same and first.start <= second.start and second.end <= first.end


def with_lead(hit: Hit) -> list[Hit]:
    """Return a hit, and after it the lead of its article where the hit does not hold that."""
    first = lead(hit.article)
    holds = hit.passage.start == 0 and first.end <= hit.passage.end
    return [hit] if holds else [hit, replace(hit, passage=first)]


def lead(article: Article, characters: int = SHOWN_LEAD_CHARACTERS) -> Passage:
    """Return the first whole sentences of an article, about so many characters."""
    end = 0
    for one in sentences_of(article.text):
        if end and one.end > characters:
            break
        end = one.end
    end = min(end, 2 * characters) or len(article.text)
    return Passage(f"{article.id}:0", article.id, 0, end, article.text[:end])


def labelled(number: int, hit: Hit) -> str:
    """Write a passage with its number and labels, so that it cannot end its delimiter or pass for a marker."""
    article = hit.article
    known = {
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat(),
    }
    labels = "".join(f' {name}="{inert(value)}"' for name, value in known.items() if value)
    return f'<passage number="{number}"{labels}>\n{inert(hit.passage.text, keep_lines=True)}\n</passage>'


def inert(text: str, *, keep_lines: bool = False) -> str:
    """Take from a text what could end its delimiter, open another, or pass for a marker."""
    text = UNSEEN.sub("", text).translate(str.maketrans("<>[]", "‹›()"))
    return text if keep_lines else " ".join(text.replace('"', "”").split())


def _in_order(hits: Sequence[Hit]) -> list[Hit]:
    """Group passages by article, articles by their best hit, and join those of an article that touch or overlap."""
    articles = list(dict.fromkeys(hit.article.id for hit in hits))
    ordered = sorted(hits, key=lambda hit: (articles.index(hit.article.id), hit.passage.start))
    joined: list[Hit] = []
    for hit in ordered:
        last = joined[-1] if joined else None
        if last is None or last.article.id != hit.article.id or not _touch(last, hit):
            joined.append(hit)
            continue
        end = max(last.passage.end, hit.passage.end)
        start, text = last.passage.start, hit.article.text
        passage = Passage(last.passage.id, hit.article.id, start, end, text[start:end])
        joined[-1] = Hit(passage, hit.article, max(last.score, hit.score))
    return joined


def _touch(one: Hit, other: Hit) -> bool:
    between = one.article.text[one.passage.end : other.passage.start]
    return other.passage.start <= one.passage.end or not re.search(r"\w", between)
