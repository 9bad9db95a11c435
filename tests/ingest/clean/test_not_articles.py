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
    "menu": "<title>Post</title><nav>Home World</nav><p>Home World Sport</p>",
}
READ = {
    "short": f"<title>Museum</title><article><h1>Museum</h1><p>{PROSE}</p></article>",
    "about 404": f"<title>Museum to reopen</title><article><h1>Museum</h1><p>{PROSE} Room 404 was not found damaged.</p></article>",
    "about robots": f"<title>Robots</title><article><h1>Robots at work</h1><p>{PROSE} A robot shows the way.</p></article>",
    "with teasers": f"<title>Museum</title><article><h1>Museum</h1>{f'<p>{PROSE}</p>' * 9}</article>"
    + "".join(f"<div><h3><a href=/{n}>Headline {n}</a></h3></div>" for n in range(20)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_without_an_article_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(UnreadableError):
        read_html(f"<!doctype html><html><body>{REFUSED[name]}</body></html>")


@pytest.mark.parametrize("name", READ)
def test_an_article_is_read_however_short(name: str) -> None:
    assert PROSE in read_html(f"<!doctype html><html><body>{READ[name]}</body></html>").text


def test_pages_are_known_and_have_titles() -> None:
    assert is_page("  <!-- saved --> <!DOCTYPE html><html>") and not is_page("<p>Words")
    assert title_of_html("<title>Post</title><h1>Museum <b>opens</b></h1>") == "Museum opens"
