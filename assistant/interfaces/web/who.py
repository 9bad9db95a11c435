"""Who asks, as ``sign_in.py`` let them through: their name, and whether they may change the corpus."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import gradio as gr

_USER = "assistant.user"
_EDITS = "assistant.edits"


def signed_in(scope: MutableMapping[str, Any], user: str | None, *, edits: bool) -> None:
    """Mark on a connection which user was let through, None for a stranger, and whether as an editor."""
    scope[_USER], scope[_EDITS] = user, edits


def known_user(scope: Mapping[str, Any]) -> str | None:
    """Return the user of a connection, None for a stranger; the empty name where nobody signs in."""
    user = scope.get(_USER, "")
    return None if user is None else str(user)


def user_of(scope: Mapping[str, Any]) -> str:
    """Return the user of a connection; the empty name where nobody signs in, as on loopback.

    Raises:
        PermissionError: a stranger.
    """
    user = known_user(scope)
    if user is None:
        raise PermissionError("a stranger was let through")
    return user


def may_edit(scope: Mapping[str, Any]) -> bool:
    """Say whether the user may add and remove articles; where nobody signs in, everybody may."""
    return bool(scope.get(_EDITS, True))


def scope_of(request: gr.Request) -> Mapping[str, Any]:
    """Return the connection over which an event of the page came.

    Raises:
        PermissionError: there is none, so that nobody knows whose event it is.
    """
    if request.request is None:
        raise PermissionError("an event of the page came over no connection")
    return request.request.scope
