"""Several chat models: the first is the default, each other is loaded when it is chosen."""

import pytest
from scripted_chat import ScriptedChat

from assistant import QuestionError, Settings
from assistant.errors import ModelError
from assistant.models.chat_model import load_chat_model, shown_name
from assistant.models.chat_models import BUILT_IN, ChatModels

FIRST = ScriptedChat(pieces=("one",))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (None, ()),
        ("openai:gpt-5", ("openai:gpt-5",)),
        ("openai:gpt-5, ollama:qwen3:4b", ("openai:gpt-5", "ollama:qwen3:4b")),
        (
            "openai:gpt-5,http://localhost:8080/v1#a,b:c",
            ("openai:gpt-5", "http://localhost:8080/v1#a", "b:c"),
        ),
        ("gpt-5, gpt-4", ("gpt-5", "gpt-4")),
        ("http://localhost/v1?a=b,c#model", ("http://localhost/v1?a=b,c#model",)),
    ],
)
def test_a_setting_names_one_or_several(written: str | None, names: tuple[str, ...]) -> None:
    assert Settings(chat_model=written).chat_models == names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ollama:qwen3:4b", "qwen3:4b, of ollama"),
        ("gpt-5", "gpt-5"),
        ("https://ada:s3cret@models.example:8443/s3cret?key=s3cret#qwen3", "qwen3, at models.example:8443"),
        ("http://[::1]:80/v1", "chat model, at [::1]:80"),
        ("http://[s3cret", "chat model"),
    ],
)
def test_a_name_is_shown_without_what_is_secret(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_the_first_writes_unless_another_is_chosen() -> None:
    models = ChatModels(Settings(chat_model="openai:first, http://127.0.0.1:9/v1#second"))
    assert models.choices(FIRST) == ("first", "second", BUILT_IN)
    for name in (None, "first"):
        model, settings = models.chosen(name, FIRST)
        assert model is FIRST and settings.chat_model == "openai:first"
    model, settings = models.chosen("second", FIRST)
    assert type(model).__name__ == "ChatOpenAI" and settings.chat_models == ("http://127.0.0.1:9/v1#second",)
    assert models.chosen("second", FIRST)[0] is model
    assert models.chosen(BUILT_IN, FIRST)[0] is None
    with pytest.raises(QuestionError, match=r"third.*choose from first, second"):
        models.chosen("third", FIRST)


def test_models_of_one_name_are_told_apart_by_where_they_are() -> None:
    models = ChatModels(Settings(chat_model="openai:one, ollama:one, ollama:two"))
    assert models.choices(FIRST) == ("one, of openai", "one, of ollama", "two", BUILT_IN)


def test_one_that_cannot_be_loaded_is_told_when_it_is_chosen() -> None:
    models = ChatModels(Settings(chat_model="openai:first, nonsense:second"))
    with pytest.raises(ModelError, match="nonsense:second"):
        models.chosen("second", FIRST)
    assert models.chosen(None, FIRST)[0] is FIRST


def test_without_a_chat_model_there_is_the_reader_alone() -> None:
    models = ChatModels(Settings())
    assert models.choices(None) == (BUILT_IN,) and models.chosen(None, None)[0] is None
    assert (
        models.choices(FIRST) == ("chat model", BUILT_IN) and models.chosen("chat model", FIRST)[0] is FIRST
    )
    assert load_chat_model(Settings()) is None
