"""The title and author in the properties of a PDF or Word file."""

from __future__ import annotations

import re
from typing import Any

_MACHINE_TITLE = re.compile(
    r"(?:untitled|microsoft|word document|document\d*$)|\.(?:docx?|pdf|indd|qxd|tex|rtf)$", re.I
)
_MACHINE_AUTHOR = re.compile(
    r"(?:python-docx|microsoft\b.*|admin(?:istrator)?|user|owner|author|unknown|root|calibre\b.*)$", re.I
)


def is_machine(name: str) -> bool:
    """Return True for what programs write where the name of a person or publisher belongs."""
    return bool(_MACHINE_AUTHOR.match(name.strip()))


def stated_properties(title: Any, author: Any) -> dict[str, Any]:
    """Return the title and author that a file's properties state, unless its program wrote them."""
    fields: dict[str, Any] = {}
    if isinstance(title, str) and " " in title.strip() and not _MACHINE_TITLE.search(title.strip()):
        fields["title"] = title
    if isinstance(author, str) and not is_machine(author):
        fields["authors"] = author
    return fields
