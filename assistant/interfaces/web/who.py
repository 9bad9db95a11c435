"""Who asks: the user whom ``sign_in.py`` let through, as the rest of the page may know them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import gradio as gr

_USER = "assistant.user"


def signed_in(scope: MutableMapping[str, Any], user: str) -> None:
    """Mark on a connection which user was let through."""
    scope[_USER] = user


def user_of(scope: Mapping[str, Any]) -> str:
    """Return the user of a connection; the empty name where nobody signs in, as on loopback."""
    return str(scope.get(_USER, ""))


def scope_of(request: gr.Request) -> Mapping[str, Any]:
    """Return the connection over which an event of the page came.

    Raises:
        PermissionError: there is none, so that nobody knows whose event it is.
    """
    if request.request is None:
        raise PermissionError("an event of the page came over no connection")
    return request.request.scope
