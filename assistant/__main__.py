"""Runs the command line: ``python -m assistant``."""

import sys

from assistant.interfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
