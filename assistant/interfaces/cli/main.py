"""The command line: parses, calls, and reports errors in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.errors import AssistantError
from assistant.interfaces.cli.arguments import parser
from assistant.interfaces.cli.commands import RUN


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code. Without any argument, the help is printed."""
    if not (sys.argv[1:] if arguments is None else arguments):
        parser().print_help()
        return 0
    parsed = parser().parse_args(arguments)
    try:
        code = RUN[parsed.command](parsed)
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
