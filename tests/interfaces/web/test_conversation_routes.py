"""What the page's list of conversations may ask of the server, and for whom."""

import httpx
import pytest
from stores import new_place
from test_chat import answered
from web_served import serve_chat
from web_users import PASSWORD, client_of, make_users, with_settings

from assistant.workspace.conversations import conversations_of
from assistant.workspace.sqlite.conversations import SqliteConversations
from assistant.workspace.users import set_password

CANARY = "canary-51c3"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def users(tmp_path_factory):
    return make_users(tmp_path_factory.mktemp("users") / "users")


@pytest.fixture(scope="module")
def closed(assistant, users, workspace):
    yield from serve_chat(with_settings(assistant, web_users=users, workspace=workspace))


@pytest.fixture(scope="module")
def own(workspace):
    return SqliteConversations(workspace).create("ada", [answered(1), answered(2)])


def test_a_user_lists_renames_and_saves_their_own(ada, own):
    told = ada.get("/desk/conversations").json()
    assert told["kept"] and not told["more"] and not told["open"]
    assert own.id in {one["id"] for one in told["conversations"]}
    renamed = ada.post("/desk/conversations/rename", json={"id": own.id, "title": f"<b>{CANARY}</b>\n"})
    assert renamed.json() == {"title": f"<b>{CANARY}</b>"}
    assert len(ada.get("/desk/conversations", params={"words": CANARY}).json()["conversations"]) == 1
    whole = ada.get("/desk/conversations/whole", params={"id": own.id}).json()["markdown"]
    assert "Question 1" in whole and "Question 2" in whole


def test_another_user_gets_nothing_of_it(grace, own):
    assert grace.get("/desk/conversations").json()["conversations"] == []
    assert grace.get("/desk/conversations", params={"words": CANARY}).json()["conversations"] == []
    answers = (
        grace.get("/desk/conversations/whole", params={"id": own.id}),
        grace.post("/desk/conversations/rename", json={"id": own.id, "title": "mine"}),
        grace.post("/desk/conversations/delete", json={"id": own.id}),
    )
    for answer in answers:
        assert answer.status_code == 404
        assert CANARY not in answer.text and "Question" not in answer.text


def test_a_stranger_gets_nothing(closed, own):
    assert httpx.get(f"{closed}/desk/conversations").status_code == 401
    assert httpx.post(f"{closed}/desk/conversations/delete", json={"id": own.id}).status_code == 401


def test_another_site_s_form_cannot_delete(ada, own):
    body = f'{{"id": "{own.id}"}}'
    plain = ada.post("/desk/conversations/delete", content=body, headers={"content-type": "text/plain"})
    assert plain.status_code == 415
    site = ada.post(
        "/desk/conversations/delete", json={"id": own.id}, headers={"sec-fetch-site": "cross-site"}
    )
    assert site.status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"null"])
def test_what_is_no_object_is_refused(ada, body):
    headers = {"content-type": "application/json"}
    assert ada.post("/desk/conversations/rename", content=body, headers=headers).status_code == 422
    assert ada.post("/desk/conversations/rename", json={"id": [1], "title": {}}).status_code == 404


def test_a_user_who_is_removed_is_signed_out_and_loses_nothing(closed, users, workspace):
    set_password(users, "lin", PASSWORD)
    SqliteConversations(workspace).create("lin", [answered(1)])
    with client_of(closed, "lin") as client:
        assert len(client.get("/desk/conversations").json()["conversations"]) == 1
        lines = users.read_text().splitlines(True)
        users.write_text("".join(line for line in lines if not line.startswith("lin:")))
        assert client.get("/desk/conversations").status_code == 401
    assert SqliteConversations(workspace).count("lin") == 1


def test_where_they_are_not_kept_the_list_says_so(assistant):
    serving = serve_chat(with_settings(assistant, keep_conversations=False))
    address = next(serving)
    assert httpx.get(f"{address}/desk/conversations").json() == {
        "kept": False, "open": True, "conversations": [], "more": False,
    }  # fmt: skip
    assert httpx.post(f"{address}/desk/conversations/delete", json={"id": "x"}).status_code == 409
    assert next(serving, None) is None


def test_two_chats_on_one_database_list_the_same_to_each_user_alone(assistant, users, tmp_path):
    both = with_settings(assistant, web_users=users, index=new_place("postgres", tmp_path))
    chats = [serve_chat(both), serve_chat(both)]
    one, other = (next(chat) for chat in chats)
    begun = conversations_of(both.settings).create("ada", [answered(1)])
    with client_of(one, "ada") as client:
        client.post("/desk/conversations/rename", json={"id": begun.id, "title": CANARY})
    with client_of(other, "ada") as client:
        (listed,) = client.get("/desk/conversations").json()["conversations"]
        assert (listed["id"], listed["title"]) == (begun.id, CANARY)
    for address in (one, other):
        with client_of(address, "grace") as client:
            assert client.get("/desk/conversations").json()["conversations"] == []
            whole = client.get("/desk/conversations/whole", params={"id": begun.id})
            assert whole.status_code == 404 and CANARY not in whole.text
    assert [next(chat, None) for chat in chats] == [None, None]
