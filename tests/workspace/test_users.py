import io
import stat
from pathlib import Path

import pytest

from assistant import SettingsError
from assistant.interfaces.cli.main import main
from assistant.workspace.users import Users, hash_password, matches, read_users, set_password

PASSWORD = "a long walk by the river"


def test_a_password_matches_its_hash_alone_and_no_hash_twice() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first != second
    assert PASSWORD not in first
    assert matches(PASSWORD, first) and matches(PASSWORD, second)
    assert not matches(f"{PASSWORD} ", first)
    assert not matches("", first)


def test_the_same_password_typed_in_another_unicode_form_matches() -> None:
    assert matches("cafe\u0301 on the corner", hash_password("caf\u00e9 on the corner"))


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1001])
def test_a_password_of_the_wrong_length_is_refused(password: str) -> None:
    with pytest.raises(SettingsError, match="characters"):
        hash_password(password)


@pytest.mark.parametrize("name", ["", "a:b", " a", "#a", "a\nb:c", "x" * 65, "a\u202eb"])
def test_a_name_that_would_break_the_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="user name"):
        set_password(tmp_path / "users", name, PASSWORD)
    assert not (tmp_path / "users").exists()


def test_the_command_writes_a_file_for_its_owner_alone_and_replaces_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "users"
    for name, password in (("ada", "the first password"), ("grace", PASSWORD), ("ada", PASSWORD)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        assert main(["password", name, "--users", str(path)]) == 0
    captured = capsys.readouterr()
    assert PASSWORD not in captured.out + captured.err + path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(read_users(path)) == ["ada", "grace"]
    users = Users(path)
    assert users.sign_in("ada", PASSWORD) == users.hash_of("ada")
    assert users.sign_in("ada", "the first password") is None
    assert users.sign_in("stranger", PASSWORD) is None


def test_a_change_of_the_file_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "users"
    set_password(path, "ada", PASSWORD)
    users = Users(path)
    before = users.hash_of("ada")
    set_password(path, "ada", f"{PASSWORD}!")
    assert users.hash_of("ada") not in {None, before}
    path.unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        users.hash_of("ada")


@pytest.mark.parametrize(
    "line",
    [
        "ada",
        "ada:plain",
        "ada:scrypt$2$8$1$c2FsdA==$aGFzaA==",
        "ada:scrypt$32768$8$3$c2FsdA==$aGFzaA==",
        "ada:$$",
    ],
)
def test_a_line_that_is_no_hash_is_named_without_repeating_it(line: str, tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text(f"# users\n\n{line}\n")
    with pytest.raises(SettingsError, match="line 3") as refused:
        Users(path)
    assert "plain" not in str(refused.value)


def test_a_file_of_nobody_or_open_to_anyone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("\n")
    with pytest.raises(SettingsError, match="nobody"):
        Users(path)
    set_password(path, "ada", PASSWORD)
    path.chmod(0o666)
    with pytest.raises(SettingsError, match="chmod 600"):
        Users(path)
