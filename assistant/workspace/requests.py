"""Requests to addresses that a user named: to vetted hosts alone, as in ``ingest/fetch.py``, within a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.errors import WorkspaceError
from assistant.ingest.fetch import user_agent
from assistant.ingest.metadata.documents import UnreadableError
from assistant.ingest.url_safety import vetted_address

if TYPE_CHECKING:
    import httpx

REQUEST_SECONDS = 10.0


@contextlib.contextmanager
def sent(
    method: str,
    address: str,
    *,
    allow_private: bool,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    seconds: float = REQUEST_SECONDS,
) -> Iterator[httpx.Response]:
    """Send a request to the very IP address that was vetted; follows no redirect.

    Yields the response, its body unread; all of it, reading included, may take ``seconds``.

    Raises:
        WorkspaceError: the host is not public, unknown or silent.
    """
    import httpx

    try:
        url = httpx.URL(address)
        where = vetted_address(url.host, url.port, allow_private=allow_private)
    except (httpx.InvalidURL, UnreadableError) as error:
        raise WorkspaceError(str(error)) from None
    named = {"Host": url.netloc.decode("ascii"), "User-Agent": user_agent(), **(headers or {})}
    late = threading.Event()
    with httpx.Client(trust_env=False, timeout=seconds) as client:

        def give_up() -> None:
            late.set()
            client.close()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            extensions = {"sni_hostname": url.host}
            target = url.copy_with(host=where)
            with client.stream(
                method, target, headers=named, content=content, extensions=extensions
            ) as response:
                yield response
        except (httpx.HTTPError, OSError, RuntimeError) as error:
            timed_out = late.is_set() or isinstance(error, httpx.TimeoutException)
            reason = f"took longer than {seconds:g} s" if timed_out else type(error).__name__
            raise WorkspaceError(f"{url.host} cannot be reached: {reason}") from None
        finally:
            timer.cancel()
