"""The region's workbook from a folder of what offices sent; no file is passed over in silence."""

import shutil
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.model.errors import InputRefused
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.report import report
from returnplan.usecases.rollup import rollup
from tests.usecases.conftest import listed, planner


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two editions of one office's page, a note and a workbook."""
    office = tmp_path_factory.mktemp("office")
    campaign, folder = Campaign(Config(), office / "returnplan.db"), office / "报送 2月"
    planned = planner(office, campaign)
    for name, last in (("周一", 21), ("周二", 31)):
        planned(listed(office / "报名.xlsx", *range(1, last)))
        report(campaign, folder / f"{name}.html")
        time.sleep(1)  # runs tell their hour to the second
    (folder / "说明.txt").write_text("请查收", encoding="utf-8")
    (folder / "plan.xlsx").write_bytes((office / "plan.xlsx").read_bytes())
    return folder


@pytest.fixture
def sent(written: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder."""
    return Path(shutil.copytree(written, tmp_path / written.name))


def _rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return [row for row in load_workbook(path)[sheet].iter_rows(values_only=True) if any(row)]


def test_the_workbook_has_cities_flows_days_and_every_file(sent: Path, tmp_path: Path) -> None:
    outcome = rollup([sent], tmp_path / "汇总.xlsx")
    homes = _rows(outcome.path, "汇总")
    assert homes[1][0] == outcome.sentence
    assert homes[-1][:4] == ("合计", 1, 0, 30)
    assert homes[-2][0] == "柳州市"
    assert _rows(outcome.path, "流向")[-2][:5] == ("柳州市", "东莞市", 1, 0, 30)
    assert [row[1:4] for row in _rows(outcome.path, "每天")[1:]] == [(1, 0, 30)] * 2
    files = _rows(outcome.path, "报送文件")[1:]
    assert [(row[0], row[5]) for row in files] == [
        ("plan.xlsx", "没有计入"),
        ("周一.html", "没有计入"),
        ("周二.html", "计入"),
        ("说明.txt", "没有计入"),
    ]


def test_every_file_that_needs_a_person_is_named(sent: Path, tmp_path: Path) -> None:
    outcome = rollup([sent], tmp_path / "汇总.xlsx")
    notes = [note.zh for note in outcome.notes]
    assert outcome.has_findings
    assert [note.partition("：")[0] for note in notes] == ["plan.xlsx", "周一.html", "说明.txt"]


def test_a_file_named_twice_is_read_once(sent: Path, tmp_path: Path) -> None:
    outcome = rollup([sent / "周一.html", sent / "周一.html", sent], tmp_path / "汇总.xlsx")
    assert [source.told.file for source in outcome.table.sources].count("周一.html") == 1


def test_without_any_account_nothing_is_written(sent: Path, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        rollup([sent / "说明.txt", sent / "plan.xlsx"], tmp_path / "汇总.xlsx")
    assert "说明.txt：" in refused.value.message.zh
    assert "plan.xlsx：" in refused.value.message.zh
    assert not (tmp_path / "汇总.xlsx").exists()


def test_an_empty_folder_and_one_that_is_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputRefused) as refused:
        rollup([tmp_path / "空", tmp_path / "没有"], tmp_path / "汇总.xlsx")
    assert "空：是文件夹" in refused.value.message.zh
    assert "没有：打不开" in refused.value.message.zh


def test_text_that_looks_like_a_formula_stays_text(sent: Path, tmp_path: Path) -> None:
    page = (sent / "周二.html").read_text("utf-8")
    (sent / "=1+1.html").write_text(page.replace('"office": ""', '"office": "=1+1"'), encoding="utf-8")
    outcome = rollup([sent / "=1+1.html"], tmp_path / "汇总.xlsx")
    sheet = load_workbook(outcome.path)["报送文件"]
    assert [(cell.value, cell.data_type) for cell in sheet[2][:2]] == [("=1+1.html", "s"), ("=1+1", "s")]
