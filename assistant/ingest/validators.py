"""What a server says of a page so that it can be asked for only if it changed (RFC 9110, conditional requests)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Validators:
    """By what the page at ``url`` is known; ``stated`` hashes what its feed says of it, if one does."""

    url: str
    etag: str | None
    modified: str | None
    stated: str = ""

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Self | None:
        """Return those of a response; None where it has none."""
        etag, modified = headers.get("etag"), headers.get("last-modified")
        return cls(url, etag, modified) if etag or modified else None

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Return what ``to_text`` wrote; None for any other text."""
        try:
            return cls(*json.loads(text))
        except (ValueError, TypeError):
            return None

    def to_text(self) -> str:
        """Write them as a line."""
        return json.dumps(astuple(self))

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for the page only if it changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class AddressRead:
    """All that stands at an address was read; or nothing, as it has not changed: then ``validators`` is None."""

    url: str
    validators: Validators | None
