import datetime

import pytest
from lxml.html import document_fromstring

from assistant.ingest.metadata.page_dates import in_local_time, is_shown, shown_dates

TEXT = "<p>Engineers opened three gates after two days of rain had raised the lake to its crest in May.</p>"


@pytest.mark.parametrize(
    ("body", "days"),
    [
        (f"<h1>Gates opened</h1><div class=meta>By Ada Berg | 16 June 2025</div>{TEXT}", ["16 June 2025"]),
        (
            f"<div class=date>الاثنين 16 يونيو 2025</div><article><h1>X</h1>{TEXT}</article>",
            ["الاثنين 16 يونيو 2025"],
        ),
        (f"<h1>Gates</h1><p>Updated 18 June 2025</p><p>Published 16 June 2025</p>{TEXT}", ["16 June 2025"]),
        (f"<h1>Gates</h1><time datetime='2025-06-16T10:00'>2 hours ago</time>{TEXT}", ["2025-06-16"]),
        (
            f"<h1>Gates</h1><p>By Ada <abbr title='2025-06-16T10:00'>on Monday</abbr></p>{TEXT}",
            ["2025-06-16"],
        ),
        (f"<h1>Gates</h1>{TEXT}<aside><p>1 May 2020</p></aside><footer>2 May 2020</footer>", []),
        (f"<h1>Gates</h1>{TEXT}<div class=related><p>3 May 2020</p></div>", []),
    ],
)
def test_days_near_the_headline_are_shown(body: str, days: list[str]) -> None:
    assert shown_dates(document_fromstring(f"<body>{body}</body>")) == days


def test_a_time_in_utc_is_the_day_that_the_page_shows() -> None:
    eighth, ninth = datetime.date(2025, 6, 8), datetime.date(2025, 6, 9)
    assert in_local_time("2025-06-09T03:30:00Z", ninth, [None, eighth]) == eighth
    assert in_local_time("2025-06-09T20:30:00Z", ninth, [eighth]) == ninth
    assert in_local_time("2025-06-09T03:30:00+02:00", ninth, [eighth]) == ninth
    assert in_local_time("2025-06-09", ninth, [eighth]) == ninth


def test_a_day_in_the_footer_is_not_shown() -> None:
    root = document_fromstring(f"<body>{TEXT}<p>Gates, 16.06.2025</p><footer>1 May 2020</footer></body>")
    assert is_shown(root, datetime.date(2025, 6, 16))
    assert not is_shown(root, datetime.date(2020, 5, 1))
