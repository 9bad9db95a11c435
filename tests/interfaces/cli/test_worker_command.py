from pathlib import Path

import pytest

from assistant.interfaces.cli.main import main


def test_workers_of_a_folder_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worker", "--index", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "postgresql://" in error and error.count("\n") == 1


def test_no_database_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker", "--index", "postgresql://news@127.0.0.1:1/news"]) == 2
    error = capsys.readouterr().err
    assert "start the server" in error and error.count("\n") == 1
