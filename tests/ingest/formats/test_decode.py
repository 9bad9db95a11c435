# ruff: noqa: E501 - documents that are written out stay on one line
import pytest

from assistant.ingest import UnreadableError
from assistant.ingest.formats.decode import decode_text, stated_charset

ENGLISH = (
    "The orchestra of Málaga opened the season on Friday with a symphony by Dvořák’s pupil, and the conductor, "
    "Zoë Brännström, said that the hall was “sold out for three nights” – a first since 1998."
).replace("ř", "r")
WESTERN = {
    "en": ENGLISH,
    "fr": "Le conseil municipal a voté lundi la rénovation du théâtre, a déclaré l’élue Hélène Côté à la presse après la séance.",
    "de": "Der Stadtrat hat am Montag die Erneuerung der Brücke beschlossen, sagte Bürgermeister Jürgen Groß nach der Sitzung über die Kosten.",
    "es": "El ayuntamiento aprobó el lunes la reparación del puente, según dijo la alcaldesa Begoña Núñez después de la sesión en español.",
    "pt": "A câmara aprovou na segunda-feira a reparação da ponte, disse a vereadora Conceição Gonçalves após a reunião, que não é pública.",
}
OTHERS = {
    "cp1250": "Městská rada v pondělí schválila opravu mostu přes řeku, řekl starosta Jiří Dvořák po zasedání, které bylo veřejné a dlouhé.",
    "cp1251": "Городской совет в понедельник одобрил ремонт моста через реку, заявил мэр Иван Петров после заседания, которое было открытым.",
    "cp1253": "Το δημοτικό συμβούλιο ενέκρινε τη Δευτέρα την επισκευή της γέφυρας, δήλωσε ο δήμαρχος Γιώργος Παπαδόπουλος μετά τη συνεδρίαση.",
    "cp1254": "Belediye meclisi pazartesi günü köprünün onarımını onayladı, dedi başkan Gülşen Işık, toplantıdan sonra yaptığı açıklamada.",
}


@pytest.mark.parametrize("language", WESTERN)
@pytest.mark.parametrize("copies", [1, 12])
def test_western_texts_need_no_declaration(language: str, copies: int) -> None:
    text = "\n\n".join([WESTERN[language]] * copies)
    assert decode_text(text.encode("cp1252")) == text
    assert decode_text(text.encode("cp1252"), "utf-8") == text


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_encodings_are_believed_where_they_are_declared(encoding: str) -> None:
    assert decode_text(OTHERS[encoding].encode(encoding), encoding) == OTHERS[encoding]


def test_greek_and_cyrillic_are_not_taken_for_western() -> None:
    for encoding in ("cp1251", "cp1253"):
        assert decode_text((OTHERS[encoding] * 4).encode(encoding)) == OTHERS[encoding] * 4


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-8"])
def test_utf_is_known_with_and_without_its_mark(encoding: str) -> None:
    assert decode_text(ENGLISH.encode(encoding)) == ENGLISH


def test_an_encoding_that_cannot_be_is_not_believed() -> None:
    assert decode_text(WESTERN["fr"].encode("cp1252"), "shift_jis") == WESTERN["fr"]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError):
        decode_text(bytes(range(256)) * 20)


def test_the_head_of_a_page_names_its_encoding() -> None:
    assert (
        stated_charset(b'<meta http-equiv="x" content="text/html; charset=windows-1251">') == "windows-1251"
    )
    assert stated_charset(b'<?xml version="1.0" encoding="iso-8859-2"?>') == "iso-8859-2"
    assert stated_charset(b"<p>") is None
