"""Who may ask: only this machine, or whoever sends the token."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.settings import Settings

TOKEN_CHARACTERS = 16

_MAKE_ONE = "make one with `python -c 'import secrets; print(secrets.token_urlsafe())'`"


def is_loopback(host: str | None) -> bool:
    """Return whether a host name or address is this machine's own loopback."""
    if host is None:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_name(authority: str) -> str | None:
    """Return the host of ``HOST[:PORT]`` or of an address with a scheme, or None where there is none."""
    try:
        return urlsplit(authority if "://" in authority else f"//{authority}").hostname
    except ValueError:
        return None


def demanded_token(settings: Settings, host: str) -> str | None:
    """Return the token that clients must send; None on a loopback address without one.

    Raises:
        SettingsError: the address is not a loopback and there is no token, or the token is no good.
    """
    token = settings.serve_token.get_secret_value() if settings.serve_token is not None else None
    source = "ASSISTANT_SERVE_TOKEN"
    if settings.serve_token_file is not None:
        if token is not None:
            raise SettingsError(
                "there are two tokens, ASSISTANT_SERVE_TOKEN and ASSISTANT_SERVE_TOKEN_FILE; set one of them"
            )
        source = f"the token file {settings.serve_token_file}"
        try:
            token = settings.serve_token_file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            raise SettingsError(f"{source} cannot be read: {reason}; name another") from None
    if token is None:
        if is_loopback(host):
            return None
        raise SettingsError(
            f"{host} can be reached from other machines, and there is no token; {_MAKE_ONE} and set "
            "ASSISTANT_SERVE_TOKEN or ASSISTANT_SERVE_TOKEN_FILE, or serve on 127.0.0.1"
        )
    if len(token) < TOKEN_CHARACTERS or not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError(
            f"{source} holds no token of {TOKEN_CHARACTERS} or more letters, digits and signs; {_MAKE_ONE}"
        )
    return token
