"""``headers``: listed for everybody, learnt from whoever sits before the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from returnplan.cli.commands import headers
from returnplan.cli.main import cli
from returnplan.config import load_config
from tests.e2e.program import PROGRAM
from tests.specimens.sheets import lines_of, save_xlsx, signup_row


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    row = signup_row(姓名="韦家旺")
    row["师傅"], row["打工的去向"] = row.pop("姓名"), row.pop("务工城市")
    save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([{**row, "鞋码": "42"}]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["headers", "报名.xlsx", "--lang", "zh", *words], input=answers)


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "is_answered", lambda: True)


def test_it_lists_what_each_header_means(folder: Path) -> None:
    result = call()
    assert result.exit_code == 0
    assert "身份证号码" in result.output
    assert "不认识" in result.output
    assert "韦家旺" not in result.output
    assert list(folder.glob("*.toml")) == []


@pytest.mark.parametrize(
    ("sample", "masked"),
    [
        ("113.12.1.9(广西-贵港)", "113***(广*-贵*)"),
        ("2408:8456:3c11::9(广西-南宁)", "2408***(广*-南*)"),
        ("港北区民主路3栋402", "港*****3栋402"),
        ("2月20日 08:00:00", "2月20日 08:00:00"),
        ("韦家旺", "韦**"),
    ],
)
def test_a_sample_shows_no_name_and_no_place_from_which_it_was_sent(
    folder: Path, sample: str, masked: str
) -> None:
    row = signup_row() | {"暗号": sample}
    save_xlsx(folder / "报名.xlsx", 报名=lines_of([row]))
    output = "".join(call().output.split())
    assert "".join(masked.split()) in output
    assert "".join(sample.split()) not in output or sample == masked


def test_without_a_terminal_nothing_is_written(folder: Path) -> None:
    result = call("--learn", answers="y\ny\ny\n")
    assert result.exit_code == 0
    assert "没有人可以回答" in result.output
    assert list(folder.glob("*.toml")) == []


@pytest.mark.usefixtures("at_a_terminal")
def test_answers_are_written(folder: Path) -> None:
    result = call("--learn", answers="姓名\n务工城市\nn\n")
    assert result.exit_code == 0, result.output
    assert load_config(folder / "returnplan.toml").headers == {"name": ("师傅",), "city": ("打工的去向",)}
    assert "韦家旺" not in result.output
    assert "师傅 → 姓名、打工的去向 → 务工城市" in result.output


@pytest.mark.usefixtures("at_a_terminal")
def test_the_possible_answers_stand_once_before_the_first_question(folder: Path) -> None:
    output = call("--learn", answers="n\nn\nn\n").output
    assert output.count("可以回答的名称") == 1
    assert output.index("可以回答的名称") < output.index("“师傅”")
    assert "务工企业" in output


@pytest.mark.usefixtures("at_a_terminal")
def test_a_field_is_known_by_any_of_its_names(folder: Path) -> None:
    result = call("--learn", answers="n\nn\n企业\n")
    assert "鞋码 → 务工企业" in result.output
    assert load_config(folder / "returnplan.toml").headers == {"employer": ("鞋码",)}


@pytest.mark.usefixtures("at_a_terminal")
def test_nothing_is_taken_without_a_yes(folder: Path) -> None:
    result = call("--learn", answers="\n\n\n")
    assert "没有写入任何内容" in result.output
    assert list(folder.glob("*.toml")) == []


@pytest.mark.usefixtures("at_a_terminal")
def test_a_wrong_answer_is_asked_again(folder: Path) -> None:
    result = call("--learn", answers="师傅\n身份证号码\nname\nn\nn\n")
    assert "没有“师傅”这一项" in result.output
    assert "已有一列" in result.output
    assert load_config(folder / "returnplan.toml").headers == {"name": ("师傅",)}


@pytest.mark.usefixtures("at_a_terminal")
def test_leaving_halfway_writes_nothing(folder: Path) -> None:
    result = call("--learn", answers="姓名\n")  # the input ends
    assert result.exit_code != 0
    assert list(folder.glob("*.toml")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_real_terminal_is_asked(folder: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [PROGRAM, "headers", "报名.xlsx", "--learn", "--lang", "zh"]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(words, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.write(ours, "姓名\n务工城市\nn\n".encode())
    assert process.wait(60) == 0
    os.close(theirs)
    os.close(ours)
    assert load_config(folder / "returnplan.toml").headers == {"name": ("师傅",), "city": ("打工的去向",)}
