"""The line that says who reads the passages: the model and its host, and nothing that is nobody's business."""

import html
import re

import pytest

from assistant import Settings
from assistant.interfaces.web.who_reads import who_reads

STAYS = "Nothing leaves this machine."


def line(**settings):
    return html.unescape(re.sub("<[^>]*>", "", who_reads(Settings(**settings))))


def test_without_a_chat_model_nothing_leaves_the_machine():
    assert line() == f"The passages are read by the built-in reader. {STAYS}"


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_a_model_on_this_machine_is_named_with_its_host(host):
    assert line(chat_model=f"http://{host}/v1#qwen3:4b") == (
        f"The passages are read by qwen3:4b, at {host}. {STAYS}"
    )


@pytest.mark.parametrize(
    "host", ["models.example", "192.0.2.7:8000", "127.0.0.1.example", "localhost.example", "0.0.0.0:80"]
)
def test_a_model_elsewhere_is_named_with_its_host(host):
    assert line(chat_model=f"https://{host}/v1#qwen3:4b") == f"The passages are read by qwen3:4b, at {host}."


def test_a_password_a_path_and_a_query_are_not_shown():
    shown = line(chat_model="https://ada:s3cret@models.example:8443/s3cret/v1?key=s3cret&n=1#qwen3")
    assert shown == "The passages are read by qwen3, at models.example:8443."
    assert line(chat_model="http://ada:s3cret@localhost/?s3cret") == (
        f"The passages are read by a chat model, at localhost. {STAYS}"
    )


@pytest.mark.parametrize("address", ["http://", "http://[s3cret", "http://ada:s3cret@localhost:s3cret/"])
def test_an_address_that_cannot_be_read_promises_nothing(address):
    shown = line(chat_model=address)
    assert "s3cret" not in shown and "Nothing leaves" not in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("openai:gpt-5", "gpt-5, of openai."),
        ("ollama:qwen3:4b", "qwen3:4b, of ollama."),
        ("gpt-5", "gpt-5."),
        ("openai:<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>, of openai."),
    ],
)
def test_a_named_model_promises_nothing(name, words):
    assert line(chat_model=name) == f"The passages are read by {words}"
    assert "<img" not in who_reads(Settings(chat_model=name))


def test_several_models_are_named_and_each_must_be_on_this_machine():
    here, too = "http://localhost/v1#one", "http://127.0.0.1:9/v1#two"
    read = "The passages are read by one, at localhost, or, where you choose so, by two, at 127.0.0.1:9."
    assert line(chat_model=f"{here}, {too}") == f"{read} {STAYS}"
    assert "Nothing leaves" not in line(chat_model=f"{here}, openai:gpt-5")


def test_vectors_on_another_machine_leave_this_one():
    assert "Nothing leaves" not in line(chroma_url="http://ada:s3cret@vectors.example:8000")
    assert STAYS in line(chroma_url="http://localhost:8000")


def test_those_who_sign_in_from_elsewhere_are_not_told_of_their_own_machine():
    assert line(web_user_header="X-Forwarded-User").endswith(
        "Nothing leaves the machine that serves this page."
    )
