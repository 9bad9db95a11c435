import json

import pytest

from assistant.ingest.metadata.json_ld import stated_in_json_ld

ARTICLE = {"@type": "NewsArticle", "headline": "Ferry sails", "datePublished": "2025-06-03"}
PERSON = {"@type": "Person", "@id": "#p", "name": "Ann Ray"}
PAPER = {"@type": "Organization", "@id": "#o", "name": "Ormsay Post"}


def test_names_are_looked_up_by_id_and_the_nameless_left_out() -> None:
    graph = {"@graph": [{**ARTICLE, "author": [{"@id": "#p"}], "publisher": {"@id": "#o"}}, PERSON, PAPER]}
    assert stated_in_json_ld([json.dumps(graph)])["authors"] == ["Ann Ray"]
    assert stated_in_json_ld([json.dumps(graph)])["publisher"] == "Ormsay Post"
    assert "authors" not in stated_in_json_ld([json.dumps({**ARTICLE, "author": {"@id": "#nobody"}})])


def test_an_article_comes_before_its_page_and_its_own_before_others() -> None:
    page = {"@type": "WebPage", "headline": "Ormsay Post", "datePublished": "2020-01-01"}
    teaser = {"@type": "BlogPosting", "headline": "Ten kettles", "datePublished": "2019-01-02"}
    for sources in ([page, ARTICLE, teaser], [teaser, page, ARTICLE]):
        found = stated_in_json_ld(map(json.dumps, sources), title="Ferry sails")
        assert (found["title"], found["published"]) == ("Ferry sails", "2025-06-03")
    assert stated_in_json_ld([json.dumps({**page, "mainEntity": ARTICLE})])["title"] == "Ferry sails"


@pytest.mark.parametrize(
    "form", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */{}/* ]]> */", "\n{}\n"]
)
def test_what_wraps_a_script_is_taken_off(form: str) -> None:
    assert stated_in_json_ld([form.replace("{}", json.dumps(ARTICLE))])["title"] == "Ferry sails"


def test_raw_line_breaks_parts_of_names_and_damage() -> None:
    author = {"@type": "Person", "givenName": "Ann", "familyName": "Ray"}
    assert stated_in_json_ld([json.dumps({**ARTICLE, "author": author})])["authors"] == "Ann Ray"
    assert stated_in_json_ld(['{"@type":"NewsArticle","headline":"Ferry\nsails"}'])["title"] == "Ferry\nsails"
    assert stated_in_json_ld(["{broken", "[" * 5000]) == {}


@pytest.mark.parametrize(
    "source",
    [
        '/* made by hand */ {"@type": "NewsArticle", /* the */ "headline": "Ferry // sails", "url": "https://a.b/c",}',
        '{"@type": "BreadcrumbList"}\n// and\n{"@type": "NewsArticle", "headline": "Ferry // sails"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Ferry // sails&quot;}",
        '{"@type": "NewsArticle", "headline": {"@value": "Ferry // sails", "@language": "en"}}',
    ],
)
def test_what_json_does_not_allow_is_read_all_the_same(source: str) -> None:
    assert stated_in_json_ld([source])["title"] == "Ferry // sails"


def test_creators_and_several_names_of_one_person_are_authors() -> None:
    creator = {**ARTICLE, "creator": ["Ann Ray", "Jo Lind"]}
    assert stated_in_json_ld([json.dumps(creator)])["authors"] == ["Ann Ray", "Jo Lind"]
    both = {**ARTICLE, "author": {"@type": "Person", "name": ["Ann Ray", "Jo Lind"]}}
    assert stated_in_json_ld([json.dumps(both)])["authors"] == ["Ann Ray", "Jo Lind"]
