import pytest
from lxml.html import document_fromstring

from assistant.ingest.formats.html import read_html
from assistant.ingest.formats.offers import drop_offers

TEXT = "The bridge at Velmo was shut on Friday after cracks had been found in a pier, the railway said."
BOXES = {
    "German": "<div class=paywall><p>Jetzt testen, dann 9,90 Euro.</p><p>Schon Abonnent? Anmelden</p></div>",
    "Spanish": "<div class='muro paywall'><p>Solo 1 €. ¿Ya eres suscriptor?</p><a>Inicia sesión</a></div>",
    "English": "<section id=regwall><p>Create a free account to go on.</p><button>Go on</button></section>",
}


@pytest.mark.parametrize("language", BOXES)
def test_an_offer_is_no_text_and_its_article_is_cut(language: str) -> None:
    page = read_html(
        f"<html><body><article><h1>Bridge</h1><p>{TEXT}</p>{BOXES[language]}</article></body></html>"
    )
    assert page.truncated
    assert page.text.strip().endswith(TEXT)


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='body paywall'><p>{TEXT}</p><p>The repair costs 4 million euros.</p></div>",
        "<div class=premium><p>The league lost two subscribers in three since its matches cost money.</p></div>",
    ],
)
def test_text_under_such_a_name_stays(box: str) -> None:
    root = document_fromstring(f"<body><article><h1>Bridge</h1>{box}</article></body>")
    assert not drop_offers(root)
    assert root.find(".//p") is not None


def test_an_offer_amid_the_text_does_not_cut_it() -> None:
    root = document_fromstring(f"<body><article><p>{TEXT}</p>{BOXES['German']}<p>{TEXT}</p></article></body>")
    assert not drop_offers(root)
    assert "Abonnent" not in root.text_content()
