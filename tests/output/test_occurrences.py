from assistant.output.occurrences import found_to_dict
from assistant.retrieval.find import FindResult, Occurrence, OccurrenceCount

FOUND = FindResult("a", ("a",), 1, 1, (OccurrenceCount(None, 1, 1),), (Occurrence("x.md", 3, 4, "a"),))


def test_what_was_found_is_written_as_the_contract_has_it() -> None:
    assert found_to_dict(FOUND) == {
        "query": "a",
        "spellings": ("a",),
        "total": 1,
        "articles": 1,
        "groups": ({"value": None, "total": 1, "articles": 1},),
        "matches": ({"article": "x.md", "start": 3, "end": 4, "quote": "a"},),
    }
    assert "matches" not in found_to_dict(FOUND, count=True)
