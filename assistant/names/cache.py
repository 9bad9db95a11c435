"""Keeps what was learnt of names in the store, among what can be thrown away.

Each article is read once; what it says of names is kept by the hash of its text, so that a changed corpus costs
only its new articles; a new version of the program reads all anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.errors import CacheError, SettingsError
from assistant.index import Store
from assistant.names.learn import KnownNames, NameGroup, learn
from assistant.names.mentions import NameUse, name_use, use_from_json, use_to_json
from assistant.settings import Settings

KIND = "names"
# of what is read of an article; kept with its hash, so that a new version reads all anew
VERSION = "2"
# A question waits for at most this many new articles to be read; an ingest reads them all.
READ_ON_DEMAND = 200


def known_names(index: Store, settings: Settings) -> KnownNames:
    """Return what is known of names, at once: after a large change without an ingest, as it was before.

    Raises:
        SettingsError: ``names_file`` cannot be read.
        StoreError: the index is damaged.
    """
    return _known_or_read(index, settings, most_new=READ_ON_DEMAND)


def refresh_names(index: Store, settings: Settings) -> KnownNames:
    """Read the names of every article that is new, and learn their variants.

    Raises:
        SettingsError, StoreError: as ``known_names``.
    """
    return _known_or_read(index, settings, most_new=None)


def load_names(path: Path | None) -> list[list[str]]:
    """Read a file of names: a name and its variants to a line, semicolons between; ``#`` begins a remark.

    Raises:
        SettingsError: it cannot be read.
    """
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"names_file {path} cannot be read ({error}); write a name and its variants to a line, with semicolons "
            "between them"
        ) from error
    rows = ([" ".join(name.split()) for name in line.split("#")[0].split(";")] for line in lines)
    return [row for row in ([name for name in row if name] for row in rows) if len(row) > 1]


def _known_or_read(index: Store, settings: Settings, *, most_new: int | None) -> KnownNames:
    own = load_names(settings.names_file)
    state = hashlib.sha256(json.dumps([VERSION, index.state(), own]).encode()).hexdigest()
    try:
        return _cached(index, own, state, most_new)
    except CacheError:  # A folder that cannot be written: small corpora are read anew.
        hashes = index.hashes()
        uses = [_read_uses(index, id_) for id_ in hashes] if len(hashes) <= READ_ON_DEMAND else []
        return learn(uses, own)


def _cached(index: Store, own: Sequence[Sequence[str]], state: str, most_new: int | None) -> KnownNames:
    kept = index.derived(KIND)
    whole = kept.whole()
    if whole and whole[0] == state:
        return _names_from_json(whole[1])
    hashes = index.hashes()
    held = kept.fingerprints()
    new = [id_ for id_, sha256 in hashes.items() if held.get(id_) != f"{VERSION} {sha256}"]
    if most_new is not None and len(new) > most_new:
        return _names_from_json(whole[1]) if whole else learn((), own)
    read = {id_: (f"{VERSION} {hashes[id_]}", use_to_json(_read_uses(index, id_))) for id_ in new}
    uses = [use_from_json(text) for text in kept.update(read, sorted(held.keys() - hashes.keys()))]
    known = learn(uses, own)
    kept.keep_whole(state, _to_json(known))
    return known


def _read_uses(index: Store, article_id: str) -> NameUse:
    return name_use(index.article(article_id).text)


def _to_json(known: KnownNames) -> str:
    groups = [asdict(group) for group in known.groups]
    same = {word: sorted(others) for word, others in known.same.items()}
    return json.dumps({"groups": groups, "others": known.others, "same": same}, ensure_ascii=False)


def _names_from_json(text: str) -> KnownNames:
    stored = json.loads(text)
    return KnownNames(
        tuple(NameGroup(tuple(one["names"]), one["source"]) for one in stored["groups"]),
        {key: tuple(others) for key, others in stored["others"].items()},
        {word: frozenset(others) for word, others in stored["same"].items()},
    )
