"""The command line: parses, calls, prints. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from assistant.datamodels import Answer, Event, Example, Hit, Turn
from assistant.errors import AssistantError, QuestionError, SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.index import Index, IngestEvent


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2 and one line."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    parsed = parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("stopped; what was reported is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except Exception as error:
        if parsed.debug:
            raise
        if isinstance(error, AssistantError):
            print(f"assistant: {error}", file=sys.stderr)
        else:
            line = " ".join(str(error).split())[:300]
            print(
                f"assistant: unexpected {type(error).__name__}: {line}; run again with --debug for the details",
                file=sys.stderr,
            )
        return 2
    return code


def parser() -> Parser:
    """Build the parser of every subcommand."""
    top = Parser(
        prog="assistant", description="Answers questions from news articles, and quotes its sources."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> Parser:
        added: Parser = commands.add_parser(name, help=text, description=text)
        added.add_argument("--index", metavar="DIR", help="folder of the index (default: ./index)")
        added.add_argument("--json", action="store_true", help="print JSON")
        added.add_argument("--debug", action="store_true", help="show the traceback of an error")
        added.set_defaults(run=run)
        return added

    ingest = command("ingest", run_ingest, "Read articles into the index.")
    ingest.add_argument("sources", nargs="+", metavar="SOURCE", help="folder, file, URL or feed")
    ingest.add_argument("--prune", action="store_true", help="remove what has gone from these sources")

    ask = command("ask", run_ask, "Answer a question from the articles.")
    search = command("search", run_search, "Find the passages that best match a question.")
    timeline = command("timeline", run_timeline, "List what the articles report and date, in order of time.")
    for one in (ask, search):
        one.add_argument("question", nargs="?", metavar="QUESTION")
        one.add_argument(
            "--questions", type=Path, metavar="FILE", help="a question set, answered line by line"
        )
    for one in (ask, search, timeline):
        one.add_argument(
            "--after", type=first_day, metavar="DATE", help="published on or after, as 2024-09-17"
        )
        one.add_argument("--before", type=last_day, metavar="DATE", help="published on or before")
        one.add_argument("--publisher", action="append", default=[], metavar="NAME", help="may be repeated")
        one.add_argument(
            "--asked", type=first_day, metavar="DATE", help="the day on which the question is put"
        )
    search.add_argument("-k", type=positive, default=10, metavar="N", help="how many passages (default: 10)")
    timeline.add_argument("--about", metavar="WORDS", help='a topic, a period or both: "floods in May 2025"')
    ask.add_argument(
        "--history", type=Path, metavar="FILE", help="JSON list of [question, answer], oldest first"
    )
    ask.add_argument("--question-as", metavar="STANDALONE", help="the question as it stands alone")
    ask.add_argument("--chat-model", metavar="NAME", help="a LangChain chat model, as ollama:qwen3:4b")

    command("show", run_show, "Print an article.").add_argument("article", metavar="ARTICLE_ID")
    command("list", run_list, "List the indexed articles.")
    command("names", run_names, "List the names that are written in several ways.")
    remove = command("remove", run_remove, "Take articles out for good, or bring them back.")
    remove.add_argument("articles", nargs="+", metavar="ARTICLE_ID")
    remove.add_argument("--restore", action="store_true", help="bring removed articles back")

    evaluate = command("evaluate", run_evaluate, "Score the answers to a question set.")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--out", type=Path, metavar="DIR", help="folder for the report")
    evaluate.add_argument("--compare", type=Path, metavar="OLD.json", help="an earlier report.json")
    evaluate.add_argument(
        "--gate", action="append", default=[], metavar="METRIC>=VALUE", help="may be repeated"
    )

    chat = command("chat", run_chat, "Serve the web chat.")
    chat.add_argument("--port", type=positive, default=7860, help="port to listen on (default: 7860)")

    password = command("password", run_password, "Add a user of the web chat, or change a password.")
    password.add_argument("name", metavar="NAME")
    password.add_argument("--users", type=Path, metavar="FILE", help="file of users")
    serve = command("serve", run_serve, "Serve the answers over HTTP, in the form of OpenAI's API.")
    serve.add_argument("--port", type=positive, default=8000, help="port to listen on (default: 8000)")
    mcp = command("mcp", run_mcp, "Serve the answers to MCP clients, on standard input and output.")
    mcp.add_argument("--http", action="store_true", help="serve on an address instead")
    mcp.add_argument("--port", type=positive, default=8001, help="port to listen on (default: 8001)")
    for one in (chat, serve, mcp):
        one.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")

    doctor = command("doctor", run_doctor, "Check the index, and rebuild what can be rebuilt.")
    doctor.add_argument("--rebuild", action="store_true", help="mend what is damaged")
    return top


def run_ingest(arguments: argparse.Namespace) -> int:
    """Ingest; exit 0 when all was read, 1 when some failed, 2 when nothing could be done."""
    from assistant.index import Index
    from assistant.models import load_embedder
    from assistant.names import refresh_names

    settings = settings_of(arguments)
    with Index.open(settings, create=True) as index, progress() as show:
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
    if arguments.json:
        failures = [{"path": one.path, "reason": one.reason} for one in report.failures]
        print_json({**counts, "failures": failures})
    if not report.failed:
        return 0
    return 1 if report.added or report.updated or report.unchanged or report.removed else 2


def run_ask(arguments: argparse.Namespace) -> int:
    """Answer one question, or each of a question set; not knowing is no error."""
    from assistant.export import answer_to_dict

    with open_assistant(arguments) as assistant:
        if arguments.questions:
            return print_each(arguments, lambda row: answer_to_dict(assistant.answer_example(row)))
        answer = assistant.ask(
            question_of(arguments),
            history=history_of(arguments.history),
            asked=arguments.asked,
            question_as=arguments.question_as,
            **filters_of(arguments),
        )
    if arguments.json:
        print_json(answer_to_dict(answer))
    else:
        print("\n".join(answer_lines(answer)))
    return 0


def run_search(arguments: argparse.Namespace) -> int:
    """Print the best passages for one question, or for each of a question set."""
    from assistant.export import hits_to_list

    with open_assistant(arguments) as assistant:
        if arguments.questions:
            return print_each(
                arguments, lambda row: {"hits": hits_to_list(assistant.search_example(row, arguments.k))}
            )
        hits = assistant.search(
            question_of(arguments), arguments.k, asked=arguments.asked, **filters_of(arguments)
        )
    if arguments.json:
        print_json(hits_to_list(hits))
    else:
        print("\n\n".join(hit_lines(hits)) or "no passage matches")
    return 0


def run_timeline(arguments: argparse.Namespace) -> int:
    """Print the dated events, in order of time."""
    from assistant.export import timeline_to_list

    with open_assistant(arguments) as assistant:
        events = assistant.timeline(about=arguments.about, asked=arguments.asked, **filters_of(arguments))
    if arguments.json:
        print_json(timeline_to_list(events))
    else:
        print("\n\n".join(event_text(event) for event in events) or "no dated event is reported")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Print an article with its text, against which quotations can be checked."""
    from assistant.export import article_to_dict

    with open_index(arguments) as index:
        article = index.article(arguments.article)
    if arguments.json:
        print_json(article_to_dict(article))
    else:
        known = (article.title, article.publisher, article.published, article.url)
        print("\n".join(str(value) for value in known if value))
        print(f"\n{article.text}")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """List the articles, oldest id first."""
    with open_index(arguments) as index:
        articles = index.articles()
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
            settings=assistant.settings.model_dump(mode="json"),
            as_json=arguments.json,
            articles={one.id for one in assistant.index.articles()},
        )


