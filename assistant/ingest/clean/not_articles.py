"""Pages that hold no article: bot walls, error pages, shells of scripts, front pages, lists of links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEW_WORDS = 150
_FEWEST_WORDS = 40
_MOST_HEADLINE_LINKS = 8
_FEW_PARAGRAPH_WORDS = 120
_MOSTLY_LINKS = 0.7
_SHORT_LINE = 3
_HEADING_TAGS = ("h1", "h2", "h3", "h4")
# What servers and their guards say in place of a page; each is believed on a page of few words only.
_SAID_INSTEAD = (
    (
        "a check for robots, not the article; save the page from a browser",
        r"\b(?:checking (?:your|the) browser|verif(?:y|ying) (?:that )?you(?: are|['’]re) (?:a |"
        r"not a )?(?:human|robot)"
        r"|are you (?:a )?(?:human|robot)|not a robot|captcha|unusual (?:traffic|activity) from your"
        r"|automated (?:access|requests|traffic)|bot (?:protection|detection)|ddos protection"
        r"|pardon our interruption|security check(?: to access)?|just a moment(?:\.{3}|…)|attention required"
        r"|(?:vérifi|überprüf|verific|comprob|confirm)\w*\b.{0,40}\b(?:vous|sie|usted|eres|sei|lei|"
        r"você)\b.{0,40}"
        r"\b(?:humaine?|mensch|human[oa]|uman[oa]|robots?|roboter)\b"
        r"|\b(?:votre|ihre[rn]?|su|tu|tua|sua) (?:connexion|verbindung|conexión|connessione|conexão) .{0,40}"
        r"\b(?:vérifi|überprüf|verific|comprob|continu))",
    ),
    (
        "a page that refuses access, not the article",
        r"^\W*(?:access (?:to this page has been )?denied|403\b.{0,20}|forbidden|"
        r"you don['’]t have permission|"
        r"(?:error )?(?:401|451|429)\b|too many requests|not available in your (?:country|region))",
    ),
    (
        "a page that says that there is none (404)",
        r"^\W*(?:(?:error |http )*40[4]\b|(?:the )?page (?:you\b.{0,60})?(?:was |could |can)?(?:not|['’]t|"
        r"n['’]t)(?: be)? found"
        r"|(?:sorry,? )?(?:we|you)\b.{0,40}\b(?:can['’]?no?t|could(?:n['’]t| not)) find (?:the|that|this|"
        r"your) page|not found\b"
        r"|(?:this|the|that) page (?:does(?:n['’]t| not) exist|no longer exists|is (?:missing|gone|"
        r"unavailable))"
        r"|page introuvable|seite nicht gefunden|página n[oã]o? encontrada|pagina non trovata|"
        r"pagina niet gevonden"
        r"|(?:cette|la|die|diese|esta|a|questa|deze) (?:page|seite|página|"
        r"pagina)\b.{0,60}\b(?:n['’]existe (?:pas|plus)|"
        r"existiert nicht|gibt es nicht|no existe|não existe|non esiste|bestaat niet))",
    ),
    (
        "a list of a server's files, not an article; ingest the files themselves",
        r"^\W*index of /",
    ),
    (
        "a page that stands in for a site that is shut or moved, not the article",
        r"^\W*(?:(?:site|website|we are|we['’]re|currently|down) (?:is )?(?:currently )?(?:under|for|"
        r"in) (?:scheduled )?"
        r"(?:maintenance|construction)|be right back|(?:this|the) domain (?:name )?\S{0,40} ?(?:is|may be|"
        r"has) "
        r"(?:for sale|parked|expired)|welcome to nginx|it works!$|apache2? .{0,20}default page)",
    ),
    (
        "a page whose server failed, not the article",
        r"^\W*(?:error )?(?:50[0234]\b|internal server error|bad gateway|"
        r"service (?:temporarily )?unavailable|gateway time-?out)",
    ),
    (
        "an empty page that its scripts would fill; save it from a browser",
        r"\b(?:(?:please )?(?:enable|turn on|activate|allow) (?:your )?java ?script|java ?script (?:is|"
        r"must be|has to be|needs to be)"
        r" (?:not |currently )?(?:enabled|disabled|required|turned|switched)|requires? java ?script|"
        r"need to enable java ?script|(?:activ|aktivier|habilit|attiv|inschakel)\w* .{0,20}\bjava ?script|"
        r"java ?script .{0,20}\b(?:activ|aktivier|habilit|attiv|désactivé|inschakel))",
    ),
)
# What walls of consent speak of, in the words that Europe's languages form alike; none of it is news by itself.
_OF_CONSENT = tuple(
    re.compile(stems, re.IGNORECASE)
    for stems in (
        r"\bcookies?\b",
        r"\bpartner|\bpartenaires|\bsocios\b|\bparceiros|\bpartnerzy|\bdodavatel",
        r"personenbezogen|personal (?:data|information)|donn[ée]es (?:personnelles|à caractère)|"
        r"datos personales|"
        r"dati personali|dados pessoais|persoonsgegevens|personoplysninger|personuppgifter|dan(?:e|"
        r"ych) osobow",
        r"personali[sz]|personnalis|gepersonaliseerd|\btracking\b|spersonalizowan",
        r"einwillig|zustimm|akzept|consent|accept|\bacept|accett|\baceit|toestem|samtyk|zgod[yęa]",
        r"abo\b.{0,40}(?:ohne|sans|without)|(?:ohne|sans|sin|senza|sem|zonder|without) (?:\w+ )?"
        r"(?:werbung|pub|anuncios|pubblicità|publicidade|advertenties|ads)",
    )
)
_WE = re.compile(
    r"\b(?:we|our|wir|unsere?[rnms]?|nous|nos|nosotros|nuestr[oa]s?|noi|nostri|nós|nossos|wij|onze|vi|"
    r"våra|vores|my|nasi)\b",
    re.IGNORECASE,
)
YOU = re.compile(
    r"\b(?:you|your|sie|ihre?[rnms]?|vous|votre|vos|usted|sus?|tus?|vuestr[oa]s?|tuo|tua|tuoi|tue|"
    r"vostr[aie]|seus?|suas?|"
    r"uw|jouw|je|din|dina|ditt|dine|twoj\w*|twój|państwa)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]*[”“»\"]")
_CONSENT = "a page that asks for consent to cookies, not the article; save the page after answering it"
_LOG_IN = "a page to log in on, not the article; save the page from a browser that is logged in"
_LINK_LIST = "a list of links without the articles' text; ingest their addresses"
_FEWEST_SUBJECTS = 3
_MOST_CONSENT_WORDS = 350
_RULES = tuple((reason, re.compile(rule, re.IGNORECASE | re.MULTILINE)) for reason, rule in _SAID_INSTEAD)
# A sentence, or a run of a script that ends none by a point: Japanese, Chinese, Thai, Lao, Burmese, Khmer.
_PROSE = re.compile(
    r"\w[^.!?…。！？؟।]{15,}[\w)\]%\"'”’»][.!?…。！？؟।](?![\d.])"
    r"|[\u3040-\u30ff\u4e00-\u9fff]{8,}|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{25,}"
)


def why_no_article(root: HtmlElement, title: str, text: str, stated: Mapping[str, Any]) -> str | None:
    """Return why a page holds no article, or None where it may hold one.

    ``text`` is what was found on it, ``stated`` what its metadata says of an article ("type", "published").
    """
    body = root.find("body") if root.find("body") is not None else root
    assert body is not None  # noqa: S101 - a page has a root
    words = len(text.split())
    shown = f"{title}\n{text}\n{_without_scripts(body)}" if words < _FEW_WORDS else ""
    if reason := next((reason for reason, rule in _RULES if rule.search(shown[:2000])), None):
        return reason
    asks_password = any(field.get("type") == "password" for field in body.iter("input"))
    is_article = stated.get("type") == "article" or bool(stated.get("published"))
    if asks_password and words < _FEWEST_WORDS and not is_article:
        return _LOG_IN
    if words < _MOST_CONSENT_WORDS and _asks_for_consent(text):
        return _CONSENT
    links = _headline_links(body)
    if not is_article and links >= _MOST_HEADLINE_LINKS and _longest_run(body) < _FEW_PARAGRAPH_WORDS:
        return (
            f"a front page or list of {links} headlines, not an article; ingest the addresses of its articles"
        )
    if has_prose(text):
        return None
    is_list = not is_article and _share_of_links(body) > _MOSTLY_LINKS
    return _LINK_LIST if is_list else "it holds no whole sentence"


def _asks_for_consent(text: str) -> bool:
    """Return True when most of a text is what a publisher says of cookies, partners and data, as "we" to "you"."""
    lines = [line for line in _QUOTED.sub("", text).split("\n") if len(line.split()) > _SHORT_LINE]
    subjects = [{number for number, rule in enumerate(_OF_CONSENT) if rule.search(line)} for line in lines]
    about = sum(len(line) for line, found in zip(lines, subjects, strict=True) if found)
    own = any(found and _WE.search(line) for line, found in zip(lines, subjects, strict=True)) and YOU.search(
        text
    )
    whole = sum(map(len, lines))
    return bool(own) and 2 * about > whole and len(set().union(*subjects)) >= _FEWEST_SUBJECTS


def has_prose(text: str) -> bool:
    """Return True when a text holds a whole sentence."""
    return bool(_PROSE.search(text))


def _without_scripts(body: HtmlElement) -> str:
    parts: list[str] = []
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "template", "svg"):
            parts.append(element.text or "")
        parts.append("" if element is body else (element.tail or ""))
        if len(parts) > 500:
            break
    return "\n".join(one for one in (" ".join(part.split()) for part in parts) if one)


def _headline_links(body: HtmlElement) -> int:
    inside = sum(1 for tag in _HEADING_TAGS for one in body.iter(tag) if one.find(".//a") is not None)
    around = sum(
        1 for link in body.iter("a") if any(link.find(f".//{tag}") is not None for tag in _HEADING_TAGS)
    )
    return inside + around


def _longest_run(body: HtmlElement) -> int:
    """Return the words of the container that holds most of them in its own text and paragraphs."""
    words: Counter[Any] = Counter()
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            continue
        if element.tag == "p":
            words[element.getparent()] += len(element.text_content().split())
        else:
            words[element] += len((element.text or "").split())
            words[element] += sum(len((child.tail or "").split()) for child in element if child.tag == "br")
    return max(words.values(), default=0)


def _share_of_links(body: HtmlElement) -> float:
    whole = len(_without_scripts(body))
    linked = sum(len(" ".join(link.text_content().split())) for link in body.iter("a"))
    return linked / whole if whole else 0.0
