# ruff: noqa: E501 - documents that are written out stay on one line
import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.html import is_page, read_html, title_of_html

PROSE = "The museum of Lindau will reopen in May after two years of work, the director said on Friday."
REFUSED = {
    "robots": "<title>Just a moment...</title><h1>Verify you are human</h1><p>This may take a few seconds.</p>",
    "captcha": "<title>lindau.example</title><p>Please complete the CAPTCHA below to go on to the site.</p>",
    "denied": "<title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission to see this page.</p>",
    "missing": "<title>Page not found</title><h1>404</h1><p>Sorry, we could not find the page you asked for.</p>",
    "gone": "<title>Lindau Post</title><p>This page no longer exists. Go back to the front page of the paper.</p>",
    "failed": "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><hr>nginx",
    "scripts": "<title>Post</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
    "front": "<title>Post</title>"
    + "".join(f"<div><h2><a href=/{n}>Headline {n} of today</a></h2><p>{PROSE}</p></div>" for n in range(12)),
    "links": "<title>Bookmarks</title><ul>"
    + "".join(f"<li><a href=/{n}>An article to read later, {n}</a>" for n in range(9))
    + "</ul>",
    "log in": "<title>Post</title><h1>Log in</h1><form><input><input type=password></form><p>New here? Create an account.</p>",
    "files": "<title>Index of /news</title><h1>Index of /news</h1><pre><a href=a.html>a.html</a> 2024-03-04 10:00 12K</pre>",
    "domain": "<title>lindau.example</title><h1>This domain is for sale</h1><p>Write to the owner to make an offer.</p>",
    "robots in French": "<title>Un instant…</title><p>Vérification que vous êtes bien un humain. Un moment, merci.</p>",
    "missing in German": "<title>Post</title><h1>Hoppla</h1><p>Diese Seite existiert nicht. Suchen Sie von vorn.</p>",
    "menu": "<title>Post</title><nav>Home World</nav><p>Home World Sport</p>",
}
CONSENT = {
    "de": "Wir und unsere 90 Partner nutzen Cookies, um Ihre personenbezogenen Daten zu verarbeiten. Sie willigen damit ein.",
    "fr": "Nous et nos 90 partenaires déposons des cookies et lisons vos données personnelles avec votre consentement.",
    "es": "Nosotros y nuestros 90 socios usamos cookies y tratamos sus datos personales si usted lo acepta.",
    "it": "Noi e i nostri 90 partner usiamo cookie e trattiamo i tuoi dati personali se accetti.",
    "en": "We and our 90 partners store cookies on your device and process personal data to show personalised ads.",
    "nl": "Wij en onze 90 partners gebruiken cookies en verwerken uw persoonsgegevens als u dat accepteert.",
}
READ = {
    "short": f"<title>Museum</title><article><h1>Museum</h1><p>{PROSE}</p></article>",
    "about 404": f"<title>Museum to reopen</title><article><h1>Museum</h1><p>{PROSE} Room 404 was not found damaged.</p></article>",
    "about robots": f"<title>Robots</title><article><h1>Robots at work</h1><p>{PROSE} A robot shows the way.</p></article>",
    "about cookies": f"<title>Fine</title><article><h1>Fine for cookies</h1><p>{PROSE}</p><p>The company set cookies without consent and "
    "sold personal data to 90 partners, the office said. “We accept the decision about your data,” its head said.</p></article>",
    "with a form to log in": f"<title>Museum</title><form><input type=password></form><article><h1>Museum</h1>{f'<p>{PROSE}</p>' * 4}</article>",
    "with teasers": f"<title>Museum</title><article><h1>Museum</h1>{f'<p>{PROSE}</p>' * 9}</article>"
    + "".join(f"<div><h3><a href=/{n}>Headline {n}</a></h3></div>" for n in range(20)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_without_an_article_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(UnreadableError):
        read_html(f"<!doctype html><html><body>{REFUSED[name]}</body></html>")


@pytest.mark.parametrize("language", CONSENT)
def test_a_wall_of_consent_is_refused_in_any_language(language: str) -> None:
    with pytest.raises(UnreadableError, match="consent"):
        read_html(f"<!doctype html><html><body><h1>Lindau Post</h1><p>{CONSENT[language]}</p></body></html>")


@pytest.mark.parametrize("name", READ)
def test_an_article_is_read_however_short(name: str) -> None:
    assert PROSE in read_html(f"<!doctype html><html><body>{READ[name]}</body></html>").text


def test_pages_are_known_and_have_titles() -> None:
    assert is_page("  <!-- saved --> <!DOCTYPE html><html>") and not is_page("<p>Words")
    assert title_of_html("<title>Post</title><h1>Museum <b>opens</b></h1>") == "Museum opens"


def test_a_script_that_ends_no_sentence_by_a_point_is_read() -> None:
    thai = "พิพิธภัณฑ์ของเมืองจะเปิดอีกครั้งในเดือนพฤษภาคมหลังปิดซ่อมสองปี ผู้อำนวยการกล่าวเมื่อวันศุกร์"
    assert thai in read_html(f"<html><title>x</title><article><h1>x</h1><p>{thai}</p></article></html>").text
