"""Old stores are brought up to date, each step whole or not at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from returnplan.model.errors import StoreError
from returnplan.model.plan import Handout
from returnplan.store import Store
from returnplan.store.connection import connect
from returnplan.store.migrations import MIGRATIONS, migrate
from tests.specimens.two_batches import two_batches
from tests.store.conftest import PERSONS, header
from tests.store.test_store import same_plan

MORE = ("CREATE TABLE more (x)", "INSERT INTO more VALUES (1)")
FIRST_SEEN = 12
"""The step after which the store knows when people were first seen; later ones are none yet."""
BAD = ("CREATE TABLE less (x)", "INSERT INTO nowhere VALUES (1)")


def forget_columns(old: sqlite3.Connection) -> None:
    """Take the riders' columns out of a store, which came with step 16, the last boardings of step 18 and the
    lists of step 19."""
    old.execute("DROP TABLE lists")
    old.execute("DROP TABLE last_boardings")
    for event in ("INSERT", "DELETE", "UPDATE"):
        old.execute(f"DROP TRIGGER riders_{event}")
    old.execute("DROP TABLE rider_columns")
    old.execute("DROP TABLE rewritten_batches")


def test_each_step_is_applied_once_and_recorded(path: Path) -> None:
    connection = connect(path, create=True)
    migrate(connection, path)
    migrate(connection, path, (*MIGRATIONS, MORE))
    migrate(connection, path, (*MIGRATIONS, MORE))
    versions = [version for (version,) in connection.execute("SELECT version FROM migrations")]
    assert versions == list(range(1, len(MIGRATIONS) + 2))
    assert connection.execute("SELECT count(*) FROM more").fetchone() == (1,)


def test_a_failing_step_leaves_the_store_as_it_was(path: Path) -> None:
    connection = connect(path, create=True)
    migrate(connection, path)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, (*MIGRATIONS, MORE, BAD))
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert tables.isdisjoint({"more", "less"})


def test_a_new_store_waits_for_the_disk_once(path: Path) -> None:
    """A step a transaction took a third of a second of a plan's eight."""
    connection = connect(path, create=True)
    said: list[str] = []
    connection.set_trace_callback(said.append)
    migrate(connection, path)
    assert said.count("COMMIT") == 1


def test_a_program_that_knows_no_rosters_in_parts_refuses_the_store(path: Path) -> None:
    """It would take the last part of a column for the whole one."""
    Store.open(path, create=True).close()
    before_parts = MIGRATIONS[:16]
    with closing(connect(path, create=False)) as connection, pytest.raises(StoreError) as refused:
        migrate(connection, path, before_parts)
    assert "更新版本" in refused.value.message.zh
    assert "newer returnplan" in refused.value.message.en


def test_a_store_of_version_1_keeps_its_run_and_learns_the_rest(path: Path) -> None:
    with sqlite3.connect(path) as first:
        first.executescript(Path(__file__).with_name("version1.sql").read_text(encoding="utf-8"))
    first.close()
    with Store.open(path) as store:
        assert store.latest_run() == header(dates={"year": 2021})
        plan = two_batches().plan
        batches = tuple(replace(batch, rests=(), contract_yuan=batch.cost_yuan) for batch in plan.batches)
        old = replace(
            plan,
            batches=batches,
            employers=(),
            riders=plan.riders.assign(
                rent_yuan=plan.summary["lower_bound"],
                journey=[f"J{line}" for line in range(len(plan.riders))],  # as version 1 named them
            ),
        )
        same_plan(store.load_plan(header().id), old)
        assert store.person_numbers() == PERSONS
        assert store.load_roster(header().id) is None
        assert store.set_state(header().id, ["0222-1"], "published") == ("0222-1",)
        assert [run.id for run in store.runs()] == [header().id]


def test_of_an_older_store_people_were_first_seen_in_the_first_run_with_them(path: Path) -> None:
    """Three runs, the first two packed; number 21 came with the second, 22 with the third."""
    plan = two_batches().plan
    nights = [date(2021, 2, day) for day in (18, 19, 20)]
    with Store.open(path, create=True) as store:
        for nth, night in enumerate(nights):
            persons = list(range(21, 21 + nth))
            new = plan.riders.iloc[:nth].assign(
                person=persons, signup=[f"增补!{n}" for n in persons], seat=persons
            )
            tonight = replace(plan, riders=pd.concat([plan.riders, new], ignore_index=True))
            known = PERSONS | {f"{n:018d}": n for n in persons}
            store.save_run(replace(header(f"{nth:012x}"), as_of=night), tonight, known)
    with closing(sqlite3.connect(path)) as old:
        old.execute("ALTER TABLE persons DROP COLUMN first_seen")
        forget_columns(old)
        old.execute("ALTER TABLE riders DROP COLUMN order_no")
        old.execute("ALTER TABLE rosters DROP COLUMN drive_minutes")
        old.execute("DROP TABLE handouts")  # of a later one
        old.execute(f"DELETE FROM migrations WHERE version >= {FIRST_SEEN}")
        old.execute(f"PRAGMA user_version = {FIRST_SEEN - 1}")
        old.commit()
    with Store.open(path) as store:
        later = {21: nights[1], 22: nights[2]}
        assert store.first_seen() == dict.fromkeys(PERSONS.values(), nights[0]) | later


def test_a_store_that_knew_printed_papers_but_no_order_numbers_keeps_them(path: Path) -> None:
    """Version 13 was in use: a step that is out never becomes another one."""
    printed = {"0222-1": Handout(3, "digest")}
    with Store.open(path, create=True) as store:
        store.save_run(header(), two_batches().plan, PERSONS)
        store.keep_handouts(printed, {})
    with closing(sqlite3.connect(path)) as old:
        forget_columns(old)
        old.execute("ALTER TABLE riders DROP COLUMN order_no")
        old.execute("ALTER TABLE rosters DROP COLUMN drive_minutes")
        old.execute("DELETE FROM migrations WHERE version > 13")
        old.execute("PRAGMA user_version = 13")
        old.commit()
    with Store.open(path) as store:
        assert store.load_handouts() == printed
        assert set(store.load_plan(header().id).riders["order_no"]) == {""}
