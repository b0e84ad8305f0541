"""purge: only a campaign that is over, and it says what it did."""

from io import StringIO
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.show import show
from tests.e2e.program import call
from tests.specimens.sheets import signup_row
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


def test_only_what_is_over_is_purged(campaign: Campaign, planned: Planner, tmp_path: Path) -> None:
    plan = planned(listed(tmp_path / "东莞.xlsx", *range(1, 21))).plan
    last_day = plan.batches[-1].date

    early = call(tmp_path, "purge", "--before", last_day.isoformat(), "--lang", "en")
    assert f"the last batch leaves on {last_day}, not before {last_day}; nothing was removed" in early.stdout
    assert (show(campaign)[1].riders["id_number"] != "").all()
    assert not (tmp_path / "已清除个人信息.txt").exists()

    late = call(tmp_path, "purge", "--before", "2021-12-31", "--yes", "--lang", "en")
    assert late.stdout == "the personal data of 20 people are gone\n"
    assert "delete them yourself" in late.stderr
    assert all(paper in late.stderr for paper in ("orders", "call lists", "退回", "回访", "补贴名单"))
    assert set(show(campaign)[1].riders["id_number"]) == {""}

    note = (tmp_path / "已清除个人信息.txt").read_text(encoding="utf-8-sig")
    assert "已用 returnplan purge 清除" in note
    assert str(last_day) in note

    again = call(tmp_path, "purge", "--before", "2021-12-31", "--yes", "--lang", "en")
    assert again.stdout == "nothing was left to remove; the personal data of 20 people had gone before\n"


def test_sheets_that_lie_about_are_counted_on_the_screen_and_in_the_note(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    """A note that says the data are gone would lie among the lists that hold them."""
    planned(listed(tmp_path / "东莞.xlsx", *range(1, 21)))
    for name in ("企业/到岗名单-甲.xlsx", "发出/0210/calls/通知.XLSX", "发出/~$通知.xlsx", "发出/夜间.log"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    late = call(tmp_path, "purge", "--before", "2021-12-31", "--yes")
    said = "表格没有清除：这个文件夹里还有 4 个(. 2, 企业 1, 发出 1)"
    assert said in late.stderr
    assert all(
        paper in late.stderr for paper in ("到岗名单", "更正通知", "接站通知", "乘车人员名单", "读回的表")
    )
    assert said in (tmp_path / "已清除个人信息.txt").read_text(encoding="utf-8-sig")


def test_what_goes_for_good_is_said_and_asked(
    campaign: Campaign, planned: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nobody at the terminal nothing is removed without --yes, and cron's line fails."""
    planned(listed(tmp_path / "东莞.xlsx", *range(1, 21)))
    words = ("purge", "--before", "2021-12-31", "--lang", "en")
    at_night = call(tmp_path, *words, exit_code=2)
    assert "phones and remarks of 20 people go for good" in at_night.stderr
    assert "the marked papers of 1 batch have not come back" in at_night.stderr
    assert "the same command with --yes" in at_night.stderr
    monkeypatch.setattr("returnplan.cli.commands.purge._can_ask", lambda: True)
    for answer, exit_code in (("n", 2), ("", 2), ("y", 0)):
        assert (show(campaign)[1].riders["id_number"] != "").all()
        monkeypatch.setattr("sys.stdin", StringIO(f"{answer}\n"))
        asked = call(tmp_path, *words, exit_code=exit_code)
        assert "Remove them?" in asked.stderr
    assert set(show(campaign)[1].riders["id_number"]) == {""}
    assert "go for good" not in call(tmp_path, *words).stderr


def test_without_a_store_there_is_nothing_to_purge(tmp_path: Path) -> None:
    assert (
        "no plan is stored yet"
        in call(tmp_path, "purge", "--before", "2021-12-31", "--yes", "--lang", "en", exit_code=3).stderr
    )


def test_a_plan_after_it_says_why_it_is_refused_and_what_to_do(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    planned(listed(tmp_path / "东莞.xlsx", *range(1, 21)))
    call(tmp_path, "purge", "--before", "2021-06-01", "--yes")
    lists = listed(tmp_path / "东莞.xlsx", *range(1, 22))
    with pytest.raises(InputRefused) as refused:
        planned(lists)
    assert "returnplan purge" in refused.value.message.en
    assert "another folder" in refused.value.message.en
    assert "--allow-drop" in refused.value.message.zh
    assert planned(lists, allow_drop=True).plan.summary["planned"] == 21


def test_no_paper_is_written_and_nothing_changed_without_names(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    (batch,) = planned(listed(tmp_path / "东莞.xlsx", *range(1, 21))).plan.batches
    kinds = ("manifest", "notify", "dispatch")
    for kind in kinds:
        call(tmp_path, kind, "--out", kind)
    (paper,), (calls,), (order,) = ([*(tmp_path / kind).iterdir()] for kind in kinds)
    filled(paper, "上车", {0: "√"})
    for header in ("姓名", "身份证号码"):
        filled(paper, header, {20: signup_row(21)[header]})
    filled(calls, "结果", {0: "已通知"})
    filled(order, "驾驶员一(姓名 电话)", {0: "覃师傅 13800001111"})
    call(tmp_path, "purge", "--before", "2021-06-01", "--yes")
    kept = (tmp_path / "returnplan.db").read_bytes()
    for wish in (
        ("manifest",),
        ("notify",),
        ("dispatch",),
        ("explain", "1"),
        ("change", batch.id, "--plate", "桂B12345"),
        ("change", batch.id, "--cancel"),
        ("publish", batch.id),
        ("board", str(paper)),
        ("notify", "--read", str(calls)),
        ("dispatch", "--read", str(order)),
    ):
        refused = call(tmp_path, *wish, "--lang", "en", exit_code=3)
        assert "this campaign is over and its personal data were removed" in refused.stderr
    assert show(campaign)[1].batches == (batch,)
    assert (tmp_path / "returnplan.db").read_bytes() == kept
