"""Markdown -> documents: the text in lines, and the fields of the front matter."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.ingest.formats.html import text_of_html
from assistant.ingest.metadata.documents import Document, document_from_mapping

if TYPE_CHECKING:
    from markdown_it.token import Token

# Pandoc's title block: "% title", "% authors", "% date", each going on in lines that are set in.
_TITLE_BLOCK = re.compile(r"(?:%[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,3}")

# Hugo's front matter.
_TOML = re.compile(r"\s*\+{3}[ \t]*\n(?P<fields>.*?)^\+{3}[ \t]*$\n?", re.MULTILINE | re.DOTALL)

# What a clipper writes above the text: the page's title, and a quotation headed "Excerpt".
_CLIPPING = re.compile(r"\s*# +(?P<title>[^\n]+)\n\s*> *#+ [^\n]+\n(?:>[^\n]*\n)*\s*(?:-{3,}|\*{3,})[ \t]*\n")

# What a service that makes Markdown of pages writes between its labels and the text.
_CONTENT_LABEL = re.compile(r"^Markdown Content:[ \t]*\n", re.MULTILINE)

# What only Markdown writes: a heading, or an address in round brackets behind a text in square ones.
_MARKS = re.compile(r"^#{1,6} +\S|\]\((?:https?://|/)[^\s()]*\)", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Return True when a text that nobody says to be Markdown is plainly written in it."""
    return bool(_MARKS.search(text))


def read_markdown(source: str) -> Document:
    """Return the document of a Markdown text (CommonMark with tables), with the fields of its front matter."""
    from markdown_it import MarkdownIt

    fields, body = _front_matter(source)
    body = _CONTENT_LABEL.sub("\n", body, count=1)
    clipping = _CLIPPING.match(body)
    if clipping:
        body = body[clipping.end() :]
        fields = {"title": _without_site(clipping["title"].strip(), body), **fields}
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    document = document_from_mapping({**fields, "text": "\n".join([*_markdown_lines(tokens), ""])})
    first = next((token for token in tokens if token.type == "inline"), None)
    if "title" not in document.fields and tokens and tokens[0].tag == "h1" and first:
        return Document(document.text, {**document.fields, "title": _inline_text(first)})
    return document


def _without_site(title: str, body: str) -> str:
    """Return a page's title less the name of its site, where the text begins with the headline by itself."""
    heading = re.match(r"\s*# +(?P<words>[^\n]+)", body)
    words = heading["words"].strip() if heading else ""
    return words if words and title.startswith(words) else title


def _front_matter(source: str) -> tuple[dict[str, Any], str]:
    import frontmatter
    import yaml

    if block := _TOML.match(source):
        with contextlib.suppress(tomllib.TOMLDecodeError):
            return tomllib.loads(block["fields"]), source[block.end() :]
    if block := _TITLE_BLOCK.match(source):
        lines = [" ".join(line.split()) for line in re.split(r"^%", block[0], flags=re.MULTILINE)[1:]]
        named = zip(("title", "authors", "published"), lines, strict=False)
        return {name: value for name, value in named if value}, source[block.end() :]
    try:
        fields, body = frontmatter.parse(source)
    except (yaml.YAMLError, ValueError):
        parts = re.split(r"^-{3,}\s*$", source, maxsplit=2, flags=re.MULTILINE)
        if len(parts) < 3:
            return {}, source
        pairs = [line.split(":", 1) for line in parts[1].splitlines() if ":" in line]
        return {name.strip(): value.strip(" \t\"'") for name, value in pairs}, parts[2]
    return (fields, body) if isinstance(fields, dict) else ({}, body)


def _markdown_lines(tokens: Sequence[Token]) -> Iterator[str]:
    marker = ""
    cells: list[str] = []
    in_row = False
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif token.type in ("tr_open", "tr_close"):
            in_row = token.type == "tr_open"
            if not in_row:
                yield " | ".join(cells)
                cells = []
        elif token.type == "inline":
            text = _inline_text(token)
            if in_row:
                cells.append(text)
            else:
                yield marker + text
                marker = ""
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "html_block":
            yield text_of_html(token.content)
        elif (
            token.type in ("paragraph_close", "bullet_list_close", "ordered_list_close") and not token.hidden
        ):
            yield ""


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
