import pytest

from assistant.ingest.metadata.field_names import field_key, field_value


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("text", "Full text"),
        ("text", "articleContent"),
        ("title", "article_title"),
        ("title", "Post Title"),
        ("authors", "Author(s)"),
        ("published", "pub_ts"),
        ("published", "publishedTimestamp"),
        ("published", "time-published"),
        ("url", "post_link"),
    ],
)
def test_a_field_is_known_by_any_spelling_of_its_names(field: str, name: str) -> None:
    assert field_value(field, {field_key(name): 1}) == 1


def test_the_plain_name_goes_before_others() -> None:
    assert field_value("title", {"articletitle": 1, "title": 2}) == 2
    assert field_value("published", {"pubts": 1, "crawledat": 3}) == 1
    assert field_value("published", {"crawledat": 3, "modified": 4}) is None
