"""The command that copies an index into another place."""

from __future__ import annotations

import argparse
import dataclasses
import sys

from assistant.interfaces.cli.terminal import print_json
from assistant.settings import Settings


def run_copy(arguments: argparse.Namespace) -> int:
    """Copy an index between folders and PostgreSQL; one that was stopped goes on where it was."""
    from tqdm import tqdm

    from assistant.index import copy_index

    source, target = Settings(index=arguments.source), Settings(index=arguments.target)
    with tqdm(unit=" articles", desc="Copying", dynamic_ncols=True, disable=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = copy_index(source, target, show)
    print(
        f"the copy holds {report.articles} articles, {report.passages} passages and {report.removals} removals; "
        f"written {report.written}, deleted {report.dropped}; every row was read back and compared",
        file=sys.stderr,
    )
    if arguments.json:
        print_json(dataclasses.asdict(report))
    return 0
