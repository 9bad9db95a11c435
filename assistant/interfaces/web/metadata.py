"""What the page says of itself to browsers and link previews, in place of what Gradio says of itself."""

from __future__ import annotations

import re

TITLE = "News Assistant"
DESCRIPTION = "Ask a corpus of news articles. Every answer quotes the words it rests on."
HEAD = (
    f'<meta name="description" content="{DESCRIPTION}"><link rel="icon" type="image/svg+xml" href="/favicon.ico">'
    '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
)
_PREVIEW = re.compile(rb"""<meta\s+(?:property="og:|name="twitter:)[^>]*>""")


def own_metadata(page: bytes) -> bytes:
    """Return the page of the chat without Gradio's names, images and addresses for link previews."""
    title = "" if b"<title>" in page else f"<title>{TITLE}</title>"
    own = f'{HEAD}{title}<meta property="og:title" content="{TITLE}">'
    own += f'<meta property="og:description" content="{DESCRIPTION}">'
    return _PREVIEW.sub(b"", page).replace(b"</head>", own.encode() + b"</head>", 1)
