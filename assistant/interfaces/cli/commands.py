"""The commands. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import sys
from collections.abc import Callable
from typing import Any

from assistant.errors import QuestionError, SettingsError
from assistant.interfaces.cli.copy_command import run_copy
from assistant.interfaces.cli.find_command import run_find
from assistant.interfaces.cli.ingest_report import not_read, remarks_on
from assistant.interfaces.cli.inputs import (
    examples_of,
    filter_options,
    history_of,
    open_assistant,
    open_index,
    question_of,
    settings_of,
)
from assistant.interfaces.cli.serve_commands import run_chat, run_mcp, run_serve
from assistant.interfaces.cli.show_command import run_show
from assistant.interfaces.cli.terminal import (
    answer_lines,
    event_text,
    hit_lines,
    print_json,
    progress,
    shown_as_it_grows,
)
from assistant.interfaces.cli.watch_command import run_watch
from assistant.interfaces.cli.worker_command import run_worker
from assistant.types import Example


def run_ingest(arguments: argparse.Namespace) -> int:
    """Ingest; exit 0 when all was read, 1 when some failed, 2 when nothing could be done."""
    from assistant.index import open_store
    from assistant.models.load import load_embedder
    from assistant.names import refresh_names

    settings = settings_of(arguments)
    with open_store(settings, create=True) as index, progress() as show:
        report = index.ingest(
            arguments.sources, load_embedder(settings), prune=arguments.prune, on_event=show
        )
        refresh_names(index, settings)
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "failed": report.failed,
    }
    print(", ".join(f"{count} {name}" for name, count in counts.items()), file=sys.stderr)
    for line in remarks_on(report):
        print(line, file=sys.stderr)
    if arguments.json:
        named = {
            "failures": [dataclasses.asdict(one) for one in report.failures],
            "skipped": [dataclasses.asdict(one) for one in report.skipped],
        }
        print_json({**counts, **named, "languages": dict(report.languages), "truncated": report.truncated})
    if not report.failed and not (arguments.strict and report.skipped):
        return 0
    return 1 if report.added or report.updated or report.unchanged or report.removed else 2


def run_ask(arguments: argparse.Namespace) -> int:
    """Answer one question, or each of a question set; not knowing is no error."""
    from assistant.output.to_json import answer_to_dict

    with open_assistant(arguments) as assistant:
        if arguments.questions:
            return print_each(arguments, lambda row: answer_to_dict(assistant.answer_example(row)))
        snapshots = assistant.stream(
            question_of(arguments),
            history=history_of(arguments.history),
            asked=arguments.asked or datetime.date.today(),
            question_as=arguments.question_as,
            **filter_options(arguments),
        )
        if assistant.chat_model is not None and not arguments.json and sys.stderr.isatty():
            answer = shown_as_it_grows(snapshots)
        else:
            *_, answer = snapshots
    if arguments.json:
        print_json(answer_to_dict(answer))
    else:
        print("\n".join(answer_lines(answer)))
    return 0


def run_search(arguments: argparse.Namespace) -> int:
    """Print the best passages for one question, or for each of a question set."""
    from assistant.output.to_json import hits_to_list

    with open_assistant(arguments) as assistant:
        if arguments.questions:
            return print_each(
                arguments,
                lambda row: {
                    "hits": hits_to_list(assistant.search_example(row, arguments.k, reread=arguments.reread))
                },
            )
        hits = assistant.search(
            question_of(arguments),
            arguments.k,
            asked=arguments.asked or datetime.date.today(),
            reread=arguments.reread,
            **filter_options(arguments),
        )
    if arguments.json:
        print_json(hits_to_list(hits))
    else:
        print("\n\n".join(hit_lines(hits)) or "no passage matches")
    return 0


def run_timeline(arguments: argparse.Namespace) -> int:
    """Print the dated events, in order of time."""
    from assistant.output.to_json import timeline_to_list

    with open_assistant(arguments) as assistant:
        asked = arguments.asked or datetime.date.today()
        events = assistant.timeline(about=arguments.about, asked=asked, **filter_options(arguments))
    if arguments.json:
        print_json(timeline_to_list(events))
    else:
        print("\n\n".join(event_text(event) for event in events) or "no dated event is reported")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """List the articles, oldest id first."""
    with open_index(arguments) as index:
        articles = index.articles()
        languages = index.counts().languages
    if unread := not_read(languages):
        print(unread, file=sys.stderr)
    if arguments.json:
        print_json([dataclasses.asdict(one) for one in articles])
    else:
        for one in articles:
            print("\t".join((one.id, str(one.published or "-"), one.publisher or "-", one.title or "-")))
    return 0


def run_names(arguments: argparse.Namespace) -> int:
    """List the names that the articles or your own file write in several ways."""
    from assistant.names import refresh_names

    with open_index(arguments) as index:
        groups = refresh_names(index, settings_of(arguments)).groups
    if arguments.json:
        print_json([dataclasses.asdict(one) for one in groups])
    else:
        for one in groups:
            print("\t".join((" = ".join(one.names), one.source)))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove articles, or restore removed ones."""
    with open_index(arguments) as index:
        if arguments.restore:
            index.restore(arguments.articles)
        else:
            index.remove(arguments.articles)
    verb = "restored" if arguments.restore else "removed"
    for article in arguments.articles:
        print(f"{verb} {article}", file=sys.stderr)
    if arguments.json:
        print_json({verb: arguments.articles})
    return 0


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Evaluate a question set; exit 3 when a gate fails."""
    from assistant.evaluation import command

    with open_assistant(arguments) as assistant:
        return command.run(
            assistant.answer_example,
            arguments.questions,
            out=arguments.out,
            compare=arguments.compare,
            gates=arguments.gate,
            settings=assistant.settings.model_dump(mode="json") | {"model_hashes": assistant.model_hashes()},
            as_json=arguments.json,
            articles={one.id for one in assistant.index.articles()},
        )


def run_password(arguments: argparse.Namespace) -> int:
    """Ask for a password, twice on a terminal, and write the user into the file of users."""
    from getpass import getpass

    from assistant.workspace.users import set_password

    path = arguments.users or settings_of(arguments).web_users
    if path is None:
        raise SettingsError("no file of users is named; name one with --users FILE or ASSISTANT_WEB_USERS")
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if getpass("Again: ") != password:
            raise SettingsError("the two passwords differ; try again")
    else:
        password = sys.stdin.readline().rstrip("\n")
    set_password(path, arguments.name, password)
    print(f"{arguments.name} may sign in; the file of users is {path}", file=sys.stderr)
    if arguments.json:
        print_json({"user": arguments.name, "file": str(path)})
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """Check the index and name what a rebuild lost; exit 1 when something is wrong and was not mended."""
    with open_index(arguments) as index:
        lost = index.rebuild() if arguments.rebuild else []
        problems = index.verify()
        unread = None if problems else not_read(index.counts().languages)
    if unread:
        print(unread, file=sys.stderr)
    if arguments.json:
        print_json(
            {
                name: list(map(dataclasses.asdict, found))
                for name, found in (("lost", lost), ("problems", problems))
            }
        )
    else:
        for problem in lost:
            print(f"lost {problem}; ingest it again to restore it")
        for problem in problems:
            print(problem)
        print("the index is sound" if not problems else "run `assistant doctor --rebuild`", file=sys.stderr)
    return 1 if problems else 0


def print_each(arguments: argparse.Namespace, result_of: Callable[[Example], dict[str, Any]]) -> int:
    """Print a line for each row of the question set; a row that is refused gets its reason, and exit code 1."""
    refused = False
    for example in examples_of(arguments):
        try:
            result = result_of(example)
        except QuestionError as error:
            refused, result = True, {"error": str(error)}
        print_json({"id": example.id, **result}, indent=None)
    return int(refused)


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "ingest": run_ingest,
    "ask": run_ask,
    "search": run_search,
    "find": run_find,
    "timeline": run_timeline,
    "show": run_show,
    "list": run_list,
    "names": run_names,
    "remove": run_remove,
    "watch": run_watch,
    "evaluate": run_evaluate,
    "chat": run_chat,
    "password": run_password,
    "serve": run_serve,
    "mcp": run_mcp,
    "doctor": run_doctor,
    "copy": run_copy,
    "worker": run_worker,
}
