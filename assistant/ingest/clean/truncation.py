"""Where a source holds but the beginning of an article: the marks that say so, and what they leave unfinished."""

from __future__ import annotations

import re

_STUB = re.compile(
    r"\s*(?:…|\.{3})?\s*\[\s*\+?\s*\d+\s*(?:more )?(?:chars?|characters|words)\s*\]\s*$", re.IGNORECASE
)
_CUT_MARK = re.compile(
    r"\s*(?:\[(?:…|\.{3}|&hellip;)\]|\((?:…|\.{3}|more(?:…|\.{3})?)\)|(?:…|\.{3}))\s*"
    r"(?:continue reading\b.{0,80}|read (?:more|the (?:full|rest|whole))\b.{0,80}|"
    r"the post .{0,200} appeared first on .{0,100})?\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\[(?:…|\.{3}|&hellip;)\]|\((?:…|\.{3}|more)|(?:…|\.{3})\s*(?:continue|read)\b", re.IGNORECASE
)
_WALL = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:"
    r"(?:to )?(?:continue|keep) reading\b.{0,80}\b(?:subscri|regist|log ?in|sign ?(?:in|up)|account|trial|"
    r"unlimited)"
    r"|to (?:read|access|unlock|view|see) (?:the |this |our |full |whole |rest |of |entire |"
    r"complete )+(?:article|story|content|text|report)\b.{0,80}"
    r"\b(?:subscri|regist|log ?in|sign ?(?:in|up)|account|trial)"
    r"|(?:this|the (?:full|whole|rest of (?:the|this))) (?:article|story|content|text|report|"
    r"page)(?: is)? (?:is )?(?:only |exclusively |reserved )*"
    r"(?:available )?(?:only |exclusively )*(?:for|to) (?:our |paying |registered |"
    r"premium )*(?:subscribers?|members?|readers who)"
    r"|(?:subscribers?|members?)[ -]only (?:article|story|content)"
    r"|(?:are you )?already (?:an? )?(?:subscriber|member|subscribed|registered)\b"
    r"|already have an account\b"
    r"|you(?:['’]ve| have) (?:reached|read|used|hit) (?:your|all|the) .{0,40}\b(?:free|limit|articles)"
    r"|subscribe (?:now )?(?:for|from) (?:only |just |as little as )*[^\w\s]?\d.{0,60}"
    r"|(?:cet article|ce contenu|la suite).{0,30} (?:est )?réservée? (?:à|aux) .{0,10}abonnés"
    r"|déjà abonnée?|(?:il vous reste|lisez la suite).{0,80}\babonn"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_WHOLE_SENTENCE_END = re.compile(r"[.!?。！？؟](?:[\"'”’»)\]]+)?(?=\s|$)")
_LAST_LINES = 8
_LEAST_TEASER = 700
_LONGEST_APPEAL = 400


def cut_short(text: str, *, truncated: bool = False) -> tuple[str, bool]:
    """Return a text without the mark that it is cut short, and whether it is.

    A sentence that the cut leaves unfinished goes as well: nobody wrote what its beginning seems to say. An
    ellipsis alone is such a mark at the end of a short text only, or where the source is known to be cut
    (``truncated``).
    """
    own, walled = _without_wall(text)
    stub = _STUB.search(own[-80:])
    cut = None if stub else _CUT_MARK.search(own[-400:])
    if stub:
        own = own[: len(own) - len(stub[0])]
    elif cut and (truncated or walled or _BRACKETED.search(cut[0]) or len(own) < _LEAST_TEASER):
        own = own[: len(own) - len(cut[0])]
    else:
        return own, truncated or walled
    return _finished(own), True


def _finished(text: str) -> str:
    """Return a text up to the end of its last whole sentence; one without any stays."""
    ends = [found.end() for found in _WHOLE_SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else text


def _without_wall(text: str) -> tuple[str, bool]:
    """Return a text up to the appeal to subscribe that stands among its last lines, and whether there is one."""
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in filled[-_LAST_LINES:]:
        line = lines[number].strip()
        if len(line) <= _LONGEST_APPEAL and _WALL.match(line):
            return "\n".join(lines[:number]), True
    return text, False
