"""A crash, a full disk or a busy file leaves the last good run, whole."""

import dataclasses
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError, StoreLocked
from returnplan.model.faults import Fault
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.store import Store
from returnplan.store.migrations import MIGRATIONS
from tests.store.conftest import header
from tests.store.test_store import same_plan

SECOND = header("b" * 12)


@pytest.fixture
def long_plan(plan: Plan) -> Plan:
    """The plan with so many faults that saving it writes pages before the end."""
    fault = Fault("报名.xlsx", "报名", "B3", "x" * 500, "bad_id", Text("身份证号码有误", "bad ID number"))
    return dataclasses.replace(plan, faults=(fault,) * 1000)


def count_statements(path: Path, plan: Plan) -> int:
    """Return how many statements saving the plan takes, the packing of the run before included."""
    seen: list[str] = []
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with Store.open(copy) as store:
        store._connection.set_trace_callback(seen.append)
        store.save_run(SECOND, plan, {})
        store._connection.set_trace_callback(None)
    copy.unlink()
    return len(seen)


def save_and_die(path: Path, plan: Plan, at: int) -> None:
    """Save in a child process that is killed before its ``at``-th statement."""
    child = os.fork()
    if child == 0:
        left = [at]

        def count(_: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        store = Store.open(path)
        store._connection.execute("PRAGMA cache_size = 5")  # pages go to the file before the end
        store._connection.set_trace_callback(count)
        store.save_run(SECOND, plan, {})
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 of a forked child")
def test_killed_at_any_moment_the_last_run_stands(
    store: Store, path: Path, plan: Plan, long_plan: Plan
) -> None:
    store.close()
    num = count_statements(path, long_plan)
    for at in [0, 1, 2, 3, 5, 8, 13, *range(20, num - 1, num // 20), num - 1]:
        save_and_die(path, long_plan, at)
        with Store.open(path) as again:
            assert [run.id for run in again.runs()] == [header().id], f"killed before statement {at}"
            same_plan(again.load_plan(header().id), plan)
            assert list(again.rows("PRAGMA integrity_check")) == [("ok",)]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 of a forked child")
def test_killed_after_the_end_the_new_run_stands(store: Store, path: Path, long_plan: Plan) -> None:
    store.close()
    save_and_die(path, long_plan, 10**9)
    with Store.open(path) as again:
        latest = again.latest_run()
        assert latest is not None
        assert latest.id == SECOND.id
        same_plan(again.load_plan(SECOND.id), long_plan)


def test_on_a_full_disk_the_last_run_stands(store: Store, plan: Plan, long_plan: Plan) -> None:
    (pages,) = next(store.rows("PRAGMA page_count"))
    store._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreError, match="disk is full") as caught:
        store.save_run(SECOND, long_plan, {})
    assert caught.value.exit_code == 5
    assert [run.id for run in store.runs()] == [header().id]
    same_plan(store.load_plan(header().id), plan)


def test_a_fault_of_ours_in_the_middle_saves_nothing(store: Store, plan: Plan) -> None:
    broken = dataclasses.replace(plan, matches=plan.matches.drop(columns="post"))
    with pytest.raises(KeyError):
        store.save_run(SECOND, broken, {"x": 77})
    assert [run.id for run in store.runs()] == [header().id]
    assert "x" not in store.person_numbers()


def test_a_busy_store_says_so(store: Store, path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returnplan.store.connection.BUSY_TIMEOUT_S", 0.05)
    with Store.open(path) as other, store.transaction(), pytest.raises(StoreLocked, match="in use"):
        other.save_run(SECOND, plan, {})


def test_no_folder_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot open"):
        Store.open(tmp_path / "missing" / "returnplan.db", create=True)


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0 not a database at all" * 50, b"SQLite format 3\0" + b"\1" * 4000]
)
def test_another_file_is_no_store(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE persons (x)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, create=True)


def test_a_newer_store_is_not_touched(store: Store, path: Path) -> None:
    store._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="newer"):
        Store.open(path)
