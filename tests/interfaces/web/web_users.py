"""The users of a chat that is closed: made, and signed in."""

import contextlib

import httpx

from assistant import Assistant
from assistant.workspace.users import set_password

PASSWORD = "a long walk by the river"


def with_settings(assistant, **changes):
    return Assistant(assistant.index, assistant.embedder, assistant.settings.model_copy(update=changes))


def make_users(path):
    for name in ("ada", "grace"):
        set_password(path, name, PASSWORD)
    return path


def sign_in(client, name="ada", password=PASSWORD, to=""):
    return client.post("/sign-in", params={"to": to}, data={"name": name, "password": password})


@contextlib.contextmanager
def client_of(address, name):
    """Give a client in which a user is signed in."""
    with httpx.Client(base_url=address, timeout=60) as client:
        assert sign_in(client, name).status_code == 303
        yield client
