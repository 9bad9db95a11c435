"""Adding, removing and watching over HTTP: who may, how much, and nothing of another user."""

import datetime
import time
from dataclasses import replace
from xml.etree import ElementTree

import httpx
import pytest
from test_chat import answered
from web_articles import PRESS
from web_served import make_index, serve_chat
from web_users import make_users

from assistant import Assistant
from assistant.workspace.sqlite.conversations import SqliteConversations
from assistant.workspace.sqlite.watches import SqliteWatches
from assistant.workspace.watches import watch_of

CANARY = "canary-e21f"
ATOM = "{http://www.w3.org/2005/Atom}"
ARTICLE = (
    b"---\ntitle: Added\n---\nThe council of Holmby met on Monday and agreed on a new bridge over the river."
)
BYTES = {"content-type": "application/octet-stream"}
UPLOAD = 100_000


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """An index of its own with ada as an editor, grace and eve as readers; and ada's watched question, changed."""
    folder = tmp_path_factory.mktemp("desk")
    users = make_users(folder / "users")
    settings = make_index(folder / "index", PRESS).model_copy(
        update={"web_users": users, "web_editors": "ada", "upload_bytes": UPLOAD}
    )
    watches = SqliteWatches(folder / "index")
    added = watches.add(watch_of("question", f"What of {CANARY}?", owner="ada"))
    stood = replace(added, state="1", last=datetime.datetime.now(datetime.UTC), answer=answered(1))
    watches.record(stood)
    watches.change(
        replace(stood, state="2"), "another value", replace(answered(2), short=f"<b>{CANARY}</b>\x01")
    )
    with Assistant.open(settings) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def closed(opened):
    yield from serve_chat(opened)


def test_an_editor_adds_removes_and_restores(ada, opened):
    sent = ada.post("/desk/files", params={"name": "added.md"}, content=ARTICLE, headers=BYTES)
    assert sent.status_code == 200
    deadline = time.monotonic() + 60
    while (job := ada.get("/desk/jobs").json()["jobs"][0])["state"] != "done" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (job["added"], job["failures"]) == (1, [])
    assert job["page"] == "/article?id=uploads%2Fadded.md"
    assert ada.post("/desk/jobs/clear", json={}).status_code == 200
    assert ada.get("/desk/jobs").json() == {"edits": True, "largest": UPLOAD, "jobs": []}
    assert ada.get("/article", params={"id": "uploads/added.md"}).status_code == 200
    assert ada.post("/desk/articles/remove", json={"id": "uploads/added.md"}).status_code == 200
    assert ada.get("/article", params={"id": "uploads/added.md"}).status_code == 404
    assert ada.get("/desk/removed").json() == [{"id": "uploads/added.md", "title": "Added"}]
    assert ada.post("/desk/articles/restore", json={"id": "uploads/added.md"}).status_code == 200
    assert ada.get("/article", params={"id": "uploads/added.md"}).status_code == 200
    assert ada.post("/desk/articles/remove", json={"id": "no such"}).status_code == 404


def test_an_address_that_is_refused_is_named_whole_and_without_settings(ada):
    address = "http://127.0.0.1:9/news/today"
    assert ada.post("/desk/addresses", json={"address": address}).status_code == 200
    deadline = time.monotonic() + 60
    while (job := ada.get("/desk/jobs").json()["jobs"][0])["state"] != "done" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one["name"] for one in job["failures"]] == [address]
    assert job["failures"][0]["reason"].endswith("not a public address")


def test_a_reader_may_do_none_of_it(grace):
    assert grace.get("/desk/jobs").json() == {"edits": False, "jobs": []}
    attempts = (
        grace.post("/desk/files", params={"name": "a.md"}, content=ARTICLE, headers=BYTES),
        grace.post("/desk/addresses", json={"address": "https://news.example/"}),
        grace.post("/desk/articles/remove", json={"id": "bridge.md"}),
        grace.post("/desk/articles/restore", json={"id": "bridge.md"}),
        grace.get("/desk/removed"),
        grace.post("/desk/jobs/clear", json={}),
    )
    assert [one.status_code for one in attempts] == [403] * 6
    assert (
        grace.post("/desk/watches", json={"kind": "feed", "value": "https://x.example/"}).status_code == 409
    )
    assert grace.get("/article", params={"id": "bridge.md"}).status_code == 200


