"""Files that offices send: what is read of each, or why nothing is."""

import json
from pathlib import Path
from typing import Any

import pytest

from returnplan.contract import View, plan_json
from returnplan.model.plan import Plan
from returnplan.papers.report import report_page
from returnplan.papers.rollup.account import account_of
from returnplan.papers.rollup.door import read_account
from tests.specimens.journeys import with_a_train
from tests.specimens.plans import make_header, make_plan


def _page(folder: Path, plan: Plan) -> Path:
    path = folder / "报告 1.html"
    account = account_of(make_header(), plan, ()).to_json()
    path.write_bytes(report_page(make_header(), plan, "zh", account=account))
    return path


def _json(folder: Path, **changes: Any) -> Path:
    path = folder / "方案.json"
    told = plan_json(make_header(), make_plan(), View("zh")) | changes
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_page_brings_its_account(tmp_path: Path) -> None:
    plan = make_plan()
    told = read_account(_page(tmp_path, plan))
    assert told.account == account_of(make_header(), plan, ())


def test_a_hostile_place_stays_in_the_account_of_the_page(tmp_path: Path) -> None:
    plan = make_plan()
    plan.riders["city"] = "</script><b>&'\""
    told = read_account(_page(tmp_path, plan))
    assert told.account is not None
    assert "</script><b>&'\"" in {line.city for line in told.account.lines}


def test_the_json_of_show_tells_the_same_as_the_page_but_for_classes(tmp_path: Path) -> None:
    told, plan = read_account(_json(tmp_path)), make_plan()
    plan.riders["category"] = ""  # which the JSON does not tell
    assert told.account == account_of(make_header(), plan, ())


def test_people_of_a_json_live_in_its_one_home_else_where_they_board(tmp_path: Path) -> None:
    batches = json.loads(_json(tmp_path).read_text("utf-8"))["batches"]
    for batch in batches:
        for stop in batch["stops"]:
            stop["city"] = "玉林市"
    for homes, expected in ((["贵港市"], {"贵港市"}), (["贵港市", "玉林市"], {"玉林市"})):
        summary = {"origins": {home: {"walk_ups": 0} for home in homes}}
        told = read_account(_json(tmp_path, batches=batches, summary=summary))
        assert told.account is not None
        assert {line.home for line in told.account.lines} == expected


def test_the_json_of_show_tells_how_a_train_was_bought(tmp_path: Path) -> None:
    plan = with_a_train()
    told = read_account(
        _json(tmp_path, **(plan_json(make_header(), plan, View("zh")) | {"summary": {"origins": {}}}))
    )
    assert told.account is not None
    lines = told.account.lines
    assert [sum(line.trains for line in lines), sum(line.carriages for line in lines)] == [1, 1]


def test_walk_ups_of_the_json_are_counted_without_a_day(tmp_path: Path) -> None:
    origin = {"coaches": 2, "trains": 0, "planned": 65, "boarded": 3, "walk_ups": 3, "cost": 1.0}
    told = read_account(_json(tmp_path, summary={"origins": {"贵港市": origin}}))
    assert told.account is not None
    assert [(line.date, line.home, line.sent) for line in told.account.lines if line.sent] == [
        (None, "贵港市", 3)
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"hello", "不是 returnplan 的汇总文件"),
        ("a.json", b"[]", "不是 returnplan 的汇总文件"),
        ("a.json", b"[" * 100_000, "不是 returnplan 的汇总文件"),
        ("a.json", b'{"run": {}}', "不是 returnplan 的汇总文件"),
        ("a.html", b"<html><script id=account>{}</script></html>", "不是 returnplan 的汇总文件"),
        ("a.html", b"\xff\xfe\x00", "不是 returnplan 的汇总文件"),
        ("plan.xlsx", b"PK", "可能含个人信息"),
        ("empty.html", b"", "不是 returnplan 的汇总文件"),
    ],
)
def test_what_tells_nothing_is_named_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told = read_account(path)
    assert told.account is None
    assert told.problem is not None
    assert reason in told.problem.zh


@pytest.mark.parametrize(
    ("written", "hostile"),
    [
        ('"people": 45', '"people": -45'),
        ('"people": 45', '"people": 1e300'),
        ('"date": "2021-02-23"', '"date": "0001-01-01"'),
        ('"made_at": "2021', '"made_at": "9999'),
        ('"home": "贵港市"', '"home": "\\ud800"'),
        ("returnplan account 1", "returnplan account 2"),
    ],
)
def test_what_no_plan_says_is_no_account(tmp_path: Path, written: str, hostile: str) -> None:
    path = _page(tmp_path, make_plan())
    page = path.read_text("utf-8").replace("\\u8d35\\u6e2f\\u5e02", "贵港市")
    assert written in page
    path.write_text(page.replace(written, hostile), encoding="utf-8")
    assert read_account(path).account is None


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    told = read_account(tmp_path / "13877541234.html")
    assert told.problem is not None
    assert "打不开" in told.problem.zh
    assert told.file == "138****1234.html"
