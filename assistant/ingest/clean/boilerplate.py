"""What a web page leaves around an article: how its lines look, wherever they came from.

Each rule names words and shapes of page furniture; none knows a site. A line over 500 characters is
never debris as a whole, and what ends as a sentence goes only where it speaks to the reader about the
page.
"""

from __future__ import annotations

import re

from assistant.ingest.clean.credits import is_credit

_LONGEST_BOILERPLATE = 500
_LONGEST_NOTICE = 350
_LONGEST_SHARE_LIST = 150
_AGO_UNIT = (
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)"
)
_AGO = rf"(?:an?|\d+)\s*{_AGO_UNIT}\s+ago"
_NETWORK = (
    r"(?:facebook|twitter|x|whats\s?app|telegram|linked\s?in|instagram|you\s?tube|tik\s?tok|threads|bluesky|"
    r"reddit|messenger|flipboard|pinterest|google news|apple news|social media)"
)
_SHARING = frozenset(
    "share shares tweet tweets retweet facebook twitter x whatsapp telegram linkedin instagram youtube tiktok"
    " threads bluesky reddit messenger flipboard pinterest pocket tumblr vk email e-mail print copy "
    "copied save"
    " bookmark comment comments like likes follow gift partager imprimer envoyer".split()
)
_AROUND_SHARING = frozenset(
    "this article story post page on via link url with your friends to clipboard more options and sms us me"
    " sur par le cet mail".split()
)

