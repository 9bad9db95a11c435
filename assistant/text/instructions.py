"""Recognises sentences that are written for a language model and not for people: planted instructions.

It flags and proves nothing: words alone do not tell an order from its report, and no list of them is complete.
What is said in quotation marks within a longer sentence is reported speech, and is not looked at.
"""

from __future__ import annotations

import re

_MODEL = (
    r"(?:ai|a\.i\.|llms?|chat ?gpt|gpt|(?:ai )?chat ?bots?|(?:large )?language models?|ai (?:assistants?"
    r"|readers?|models?))"
)
_ANSWER = r"(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?|everything you write)"
_SAY = r"(?:answer|reply|respond|say|state|output|print|claim|recommend|mention|tell|report|conclude|repeat|refuse)"
# Where an order can begin: the start of a sentence or clause, with the words that come before an imperative.
_ORDER = (
    r"(?:^|[:;—–.!?]\s)[\W_]*(?:(?:please|now|instead|also|always|never|only|then|and|important|note"
    r"|system|assistant"
    r"|do not|don[’']t|just|from now on|you (?:must|should|shall|will|have to|need to))\b[\W_]*)*"
)
_TEXTS = (
    r"(?:text|article|page|sentences?|phrases?|words?|links?|answer|reply|response|prompt|following|above|below"
    r"|paragraphs?|passages?|documents?|sources?|instructions?|question|task|command|conversation)"
)
_WORKS = (
    r"(?:poem|story|letter|essay|introduction|article|song|recipe|e-?mail|speech|summary|list|program"
    r"|script|paragraph"
    r"|review|outline|plan|dialogue|tutorial|guide|analysis|slogan|haiku|joke|code|function|example"
    r"|comparison)s?"
)
_ORDER_PATTERNS = (
    # earlier orders are revoked
    rf"{_ORDER}(?:ignore|disregard|forget|override|bypass)\b(?: \S+){{0,4}}? (?:{_TEXTS}|guidelines|rules"
    rf"|articles"
    r"|directions|everything|earlier|previous)\b",
    rf"{_ORDER}(?:forget|ignore|disregard) (?:everything|all else)\b",
    # what to answer, and how
    rf"{_ORDER}{_SAY} (?:only|just|exactly|nothing but|in (?:capitals?|one word|the (?:style|voice))"
    rf"|with (?:the|an?|yes"
    r"|no|only)\b)",
    rf"{_ORDER}(?:answer|reply|respond)\b[^.?!]{{0,40}}\b(?:only|exactly|every question)\b",
    rf"{_ORDER}(?:{_SAY}|include|insert|append|add|encode|translate|summari[sz]e|rewrite|modify|cite"
    rf"|execute|stop answering)"
    rf"\b(?: \S+){{0,4}}? {_TEXTS}\b",
    rf"{_ORDER}[^.?!]*\b(?:in|to|of|after) (?:your|every|each|all) {_ANSWER}\b"
    rf"|{_ORDER}[^.?!]*\beverything you write\b",
    # an imperative about "your answer": a bare verb begins the sentence
    r"^\W*(?!(?:send|is|are|was|were|what|how|the|in|on|at|if|when|with|for|we|i|he|she|they|it|your|but"
    r"|and|get)\b)"
    r"[a-z]{3,}(?<!ed)(?<!s)(?<!ing)(?<!ly) (?:[^\s.?!]+ ){0,8}?your (?:answer|reply|response|message"
    r"|output)\b",
    rf"\byour {_ANSWER} (?:must|should|shall|has to) (?:contain|include|begin|start|end|say|state|mention)\b",
    r"\bwhen(?:ever)? (?:you are |anyone |somebody )?ask(?:ed|s) (?:about|who|what|when|where|whether|if"
    r"|for)\b[^.?!]{0,60}"
    r", (?:always |only )?(?:answer|reply|respond|say|state)\b",
    rf"{_ORDER}(?:tell|instruct|advise|inform|direct|urge) (?:the |your |all |every )*(?:users?"
    rf"|readers?) (?:to|that)\b",
    # what to show: a link or an image in markup, which no report asks for
    rf"{_ORDER}(?:show|display|render|print|put|add|open|load|give|link)\b[^\n]*\]\(",
    rf"{_ORDER}(?:pretend|act as (?:if|though|an?))\b",
    r"^\W*you (?:must|should) (?:(?:always |never |only )(?:state|say|answer|recommend|respond|reply|claim)\b"
    r"|(?:state|say|answer|recommend|respond|reply|claim) (?:that|with|the)\b)",
    r"^\W*(?:write|say|state|answer|reply|report|conclude) that\b",
    # a role is given, or a model is spoken to
    r"\byou are (?:now )?an? (?:[\w-]+ ){0,2}(?:assistant|ai|chat ?bot|language model|llm)\b(?! (?:coach"
    r"|referee|manager))",
    r"\bfrom now on,? you (?:will|must|are|answer)\b",
    rf"\b(?:as|if you are) an? {_MODEL},? (?:you|please|always|never|must|state|say|answer)\b",
    rf"\b(?:dear|hey|hello|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to"
    rf"|for)),? (?:all |any |every )?"
    rf"{_MODEL}\b",
    rf"^\W*(?:system|assistant|{_MODEL})(?: (?:instructions?|prompt|message))?\s*:|\bnew (?:instructions?"
    rf"|task)s?\s*:",
    rf"\b(?:{_MODEL}|assistants?|models?)(?: (?:that|which|who) [^.?!,]{{1,60}})? (?:must|should|shall"
    rf"|has to|have to)"
    rf" (?:always |never |only |not )?(?:answer|reply|respond|say|state|output|recommend|claim|mention"
    rf"|refuse)\b",
    r"\b(?:reveal|print|show|repeat|leak) your (?:system |hidden )?(?:prompt|instructions|guidelines)\b",
    # a task of writing that no report sets
    rf"{_ORDER}(?:write|compose|draft|generate|create|provide|give|produce|list|tell)\b(?: me)? (?:an?"
    rf"|some|five|three|ten)"
    rf" (?:[\w-]+ ){{0,2}}{_WORKS}\b",
    rf"{_ORDER}(?:explain|describe|outline|discuss|analy[sz]e|compare) (?:the|an?)"
    r" (?:[\w-]+ ){0,2}(?:theory|concept|difference|process|principles?|causes|benefits|impact|role"
    r"|importance|steps)\b",
)  # fmt: skip
_PLANTED = re.compile("|".join(_ORDER_PATTERNS), re.I)
_QUOTED_WORDS = re.compile(r"“[^“”]*”|\"[^\"]*\"|(?<!\w)‘[^‘’]*’(?!\w)")
WORDS_OUTSIDE = 3


def orders(sentence: str) -> bool:
    """Return True where a sentence seems to give a language model instructions instead of reporting something."""
    outside = _QUOTED_WORDS.sub("“”", sentence)
    if len(re.findall(r"\w+", outside)) < WORDS_OUTSIDE:
        outside = sentence
    return _PLANTED.search(outside) is not None
