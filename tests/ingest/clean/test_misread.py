import pytest

from assistant.ingest.clean.misread import put_right
from assistant.ingest.clean.text import legible


@pytest.mark.parametrize(
    "text", ["Keïta à Tölm: “it’s naïve” – 5 €, dit-il à côté", "Çeşme’de “güzel” öğle", "Привет всем"]
)
def test_text_that_was_stored_in_a_wrong_encoding_is_read_as_written(text: str) -> None:
    seen = text.encode().decode("latin-1")
    assert put_right(seen) == text
    assert legible(seen) == legible(text)


@pytest.mark.parametrize(
    "text", ["Er sagte „daß“ und „groß“.", "« À côté » et « NÃO »", "Ein Â allein", "São João – Às 10"]
)
def test_text_that_was_read_aright_stays(text: str) -> None:
    assert put_right(text) == text
