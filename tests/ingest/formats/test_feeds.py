"""Feeds of any length: the first entries are read, and it is said that more follow."""

import pytest

from assistant.ingest.formats.feeds import MOST_ENTRIES, read_xml
from assistant.ingest.metadata.documents import Document, UnreadableError

RSS = '<rss version="2.0"><channel><title>Wire</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>{}</feed>'
ITEM = "<item><title>Bridge {0}</title><link>https://wire.example/{0}</link></item>"
ENTRY = '<entry><title>Bridge {0}</title><link href="https://wire.example/{0}"/></entry>'


@pytest.mark.parametrize(("feed", "entry"), [(RSS, ITEM), (ATOM, ENTRY)])
@pytest.mark.parametrize("entries", [1, MOST_ENTRIES, MOST_ENTRIES + 1, 50_000])
def test_the_first_entries_of_a_feed_are_read(feed: str, entry: str, entries: int) -> None:
    told = "".join(entry.format(number) for number in range(entries))
    found = [one.document for one in read_xml(feed.format(told).encode())]
    read = [one for one in found if isinstance(one, Document)]
    assert [one.fields["title"] for one in read] == [f"Bridge {number}" for number in range(len(read))]
    assert len(read) == min(entries, MOST_ENTRIES)
    left = [str(one) for one in found if isinstance(one, UnreadableError)]
    assert left == (["the entries after the first 500 are not read"] if entries > MOST_ENTRIES else [])
