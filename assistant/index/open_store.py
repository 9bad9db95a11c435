"""Opens the store that a setting names."""

from __future__ import annotations

from assistant.errors import StoreError
from assistant.index.index import Index
from assistant.index.store import Store
from assistant.settings import Settings


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """Open the index that ``settings.index`` names: a folder, or a database in PostgreSQL.

    Args:
        settings: names the index and sets how it is searched and written.
        create: make an empty index where there is none.

    Raises:
        IndexMissing: there is none, and none is to be made.
        StoreError: it cannot be used. Damage is noticed by what is asked first.
    """
    if not settings.index_is_address:
        return Index.open(settings, create=create)
    try:
        from assistant.index.postgres.store import PostgresStore
    except ImportError as error:
        raise StoreError(
            f"an index in PostgreSQL needs further libraries ({error}); install them with "
            "`pip install 'news-assistant[postgres]'`"
        ) from error
    return PostgresStore(settings, create=create)
