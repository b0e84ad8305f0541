"""Every command ended at its n-th write: the last good state stands, and the same command again completes the rest.

For each command, each n, and each way to end (kill -9, EIO, a full disk): after the first call the store is as before
or as after an undisturbed call, and every file is whole, old or new; after the second call store and files are, to the
byte, those of the undisturbed call. Of the slow commands some n are tried, and all of them in a long run.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from returnplan.sheets import reader
from returnplan.usecases.plan import make
from returnplan.usecases.plan.solve import plan_roster
from tests.e2e.bad_disk import BadDisk, Fault, bad_disk
from tests.e2e.program import call
from tests.sweeps import IS_LONG
from tests.usecases.conftest import listed

STORE_OR_DISK = 5
NIGHT = "2021-02-10"
NO_OUTPUTS = ("returnplan.db", "nightly.")

COUNTER = 'INSERT INTO "revision"'
"""How often the store was changed: the one thing that may differ."""

HANDOUT = 'INSERT INTO "handouts"'

FAULTS: list[Fault] = ["EIO", "ENOSPC"] if sys.platform == "win32" else ["killed", "EIO", "ENOSPC"]
QUICK = [
    ["manifest"],
    ["manifest", "--employers"],
    ["notify"],
    ["notify", "--read", "calls"],
    ["dispatch"],
    ["dispatch", "--read", "orders"],
    ["publish", "0218-001"],
    ["recall", "0218-001"],
    ["purge", "--before", "2031-01-01", "--yes"],
]
SLOW = [
    ["init", "新活动"],
    ["check", "inbox", "--report", "退回"],
    ["plan", "inbox"],
    ["plan", "--add", "增补.xlsx"],
    ["plan", "inbox", "--out", "新.xlsx"],
    ["change", "0218-001", "--plate", "桂B12345"],
    ["change", "0218-001", "--drop", "3", "--depart", "06:30"],
    ["change", "0218-001", "--cancel"],
    ["adopt", "plan.xlsx"],
    ["board", "manifests", "--out", "上车后"],
    ["nightly", "--as-of", NIGHT],
]


class State(NamedTuple):
    """What a folder holds: the store as statements, every output by its path."""

    store: str
    outputs: dict[str, bytes]

    @property
    def decided(self) -> str:
        """The store but for which papers were written last: that is saved after them, by itself."""
        return "\n".join(line for line in self.store.splitlines() if not line.startswith(HANDOUT))


class Clock(datetime):
    """Stands still, so that what is saved and printed does not depend on when it was."""

    stands_at = 19

    @classmethod
    def now(cls, tz: Any = None) -> "Clock":
        """Return the hour at which it stands."""
        return cls(2021, 2, 10, cls.stands_at, 0, tzinfo=tz)


@pytest.fixture(autouse=True, scope="module")
def the_same_hour() -> Iterator[None]:
    """Stop the clock, and plan and open each thing once only, however often it is asked for."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (
            "usecases.plan.identify",
            "usecases.campaign",
            "usecases.telling",
            "usecases.change.seats",
            "usecases.notify",
            "usecases.dispatch",
            "usecases.board",
            "usecases.manifest",
            "store.promises",
            "store.migrations",
        ):
            patched.setattr(f"returnplan.{module}.datetime", Clock)
        patched.setattr(make, "plan_roster", _remembering_plans())
        patched.setattr(reader, "_Child", _remembering_sheets())
        yield


def _remembering_plans() -> Any:
    solve = plan_roster
    known: dict[Any, Any] = {}

    def plan(kept: Any, *rest: Any) -> Any:
        key = (tuple(kept.hidden.people["id_number"]), kept.previous is None)
        if key not in known:
            known[key] = solve(kept, *rest)
        return known[key]

    return plan


