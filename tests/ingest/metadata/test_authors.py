"""Names of authors, in the forms in which pages, feeds and interfaces write them."""

import pytest

from assistant.ingest.metadata.authors import authors_among, authors_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Berg", ["Ada Berg"]),
        ("By Ada Berg and Jo Roe", ["Ada Berg", "Jo Roe"]),
        ("Ada Berg, Jo Roe & Li Wen", ["Ada Berg", "Jo Roe", "Li Wen"]),
        ("Von Jörg Öbel und Käthe Süß", ["Jörg Öbel", "Käthe Süß"]),
        ("Por Marta Ruiz y Luis Gómez", ["Marta Ruiz", "Luis Gómez"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("desk@post.example (Ada Berg)", ["Ada Berg"]),
        ("a@post.example (Ada Berg), j@post.example (Jo Roe)", ["Ada Berg", "Jo Roe"]),
        ("Ada Berg <ada@post.example>", ["Ada Berg"]),
        ("Ada Berg (ada@post.example) and Jo Roe", ["Ada Berg", "Jo Roe"]),
        ("Ada M. Berg (ada@post.example)", ["Ada M. Berg"]),
        ('"Berg, Ada" <ada@post.example>', ["Ada Berg"]),
        ("desk@post.example (Berg, Ada)", ["Ada Berg"]),
        ("Ada Berg, ada@post.example", ["Ada Berg"]),
        ("Ada Berg @adaberg", ["Ada Berg"]),
        ("desk@post.example", []),
        ("Berg, Ada", ["Ada Berg"]),
        ("van der Berg, Ada", ["Ada van der Berg"]),
        ("Berg, Ada M.; García Ruiz, Luis", ["Ada M. Berg", "Luis García Ruiz"]),
        ("Berg, Ada and Roe, Jo", ["Ada Berg", "Jo Roe"]),
        ("Ada Berg, Reuters", ["Ada Berg", "Reuters"]),
        ("Ada Berg, AFP", ["Ada Berg", "AFP"]),
        ("Reuters, AFP", ["Reuters", "AFP"]),
        ("Martin Roe, Jr.", ["Martin Roe, Jr"]),
        ("Ada Berg in Paris and agencies", ["Ada Berg"]),
        ("Ada Berg, in Paris, and Jo Roe at Westminster", ["Ada Berg", "Jo Roe"]),
        ("Ada Berg, staff reporter", ["Ada Berg"]),
        ("Ada Berg, Health Correspondent", ["Ada Berg"]),
        ("Ada Berg (AFP)", ["Ada Berg"]),
        ("BY ADA BERG AND JO ROE", ["ADA BERG", "JO ROE"]),
        ("Ada Berg / Jo Roe", ["Ada Berg", "Jo Roe"]),
        ("Von unserem Redakteur Jörg Öbel", ["Jörg Öbel"]),
        ("Notre correspondante Léa Brun", ["Léa Brun"]),
        ("Ada Berg, Special to the Post", ["Ada Berg"]),
        ("Staff Writer", ["Staff Writer"]),
        ("رنا الخوري", ["رنا الخوري"]),
    ],
)
def test_a_text_gives_the_names_in_it(text: str, names: list[str]) -> None:
    assert authors_in(text) == names


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Berg, Ada", "Roe, Jo"], ["Ada Berg", "Jo Roe"]),
        (["By Ada Berg", "desk@post.example (Jo Roe)"], ["Ada Berg", "Jo Roe"]),
        (["Department of Trade and Industry"], ["Department of Trade and Industry"]),
        (["Ada Berg and Jo Roe"], ["Ada Berg", "Jo Roe"]),
        (["desk@post.example (Ada Berg, Jo Roe)", "https://post.example/roe"], ["Ada Berg", "Jo Roe"]),
        (["Ada Berg, staff reporter", "desk@post.example"], ["Ada Berg"]),
    ],
)
def test_names_of_a_list_stay_one_each(names: list[str], found: list[str]) -> None:
    assert authors_among(names) == found
