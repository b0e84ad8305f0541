"""The password comes from a file or the environment, and never stays empty."""

from pathlib import Path

import pytest

from returnplan.cli.commands.manifest import VARIABLE, read_password
from returnplan.model.errors import UsageError


def test_first_line_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "other")
    file = tmp_path / "password.txt"
    file.write_bytes("\ufeff港南2021 \r\nsecond".encode())
    assert read_password(file) == "港南2021"


def test_the_variable_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    assert read_password(None) == "secret"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\xfa"])
def test_no_password_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password.txt"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"password\.txt"):
        read_password(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.txt"):
        read_password(tmp_path / "none.txt")
