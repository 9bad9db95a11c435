"""The file of users: a line for each, their name and the hash of their password; kept by ``assistant password``."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
import threading
import unicodedata
from pathlib import Path

from assistant.errors import SettingsError

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 1000
# Work, block size and passes of scrypt, as the OWASP Password Storage Cheat Sheet has them: 32 MiB a guess.
WORK, BLOCK, PASSES = 2**15, 8, 3
_SCHEME = "scrypt"
_SALT_BYTES = 16
_MEMORY = 2 * 128 * WORK * BLOCK
_NAME_CHARACTERS = 64


def hash_password(password: str) -> str:
    """Hash a password with scrypt (RFC 7914) and a salt of its own, as ``scrypt$N$r$p$SALT$HASH``.

    Raises:
        SettingsError: it is too short or too long.
    """
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise SettingsError(
            f"a password has {LEAST_CHARACTERS} to {MOST_CHARACTERS} characters; choose another"
        )
    salt = secrets.token_bytes(_SALT_BYTES)
    return "$".join(
        (
            _SCHEME,
            f"{WORK}",
            f"{BLOCK}",
            f"{PASSES}",
            _base64_text(salt),
            _base64_text(_password_digest(password, salt)),
        )
    )


def matches(password: str, hashed: str) -> bool:
    """Tell whether a password is the one that was hashed; takes as long when it is not."""
    salt, expected = _salt_and_hash(hashed)
    known = hmac.compare_digest(_password_digest(password[:MOST_CHARACTERS], salt), expected)
    return known and len(password) <= MOST_CHARACTERS


def set_password(path: Path, name: str, password: str) -> None:
    """Write a user into the file, or give one a new password; the file is for its owner's eyes.

    Raises:
        SettingsError: the name or password cannot be used, or the file cannot be read or written.
    """
    if (
        not name
        or len(name) > _NAME_CHARACTERS
        or ":" in name
        or name.startswith("#")
        or name != name.strip()
    ):
        raise SettingsError(
            f"user name {name!r} cannot be used; it has 1 to {_NAME_CHARACTERS} characters and no colon"
        )
    if not name.isprintable():
        raise SettingsError("a user name holds no control characters; choose another")
    users = read_users(path) if path.exists() else {}
    users[_normal(name)] = hash_password(password)
    lines = "".join(f"{user}:{hashed}\n" for user, hashed in users.items())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(path)
    except OSError as error:
        raise SettingsError(f"the file of users {path} cannot be written ({error.strerror})") from None


def read_users(path: Path) -> dict[str, str]:
    """Read the file of users: each name with the hash of its password.

    Raises:
        SettingsError: it cannot be read, can be written by anyone, or a line of it is no user.
    """
    remedy = "write it with `python -m assistant password NAME --users FILE`"
    try:
        text = path.read_text(encoding="utf-8")
        open_to_all = path.stat().st_mode & stat.S_IWOTH
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the file of users {path} cannot be read ({type(error).__name__}); {remedy}"
        ) from None
    if open_to_all:
        raise SettingsError(f"anyone may write to the file of users {path}; run `chmod 600 {path}`")
    users = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hashed = line.partition(":")
        try:
            _salt_and_hash(hashed.strip())
        except ValueError:
            raise SettingsError(
                f"line {number} of {path} is no user with a hashed password; {remedy}"
            ) from None
        users[_normal(name)] = hashed.strip()
    return users


class Users:
    """The users of a file, read again when it has changed; safe among threads.

    Raises:
        SettingsError: the file cannot be read, or names nobody.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._users: dict[str, str] = {}
        self._nobody = hash_password(secrets.token_urlsafe())
        self._refresh()
        if not self._users:
            raise SettingsError(
                f"the file of users {path} names nobody; add one with `python -m assistant password NAME`"
            )

    def hash_of(self, name: str) -> str | None:
        """Return the hash of a user's password as the file has it now; None for a stranger.

        Raises:
            SettingsError: the file has become unreadable.
        """
        with self._lock:
            self._refresh()
            return self._users.get(_normal(name))

    def sign_in(self, name: str, password: str) -> str | None:
        """Return the hash that a user's password matches, or None; a stranger costs as much time as a user.

        Raises:
            SettingsError: the file has become unreadable.
        """
        hashed = self.hash_of(name)
        right = matches(password, hashed or self._nobody)
        return hashed if right else None

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
            state = (status.st_mtime_ns, status.st_ino)
        except OSError:
            state = (0, 0)
        if state != self._read_at:
            self._users = read_users(self._path)
            self._read_at = state


def _password_digest(password: str, salt: bytes) -> bytes:
    words = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(words, salt=salt, n=WORK, r=BLOCK, p=PASSES, maxmem=_MEMORY, dklen=32)


def _salt_and_hash(hashed: str) -> tuple[bytes, bytes]:
    """Return salt and hash of what ``hash_password`` wrote; ValueError for anything else."""
    scheme, work, block, passes, salt, digest = hashed.split("$")
    if (scheme, work, block, passes) != (_SCHEME, str(WORK), str(BLOCK), str(PASSES)):
        raise ValueError(scheme)
    parts = base64.b64decode(salt, validate=True), base64.b64decode(digest, validate=True)
    if len(parts[0]) < _SALT_BYTES or len(parts[1]) != 32:
        raise ValueError(scheme)
    return parts


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _base64_text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
