"""Old Word files (.doc) -> .docx, by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.parse_request import open_regular

_OLE_MARK = b"\xd0\xcf\x11\xe0"
_REMEDY = "install LibreOffice (Debian: libreoffice-writer-nogui), or save it as .docx"


@contextlib.contextmanager
def converted_doc(path: str, seconds: float) -> Iterator[Path]:
    """Convert an old Word file into a temporary .docx, in a process of LibreOffice that has a profile of its own.

    Raises:
        UnreadableError: it is no such file, LibreOffice is missing, fails, or takes longer than ``seconds``.
    """
    with open_regular(path) as file:
        start = file.read(len(_OLE_MARK))
    if not start:
        raise UnreadableError("an empty file")
    if start != _OLE_MARK and start[:1] != b"{":
        raise UnreadableError("not a Word file: its first bytes are not those of one")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableError(f"an old Word file, which is read through LibreOffice: {_REMEDY}")
    with tempfile.TemporaryDirectory(prefix="news-assistant-") as folder:
        profile = Path(folder, "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            path,
        ]
        try:
            subprocess.run(  # noqa: S603 - the program is LibreOffice, the path one that was asked for
                command,
                env={"PATH": os.environ.get("PATH", ""), "HOME": folder},
                timeout=seconds,
                capture_output=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableError(
                f"LibreOffice took longer than {seconds:g} s (setting ASSISTANT_CONVERT_SECONDS)"
            ) from None
        made = Path(folder, f"{Path(path).stem}.docx")
        if not made.exists():
            raise UnreadableError("LibreOffice cannot read it: a damaged or encrypted Word file")
        yield made
