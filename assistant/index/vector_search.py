"""Finds the passages nearest to a vector: in the current generation where there is one, else exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.chroma.generation_files import GenerationError, GenerationGone
from assistant.index.chroma.generations import GENERATIONS, GenerationReader, current_generation
from assistant.index.chroma.nearest import NearestPassages
from assistant.index.chroma.vector_block import NO_VECTORS
from assistant.index.listing import Selection
from assistant.index.model_check import unit_vector
from assistant.index.sqlite.ledger import Ledger, embedder_of, get_meta
from assistant.settings import Settings

# How often a search starts again because the generation was replaced as it began.
SWITCHES = 3


class VectorSearch:
    """The search of an index's vectors; it may be asked from several threads at once."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._few = settings.exact_passages
        self._nearest = NearestPassages()
        self._generations = GenerationReader(Path(settings.index) / GENERATIONS, settings.chroma_url)

    def close(self) -> None:
        """Let go of the generation in use."""
        self._generations.close()

    def search(
        self,
        vector: NDArray[np.float32],
        k: int,
        selection: Selection | None,
        count_passages: Callable[[], int],
    ) -> list[tuple[int, float]]:
        """Return (rowid, cosine similarity) of the passages nearest to a vector (dimension,), best first.

        Raises:
            ModelMismatch: the vector is of another dimension than the index's.
            IndexDamaged: the ledger's vectors are not what was written.
        """
        for _ in range(SWITCHES):
            with suppress(GenerationGone):  # Another became current since the ledger was asked for it.
                return self._search(vector, k, selection, count_passages, exact=False)
        return self._search(vector, k, selection, count_passages, exact=True)

    def similarities(self, vector: NDArray[np.float32], rowids: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarity of a vector (dimension,) to live passages.

        Raises:
            ModelMismatch, IndexDamaged: as ``search``.
        """
        with self._ledger.reading() as connection:
            unit = unit_vector(embedder_of(connection), vector)
            if unit is None or not rowids:
                return {}
            record = current_generation(connection)
            held = self._generations.held(record.name) if record else NO_VECTORS
            state = get_meta(connection, "changes") or ""
            return self._nearest.similarities(connection, unit, rowids, held, state)

    def _search(
        self,
        vector: NDArray[np.float32],
        k: int,
        selection: Selection | None,
        count_passages: Callable[[], int],
        *,
        exact: bool,
    ) -> list[tuple[int, float]]:
        with self._ledger.reading() as connection:
            unit = unit_vector(embedder_of(connection), vector)
            if unit is None:
                return []
            state = get_meta(connection, "changes") or ""
            search = partial(
                self._nearest.search, connection, unit, k, selection=selection, few=self._few, state=state
            )
            record = current_generation(connection)
            if exact or record is None or count_passages() <= self._few:
                return search(proposer=None)
            try:
                with self._generations.using(record, get_meta(connection, "index_id") or "") as generation:
                    return search(proposer=generation)
            except GenerationGone:
                raise
            except GenerationError:
                return search(proposer=None)