_FURNITURE = (
    rf"(?:(?:last )?(?:updated|posted|published|modified)[:\s]+)?(?:about )?{_AGO}\W*\d*",
    r"(?:reading time[:\s]+)?(?:about )?\d+[\s-]*min(?:ute)?s?[\s-]*(?:read|to read|de lecture)",
    r"(?:click (?:here )?to )?(?:read|view|see|show|load)(?: the| this)? (?:more|all|full|entire|whole|rest|"
    r"complete|original)\b(?: (?:of|the|this|entire|full|article|story|report|post|version|coverage|comments|"
    r"stories|articles|here|at|on|bio|less|\W))*\W*",
    r"(?:continue|keep) reading(?: \S+){0,4}",
    r"(?:story|article|content|text|report)\s(?:continues|resumes) (?:below|after)(?: \S+){0,5}",
    r"(?:advertisements?|advert|sponsored(?: content| links?)?|promoted(?: content)?|paid (?:post|content)|"
    r"publicité)\W*",
    r"(?:skip|jump|back|return|go) to(?: the)? (?:main |top|content|navigation|newsletter|footer|home)\S*"
    r"(?: \S+){0,3}",
    r"(?:loading|please wait|loading comments|sign in|log ?in|log ?out|my account|search|next|previous|"
    r"newer|older|toggle \w+|show caption|hide caption|enlarge this image|view gallery|image \d+ of \d+|"
    r"list (?:of )?\d+ (?:of \d+ )?items?|list \d+ of \d+|end of list)\W*",
    r"(?:no comments?(?: yet)?|leave a (?:reply|comment)|post a comment|add a comment|join the "
    r"(?:conversation|discussion)|\d+ (?:comments?|shares?|views?|likes?|retweets?))\W*",
    r"(?:accept|reject|manage)(?: all)? (?:cookies|preferences|choices)\W*",
    r"(?:[^.]{0,60}/)?getty images(?:/\w+)?",
    r"(?:[#@]\w[\w-]*[\s,]*)+",
    r"(?:https?://|www\.)\S+",
)
_LINK_LABEL = (
    r"(?:read|read more|read also|read next|also read|more to read|see also|see more|also see|learn more|"
    r"find out more|related|related (?:articles?|stor(?:y|ies)|content|news|posts?|links?|topics?|reading|"
    r"coverage|video)|more|more (?:stories|news|from|on|coverage)(?: \S+){0,4}|watch|watch now|listen|"
    r"listen now|must[- ]read|don[’']t miss|you (?:may|might) (?:also )?(?:like|be interested in)|lire aussi|"
    r"à lire(?: aussi)?|voir aussi|sur le même sujet)"
)
_APPEALS = (
    r"(?:sign[- ]?up|subscribe|s[’']abonner)\b.*\b(?:news\s?letters?|e-?mails?|inbox|alerts?|notifications?|"
    r"updates|texts?|channel|bulletins?|briefing|digest|podcasts?|today|here|now)\b",
    r"(?:get|receive)\b.*\b(?:news\s?letters?|inbox|alerts|notifications|briefing)\b",
    r"(?:download|install)\b.*\bapp\b",
    r"join\b.*\b(?:news\s?letters?|channel|whats\s?app|telegram|facebook|conversation)\b",
    r"(?:support|thank you for (?:supporting|reading|subscribing))\b.*\b(?:journalism|subscri\w+|donat\w+)\b",
    rf"(?:follow|connect with|(?:find|like|join) (?:us|me|him|her|them))\b.*\bon {_NETWORK}\b",
    r"(?:follow|find|contact|connect with|reach|e-?mail|write to|message)\b.*@\w",
    r"(?:click|tap)(?: or tap)? (?:here|below|on (?:the|this) (?:link|image|photo|picture|video|map|"
    r"headline))\b",
    r"(?:by|in) (?:clicking|continuing|signing up|subscribing|registering)\b.*\b(?:agree|accept|consent)\b",
    r"(?:please )?(?:enable|turn on|allow) (?:javascript|cookies|notifications)\b",
    r"(?:we use|this (?:web)?site uses) cookies\b",
    r"(?:have|got) (?:a|any) (?:news |story )?(?:tip|story idea)s?\b",
    r"(?:abonnez|inscrivez)-vous\b",
)
_RIGHTS_PHRASE = "all rights reserved"
# What only a report says: a sentence with one of these speaks of the news, unless it speaks to the reader.
_NEWS_VERB = re.compile(
    r"\b(?:said|says|told|announced|according to|reported|showed|warned|added)\b", re.IGNORECASE
)
_TO_THE_READER = re.compile(r"\b(?:you|your|us|our|we|here)\b", re.IGNORECASE)
# A verb with what it is to be done to, and not a noun that it stands before: "Download speeds of the app fell".
_COMMAND = re.compile(
    r"(?i:please|sign[- ]?up|subscribe|click|tap|get|receive|join|download|install|follow|find|contact|"
    r"connect with|"
    r"reach|e-?mail|write to|message|support|enable|turn on|allow|thank you|abonnez-vous|inscrivez-vous|"
    r"s[’']abonner)"
    r"(?i:,?\s+(?:the|an?|on|to|for free|free|now|today|independent|quality|local|him|her|them|me|all|"
    r"more|javascript|"
    r"cookies|notifications)\b|\s+@|\s*$)|(?i:follow|find|contact|e-?mail|join|download)\s+[A-ZÀ-Þ@]"
)
_NOTICES = (
    r"\b(?:to|in|into) your (?:e-?mail )?inbox\b",
    r"\bwe (?:may|might) (?:earn|receive) (?:an? |some )?(?:affiliate |small )*(?:commission|fee|revenue)",
    r"\bmay earn (?:an? )?(?:affiliate |small )*(?:commission|fee|revenue)\b",
    r"\b(?:click|tap) here(?: to .{0,60}| for .{0,60})?\W*$",
)
_NOTICE_WORDS = ("inbox", "commission", "revenue", "fee", "click here", "tap here")
_END_OF_ARTICLE = (
    r"(?:tags?|tagged(?: (?:with|as|in))?|topics?|keywords?|filed under|categor(?:y|ies)|mots[- ]clés)\s*:.*",
    r"(?:tags|filed under|related(?: (?:articles?|stor(?:y|ies)|content|news|posts?|links?|topics?|reading|"
    r"coverage|tags?))?)\s*:?",
    r"more (?:on this (?:story|topic)|from (?:this|the|our) .{0,30}|stories|news|top stories)\s*:?",
    r"(?:continue reading|(?:read|see)(?: the| this)? (?:entire|full|whole|original|more)"
    r"(?: article| story| post| coverage)?)\W*",
    r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|recommended (?:for you|stories|articles)|"
    r"most (?:read|popular|viewed)|trending now|latest (?:news|stories|posts)|editor[’']?s[’']? picks?|"
    r"popular posts|around the web|leave a (?:reply|comment)|share this(?: \w+){0,3}|share(?: on| via)?|"
    r"comments|sur le même sujet|à lire aussi|lire aussi)\s*:?",
)
_DEBRIS = re.compile("|".join(f"(?:(?:{rule})$)" for rule in _FURNITURE), re.IGNORECASE)
_LINK_LINE = re.compile(rf"{_LINK_LABEL}\s*(?:[:|>»→–—]|-\s|\.\.\.|…)\s*(?P<rest>.*)$", re.IGNORECASE)
_APPEAL = re.compile("|".join(f"(?:{rule})" for rule in _APPEALS), re.IGNORECASE)
_LATER_APPEAL = re.compile(rf"[.!?][\"'”’)]?\s+(?:{_APPEAL.pattern})", re.IGNORECASE)
_NOTICE = re.compile("|".join(f"(?:{rule})" for rule in _NOTICES), re.IGNORECASE)
_END_LINE = re.compile("|".join(f"(?:(?:{rule})$)" for rule in _END_OF_ARTICLE), re.IGNORECASE)
_CREDIT_WORD = r"(?i:photos?|images?|pictures?|handout|courtesy|screengrab|screenshot|credit|getty)\b"
_BRACKETED_CREDIT = re.compile(
    rf"\[(?:[A-Z][^\[\]]*(?:/|\bvia\b)[^\[\]]+|(?i:file)\b[^\[\]]*|[^\[\]]*\b{_CREDIT_WORD}[^\[\]]*|"
    rf"©[^\[\]]+)\]$"
    rf"|\((?:[^()]*\b{_CREDIT_WORD}[^()]*|©[^()]+|[^()]*\bvia [A-Z][^()]*)\)$"
)
_CAPITALISED = r"[A-Z][\w.’'-]*"
_CREDIT_AT_END = re.compile(
    r"(?:[a-z\d)]{2}[.!?”\"’)]\s+|\)\s+|\s[-–—]\s+)"
    rf"\(?(?:{_CAPITALISED}\s+){{1,3}}{_CAPITALISED}\s?/\s?[A-Z][\w.&-]*"
    r"(?:[ /]{1,3}(?:[A-Z&][\w.&-]*|via|of|the|and|for)){0,8}\)?$"
)
_FILE_PHOTO = re.compile(r"FILE(?: ?PHOTO)?\s*[-–—:]\s")
_LINE_END = re.compile(r"[.!?…।。！？؟][\"'”’»)\]]*$")
_SENTENCE_BREAK = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"'”’)]))\s+(?=[\"'“‘(]?[A-ZÀ-Þ])")
_HASHTAGS = re.compile(r"(?:(?:\s+#\w[\w-]*){2,}|(?<=[.!?…\"”’])\s+#\w[\w-]*)$")
_DATED_LINK = re.compile(
    r"\s[-–—|(]\s*(?:[^\W\d]+\.? \d{1,2},? \d{4}|\d{1,2} [^\W\d]+\.? \d{4}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{4})\)?$"
)