def run_chat(arguments: argparse.Namespace) -> int:
    """Serve the web chat until interrupted."""
    with open_assistant(arguments) as assistant:
        from assistant.web import serve

        serve(assistant, host=arguments.host, port=arguments.port)
    return 0


def run_password(arguments: argparse.Namespace) -> int:
    """Ask for a password, twice on a terminal, and write the user into the file of users."""
    from getpass import getpass

    from assistant.passwords import set_password

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


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve the API until interrupted."""
    with open_assistant(arguments) as assistant:
        from assistant.serve.chat_api import api_server

        api_server(assistant, host=arguments.host, port=arguments.port).run()
    return 0


def run_mcp(arguments: argparse.Namespace) -> int:
    """Serve MCP until interrupted or, on standard input, until that ends."""
    with open_assistant(arguments) as assistant:
        from assistant.serve.mcp_server import mcp_server, mcp_stdio

        if arguments.http:
            mcp_server(assistant, host=arguments.host, port=arguments.port).run()
        else:
            mcp_stdio(assistant)
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """Check the index and name what a rebuild lost; exit 1 when something is wrong and was not mended."""
    with open_index(arguments) as index:
        lost = index.rebuild() if arguments.rebuild else []
        problems = index.verify()
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


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Read the settings, with what the flags override."""
    given = {"index": arguments.index, "chat_model": getattr(arguments, "chat_model", None)}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def open_assistant(arguments: argparse.Namespace) -> Assistant:
    """Open the assistant that the flags name."""
    from assistant.assistant import Assistant

    return Assistant.open(settings_of(arguments))


def open_index(arguments: argparse.Namespace) -> Index:
    """Open the index that the flags name."""
    from assistant.index import Index

    return Index.open(settings_of(arguments))


