"""The unattended run: everything in a folder of its own, once, and never two at a time."""

import json
import shutil
import stat
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.store import RunLock
from tests.e2e.program import call
from tests.usecases.test_board import with_walk_up
from tests.usecases.test_telling import filled

DAY = "2021-02-15"


@pytest.fixture
def inbox(dozen: Path) -> Path:
    """Return a folder whose inbox holds a list of twelve people."""
    (dozen / "inbox").mkdir()
    shutil.move(dozen / "signups.xlsx", dozen / "inbox")
    return dozen


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_lies_in_the_folder_of_the_run(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    (folder,) = (inbox / "outbox").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert names >= {"今日要办.xlsx", "plan.xlsx", "manifests", "orders", "calls"}
    (line,) = (inbox / "nightly.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["exit_code"] == 0


def test_a_second_night_with_the_same_inbox_changes_nothing(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    before = files_in(inbox / "outbox")
    call(inbox, "nightly", "--as-of", DAY)
    assert files_in(inbox / "outbox") == before


def test_the_screen_says_who_of_those_without_a_seat_has_left(inbox: Path) -> None:
    """The page of the evening counts them apart."""
    call(inbox, "nightly", "--as-of", DAY)
    (batch, *_) = json.loads(call(inbox, "show", "--json").stdout)["batches"]
    assert call(inbox, "publish", batch["id"], "--lang", "zh").stdout.startswith("已锁定(已通知)1 趟车：")
    assert call(inbox, "publish", batch["id"], "--lang", "zh").stdout == "没有新锁定的车\n"
    call(inbox, "manifest", "--out", "papers")
    (paper,) = (inbox / "papers").iterdir()
    filled(paper, "上车", dict.fromkeys(range(12), "√"))
    call(inbox, "board", str(with_walk_up(paper, 21, row=12)), "--out", "lists")
    (added,) = (inbox / "lists").glob("现场增补-*.xlsx")
    shutil.copy(added, inbox / "inbox")
    assert "未排 1 人(其中 1 人已出发)" in call(inbox, "nightly", "--as-of", DAY, "--lang", "zh").stdout


@pytest.mark.parametrize("held", ["returnplan.db", "nightly"])
def test_two_at_a_time_are_one_too_many(inbox: Path, held: str) -> None:
    """The lock of the store while it is changed, that of the night until its outputs are written."""
    with RunLock(inbox / held):
        call(inbox, "nightly", "--as-of", DAY, exit_code=4)
    assert not (inbox / "outbox").exists()


def test_an_empty_inbox_is_refused_and_logged(inbox: Path) -> None:
    (inbox / "inbox" / "signups.xlsx").unlink()
    call(inbox, "nightly", "--as-of", DAY, exit_code=3)
    (line,) = (inbox / "nightly.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["exit_code"] == 3


def test_earlier_outputs_stay_under_their_run(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    before = files_in(inbox / "outbox")
    call(inbox, "nightly", "--as-of", "2021-02-16")
    assert len(list((inbox / "outbox").iterdir())) == 2
    assert before.items() <= files_in(inbox / "outbox").items()


def test_a_bug_is_logged_without_its_words(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("韦小宝 的行有误")

    monkeypatch.setattr("returnplan.usecases.nightly.plan", fail)
    call(inbox, "nightly", "--as-of", DAY, exit_code=70)
    text = (inbox / "nightly.log").read_text(encoding="utf-8")
    assert json.loads(text)["exit_code"] == 70
    assert "韦小宝" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_outputs_and_log_are_for_the_owner_alone(inbox: Path) -> None:
    call(inbox, "nightly", "--as-of", DAY)
    written = [
        inbox / "nightly.log",
        inbox / "returnplan.db",
        inbox / "outbox",
        *(inbox / "outbox").rglob("*"),
    ]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in written if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in written if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_people_of_a_file_that_was_not_read_are_in_the_line_and_in_the_log(inbox: Path) -> None:
    rows = "\n".join(
        f'"{n}韦家旺,13807750{n}' if n == 105 else f"韦家旺,13807750{n}" for n in range(101, 113)
    )
    (inbox / "inbox" / "石咀镇.csv").write_text(f"姓名,电话\n{rows}", encoding="gb18030")
    for _ in range(2):  # the second night finds all done and says it again
        said = call(inbox, "nightly", "--as-of", DAY, "--lang", "zh").stdout
        assert "没有读的文件和表(另有约 12 人)：石咀镇.csv" in said
    for line in (inbox / "nightly.log").read_text(encoding="utf-8").splitlines():
        assert (json.loads(line)["not_read"], json.loads(line)["files_not_read"]) == (12, ["石咀镇.csv"])


@pytest.mark.parametrize("rules", ["nonsense = 1", "[rules", ""], ids=["unknown key", "no toml", "no file"])
def test_a_fault_in_the_rules_stands_on_a_page_in_the_outbox_they_name(inbox: Path, rules: str) -> None:
    named = f'{rules}\n[nightly]\noutbox = "发出"\n'
    (inbox / ("returnplan.toml" if rules else "other.toml")).write_text(named, encoding="utf-8")
    outbox = inbox / ("发出" if rules else "outbox")
    call(inbox, "nightly", "--as-of", DAY, "--config", "returnplan.toml", exit_code=2)
    assert not outbox.exists()
    outbox.mkdir()
    call(inbox, "nightly", "--as-of", DAY, "--config", "returnplan.toml", exit_code=2)
    rows = [
        tuple(cell.value for cell in row[:3])
        for row in load_workbook(outbox / "未完成" / "今日要办.xlsx").worksheets[0].iter_rows()
    ]
    problem = next(row[2] for row in rows if row[0] == "没有排新方案，请先处理")
    assert "规则文件" in problem or "returnplan.toml" in problem
    assert any(row[0] == "还没有方案" for row in rows)
