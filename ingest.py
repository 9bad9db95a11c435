"""Reads articles into the index: the same function as `python -m assistant ingest`."""

import sys

from assistant.interfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["ingest", *sys.argv[1:]]))
