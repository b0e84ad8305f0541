"""After a purge no byte of a person is left in the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.model.faults import Fault
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.store import Purged, Store
from tests.specimens.two_batches import TUESDAY, changed, two_batches
from tests.store.conftest import header
from tests.store.test_promises import call, walk_up

AFTERWARDS = TUESDAY + timedelta(days=1)
SECRETS = (
    "韦秀英",
    "13807754000",
    "听力障碍",
    "司机陆师傅",
    "张三错行",
    "第七同行组",
    "450225",
    "覃路人",
    "E987654321",
)


@pytest.fixture
def full(store: Store, plan: Plan) -> Store:
    """A store with two runs, their persons, faults, calls and roster."""
    case = two_batches()
    secret = {"name": SECRETS[0], "phone": SECRETS[1], "note": SECRETS[2], "party": SECRETS[5]}
    ticket = {"order_no": SECRETS[8]}
    fault = Fault(
        "a.xlsx", "报名", "B3", SECRETS[4], "bad_id", Text(f"{SECRETS[4]}有误", f"{SECRETS[4]} is wrong")
    )
    plan = replace(
        plan,
        riders=changed(plan.riders, 0, secret | ticket),
        unplanned=changed(plan.unplanned, 0, {"name": SECRETS[0]}),
        batches=(replace(plan.batches[0], drivers=(SECRETS[3],)), plan.batches[1]),
        faults=(fault,) * 50,
    )
    persons = {id_number: 100 + n for n, id_number in enumerate(case.roster.people["id_number"])}
    roster = case.with_person(0, **secret | {"party": -1, "party_name": SECRETS[5]}).roster
    store.save_run(header("b" * 12, drivers=[SECRETS[3]]), plan, persons, roster)
    store.save_run(header("c" * 12), plan, {}, roster)
    store.save_run(header("c" * 12), plan, {}, roster)  # the first of that id lies in free pages now
    store.record_calls([call(100, "已通知")])
    store.pin({100: "0222-1"})
    store.record_walk_ups([walk_up(SECRETS[7], "0222-1")])
    return store


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_the_bytes_are_gone(full: Store, path: Path) -> None:
    before = bytes_on_disk(path)
    assert all(secret.encode() in before for secret in SECRETS)
    assert full.purge(AFTERWARDS) == Purged(TUESDAY, 18, 0, 2)
    after = bytes_on_disk(path)
    assert [secret for secret in SECRETS if secret.encode() in after] == []
    assert full.calls() == {}
    assert full.pins() == {}
    assert full.walk_ups() == []
    assert full.load_roster("c" * 12) is None


def test_what_names_nobody_remains(full: Store) -> None:
    full.purge(AFTERWARDS)
    plan = full.load_plan("c" * 12)
    assert (len(plan.batches), len(plan.riders), len(plan.unplanned)) == (2, 8, 3)
    assert list(plan.unplanned["code"]) == ["cancelled", "below_min_load", "faulty_row"]
    assert plan.summary["planned"] == 8


def test_a_campaign_that_is_not_over_keeps_its_people(full: Store) -> None:
    for before in (TUESDAY, date(2021, 1, 1)):
        assert full.purge(before) == Purged(TUESDAY, 0)
    assert "13807754000" in set(full.load_plan("c" * 12).riders["phone"])


def test_a_second_purge_finds_only_people_met_since(full: Store, plan: Plan) -> None:
    assert full.purge(AFTERWARDS) == Purged(TUESDAY, 18, 0, 2)
    assert full.purge(AFTERWARDS) == Purged(TUESDAY, 0, 18, 2)
    full.save_run(header("d" * 12), plan, {"450225199001011239": 999}, two_batches().roster)
    assert full.purge(AFTERWARDS) == Purged(TUESDAY, 1, 18, 2)


def deny_attach(action: int, *_: object) -> int:
    """Let VACUUM fail, which attaches the new file."""
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK


def test_where_the_file_cannot_be_written_once_more_it_says_what_is_gone_and_what_is_not(
    full: Store, path: Path
) -> None:
    full._connection.set_authorizer(deny_attach)
    with pytest.raises(
        StoreError, match=r"removed from every table.* may still be in its unused parts"
    ) as told:
        full.purge(AFTERWARDS)
    assert "18 人的个人信息已从各表清除并覆盖" in told.value.message.zh
    assert set(full.load_plan("c" * 12).riders["phone"]) == {""}
    full._connection.set_authorizer(None)
    assert full.purge(AFTERWARDS) == Purged(TUESDAY, 0, 18, 2)
    assert all(secret.encode() not in bytes_on_disk(path) for secret in SECRETS)


def test_an_empty_store_has_nothing_to_purge(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.db", create=True) as store:
        assert store.purge(AFTERWARDS) == Purged(None, 0)


@contextmanager
def disk_of(num_bytes: int) -> Iterator[None]:
    """Let no file grow beyond a size, which does to SQLite what a full disk does."""
    resource = pytest.importorskip("resource", reason="Windows has no limit on the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (num_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_what_is_said_is_true(full: Store, path: Path) -> None:
    """With every size of disk: either all people are there or none is, and the message says which."""
    full.close()
    whole = path.read_bytes()
    said = set()
    for num_bytes in range(0, 2 * len(whole), 4096):
        path.write_bytes(whole)
        with Store.open(path) as store:
            said.add(outcome := said_of(store, num_bytes))
            is_there = "13807754000" in set(store.load_plan("c" * 12).riders["phone"])
            assert is_there == (outcome == "unchanged")
            gone = store.purge(AFTERWARDS)
            assert (gone.num_persons, gone.num_before) == ((18, 0) if is_there else (0, 18))
        assert [secret for secret in SECRETS if secret.encode() in bytes_on_disk(path)] == []
    assert said >= {"unchanged", "done"}


def said_of(store: Store, num_bytes: int) -> str:
    try:
        with disk_of(num_bytes):
            store.purge(AFTERWARDS)
    except StoreError as error:
        return "unchanged" if "没有改动" in error.message.zh else "removed"
    return "done"


def test_where_only_the_second_writing_fails_the_people_are_said_to_be_removed(
    full: Store, path: Path
) -> None:
    is_vacuum: list[bool] = []
    full._connection.set_trace_callback(lambda statement: is_vacuum.append("VACUUM" in statement))
    full._connection.set_progress_handler(lambda: int(any(is_vacuum)), 1)
    with pytest.raises(StoreError, match="the personal data of 18 people are removed") as caught:
        full.purge(AFTERWARDS)
    assert "没有改动" not in caught.value.message.zh
    assert "unchanged" not in caught.value.message.en
    full._connection.set_progress_handler(None, 1)
    assert set(full.load_plan("c" * 12).riders["phone"]) == {""}
    full.purge(AFTERWARDS)
    assert [secret for secret in SECRETS if secret.encode() in bytes_on_disk(path)] == []