def test_what_is_too_large_or_of_no_kind_is_refused_in_one_line(ada):
    large = ada.post("/desk/files", params={"name": "a.md"}, content=b"x" * (UPLOAD + 1), headers=BYTES)
    assert large.status_code == 413
    kind = ada.post("/desk/files", params={"name": "a.xls"}, content=b"x", headers=BYTES)
    assert kind.status_code == 409 and ".xlsx" in kind.json()["error"]
    empty = ada.post("/desk/files", params={"name": "a.md"}, content=b"", headers=BYTES)
    assert empty.status_code == 409
    form = ada.post(
        "/desk/files", params={"name": "a.md"}, content=b"x", headers={"content-type": "text/plain"}
    )
    assert form.status_code == 415
    local = ada.post("/desk/addresses", json={"address": "file:///etc/passwd"})
    assert local.status_code == 409
    assert ada.post("/desk/watches", json={"kind": "folder", "value": "/etc"}).status_code == 409
    assert ada.post("/desk/watches", json={"value": " "}).status_code == 409


def test_a_watched_question_and_its_changes_are_its_user_s(ada, grace, closed):
    own = ada.get("/desk/watches").json()
    assert CANARY in str(own["watches"]) and CANARY in str(own["changes"])
    assert own["unseen"] == 1
    other = grace.get("/desk/watches")
    assert CANARY not in other.text and other.json()["unseen"] == 0
    watch = next(one["id"] for one in own["watches"] if CANARY in one["value"])
    assert grace.post("/desk/watches/remove", json={"id": watch, "shared": "yes"}).status_code == 409
    assert CANARY not in grace.get("/desk/changes").text
    assert CANARY not in grace.get(other.json()["feed"]).text
    assert ada.post("/desk/watches/seen", json={}).status_code == 200
    assert ada.get("/desk/watches").json()["unseen"] == 0


def test_the_feed_opens_to_its_key_alone_and_is_whole_xml(ada, closed):
    feed = ada.get("/desk/watches").json()["feed"]
    told = httpx.get(f"{closed}{feed}")
    assert told.headers["content-type"].startswith("application/atom+xml")
    (entry,) = ElementTree.fromstring(told.content).findall(f"{ATOM}entry")
    assert f"<b>{CANARY}</b>" in entry.findtext(f"{ATOM}content")
    for address in ("/desk/changes", "/desk/changes?key=", "/desk/changes?key=guessed"):
        refused = httpx.get(f"{closed}{address}")
        assert refused.status_code == 401 and CANARY not in refused.text
    assert httpx.get(f"{closed}/desk/watches").status_code == 401


def test_watching_a_question_answers_it_now(ada, grace):
    question = "How many people died in the collapse of the Varn bridge?"
    added = grace.post("/desk/watches", json={"value": question})
    assert added.json()["value"] == question
    listed = grace.get("/desk/watches").json()["watches"]
    assert [one["now"] for one in listed] == ["Fourteen"]
    hook = {"id": listed[0]["id"], "webhook": "https://news.example/hook"}
    assert ada.post("/desk/watches/webhook", json=hook).status_code == 409
    assert grace.post("/desk/watches/webhook", json=hook | {"webhook": "ftp://host"}).status_code == 409
    assert grace.post("/desk/watches/webhook", json=hook).status_code == 200
    assert [one["webhook"] for one in grace.get("/desk/watches").json()["watches"]] == [hook["webhook"]]
    assert grace.post("/desk/watches/remove", json={"id": listed[0]["id"]}).status_code == 200
    assert grace.get("/desk/watches").json()["watches"] == []


def test_an_event_of_the_page_opens_no_conversation_of_another_user(ada, grace, opened):
    folder = opened.settings.index
    kept = SqliteConversations(folder).create("ada", [replace(answered(1), text=CANARY)])
    for client, held in ((ada, True), (grace, False)):
        config = client.get("/config").json()
        ids = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
        obey = next(one for one in config["dependencies"] if ids.get(one["targets"][0][0]) == "command")
        session = f"session-{held}"
        body = {"data": [f"open {kept.id} 1", None], "fn_index": obey["id"], "session_hash": session}
        assert client.post("/gradio_api/queue/join", json=body).status_code == 200
        said = ""
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
            for line in events.iter_lines():
                said += line
                if '"process_completed"' in line:
                    break
        assert (CANARY in said.replace("&#45;", "-")) is held


def test_the_page_names_itself_in_its_metadata(ada):
    page = ada.get("/").text
    assert "<title>News Assistant</title>" in page
    assert 'name="description"' in page
    for foreign in ("@Gradio", "@teamGradio", "githubusercontent", "Click to try out the app"):
        assert foreign not in page
    assert ada.get("/favicon.ico").headers["content-type"].startswith("image/svg")
