"""The command ``show``: an article as it is kept, and its earlier texts."""

from __future__ import annotations

import argparse

from assistant.errors import UnknownArticle
from assistant.interfaces.cli.inputs import open_index
from assistant.interfaces.cli.nearest_ids import nearest_ids
from assistant.interfaces.cli.terminal import print_json


def run_show(arguments: argparse.Namespace) -> int:
    """Print an article with its text, against which quotations can be checked."""
    from assistant.output.to_json import article_to_dict
    from assistant.text.wording import authors_in_words

    with open_index(arguments) as index:
        try:
            article = index.article(arguments.article)
        except UnknownArticle as error:
            near = nearest_ids(arguments.article, index.articles())
            raise UnknownArticle(
                f"{error}; did you mean {' or '.join(near)}?" if near else str(error)
            ) from None
        versions = index.versions(article.id)
    if arguments.json:
        print_json(article_to_dict(article, versions))
    else:
        authors = authors_in_words(article.authors)
        known = (article.title, article.publisher, authors, article.published, article.url)
        print("\n".join(str(value) for value in known if value))
        if article.truncated:
            print("cut short by the source: only the beginning is held")
        print(f"\n{article.text}")
        for one in versions:
            print(f"\nearlier text, replaced on {one.replaced.date()}: {one.title or '-'}\n\n{one.text}")
    return 0
