"""Whether a feed has changed since the last look, as its server tells it (RFC 9110, conditional requests)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import WorkspaceError
from assistant.ingest.fetch import REDIRECTS
from assistant.workspace.requests import sent

_START_BYTES = 4096
_FEED_START = re.compile(
    rb"<(?:rss|feed|rdf:rdf|urlset|sitemapindex|nitf|newsml)\b|^\s*[\[{]|^\x1f\x8b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a feed's server says of it: whether it changed, and by what to ask next time."""

    changed: bool
    etag: str | None = None
    modified: str | None = None


def feed_state(address: str, etag: str | None, modified: str | None, *, allow_private: bool) -> FeedState:
    """Ask for a feed only if it changed, and look at its beginning alone; a redirect counts as a change.

    Raises:
        WorkspaceError: it cannot be reached, answers with an error, or with what is no feed.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": modified, "Accept-Encoding": "identity"}
    headers = {name: value for name, value in asked.items() if value}
    with sent("GET", address, headers=headers, allow_private=allow_private) as response:
        status, told = response.status_code, response.headers
        if status == 304:
            return FeedState(False, etag, modified)
        if status in REDIRECTS:
            return FeedState(True)
        if status != 200:
            raise WorkspaceError(f"the server answers with status {status}")
        start = b""
        for chunk in response.iter_raw():
            start += chunk
            if len(start) >= _START_BYTES:
                break
    if not _FEED_START.search(start[:_START_BYTES]):
        raise WorkspaceError("the server answers with what is no feed, such as a page")
    return FeedState(True, told.get("etag"), told.get("last-modified"))
