"""The arguments of every subcommand, and the texts that they may be."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2 and one line."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def parser() -> Parser:
    """Build the parser of every subcommand."""
    top = Parser(
        prog="assistant", description="Answers questions from news articles, and quotes its sources."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    def command(name: str, text: str) -> Parser:
        added: Parser = commands.add_parser(name, help=text, description=text)
        if name != "copy":
            added.add_argument(
                "--index", metavar="PLACE", help="folder of the index (default: ./index), or postgresql://…"
            )
        added.add_argument("--json", action="store_true", help="print JSON")
        added.add_argument("--debug", action="store_true", help="show the traceback of an error")
        added.set_defaults(command=name)
        return added

    ingest = command("ingest", "Read articles into the index.")
    ingest.add_argument("sources", nargs="+", metavar="SOURCE", help="folder, file, URL or feed")
    ingest.add_argument("--prune", action="store_true", help="remove what has gone from these sources")
    ingest.add_argument("--strict", action="store_true", help="count files that are passed over as failures")

    ask = command("ask", "Answer a question from the articles.")
    search = command("search", "Find the passages that best match a question.")
    find = command("find", "Find every occurrence of a word, name or phrase, and count them.")
    find.add_argument("phrase", metavar="PHRASE", help="in all spellings; in quotation marks only as written")
    find.add_argument("--count", action="store_true", help="print the numbers alone")
    find.add_argument(
        "--by", choices=("publisher", "month", "article"), help="count by publisher, month or article"
    )
    timeline = command("timeline", "List what the articles report and date, in order of time.")
    for one in (ask, search):
        one.add_argument("question", nargs="?", metavar="QUESTION")
        one.add_argument(
            "--questions", type=Path, metavar="FILE", help="a question set, answered line by line"
        )
    for one in (ask, search, find, timeline):
        one.add_argument(
            "--after", type=first_day, metavar="DATE", help="published on or after, as 2024-09-17"
        )
        one.add_argument("--before", type=last_day, metavar="DATE", help="published on or before")
        one.add_argument("--publisher", action="append", default=[], metavar="NAME", help="may be repeated")
    for one in (ask, search, timeline):
        one.add_argument(
            "--asked",
            type=first_day,
            metavar="DATE",
            help="the day on which the question is put (default: today; in a question set, as each row says)",
        )
    search.add_argument("-k", type=positive, default=10, metavar="N", help="how many passages (default: 10)")
    search.add_argument(
        "--reread", action="store_true", help="let the reader rank the leading passages anew: better, slower"
    )
    timeline.add_argument("--about", metavar="WORDS", help='a topic, a period or both: "floods in May 2025"')
    ask.add_argument(
        "--history", type=Path, metavar="FILE", help="JSON list of [question, answer], oldest first"
    )
    ask.add_argument("--question-as", metavar="STANDALONE", help="the question as it stands alone")
    ask.add_argument("--chat-model", metavar="NAME", help="a LangChain chat model, as ollama:qwen3:4b")

    command("show", "Print an article.").add_argument("article", metavar="ARTICLE_ID")
    command("list", "List the indexed articles.")
    command("names", "List the names that are written in several ways.")
    remove = command("remove", "Take articles out for good, or bring them back.")
    remove.add_argument("articles", nargs="+", metavar="ARTICLE_ID")
    remove.add_argument("--restore", action="store_true", help="bring removed articles back")

    _add_watch(command)

    evaluate = command("evaluate", "Score the answers to a question set.")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--out", type=Path, metavar="DIR", help="folder for the report")
    evaluate.add_argument("--compare", type=Path, metavar="OLD.json", help="an earlier report.json")
    evaluate.add_argument(
        "--gate", action="append", default=[], metavar="METRIC>=VALUE", help="may be repeated"
    )

    _add_servers(command)
    _add_upkeep(command)
    return top


def _add_upkeep(command: Callable[[str, str], Parser]) -> None:
    copy = command("copy", "Copy an index between folders and PostgreSQL, or bring a copy up to date.")
    copy.add_argument("source", metavar="FROM", help="folder of an index, or postgresql://…")
    copy.add_argument("target", metavar="TO", help="where the copy is to be; nothing else may be there")

    command(
        "worker", "Take ingest jobs out of an index in PostgreSQL until stopped; any number of them may run."
    )
    doctor = command("doctor", "Check the index, and rebuild what can be rebuilt.")
    doctor.add_argument("--rebuild", action="store_true", help="mend what is damaged")


def _add_watch(command: Callable[[str, str], Parser]) -> None:
    watch = command("watch", "Watch feeds and folders for new articles, and questions for changed answers.")
    actions = watch.add_subparsers(required=True, metavar="ACTION", parser_class=Parser)

    def action(name: str, text: str) -> Parser:
        added: Parser = actions.add_parser(name, help=text, description=text)
        added.add_argument("--index", metavar="PLACE", default=argparse.SUPPRESS, help="as above")
        added.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
        added.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback"
        )
        added.set_defaults(action=name)
        return added

    add = action("add", "Watch a feed, a folder, or the answer of a question.")
    add.add_argument("kind", choices=("feed", "folder", "question"))
    add.add_argument("value", metavar="VALUE", help="address, folder, or question in quotation marks")
    add.add_argument(
        "--every", type=seconds, default=0, metavar="TIME", help="look at most once in 30m, 6h or 1d"
    )
    add.add_argument("--webhook", metavar="URL", help="address that is told of each changed answer")
    action("list", "List what is watched.")
    action("remove", "Watch something no longer.").add_argument("watch", metavar="ID")
    action("run", "Read what is due, ask the questions again, and say what changed.")


def _add_servers(command: Callable[[str, str], Parser]) -> None:
    chat = command("chat", "Serve the web chat.")
    chat.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    chat.add_argument("--port", type=positive, default=7860, help="port to listen on (default: 7860)")

    password = command("password", "Add a user of the web chat, or change a password.")
    password.add_argument("name", metavar="NAME")
    password.add_argument("--users", type=Path, metavar="FILE", help="file of users")
    serve = command("serve", "Serve the answers over HTTP, in the form of OpenAI's API.")
    serve.add_argument("--port", type=positive, default=8000, help="port to listen on (default: 8000)")
    mcp = command("mcp", "Serve the answers to MCP clients, on standard input and output.")
    mcp.add_argument("--http", action="store_true", help="serve on an address instead")
    mcp.add_argument("--port", type=positive, default=8001, help="port to listen on (default: 8001)")
    for one in (serve, mcp):
        one.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")


def first_day(text: str) -> datetime.date:
    """Read a date; of a month or a year, the first day."""
    return _date_argument(text, last=False)


def last_day(text: str) -> datetime.date:
    """Read a date; of a month or a year, the last day."""
    return _date_argument(text, last=True)


def positive(text: str) -> int:
    """Read a positive whole number."""
    if not text.isdecimal() or not 0 < int(text) < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 99,999")
    return int(text)


def seconds(text: str) -> int:
    """Read a time such as 30m, 6h or 1d, as seconds."""
    found = re.fullmatch(r"(\d{1,4})([smhd])", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write it as 30m, 6h or 1d")
    return int(found[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[found[2]]


def _date_argument(text: str, *, last: bool) -> datetime.date:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None  # noqa: S101 - the pattern demands it
        if day:
            return datetime.date(year, month or 1, day)
        if not last:
            return datetime.date(year, month or 1, 1)
        following = (year, month + 1) if month and month < 12 else (year + 1, 1)
        return datetime.date(*following, 1) - datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date; write it as 2024-09-17, 2024-09 or 2024"
        ) from None
