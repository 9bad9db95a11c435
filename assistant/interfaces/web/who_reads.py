"""Says on the page who reads the passages, and whether anything leaves this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

from assistant.interfaces.api.access import host_name, is_loopback
from assistant.interfaces.web.escaped import bdi
from assistant.models.chat_model import shown_name
from assistant.settings import Settings


def who_reads(settings: Settings) -> str:
    """Return one line of HTML: which chat model reads the passages and at which host, or that none does.

    Of an address it tells the host, the port and the model, never a user, a password, a path or a query. That
    nothing leaves the machine is said only where the model, and the vectors, are known to be on it.
    """
    name = next(iter(settings.chat_models), None)
    kept = settings.chroma_url is None or is_loopback(host_name(settings.chroma_url))
    if name is None:
        read = "The passages are read by the built-in reader"
    elif name.startswith(("http://", "https://")):
        model, place, kept = _model_at(name, kept=kept)
        read = f"The passages are read by {model}, at {place}"
    else:
        provider, _, model = name.partition(":") if ":" in name else ("", "", name)
        read = f"The passages are read by {bdi(model)}" + (f", of {bdi(provider)}" if provider else "")
        kept = False
    for other in settings.chat_models[1:]:
        read += f", or, where you choose so, by {bdi(shown_name(other))}"
        kept = _model_at(other, kept=kept)[2]
    shared = settings.web_users is not None or settings.web_user_header is not None
    machine = "the machine that serves this page" if shared else "this machine"
    return f'<p class="who-reads">{read}.{f" Nothing leaves {machine}." if kept else ""}</p>'


def _model_at(address: str, *, kept: bool) -> tuple[str, str, bool]:
    """Return the model and the host that an address names, as HTML, and whether all stays on this machine."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "a chat model", "an address that cannot be read", False
    if not host:
        return "a chat model", "an address that cannot be read", False
    shown = f"[{host}]" if ":" in host else host
    model = bdi(parts.fragment) if parts.fragment else "a chat model"
    return model, bdi(f"{shown}:{port}" if port else shown), kept and is_loopback(host)