def filters_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """Collect the filters as keyword arguments of ``ask`` and ``search``."""
    return {"after": arguments.after, "before": arguments.before, "publishers": arguments.publisher}


def question_of(arguments: argparse.Namespace) -> str:
    """Take the question, which only ``--questions`` may replace."""
    if arguments.question is None:
        raise QuestionError(
            "no question was given; ask one in quotation marks, or name a file with --questions"
        )
    return str(arguments.question)


def examples_of(arguments: argparse.Namespace) -> Iterable[Example]:
    """Load the question set; what the flags say holds where a row says nothing."""
    from assistant.evaluation import load_examples

    for example in load_examples(arguments.questions):
        yield dataclasses.replace(
            example,
            after=example.after or arguments.after,
            before=example.before or arguments.before,
            publishers=example.publishers or tuple(arguments.publisher),
            asked=example.asked or getattr(arguments, "asked", None),
        )


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


def history_of(path: Path | None) -> list[Turn]:
    """Read a conversation: a JSON list of [question, answer] pairs, oldest first."""
    if path is None:
        return []
    remedy = 'it must hold a JSON list of ["question", "answer"] pairs'
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QuestionError(f"history {path} cannot be read ({error}); {remedy}") from error
    pairs = isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == 2 and all(isinstance(text, str) for text in row) for row in rows
    )
    if not pairs:
        raise QuestionError(f"history {path} has another shape; {remedy}")
    return [Turn(question, answer) for question, answer in rows]


@contextlib.contextmanager
def progress() -> Iterator[Callable[[IngestEvent], None]]:
    """Show an ingest on stderr: a bar with rate and time left on a terminal, otherwise a line an article."""
    if not sys.stderr.isatty():
        yield lambda event: print(event_line(event), file=sys.stderr, flush=True)
        return
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, desc="Reading", dynamic_ncols=True) as bar:

        def show(event: IngestEvent) -> None:
            if event.kind == "failed":
                bar.write(event_line(event), file=sys.stderr)
            bar.total = event.total_bytes
            bar.set_postfix_str(f"{event.passages:,} passages", refresh=False)
            bar.update(event.done_bytes - bar.n)

        yield show
        if bar.total:
            bar.update(bar.total - bar.n)


def event_line(event: IngestEvent) -> str:
    """Describe one event of an ingest in a line."""
    subject = " ".join(event.subject.splitlines())
    return f"{event.kind} {subject}: {event.reason}" if event.reason else f"{event.kind} {subject}"


def first_day(text: str) -> datetime.date:
    """Read a date; of a month or a year, the first day."""
    return _day(text, last=False)


def last_day(text: str) -> datetime.date:
    """Read a date; of a month or a year, the last day."""
    return _day(text, last=True)


def positive(text: str) -> int:
    """Read a positive whole number."""
    if not text.isdecimal() or not 0 < int(text) < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 99,999")
    return int(text)


def answer_lines(answer: Answer) -> Iterable[str]:
    """Lay out an answer for a terminal: the text, the remarks, and each source with its exact words."""
    if answer.standalone_question != answer.question:
        yield f"Understood as: {answer.standalone_question}\n"
    yield answer.text
    for note in answer.notes:
        yield f"\nNote: {note}"
    for citation in answer.citations:
        article = citation.article
        known = (article.title or article.id, article.publisher, article.published, article.url)
        yield f"\n[{citation.number}] " + ", ".join(str(value) for value in known if value)
        quote = " ".join(citation.quote.split())
        yield f"    “{quote}”  ({article.id}, characters {citation.start}–{citation.end})"


def hit_lines(hits: Sequence[Hit]) -> Iterable[str]:
    """Lay out hits for a terminal."""
    for rank, hit in enumerate(hits, 1):
        known = (hit.article.title or hit.article.id, hit.article.publisher, hit.article.published)
        yield f"{rank}. " + ", ".join(str(value) for value in known if value) + f"\n{hit.passage.text}"


def event_text(event: Event) -> str:
    """Lay out an event for a terminal: its date, what is told of it, and where."""
    from assistant.periods import in_words

    first = event.citations[0]
    count = event.independent_sources
    sources = ", ".join(f"{one.article.id} characters {one.start}–{one.end}" for one in event.citations)
    quote = " ".join(first.quote.split())
    told = f"{in_words(event.period)} ({count} {'source' if count == 1 else 'sources'})"
    return f"{told}\n    “{quote}”\n    {sources}"


def print_json(value: Any, indent: int | None = 2) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def _day(text: str, *, last: bool) -> datetime.date:
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


if __name__ == "__main__":
    sys.exit(main())
