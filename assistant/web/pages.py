"""An article's own page: plain HTML without any script, so that a quotation can be linked to."""

from __future__ import annotations

from assistant.datamodels import Article
from assistant.web.render import byline, escape

_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><p class="back"><a href="/">News Assistant</a></p><h1 dir="auto">{title}</h1>{byline}
<div class="text" dir="auto">{text}</div></main></body>
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


def article_page(article: Article, start: int = 0, end: int = 0) -> str:
    """Return an article as a page; the words from start to end are marked and named ``quote``."""
    text = article.text
    if 0 <= start < end <= len(text):
        quoted = f'<mark id="quote">{escape(text[start:end])}</mark>'
        body = escape(text[:start]) + quoted + escape(text[end:])
    else:
        body = escape(text)
    return _PAGE.format(
        language=escape(article.language or ""),
        title=escape(article.title or article.id),
        style=_STYLE,
        byline=byline(article),
        text=body,
    )
