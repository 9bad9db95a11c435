"""The reranker: how well a passage answers a question."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from assistant.errors import ModelError
from assistant.models.weights_check import failure


class Reranker:
    """A sentence-transformers cross-encoder (Nogueira and Cho 2019): how well a passage answers a question."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(
                name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:
            raise ModelError(
                f"reranker {name} cannot be loaded ({failure(name, error)}); name a "
                "sentence-transformers cross-encoder within reach, by id or folder, or leave the setting out"
            ) from error
        self.name = name
        self.lock = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Score texts for a question: the higher the better."""
        with self.lock:
            return [float(score) for score in self._model.predict([(question, text) for text in texts])]
