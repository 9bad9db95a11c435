"""Checks weights by their SHA-256, and says why a model could not be loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.errors import ModelError


def check_weights(weights: Path, expected: str, name: str, remedy: str) -> None:
    """Check that weights are the published ones.

    Raises:
        ModelError: they are missing or altered; ``remedy`` says what to do.
    """
    digest = sha256_of(weights) if weights.is_file() else "none"
    if digest != expected:
        raise ModelError(
            f"the weights of {name} in {weights} are not the published ones (SHA-256 {digest[:12]}…, expected "
            f"{expected[:12]}…); {remedy}"
        )


def failure(name: str, error: Exception) -> str:
    """Name an error; its words only where the model is a folder: a server's may repeat the token that it got."""
    kind = type(error).__name__
    return f"{kind}: {(str(error).splitlines() or [''])[0][:200]}" if Path(name).is_dir() else kind


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
