"""Pictures of pages -> their text, by Tesseract."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from assistant.ingest.metadata.documents import UnreadableError

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap

_SECONDS = 60.0


def text_of_picture(program: str, picture: PdfBitmap) -> str:
    """Return the words that Tesseract recognises on a grey picture, which it is given through a pipe.

    Raises:
        UnreadableError: it fails, or takes too long.
    """
    pixels = picture.to_numpy()
    header = f"P5 {picture.width} {picture.height} 255\n".encode("ascii")
    try:
        done = subprocess.run(  # noqa: S603 - the program is the installed tesseract, the picture its input
            [program, "stdin", "stdout", "--psm", "1"],
            input=header + pixels.tobytes(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError("Tesseract took too long to recognise a scanned page") from None
    if done.returncode:
        raise UnreadableError(f"Tesseract cannot recognise a scanned page (status {done.returncode})")
    return str(done.stdout, "utf-8", "replace")
