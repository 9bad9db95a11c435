"""Passages with their articles, read from the ledger by number; the last used articles are remembered."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence

from assistant.index.article_row import ArticleRow
from assistant.index.sqlite.ledger import read_articles
from assistant.index.store import StoredPassage
from assistant.types import Passage

REMEMBERED_ARTICLES = 256


class PassageReader:
    """Reads passages; safe among threads. An article is remembered by its number and the hash of its row."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._articles: OrderedDict[tuple[int, bytes], ArticleRow] = OrderedDict()

    def read(self, connection: sqlite3.Connection, rowids: Sequence[int]) -> list[StoredPassage]:
        """Return live passages in the order asked; others are left out.

        Raises:
            IndexDamaged: an article's row is not what was written.
        """
        rows = connection.execute(
            'SELECT p.number, p.id, p.start, p."end", a.number, a.row_hash FROM passages p '
            "JOIN live a ON a.number = p.article WHERE p.number IN (SELECT value FROM json_each(?))",
            (json.dumps([int(number) for number in rowids]),),
        ).fetchall()
        articles = self._read_articles(connection, {(row[4], row[5]) for row in rows})
        found = {}
        for number, id_, start, end, *key in rows:
            row = articles[key[0], key[1]]
            passage = Passage(id_, row.article.id, start, end, row.article.text[start:end])
            found[number] = StoredPassage(number, passage, row.article, row.story)
        return [found[number] for number in rowids if number in found]

    def _read_articles(
        self, connection: sqlite3.Connection, wanted: set[tuple[int, bytes]]
    ) -> dict[tuple[int, bytes], ArticleRow]:
        with self._lock:
            held = {key: self._articles[key] for key in wanted if key in self._articles}
        missing = {key[0]: key for key in wanted - held.keys()}
        if missing:
            numbers = json.dumps(list(missing))
            for row in read_articles(connection, "number IN (SELECT value FROM json_each(?))", (numbers,)):
                held[missing[row.number]] = row
        with self._lock:
            for key, row in held.items():
                self._articles[key] = row
                self._articles.move_to_end(key)
            while len(self._articles) > REMEMBERED_ARTICLES:
                self._articles.popitem(last=False)
        return held
