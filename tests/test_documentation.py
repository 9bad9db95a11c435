"""README, settings and command-line flags are held together."""

import argparse
import re
from pathlib import Path

import pytest

import assistant
from assistant.interfaces.cli.arguments import parser
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_readme_opens_with_the_two_commands() -> None:
    first = README.split("```")[1]
    assert "make chat" in first and "make test" in first


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented_as_it_is(name: str) -> None:
    field = Settings.model_fields[name]
    row = f"| `{name}` | `ASSISTANT_{name.upper()}` | `{field.default}` | {field.description} |"
    assert row in README


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    assert set(re.findall(r"ASSISTANT_[A-Z_]+", README)) <= {
        f"ASSISTANT_{name.upper()}" for name in Settings.model_fields
    }


def subcommands(of: argparse.ArgumentParser | None = None) -> dict[str, argparse.ArgumentParser]:
    """Every subcommand, and every action of one ("watch add")."""
    found = {}
    for action in (of or parser())._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                found |= {name: one} | {
                    f"{name} {below}": deeper for below, deeper in subcommands(one).items()
                }
    return found


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_every_flag_is_documented(name: str) -> None:
    for action in subcommands()[name]._actions:
        for flag in action.option_strings[-1:]:
            assert f"`{flag}" in README or f" {flag}" in README or flag == "--help", f"{name} {flag}"


def test_the_readme_uses_no_flag_that_is_not_there() -> None:
    known = {
        flag for one in subcommands().values() for action in one._actions for flag in action.option_strings
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


def test_every_subcommand_of_the_readme_exists() -> None:
    assert set(re.findall(r"-m assistant (\w+)", README)) <= set(subcommands())


def test_public_names_are_complete_and_importable() -> None:
    assert sorted(assistant.__all__) == assistant.__all__
    for name in assistant.__all__:
        assert getattr(assistant, name).__name__ == name


def test_settings_come_from_the_environment_and_name_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_HITS", "7")
    assert Settings().hits == 7
    monkeypatch.setenv("ASSISTANT_HITS", "none")
    with pytest.raises(assistant.SettingsError, match="ASSISTANT_HITS"):
        Settings()
    monkeypatch.delenv("ASSISTANT_HITS")
    with pytest.raises(assistant.SettingsError, match="no_such"):
        Settings(no_such=1)
