"""Addresses that show nothing any more: a page for readers, JSON for programs, nothing of what was there."""

import json

import httpx
import pytest
from test_axe import broken
from web_served import DESKTOP, PHONE

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
GONE = {
    "/article?id=gone.md": (404, "The corpus holds no such article; it may have been removed."),
    "/answer?conversation=gone&number=1": (404, "There is no such answer, or its owner does not share it."),
    "/answer?conversation=gone": (404, "This address is not whole; copy the link again."),
    "/desk/changes?key=wrong": (401, "The address of this feed is not known; copy it from the page."),
    "/nothing": (404, "There is no such page."),
}


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(base_url=address, timeout=20) as opened:
        yield opened


@pytest.mark.parametrize("path", GONE)
def test_a_reader_gets_a_page_with_one_line_and_the_way_back(client, path):
    status, line = GONE[path]
    response = client.get(path, headers=BROWSER)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    escaped = "".join(one if one.isalnum() or one == " " else f"&#{ord(one)};" for one in line)
    assert f"<h1>{escaped}</h1>" in response.text and '<a href="/">' in response.text
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", [path for path in GONE if path != "/nothing"])
def test_a_program_gets_json(client, path):
    response = client.get(path, headers={"accept": "application/json"})
    assert response.status_code in {401, 404, 422}
    assert "detail" in json.loads(response.content)


def test_what_was_asked_for_is_no_markup_there(client):
    response = client.get("/<script>window.pwned=1</script>", headers=BROWSER)
    assert response.status_code == 404 and "<script" not in response.text


@pytest.mark.browser
@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_the_page_breaks_no_rule_and_leads_back(context_of, address, viewport, scheme):
    page = context_of(viewport=viewport, color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(f"{address}/article?id=gone.md")
    assert broken(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_role("link", name="Go to the questions").click()
    page.locator("#period .summary").wait_for()
    page.close()
