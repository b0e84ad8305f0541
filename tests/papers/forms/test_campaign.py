"""What init writes reads back, loads, and overwrites nothing."""

import os
import shlex
import sysconfig
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pydantic import BaseModel

from returnplan.config import Config, load_config
from returnplan.model.texts import Lang
from returnplan.papers.forms import write_templates
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.coach import id_number

NAMES = {
    "zh": {"报名表.xlsx", "用工需求表.xlsx", "车辆表.xlsx", "地点里程表.xlsx", "returnplan.toml"}
    | {"检查.bat", "排车.bat", "出名单.bat", "通知.bat", "派车.bat", "上车登记.bat", "定时运行.txt"},
    "en": {"signups.xlsx", "demand.xlsx", "fleet.xlsx", "places.xlsx", "returnplan.toml"}
    | {"check.bat", "plan.bat", "papers.bat", "calls.bat", "orders.bat", "board.bat", "schedule.txt"},
}
FILLED = {
    "zh": [
        ("报名表", 0, ("韦小燕", "女", id_number("450803", date(1990, 1, 1), 2), "13800000000")),
        ("用工需求表", 0, ("华强电子", "东莞市")),
        ("车辆表", 0, ("49座大巴", 49, 3600)),
        ("车辆表", 1, ("D4508", "专列", date(2021, 2, 23), "柳州站")),
        ("地点里程表", 0, ("桥圩镇", "桥圩镇政府广场")),
        ("地点里程表", 1, ("桥圩镇政府广场", 23.04, 109.72)),
        ("地点里程表", 2, ("桥圩镇政府广场", "虎门汽车站", 452)),
    ],
    "en": [
        ("signups", 0, ("Wei Xiaoyan", "女", id_number("450803", date(1990, 1, 1), 2), "13800000000")),
        ("demand", 0, ("Huaqiang", "Dongguan")),
        ("fleet", 0, ("coach 49", 49, 3600)),
        ("fleet", 1, ("D4508", "专列", date(2021, 2, 23), "柳州站")),
        ("places", 0, ("Qiaoxu", "Qiaoxu square")),
        ("places", 1, ("Qiaoxu square", 23.04, 109.72)),
        ("places", 2, ("Qiaoxu square", "Humen station", 452)),
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_files_are_there_and_an_inbox(tmp_path: Path, lang: Lang) -> None:
    assert {path.name for path in write_templates(tmp_path, lang=lang)} == NAMES[lang]
    assert (tmp_path / ("收件" if lang == "zh" else "inbox")).is_dir()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "returnplan.toml").write_text("lang = 'en'")
    written = write_templates(tmp_path, lang="zh")
    assert tmp_path / "returnplan.toml" not in written
    assert (tmp_path / "returnplan.toml").read_text() == "lang = 'en'"
    assert write_templates(tmp_path, lang="zh") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_rules_load_and_are_the_defaults_but_for_the_folders_of_the_night(
    tmp_path: Path, lang: Lang
) -> None:
    write_templates(tmp_path, lang=lang)
    config = load_config(tmp_path / "returnplan.toml")
    assert (tmp_path / config.nightly.inbox).is_dir()
    assert config.lang == (None if lang == "zh" else "en")
    assert config.model_copy(update={"nightly": Config().nightly, "lang": None}) == Config()


def test_every_rule_is_named_in_the_rules_file(tmp_path: Path) -> None:
    write_templates(tmp_path, lang="zh")
    content = (tmp_path / "returnplan.toml").read_text(encoding="utf-8")
    rules = content.split("[rules]")[1].split("\n[")[0]
    for name in type(Config().rules).model_fields:
        assert f"{name} =" in rules
    for table, field in Config.model_fields.items():
        if (
            field.annotation
            and isinstance(field.annotation, type)
            and issubclass(field.annotation, BaseModel)
        ):
            assert f"[{table}]" in content


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filled_forms_read_back_without_a_fault(tmp_path: Path, lang: Lang) -> None:
    write_templates(tmp_path, lang=lang)
    for name, sheet, values in FILLED[lang]:
        fill(tmp_path / f"{name}.xlsx", sheet, values)
    if lang == "zh":
        fill(tmp_path / "报名表.xlsx", 0, ["深圳市"], column=9)
    else:
        fill(tmp_path / "signups.xlsx", 0, ["Shenzhen"], column=9)
    intake = read_files(sorted(tmp_path.glob("*.xlsx")), ReadingSettings())
    assert intake.faults == ()
    kinds = {sheet.kind: (sheet.rows, sheet.accepted) for sheet in intake.sheets if sheet.kind}
    assert kinds == dict.fromkeys(
        ("signups", "demand", "fleet", "rail", "places", "distances", "pickups"), (1, 1)
    )
    assert intake.signups["id_number"].tolist() == [id_number("450803", date(1990, 1, 1), 2)]


def test_every_column_of_a_form_is_one_that_is_read(tmp_path: Path) -> None:
    write_templates(tmp_path, lang="zh")
    intake = read_files(sorted(tmp_path.glob("报名表.xlsx")), ReadingSettings())
    (report,) = [sheet for sheet in intake.sheets if sheet.kind == "signups"]
    form = load_workbook(tmp_path / "报名表.xlsx").worksheets[0]
    assert len(report.columns) == form.max_column


def test_ids_and_phones_are_text_dates_are_dates_words_are_lists(tmp_path: Path) -> None:
    write_templates(tmp_path, lang="zh")
    form = load_workbook(tmp_path / "报名表.xlsx")["报名"]
    formats = {cell.value: form.cell(2, cell.column).number_format for cell in form[1]}
    assert formats["身份证号码*"] == formats["联系电话"] == "@"
    assert formats["最早出发日期"] == "yyyy-mm-dd"
    lists = {rule.formula1 for rule in form.data_validations.dataValidation if rule.type == "list"}
    assert '"男,女"' in lists
    assert any("脱贫户" in words for words in lists)
    assert any("东莞市" in words for words in lists)


@pytest.mark.parametrize(("lang", "name"), [("zh", "上车登记.bat"), ("en", "board.bat")])
def test_who_boards_early_is_asked_by_the_batch_file(tmp_path: Path, lang: Lang, name: str) -> None:
    """A command that refuses the call is run with --yes once a person agrees."""
    write_templates(tmp_path, lang=lang)
    lines = (tmp_path / name).read_bytes().decode().split("\r\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("returnplan board"))
    command = lines[first].removesuffix(" %*")
    assert lines[first - 1] == 'set "answer="'
    assert lines[first + 1].startswith('if errorlevel 2 if not errorlevel 3 set /p "answer=')
    assert lines[first + 2] == f'if /i "%answer%"=="y" {command} --yes'


def test_batch_files_have_windows_line_ends_and_wait(tmp_path: Path) -> None:
    write_templates(tmp_path, lang="zh")
    content = (tmp_path / "排车.bat").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert content.decode().splitlines()[-1] == "pause"
    assert 'returnplan plan "收件"' in content.decode()


def test_double_click_and_cron_find_the_program_outside_its_environment(tmp_path: Path) -> None:
    """Neither has the virtual environment on its PATH; a folder with a blank is one word all the same."""
    home = tmp_path / "返岗 2021"
    write_templates(home, lang="zh")
    scripts = sysconfig.get_path("scripts")
    assert f'set "PATH={scripts};' in (home / "排车.bat").read_text(encoding="utf-8")
    schedule = (home / "定时运行.txt").read_text(encoding="utf-8")
    assert "收件" in schedule
    assert "发出" in schedule
    (line,) = [line for line in schedule.splitlines() if "nightly" in line]
    if os.name != "nt":
        assert shlex.split(line)[5:] == ["cd", str(home), "&&", str(Path(scripts, "returnplan")), "nightly"]


def fill(path: Path, sheet: int, values: Iterable[Any], column: int = 1) -> None:
    """Type values into the first blank row of a form, as a clerk would."""
    book: Workbook = load_workbook(path)
    for offset, value in enumerate(values):
        book.worksheets[sheet].cell(2, column + offset).value = value
    book.save(path)
