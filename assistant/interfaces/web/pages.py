"""Pages of plain HTML without any script: an article's own, so that a quotation can be linked to; signing in."""

from __future__ import annotations

from urllib.parse import quote

from assistant.interfaces.web.cards import byline
from assistant.interfaces.web.escaped import escape
from assistant.text.wording import page_in_words
from assistant.types import Article

_PAGE_TEMPLATE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><p class="back"><a href="/">News Assistant</a></p>{body}</main></body>
</html>
"""

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; background: #f6f5f1; color: #1b2430; font: 17px/1.65 Georgia, "Times New Roman", serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 6rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.5rem 0 .5rem; }
.back, .byline { font: 14px/1.5 system-ui, sans-serif; color: #5a6573; }
.byline > * + * { margin-inline-start: .9rem; }
.text { white-space: pre-wrap; margin-top: 1.75rem; }
a { color: #1d5b86; }
mark { background: #ffe7a3; color: inherit; padding: .1em 0; scroll-margin-top: 35vh; }
@media (prefers-color-scheme: dark) {
  body { background: #14181d; color: #e4e8ed; }
  .back, .byline { color: #98a4b1; }
  a { color: #86bfe4; }
  mark { background: #6b5417; }
}
"""

_SIGN_IN = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>News Assistant</title><style>{style}</style></head>
<body><main class="sign-in"><h1>News Assistant</h1>{body}</main></body>
</html>
"""

_FORM = """<form method="post" action="/sign-in?to={to}">{failure}
<label>Name<input name="name" autocomplete="username" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button></form>
"""

_SIGNED_IN = """<p>Signed in as {user}. <a href="/">To the chat</a></p>
<form method="post" action="/sign-out"><button>Sign out</button></form>
"""

_SIGN_IN_STYLE = """
.sign-in { max-width: 22rem; font: 16px/1.5 system-ui, sans-serif; }
label, input { display: block; width: 100%; box-sizing: border-box; }
label { margin: 1rem 0; }
input, button { font: inherit; padding: .5rem .75rem; }
"""


def sign_in_page(user: str | None, wanted: str, failure: str = "") -> str:
    """Return the page that asks for name and password, on the way to ``wanted``; a user may sign out there."""
    if user is not None:
        body = _SIGNED_IN.format(user=escape(user))
    else:
        reason = f'<p role="alert">{escape(failure)}</p>' if failure else ""
        body = _FORM.format(to=quote(wanted, safe=""), failure=reason)
    return _SIGN_IN.format(style=_STYLE + _SIGN_IN_STYLE, body=body)


def article_page(article: Article, start: int = 0, end: int = 0) -> str:
    """Return an article as a page; the words from start to end are marked and named ``quote``."""
    text = article.text
    if 0 <= start < end <= len(text):
        quoted = f'<mark id="quote">{escape(text[start:end])}</mark>'
        body = escape(text[:start]) + quoted + escape(text[end:])
    else:
        body = escape(text)
    title = article.title or article.id
    page = page_in_words(article.page_at(start)) if end else ""
    where = f'<p class="byline">The marked words stand on {page}</p>' if page else ""
    told = f'<h1 dir="auto">{escape(title)}</h1>{byline(article)}{where}\n<div class="text" dir="auto">{body}</div>'
    return plain_page(article.language or "", title, "", told)


def plain_page(language: str, title: str, style: str, body: str) -> str:
    """Return a page of some HTML, in the style of all these pages and one of its own."""
    return _PAGE_TEMPLATE.format(
        language=escape(language), title=escape(title), style=_STYLE + style, body=body
    )
