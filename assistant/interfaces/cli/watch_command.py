"""The command ``watch``: what is watched, and one look at it."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import sys
from collections.abc import Callable
from typing import Any

from assistant.interfaces.cli.inputs import open_assistant, settings_of
from assistant.interfaces.cli.terminal import answer_lines, print_json


def run_watch(arguments: argparse.Namespace) -> int:
    """Do what the action says; ``run`` exits with 1 when a source could not be read."""
    return _ACTIONS[arguments.action](arguments)


def _add(arguments: argparse.Namespace) -> int:
    """Watch something; a question is asked now, so that what comes later can be compared."""
    from assistant.workspace.watches import watch_of, watches_of
    from assistant.workspace.watching import ask

    wanted = watch_of(arguments.kind, arguments.value, every=arguments.every, webhook=arguments.webhook)
    watches = watches_of(settings_of(arguments))
    if wanted.kind != "question":
        added = watches.add(wanted)
    else:
        with open_assistant(arguments) as assistant:
            assistant.search(wanted.value, 1)  # an impossible question is refused before it is watched
            added = watches.add(wanted)
            if added.state is None:
                ask(assistant, watches, added, datetime.datetime.now(datetime.UTC))
        added = next(one for one in watches.list() if one.id == added.id)
    if arguments.json:
        print_json(_watch_to_dict(added))
    else:
        print(f"{added.id}: the {added.kind} is watched; `assistant watch run` looks at it", file=sys.stderr)
        if added.answer is not None:
            print("\n".join(answer_lines(added.answer)))
    return 0


def _list_watches(arguments: argparse.Namespace) -> int:
    from assistant.workspace.watches import watches_of

    watches = watches_of(settings_of(arguments)).list()
    if arguments.json:
        print_json([_watch_to_dict(one) for one in watches])
        return 0
    for one in watches:
        last = one.last.strftime("%Y-%m-%d %H:%M") if one.last else "never"
        state = f"failing ({one.failures}×): {one.reason}" if one.failures else ""
        print(
            "\t".join((one.id, one.kind, one.value, last, f"dead, {state}" if one.dead else state)).rstrip()
        )
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    from assistant.workspace.watches import watches_of

    watches_of(settings_of(arguments)).remove(arguments.watch)
    print(f"{arguments.watch} is watched no longer", file=sys.stderr)
    if arguments.json:
        print_json({"removed": arguments.watch})
    return 0


def _run(arguments: argparse.Namespace) -> int:
    from assistant.workspace.watches import watches_of
    from assistant.workspace.watching import look
    from assistant.workspace.webhook import change_to_dict

    watches = watches_of(settings_of(arguments))
    with open_assistant(arguments) as assistant:
        found = look(assistant, watches)
    for run in found.sources:
        print(f"{run.value}: {run.added} added, {run.updated} updated", file=sys.stderr)
        for failure in run.failures:
            print(f"  {failure.path}: {failure.reason}", file=sys.stderr)
    for untold in found.untold:
        print(f"the webhook {untold.path} was not told: {untold.reason}", file=sys.stderr)
    changed = [change_to_dict(one) for one in found.changed]
    if arguments.json:
        print_json(
            {
                "sources": [
                    {
                        "id": one.id,
                        "added": one.added,
                        "updated": one.updated,
                        "failures": [dataclasses.asdict(failure) for failure in one.failures],
                    }
                    for one in found.sources
                ],
                "changed": changed,
            }
        )
    else:
        for one in changed:
            print(f"{one['question']}\n  {one['what']}: {one['before'] or '-'} → {one['after'] or '-'}")
            for source in one["sources"]:
                print(f"  {source['published'] or 'no date'}, {source['title'] or source['article']}")
    return int(any(one.failed for one in found.sources))


def _watch_to_dict(watch: Any) -> dict[str, Any]:
    """Return a watch as ``watch list --json`` tells it."""
    return {
        "id": watch.id,
        "kind": watch.kind,
        "value": watch.value,
        "every": watch.every,
        "last": watch.last.isoformat(timespec="seconds") if watch.last else None,
        "failures": watch.failures,
        "reason": watch.reason,
        "dead": watch.dead,
    }


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "list": _list_watches,
    "remove": _remove,
    "run": _run,
}
