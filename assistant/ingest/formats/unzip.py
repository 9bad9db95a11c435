"""Opens what is a zip inside (.docx, .odt, .epub, .xlsx, .zip) within a limit of what it unpacks to."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from assistant.ingest.metadata.documents import UnreadableError

_PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".bmp",
    ".svg",
    ".mp4",
    ".mp3",
    ".ttf",
    ".otf",
)


def opened_zip(data: bytes, kind: str, most_bytes: int) -> zipfile.ZipFile:
    """Open a document that is a zip of parts.

    Raises:
        UnreadableError: it is no zip, or its parts, pictures left out, unpack to more than ``most_bytes``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"not a file of the kind {kind}: {error}") from None
    size = sum(one.file_size for one in archive.infolist() if not one.filename.lower().endswith(_PICTURES))
    if size > most_bytes:
        raise UnreadableError(f"takes {size:,} bytes unpacked, more than {most_bytes:,}")
    return archive


def part(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    """Return one part of a zip, whatever size its directory states.

    Raises:
        UnreadableError: there is none of that name, it is encrypted, or larger than ``most_bytes``.
    """
    try:
        with archive.open(name) as file:
            return read_at_most(file, most_bytes)
    except KeyError:
        raise UnreadableError(f"it has no part {name}") from None
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"cannot be unpacked: {error}") from None


def read_at_most(file: IO[bytes], most_bytes: int) -> bytes:
    """Return what a file holds.

    Raises:
        UnreadableError: it holds more than ``most_bytes``.
    """
    data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise UnreadableError(f"unpacks to more than {most_bytes:,} bytes")
    return data
