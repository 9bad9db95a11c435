"""A sentence that gives a rival short answer stands once, also where its words are near those of the best one."""

import datetime
from pathlib import Path

from assistant import Assistant, Settings
from assistant.types import Article

SAID = (
    ("Tram line 4 of Osterby will open on 4 May, transport councillor Mia Brandt said on Monday.", 2),
    ("Tram line 4 of Osterby will open on 15 June, and not in May, transport councillor Mia Brandt said on "
     "Wednesday. A signal box must be replaced first.", 25),
    ("Neighbours in Osterby complained about noise from night tests of tram line 4. The operator promised to stop "
     "testing after midnight.", 10),
)  # fmt: skip


def test_no_sentence_is_stated_twice(tmp_path: Path) -> None:
    with Assistant.build([], Settings(index=tmp_path / "index")) as assistant:
        days = [(text, datetime.date(2026, 11, day)) for text, day in SAID]
        articles = [
            Article(f"{number}.md", text, title=None, published=day)
            for number, (text, day) in enumerate(days)
        ]
        assistant.index.add_articles(articles, assistant.embedder)
        answer = assistant.ask("When does tram line 4 open?", asked=datetime.date(2026, 11, 29))
    stated = [one.text for one in answer.statements]
    assert len(stated) > 1 and len(set(stated)) == len(stated)
