"""A mail's words -> the article in them: hidden lines, what the mail says of itself and forwarding taken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.ingest.clean.boilerplate import is_report, is_sentence
from assistant.ingest.clean.not_articles import YOU

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FOOTER = re.compile(
    r"^\W*(?:unsubscribe|(?:to )?(?:unsubscribe|opt out|manage|update) (?:from|your|here|of|subscription|"
    r"email|preferences)\b.*"
    r"|view (?:this )?(?:e-?mail|message|newsletter)? ?(?:in|on) (?:your|a|the) (?:web )?browser.*"
    r"|you(?:'re|’re| are| have|'ve|’ve)? (?:receiv(?:ing|ed?)|getting|got|been sent|subscribed) (?:this|"
    r"these|our|to (?:this|our))\b.*"
    r"|(?:was this )?forwarded (?:this|to you)\b.*"
    r"|this (?:e-?mail|message|newsletter) was sent to\b.*"
    r"|(?:this|these) (?:e-?mails?|messages?|newsletters?|letters?) (?:(?:is|was|are|were) )?(?:intended|"
    r"sent|brought)\b.*"
    r"|se désabonner.*|se désinscrire.*"
    r"|vous recevez (?:ce|cet|cette) (?:message|courriel|e-?mail|newsletter|lettre).*"
    r"|sie (?:erhalten|bekommen) diese[nsr]? (?:e-?mail|nachricht|newsletter).*"
    r"|recibes? este (?:correo|mensaje|bolet).*"
    r"|(?:ha |hai )?ricev(?:i|e|uto) questa (?:e-?mail|newsletter).*|u ontvangt deze (?:e-?mail|"
    r"nieuwsbrief).*"
    r"|(?:\S+ ){0,6}(?:abbestellen|abmelden|désabonner|désinscrire|darse de baja|disiscriver|uitschrijven|"
    r"afmelden)\W*$)",
    re.IGNORECASE,
)
# What stands below it is the sender's signature (RFC 3676, 4.3).
_SIGNATURE = re.compile(r"--\s*")
_LATE = 0.5
# What a mail says of itself wherever it stands in a line; no report speaks of it to the reader.
_OF_THE_MAIL = re.compile(
    r"\bunsubscribe\b|\bopt[- ]?out\b|\b(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|"
    r"subscription|settings)\b|"
    r"\b(?:view|read|open|see) (?:this |it |the )?(?:e-?mail |message |newsletter |letter |"
    r"issue )?(?:online|in (?:your |a |the )?"
    r"(?:web )?browser|on the web)\b|\bno images\?|\btrouble (?:viewing|reading|seeing)|"
    r"\bforwarded this (?:e-?mail|message|letter)|"
    r"\bim browser (?:ansehen|öffnen|anzeigen)|\bonline[- ]?version\b|\bversion en ligne\b|"
    r"\bdans (?:votre|le) navigateur|"
    r"\ben (?:su|tu|el) navegador|\bnel browser\b|\bin (?:je|uw) browser|\bdésinscri|\bdésabonn|"
    r"\babbestell|\babmeld|"
    r"darse de baja|cancelar (?:la|su|tu) suscripción|\bdisiscri|\bcancella (?:la )?iscrizione",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?!\.?[1-9])|"
    r"font-size\s*:\s*[01](?:px|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
_LONGEST_OF_THE_MAIL = 300
_FORWARDED = re.compile(
    r"\s*(?:[-_—*>\s]*(?:begin )?(?:forwarded message|original message|message transféré|"
    r"message d['’]origine|"
    r"weitergeleitete nachricht|ursprüngliche nachricht|mensaje reenviado|mensaje original|"
    r"messaggio inoltrato|"
    r"messaggio originale)[-_—*:\s]*)",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(r"[>*\s]*(?P<name>[^\W\d_][\w ]{0,14}?)\*?\s?:\*?\s+(?P<value>\S.*)")
_HEADER_NAMES = {
    "from": ("from", "de", "von", "da"),
    "date": ("date", "sent", "gesendet", "datum", "envoyé", "fecha", "enviado", "data", "inviato"),
    "subject": ("subject", "objet", "betreff", "asunto", "oggetto"),
    "to": ("to", "cc", "à", "an", "para", "a", "reply-to"),
}
_FEWEST_HEADERS = 2
_MOST_COMMENT = 40


def visible(root: HtmlElement) -> HtmlElement:
    """Return a mail's tree without what its styles hide: the preview that lists of mails show, padding."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _HIDDEN.search(element.get("style") or "") or "preheader" in (element.get("class") or "").lower():
            element.drop_tree()
    return root


def forwarded(text: str) -> tuple[dict[str, str], str]:
    """Return the headers (from, date, subject) of the mail that a text forwards, and its text; else {}, the text.

    A note of a few words may stand before it.
    """
    lines = text.split("\n")
    start = next((place for place, line in enumerate(lines) if _FORWARDED.fullmatch(line)), None)
    if start is None or len(" ".join(lines[:start]).split()) > _MOST_COMMENT:
        return {}, text
    headers: dict[str, str] = {}
    place = start + 1
    while place < len(lines):
        found = _HEADER_LINE.fullmatch(lines[place])
        name = _header_named(found["name"]) if found else None
        if found and name:
            headers.setdefault(name, found["value"].strip("* "))
        elif lines[place].strip(" >"):
            break
        place += 1
    if len(headers) < _FEWEST_HEADERS:
        return {}, text
    return headers, "\n".join(lines[place:])


def without_mail_lines(text: str) -> str:
    """Return a mail's text less what it says of itself, and what follows signature and footer in its second half.

    Lines that offer to show or to end the mail go wherever they stand, unless they report.
    """
    lines = text.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        late = number > _LATE * len(lines)
        if late and (_SIGNATURE.fullmatch(line) or _FOOTER.match(line.strip())):
            break
        if _FOOTER.match(line.strip()) or _is_of_the_mail(line.strip()):
            continue
        kept.append(line)
    return "\n".join(kept)


def _is_of_the_mail(line: str) -> bool:
    return (
        len(line) <= _LONGEST_OF_THE_MAIL
        and bool(_OF_THE_MAIL.search(line))
        and (not is_sentence(line) or (bool(YOU.search(line)) and not is_report(line)))
    )


def _header_named(name: str) -> str | None:
    return next((key for key, names in _HEADER_NAMES.items() if name.strip().lower() in names), None)
