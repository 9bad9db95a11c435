"""Sources -> store: reads, skips what is unchanged, embeds and commits in windows."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError, SourceError
from assistant.index.article_row import unstorable
from assistant.index.article_table import ArticleTable, ArticleWrite, FileRecord, Step
from assistant.index.ingest_queue import Prepared, ReadFile
from assistant.index.progress import IngestEvent, Progress
from assistant.index.row_hash import article_hash
from assistant.index.source_files import (
    characters_per_byte,
    id_taken,
    is_web_address,
    may_exist,
    size_on_disk,
)
from assistant.ingest import PIPELINE_VERSION, ArticleReader, content_hash, find_sources
from assistant.ingest.passages import SPLITTER_VERSION, embedded_text, split_passages
from assistant.ingest.validators import AddressRead, Validators
from assistant.models.embedder import PassageEmbedder
from assistant.settings import Settings
from assistant.types import Article, Failure, IngestReport, Skipped, SourceFile

# Passages embedded together: few at first, so that progress shows early, then enough to sort by length.
FIRST_WINDOW = 32
LAST_WINDOW = 512


class Ingest:
    """One run of ingesting; ``after_window`` is called whenever a window of articles is stored.

    Args:
        articles: where they are stored; the caller holds its write lock.
        embedder: turns passages into vectors; the caller has checked that the index is bound to it.
        settings: sizes of passages.
        on_event: told of each article once it is safe, and of each failure.
        after_window: may index what is new.
        prune: whether articles that have gone from the sources are forgotten.
    """

    def __init__(
        self,
        articles: ArticleTable,
        embedder: PassageEmbedder,
        settings: Settings,
        on_event: Callable[[IngestEvent], None],
        after_window: Callable[[], None],
        *,
        prune: bool = False,
    ) -> None:
        self.articles = articles
        self.embedder = embedder
        self.settings = settings
        self.after_window = after_window
        self.prune = prune
        self.progress = Progress(on_event)
        self.recipe = "/".join(
            str(part)
            for part in (
                PIPELINE_VERSION,
                SPLITTER_VERSION,
                settings.passage_pieces,
                settings.overlap_pieces,
                embedder.most_pieces,
            )
        )
        self.window = FIRST_WINDOW
        self.queue: list[Prepared | ReadFile] = []
        self.claims: dict[str, str] = {}
        self.seen: set[str] = set()
        self.read: set[str] = set()
        self.refused: set[str] = set()
        self.file_size = 0
        self.passed_bytes = 0

    def run(self, sources: Sequence[str]) -> IngestReport:
        """Read the sources, and prune them where that is asked."""
        files = self.find(sources)
        with ArticleReader(self.settings) as reader:
            for file in files:
                self.read_file(file, reader)
        self.flush()
        return self.finish(sources)

    def find(self, sources: Sequence[str]) -> list[SourceFile]:
        """Return the files and addresses to read; what cannot be read is told at once."""
        entries = list(find_sources(sources, self.settings))
        files = [entry for entry in entries if isinstance(entry, SourceFile)]
        self.progress.total_bytes = sum(size_on_disk(file.path) for file in files)
        for entry in entries:
            if isinstance(entry, Skipped):
                self.progress.skipped.append(entry)
                continue
            self.seen.add(entry.path)
            if isinstance(entry, Failure):
                self.progress.fail(entry)
        return files

    def finish(self, sources: Sequence[str]) -> IngestReport:
        """Prune the sources where that is asked, and return what was done."""
        if self.prune:
            self._prune(sources)
        return self.progress.report()

    def take(self, article: Article) -> bool:
        """Queue an article unless it is unchanged; say whether nothing was wrong with it."""
        reason = unstorable(article)
        if reason:
            self.progress.fail(Failure(article.path, reason))
            return False
        known = self.articles.known(article.id)
        moved = known.path is not None and known.path != article.path
        owner = self.claims.get(article.id)
        if owner is None and known.path is not None and moved and may_exist(known.path):
            owner = known.path
        if owner == article.path:
            reason = f"the id {article.id!r} stands twice in it"
        elif owner is not None:
            reason = id_taken(article.id, article.path, owner)
        if reason:
            self.progress.fail(Failure(article.path, reason))
            return False
        self.claims[article.id] = article.path
        self.passed_bytes += int(len(article.text) / characters_per_byte(article.path))
        article = replace(article, sha256=hashlib.sha256(article.text.encode()).hexdigest())
        digest = article_hash(article, self.recipe)
        if known.removed or known.content_hash == digest:
            self.progress.unchanged += 1
            if moved:
                self.articles.change_path(article.id, article.path)
            return True
        passages = split_passages(
            article, self.embedder.count_pieces, self.settings, most_pieces=self.embedder.most_pieces
        )
        kind: Literal["added", "updated"] = "added" if known.path is None else "updated"
        self.queue.append(Prepared(article, tuple(passages), digest, kind, self.passed_bytes, self.file_size))
        self.passed_bytes = 0
        if sum(len(item.passages) for item in self.queue if isinstance(item, Prepared)) >= self.window:
            self.flush()
        return True

    def flush(self) -> None:
        """Embed what is queued and commit it.

        Raises:
            ModelError: the vectors are not what the embedder promised.
        """
        queue, self.queue = self.queue, []
        texts = [
            embedded_text(item.article, passage)
            for item in queue
            if isinstance(item, Prepared)
            for passage in item.passages
        ]
        vectors = self.embedder.embed_passages(texts)
        if vectors.shape != (len(texts), self.embedder.dimension) or not np.isfinite(vectors).all():
            raise ModelError(
                f"embedder {self.embedder.name} gave vectors of shape {vectors.shape} for {len(texts)} passages "
                f"of dimension {self.embedder.dimension}, or values that are no numbers; use another embedder"
            )
        at = 0
        items: list[tuple[Prepared | None, NDArray[np.float32], ReadFile | None]] = []
        for place, item in enumerate(queue):
            following = queue[place + 1] if place + 1 < len(queue) else None
            if isinstance(item, Prepared):
                rows = vectors[at : at + len(item.passages)]
                at += len(item.passages)
                items.append((item, rows, following if isinstance(following, ReadFile) else None))
            elif not place or isinstance(queue[place - 1], ReadFile):
                items.append((None, vectors[:0], item))
        self._commit(items)
        self.window = min(2 * self.window, LAST_WINDOW)
        if queue:
            self.after_window()

    def read_file(self, file: SourceFile, reader: ArticleReader) -> None:
        """Read a file, unless nothing in it is new; what is read is queued, and stored when there is enough."""
        sha256 = None
        if not is_web_address(file.path):
            try:
                sha256 = content_hash(file, self.settings)
            except SourceError as error:
                self.progress.finish(size_on_disk(file.path))
                self.progress.fail(Failure(file.path, str(error).removeprefix(f"{file.path}: ")))
                return
            if self._is_recorded(file, sha256):
                return
        held, failed, self.file_size, self.passed_bytes = (
            Counter[str](),
            list[str](),
            size_on_disk(file.path),
            0,
        )
        for item in reader.read(file, self._known):
            if isinstance(item, AddressRead):
                whole = not any(path.startswith(item.url) for path in failed)
                self._end_address(item, held[item.url] if whole else 0)
                failed += [] if item.validators else [item.url]
            elif isinstance(item, Failure):
                self.progress.fail(item)
                failed.append(item.path)
            elif isinstance(item, Skipped):
                self.progress.skipped.append(item)
            else:
                held[item.path] += 1
                failed += [] if self.take(item) else [item.path]
        if not failed:
            self.read.add(file.path)
        self.queue.append(ReadFile(file, None if failed else sha256, held.total(), self.file_size))

    def _known(self, address: str) -> Validators | None:
        """Return by what a page was known when its articles, all still there, were read in this way."""
        record = self.articles.record_of(address, address)
        if record is None or record.recipe != self.recipe or record.articles != self.articles.owned(address):
            return None
        return Validators.from_text(record.sha256)

    def _end_address(self, read: AddressRead, articles: int) -> None:
        """Record by what a page is known from which so many articles came; count those of an unchanged one."""
        if read.validators is None:
            self.progress.unchanged += self.articles.owned(read.url)
        elif articles:
            page = SourceFile(read.url, read.url)
            self.queue.append(ReadFile(page, read.validators.to_text(), articles, 0))

    def _is_recorded(self, file: SourceFile, sha256: str) -> bool:
        """Say whether nothing in a file is new; when pruning, whether nothing has gone from it either."""
        record = self.articles.record_of(file.path, file.article_id)
        if record is None or (record.sha256, record.recipe) != (sha256, self.recipe):
            return False
        if self.prune and self.articles.owned(file.path) > record.articles:
            return False
        self.progress.unchanged += record.articles
        self.progress.finish(size_on_disk(file.path))
        return True

    def _commit(self, items: Sequence[tuple[Prepared | None, NDArray[np.float32], ReadFile | None]]) -> None:
        refusals = self.articles.commit([self._step(*item) for item in items]) if items else []
        progress = self.progress
        for (item, _, read), refused in zip(items, refusals, strict=True):
            if read is not None:
                progress.finish(read.size)
            elif item is not None:
                progress.advance(item.read_bytes, item.file_size)
            if item is not None and refused is not None:
                self.refused.add(item.article.path)
                progress.fail(Failure(item.article.path, refused))
            elif item is not None:
                progress.passages += len(item.passages)
                progress.count(item.article, item.kind)
                progress.tell(item.kind, item.article.id)

    def _step(self, item: Prepared | None, vectors: NDArray[np.float32], read: ReadFile | None) -> Step:
        write = (
            ArticleWrite(item.article, item.passages, vectors, item.content_hash, self.recipe, item.kind)
            if item
            else None
        )
        record = None
        if read is not None and read.sha256 is not None and read.file.path not in self.refused:
            record = FileRecord(read.file.path, read.file.article_id, read.sha256, self.recipe, read.articles)
        return write, record

    def _prune(self, sources: Sequence[str]) -> None:
        """Forget articles whose file, or whose row in a file that was read whole, has gone."""
        roots = [source if is_web_address(source) else os.path.abspath(source) for source in sources]  # noqa: PTH100 - ".." goes
        for one in self.articles.listed():
            path = one.path
            below = any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
            gone = (path in self.read and one.id not in self.claims) or (
                path not in self.seen and not may_exist(path)
            )
            if below and gone and not one.removed:
                self.articles.forget(one.id)
                self.progress.removed += 1
                self.progress.tell("removed", one.id)
