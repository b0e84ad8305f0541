"""One language a message: that of the option, the rules, the sheets, the person at the terminal, else Chinese."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest

from returnplan.cli.language import language, language_of_help
from tests.e2e.program import call


@pytest.fixture(autouse=True)
def cron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, a call without options, nobody at a terminal, a locale of no meaning."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["returnplan", "plan"])
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    return tmp_path


def seated(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


def test_nobody_and_nothing_told_is_chinese() -> None:
    assert language() == language_of_help() == "zh"


def test_the_locale_of_cron_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert language() == "zh"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked itself")
@pytest.mark.parametrize(
    ("locale", "lang"), [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "zh"), ("", "zh")]
)
def test_a_person_is_spoken_to_as_the_terminal_is_set(
    locale: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seated(monkeypatch, locale)
    assert language() == language_of_help() == lang


def test_the_sheets_come_before_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    seated(monkeypatch, "zh_CN.UTF-8")
    assert language("en") == "en"


def test_the_rules_come_before_the_sheets(cron: Path) -> None:
    (cron / "returnplan.toml").write_text('lang = "en"\n', encoding="utf-8")
    assert language("zh") == language_of_help() == "en"


def test_rules_that_cannot_be_read_tell_nothing(cron: Path) -> None:
    for text in ("lang = ", "[" * 100_000, 'lang = "fr"\n', "lang = 3\n"):
        (cron / "returnplan.toml").write_text(text, encoding="utf-8")
        assert language() == "zh"


@pytest.mark.parametrize(
    "words",
    [["--lang", "en"], ["--lang=en"], ["--lang", "zh", "--lang", "en"], ["--lang", "en", "--no-such-option"]],
)
def test_the_option_comes_first_even_beside_a_wrong_one(
    words: list[str], cron: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cron / "returnplan.toml").write_text('lang = "zh"\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["returnplan", "plan", *words])
    assert language("zh") == language_of_help() == "en"


def is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


WRONG = [
    ["plam"],
    ["plan"],
    ["plan", "--time-limit", "nan", "a.xlsx"],
    ["plan", "--time-limit", "1e300", "a.xlsx"],
    ["plan", "--as-of", "9999-01-01", "a.xlsx"],
    ["plan", "--as-of", "morgen", "a.xlsx"],
    ["plan", "--unknown"],
    ["plan", "--out"],
    ["show", "nothing"],
    ["show", "--json=yes"],
    ["diff", "a", "b", "c"],
    ["verify"],
    ["purge"],
    ["change", "0218-001"],
    ["change", "0218-001", "--depart", "25:00"],
    ["plan", "x.xlsx", "--certificate"],
    ["manifest", "--one-workbook", "--employers"],
    ["--unknown"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_is_answered_in_one_language(words: list[str], cron: Path) -> None:
    zh = call(cron, *words, exit_code=2).stderr
    message = zh.splitlines()[-1]
    assert is_chinese(message)
    for word in ("Error", "Usage", "Invalid", "Missing", "No such", "not ", "Try "):
        assert word not in zh
    en = call(cron, "--lang", "en", *words, exit_code=2).stderr
    assert not is_chinese(en)


def test_a_refusal_before_anything_is_read_is_in_one_language(cron: Path) -> None:
    assert call(cron, "show", exit_code=3).stderr.count("\n") == 1
    assert is_chinese(call(cron, "show", exit_code=3).stderr)
    assert not is_chinese(call(cron, "show", "--lang", "en", exit_code=3).stderr)


def test_a_bug_is_told_in_one_language(cron: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("韦小燕 13800001234")

    monkeypatch.setattr("returnplan.cli.commands.doctor.doctor", broken)
    assert call(cron, "doctor", "--lang", "en", exit_code=70).stderr == (
        "a bug in returnplan (ZeroDivisionError), nothing was changed; --debug tells more\n"
    )
    assert call(cron, "doctor", exit_code=70).stderr.startswith("程序错误(ZeroDivisionError)，")
    with suppress(SystemExit):
        assert "13800001234" not in call(cron, "doctor", exit_code=70).stderr


def test_a_call_without_a_word_is_answered_with_the_help(cron: Path) -> None:
    done = call(cron, exit_code=None)
    assert "用法：returnplan" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
