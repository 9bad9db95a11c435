"""Bylines that a page shows and states nowhere."""

import pytest
from lxml.html import document_fromstring

from assistant.ingest.metadata.page_authors import shown_authors

TEXT = "<p>" + 5 * "The mill of Lindau will be shut in May, its owner said. " + "</p>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<div><span>Von Käthe Süß, Lindau</span> <span>4. März 2022</span></div>", ["Käthe Süß"]),
        ("<p>Por Marta Ruiz y Luis Gómez</p>", ["Marta Ruiz", "Luis Gómez"]),
        ("<p>di Marta Rossi</p>", ["Marta Rossi"]),
        ("<div><span>كتبت: رنا الخوري</span> <span>تاريخ النشر: ٣ شباط ٢٠٢٣</span></div>", ["رنا الخوري"]),
        ("<div class='firma'>Marta Ruiz<br>Lindau, 4 marzo 2022</div>", ["Marta Ruiz"]),
        ("<p class='byline'>Ada Berg and Jo Roe</p>", ["Ada Berg", "Jo Roe"]),
        ("<div>World news</div><p>Von Trapp</p>", []),
        ("<nav><a class='author'>Ada Berg</a></nav>", []),
    ],
)
def test_the_byline_below_the_headline_names_the_writers(byline: str, names: list[str]) -> None:
    page = f"<html><body><h1>Mill shut</h1>{byline}{TEXT}<p>By Nobody Else</p></body></html>"
    assert shown_authors(document_fromstring(page)) == names
