"""Who may use the chat: nobody signs in on loopback, everybody elsewhere."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.responses import PlainTextResponse
from web_served import Chat, serve_chat
from web_users import PASSWORD, make_users, sign_in, with_settings

from assistant import SettingsError
from assistant.interfaces.cli.main import main
from assistant.interfaces.web.server import chat_server
from assistant.interfaces.web.sign_in import COOKIE, TRIES, SignIn, own_address
from assistant.workspace.users import set_password

INSIDE = ("/", "/config", "/article?id=bridge.md", "/chat.js", "/chat.css", "/gradio_api/info", "/theme.css")


@pytest.fixture(scope="module")
def users(tmp_path_factory):
    return make_users(tmp_path_factory.mktemp("users") / "users")


@pytest.fixture(scope="module")
def closed_address(assistant, users):
    yield from serve_chat(with_settings(assistant, web_users=users))


@pytest.fixture
def client(closed_address):
    with httpx.Client(base_url=closed_address, timeout=20) as opened:
        yield opened


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_without_users_only_loopback_is_served(assistant, host):
    with pytest.raises(SettingsError, match="ASSISTANT_WEB_USERS"):
        chat_server(assistant, host=host, port=0)


def test_with_users_any_address_is_served(assistant, users):
    server = chat_server(with_settings(assistant, web_users=users), host="0.0.0.0", port=0)
    server.listener.close()


def test_a_file_of_users_that_cannot_be_used_stops_the_start(assistant, tmp_path):
    for changes in ({"web_users": tmp_path / "none"}, {"web_user_header": "X-User", "web_proxies": "here"}):
        with pytest.raises(SettingsError):
            chat_server(with_settings(assistant, **changes), port=0)


def test_there_is_no_public_sharing(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["chat", "--share"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stranger_gets_nothing_but_the_page_to_sign_in(client):
    for path in INSIDE:
        assert client.get(path).status_code in {303, 401}, path
    assert client.get("/").headers["location"].startswith("/sign-in")
    assert client.post("/gradio_api/queue/join", json={}).status_code == 401
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script-src 'self';" in page.headers["content-security-policy"]
    for forged in ("x", "", "a" * 5000, "ada"):
        assert client.get("/config", headers={"cookie": f"{COOKIE}={forged}"}).status_code == 401


def test_a_user_signs_in_and_out(client):
    response = sign_in(client, to="/article?id=bridge.md&start=1&end=5")
    assert response.status_code == 303
    assert response.headers["location"] == "/article?id=bridge.md&start=1&end=5"
    attributes = response.headers["set-cookie"].lower()
    assert "httponly" in attributes and "samesite=lax" in attributes and "secure" not in attributes
    for path in INSIDE:
        assert client.get(path).status_code == 200, path
    assert "ada" in client.get("/sign-in").text
    kept = dict(client.cookies)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 303
    assert client.get("/config", headers={"cookie": f"{COOKIE}={kept[COOKIE]}"}).status_code == 401


def test_behind_tls_the_cookie_stays_there(client):
    response = client.post(
        "/sign-in", data={"name": "ada", "password": PASSWORD}, headers={"x-forwarded-proto": "https"}
    )
    assert "secure" in response.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/article?\r\nx: y", "javascript:1", ""],
)
def test_signing_in_leads_to_the_chat_alone(to):
    assert own_address(to) == "/"


@pytest.mark.parametrize("to", ["/answer?conversation=a1&number=2", "/?view=watching", "/?conversation=a1"])
def test_signing_in_leads_to_what_was_asked_for(to):
    assert own_address(to) == to


def test_strangers_and_wrong_passwords_look_alike(client):
    answers = [sign_in(client, name, password) for name, password in (("ada", "wrong"), ("eve", PASSWORD))]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text == answers[1].text
    assert not client.cookies


def test_guessing_is_stopped_and_the_others_go_on(client):
    tried = [sign_in(client, "grace", f"guess {number}").status_code for number in range(TRIES + 1)]
    assert tried == [401] * TRIES + [429]
    assert sign_in(client, "grace").status_code == 429
    assert sign_in(client, "ada").status_code == 303


def test_a_new_password_ends_the_sessions_of_the_old(client, users):
    set_password(users, "lin", PASSWORD)
    assert sign_in(client, "lin").status_code == 303
    assert client.get("/config").status_code == 200
    set_password(users, "lin", f"{PASSWORD}!")
    assert client.get("/config").status_code == 401


def test_a_form_that_is_none_or_too_large_is_refused(client):
    for content in (b"a" * 20_000, b"\xff\xfe", b"&".join([b"a=1"] * 50)):
        assert client.post("/sign-in", content=content).status_code == 400
    assert client.post("/sign-in", content=b"").status_code == 401


def test_another_site_s_page_cannot_post(client):
    sign_in(client)
    for path in ("/sign-in", "/sign-out", "/gradio_api/queue/join"):
        assert client.post(path, data={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_proxy_on_this_machine_may_keep_the_outer_host(client):
    assert client.get("/sign-in", headers={"host": "news.example"}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "peer", "expected"),
    [
        ("127.0.0.1,::1", "127.0.0.1", 200),
        ("127.0.0.1,::1", "10.1.2.3", 403),
        ("10.0.0.0/8", "10.1.2.3", 200),
        ("10.0.0.0/8", "::ffff:10.1.2.3", 200),
        ("10.0.0.0/8", "11.1.2.3", 403),
        ("", "127.0.0.1", 403),
    ],
)
def test_a_header_counts_from_a_trusted_proxy_alone(assistant, proxies, peer, expected):
    settings = assistant.settings.model_copy(
        update={"web_user_header": "X-Forwarded-User", "web_proxies": proxies}
    )
    inside = SignIn.of(PlainTextResponse("inside"), settings)

    async def statuses():
        transport = httpx.ASGITransport(inside, client=(peer, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            named = {"x-forwarded-user": "ada", "x-forwarded-for": "127.0.0.1"}
            asked = (("/", named), ("/", {"x-forwarded-user": ""}), ("/", {}), ("/sign-in", {}))
            return [(await client.get(path, headers=headers)).status_code for path, headers in asked]

    # in a thread of its own: the browser of other tests runs a loop in this one
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(asyncio.run, statuses()).result() == [expected, 403, 403, 404]


@pytest.mark.browser
def test_a_user_signs_in_and_asks_in_a_browser(context_of, closed_address):
    chat = Chat(context_of(viewport={"width": 1000, "height": 700}).new_page(), closed_address)
    page = chat.page
    page.set_default_timeout(15_000)
    page.goto(closed_address)
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#period .summary").wait_for()
    chat.ask("What was opened?")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Account").click()
    account = opened.value
    account.get_by_role("button", name="Sign out").click()
    account.get_by_label("Name").wait_for()
    account.close()
    chat.go(closed_address)
    page.get_by_label("Name").wait_for()
    page.close()
    assert chat.complaints == []


def test_a_server_that_is_refused_leaves_no_socket(assistant):
    with socket.create_server(("0.0.0.0", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SettingsError):
        chat_server(assistant, host="0.0.0.0", port=port)
    socket.create_server(("0.0.0.0", port)).close()
