"""Reads the files of a folder in turn: in a process of its own, so that its parsers alone are its children.

Usage: parsing_driver.py FOLDER SETTINGS, the settings as JSON. Prints, as JSON, of each file whether it was
read ("articles"), what failed ("failures") and its seconds, without those of a new parser's start; and the
most memory in bytes ("most_bytes") that any of the parsers took.
"""

import json
import resource
import sys
import time
from pathlib import Path

from assistant.ingest import ArticleReader, find_sources
from assistant.settings import Settings
from assistant.types import Article, SourceFile

# Linux counts the memory of its processes in KiB, macOS in bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    folder, settings = Path(sys.argv[1]), Settings(**json.loads(sys.argv[2]))
    first = folder / "first.neighbour.txt"
    warm = SourceFile(str(first), first.name)
    files = {}
    with ArticleReader(settings) as reader:
        for source in find_sources([str(folder)], settings):
            assert isinstance(source, SourceFile)
            list(reader.read(warm))  # A parser that died of the last file starts here.
            began = time.monotonic()
            found = list(reader.read(source))
            seconds = time.monotonic() - began
            articles = sum(isinstance(one, Article) for one in found)
            failures = [one.reason for one in found if not isinstance(one, Article)]
            files[source.article_id] = {"articles": articles, "failures": failures, "seconds": seconds}
    most_bytes = UNIT * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(json.dumps({"files": files, "most_bytes": most_bytes}))


if __name__ == "__main__":
    main()
