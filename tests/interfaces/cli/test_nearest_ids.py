"""A wrong id, a bare command: what the command line says instead of a bare refusal."""

import pytest

from assistant import Settings
from assistant.interfaces.cli.main import main


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Alliance-of-sahel-state", "alliance-of-sahel-states.md"),
        ("analysts", "analysts-divided"),
        ("%%", None),
    ],
)
def test_a_wrong_id_names_the_nearest(
    corpus_settings: Settings, capsys: pytest.CaptureFixture[str], wanted: str, found: str | None
) -> None:
    assert main(["show", wanted, "--index", str(corpus_settings.index)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert ("did you mean" in said) is (found is not None)
    assert found is None or found in said


def test_the_bare_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "ingest" in capsys.readouterr().out