def _remembering_sheets() -> Any:
    known: dict[str, Any] = {}
    child = reader._Child

    class Remembering:
        def __enter__(self) -> "Remembering":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def sheets_of(self, path: Path, job: Any) -> Any:
            key = path.suffix + hashlib.sha256(path.read_bytes()).hexdigest()
            if key not in known:
                with child() as opened:
                    known[key] = opened.sheets_of(path, job)
            return known[key]

    return Remembering


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory, the_same_hour: None) -> Path:
    """Return a folder with a plan of twelve people, all its papers filled in, one list more, and a faulty one."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    listed(folder / "inbox" / "报名.xlsx", *range(1, 13), 务工企业="东坑电子厂")
    call(folder, "plan", "inbox")
    for command in ("manifest", "notify", "dispatch"):
        call(folder, command)
    _fill(folder / "manifests", "上车", "√", num=11)
    _fill(folder / "calls", "结果", "已通知", num=11)
    _fill(folder / "orders", "车牌号", "桂B12345", num=1)
    listed(folder / "增补.xlsx", *range(21, 25))
    return folder


def _fill(folder: Path, header: str, word: str, num: int) -> None:
    (path,) = folder.iterdir()
    book = load_workbook(path)
    found = [[cell for row in one.iter_rows() for cell in row if cell.value == header] for one in book]
    cell = next(cells for cells in found if cells)[-1]
    sheet = cell.parent
    for row in range(num):
        sheet.cell(cell.row + 1 + row, cell.column, word)
    book.save(path)


@cache
def _prepared(campaign: Path, words: tuple[str, ...]) -> Path:
    """Return a copy of the campaign's folder as it is before a command."""
    folder = campaign.with_name(f"{campaign.name} before {' '.join(words)}".replace("/", "_"))
    shutil.copytree(campaign, folder)
    if words[0] == "adopt":
        book = load_workbook(folder / "plan.xlsx")
        book["批次"]["G2"] = "桂B54321"
        book.save(folder / "plan.xlsx")
    if words[0] == "recall":
        call(folder, "publish", "0218-001")
    if words[0] in ("check", "nightly") or "新.xlsx" in words:
        listed(folder / "inbox" / "错表.xlsx", *range(31, 43), 务工城市="没有这个市")
    if (words[:2] == ("plan", "inbox") and "新.xlsx" not in words) or words[0] == "nightly":
        (folder / "returnplan.db").unlink()
        (folder / "plan.xlsx").unlink()
    return folder


def _state_of(folder: Path) -> State:
    outputs = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(NO_OUTPUTS)
    }
    path = folder / "returnplan.db"
    if not path.exists() or not path.stat().st_size:
        return State("", outputs)
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        lines = (line for line in store.iterdump() if not line.startswith(COUNTER))
        return State("\n".join(lines), outputs)


def _ended(folder: Path, words: tuple[str, ...], at: int, fault: Fault) -> int | None:
    """Run a command that is ended at a write, and return its exit code, None when it was killed."""
    if fault != "killed":
        with bad_disk(at, fault):
            return call(folder, *words, exit_code=None).returncode
    child = os.fork()
    if child == 0:
        with bad_disk(at, fault):
            call(folder, *words, exit_code=None)
        os._exit(0)
    os.waitpid(child, 0)
    return None


@cache
def _undisturbed(campaign: Path, words: tuple[str, ...], where: Path) -> tuple[State, State, BadDisk]:
    """Return the states before and after a command, and its writes."""
    _copy(campaign, words, where)
    before = _state_of(where)
    with bad_disk() as disk:
        call(where, *words)
    return before, _state_of(where), disk


def _copy(campaign: Path, words: tuple[str, ...], where: Path) -> None:
    shutil.rmtree(where, ignore_errors=True)
    shutil.copytree(_prepared(campaign, words), where)


def _tried(words: list[str], fault: Fault, seen: list[str]) -> list[int]:
    """Return the numbers of the writes that fail: all, or those around the last change of the store and the last.

    The two ways of a disk to fail, which end a command alike, share them.
    """
    num = len(seen)
    if IS_LONG or words in QUICK:
        return list(range(1, num + 1))
    saved = num - seen[::-1].index("COMMIT") if "COMMIT" in seen else 1
    some = sorted({saved, min(saved + 1, num), (saved + num) // 2, num})
    return {"EIO": some[::2], "ENOSPC": some[1::2] or some}.get(fault, some)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("words", QUICK + SLOW, ids=" ".join)
def test_ended_at_a_write_and_called_again_it_is_as_if_nothing_had_been(
    words: list[str], fault: Fault, campaign: Path
) -> None:
    command = tuple(words)
    folder = campaign / ".." / "tried" / "office"  # starters of a new campaign hold the path
    before, after, disk = _undisturbed(campaign, command, folder)
    assert disk.seen
    for at in _tried(words, fault, disk.seen):
        _copy(campaign, command, folder)
        code = _ended(folder, command, at, fault)
        where = f"{fault} at write {at}, {disk.seen[at - 1]}"
        assert code in (None, 0, STORE_OR_DISK), where
        now = _state_of(folder)
        _is_whole(now, before, after, where)
        with pytest.MonkeyPatch.context() as patched:
            if words[0] == "nightly" and now.decided == after.decided:
                patched.setattr(Clock, "stands_at", 23)  # a night is printed under the hour of its run
            call(folder, *words)
        again = _state_of(folder)
        assert again.outputs.keys() == after.outputs.keys(), where
        assert again == after, where


def _is_whole(now: State, before: State, after: State, where: str) -> None:
    is_new = not before.store and 'INSERT INTO "runs"' not in now.store  # made, and no run saved in it
    assert is_new or now.decided in (before.decided, after.decided), where
    for name, content in now.outputs.items():
        if not Path(name).name.startswith(".") and "未完成" not in name:
            assert content in (before.outputs.get(name), after.outputs.get(name)), f"{where}: {name}"
