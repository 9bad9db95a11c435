"""What the reader asks of the child process that parses, and how a file is opened."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import IO, Any

from assistant.ingest.metadata.documents import UnreadableError


@dataclass(frozen=True, slots=True)
class Request:
    """One file to read.

    ``path`` and ``id`` are its article's; ``url`` is where it was fetched; ``fields`` are what its feed
    states of it; rows up to ``skip`` are left out.
    """

    file: str
    path: str
    id: str
    format: str
    compression: str = ""
    charset: str | None = None
    url: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    skip: int = 0


def open_regular(path: str) -> IO[bytes]:
    """Open a regular file for reading; anything else (a device, a pipe, a socket) is refused.

    Raises:
        UnreadableError: it is not a regular file, or cannot be opened.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("not a regular file")
    return os.fdopen(descriptor, "rb")