def without_debris(line: str) -> str:
    """Return a line less the appeals to the reader in it; nothing is left of page furniture."""
    if is_debris(line):
        return ""
    if _has_notice(line) or _LATER_APPEAL.search(line):
        line = " ".join(sentence for sentence in _SENTENCE_BREAK.split(line) if not _is_appeal(sentence))
        if not any(character.isalpha() for character in line):
            return ""
    hashtags = _HASHTAGS.search(line, max(0, len(line) - _LONGEST_BOILERPLATE)) if "#" in line else None
    return line[: hashtags.start()] if hashtags else line


def is_debris(line: str) -> bool:
    """Tell whether a whole line is furniture of the page that the article stood on."""
    if not any(character.isalnum() for character in line):
        return True
    if len(line) > _LONGEST_BOILERPLATE or is_credit(line, is_sentence=is_sentence(line)):
        return len(line) <= _LONGEST_BOILERPLATE
    if is_report(line):
        return is_caption(line)
    if _DEBRIS.match(line) or is_caption(line) or ends_article(line) or _is_share_list(line):
        return True
    if len(line) <= _LONGEST_NOTICE and (_is_asking(line) or _RIGHTS_PHRASE in line.lower()):
        return True
    link = _LINK_LINE.match(line)
    return link is not None and not is_sentence(link["rest"], ends=".")


def is_caption(line: str) -> bool:
    """Tell whether a line is a picture's caption, which it shows by the credit that it ends with."""
    if len(line) > _LONGEST_BOILERPLATE:
        return False
    if line.endswith((")", "]")) and _BRACKETED_CREDIT.search(line):
        return True
    return bool(_FILE_PHOTO.match(line)) or ("/" in line[-80:] and bool(_CREDIT_AT_END.search(line)))


def ends_article(line: str) -> bool:
    """Tell whether a line heads the lists that follow an article: its tags, related articles, comments."""
    return bool(_END_LINE.match(line)) and not is_sentence(line)


def is_dated_link(line: str) -> bool:
    """Tell whether a line is a link to another article: a headline, then the day it appeared."""
    return len(line) <= _LONGEST_BOILERPLATE and not is_sentence(line) and bool(_DATED_LINK.search(line))


def is_sentence(line: str, *, ends: str = "") -> bool:
    """Tell whether a line reads as running text: four words or more that end as a sentence does.

    ``ends`` names the marks that count as an end; a line over 200 characters needs none.
    """
    if line.count(" ") < 3:
        return False
    return line.endswith(tuple(ends)) if ends else len(line) > 200 or bool(_LINE_END.search(line[-8:]))


def is_report(line: str) -> bool:
    """Tell whether a line is a sentence that reports what was said or shown, and asks nothing of the reader."""
    return is_sentence(line) and bool(_NEWS_VERB.search(line)) and not _TO_THE_READER.search(line)


def _is_appeal(sentence: str) -> bool:
    return not is_report(sentence) and (_is_asking(sentence) or _has_notice(sentence))


def _is_asking(line: str) -> bool:
    """Return True for an appeal; a sentence is one where it speaks to the reader, or commands: "Get the app."."""
    if not _APPEAL.match(line):
        return False
    return not is_sentence(line) or bool(_TO_THE_READER.search(line) or _COMMAND.match(line))


def _has_notice(line: str) -> bool:
    lower = line.lower()
    return any(word in lower for word in _NOTICE_WORDS) and bool(_NOTICE.search(line))


def _is_share_list(line: str) -> bool:
    if len(line) > _LONGEST_SHARE_LIST:
        return False
    words = set(re.findall(r"[\w-]+", line.lower()))
    if not words & _SHARING or (line.endswith(":") and not words & {"share", "follow"}):
        return False
    return words <= _SHARING | _AROUND_SHARING
