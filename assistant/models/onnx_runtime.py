"""Runs the networks that come with the program: ONNX Runtime, one text on each core, word vectors held once.

Their matrices are int8 and activations are quantised as they come, by what is run at once: in a batch, the other
texts would change what is made of a text. So each runs by itself, no time goes into padding, and the same text
always gives the same numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
P = ParamSpec("P")
T = TypeVar("T")


def session(weights: Path | bytes) -> Any:
    """Load an ONNX file, or what one holds; a run of it stays on the thread that asks for it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        weights if isinstance(weights, bytes) else str(weights), options, providers=["CPUExecutionProvider"]
    )


@lru_cache(maxsize=1)
def pool() -> ThreadPoolExecutor:
    """Return the threads that the networks run on: one for each core that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # macOS only knows the cores of the machine
    return ThreadPoolExecutor(
        len(allowed(0)) if allowed else os.cpu_count() or 1, thread_name_prefix="network"
    )


def one_blas_thread(function: Callable[P, T]) -> Callable[P, T]:
    """Keep numpy's matrix products on one thread: OpenBLAS's own spin on, and take the cores from the networks."""

    @wraps(function)
    def limited(*args: P.args, **kwargs: P.kwargs) -> T:
        with _libraries().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return limited


@lru_cache(maxsize=1)
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@lru_cache(maxsize=1)
def word_vectors(folder: Path) -> Array:
    """Load the word vectors of the packaged embedder, which the reader shares: (pieces known, 384)."""
    from safetensors import safe_open

    with safe_open(folder / "model.safetensors", framework="numpy") as file:
        table: Array = file.get_tensor("embeddings.word_embeddings.weight")
    return table
