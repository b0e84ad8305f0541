"""What is saved comes back: every field of every object, whatever texts and figures it holds."""

import dataclasses
import stat
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.model.errors import InputRefused
from returnplan.model.faults import Fault
from returnplan.model.intake import SheetReport
from returnplan.model.plan import Batch, EmployerLine, Plan, Rider, RunHeader
from returnplan.store import Store
from tests.specimens.journeys import TRAIN, with_a_train
from tests.specimens.two_batches import changed, two_batches
from tests.store.conftest import PERSONS, header

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
whole = st.integers(-(2**53), 2**53)
real = st.floats(allow_nan=False, allow_infinity=False)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
hours = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31))
st.register_type_strategy(str, text)
st.register_type_strategy(int, whole)
st.register_type_strategy(float, real)
st.register_type_strategy(date, days)
st.register_type_strategy(datetime, hours)


def same_plan(one: Plan, other: Plan) -> None:
    """Compare two plans, frames and all."""
    for f in dataclasses.fields(Plan):
        left, right = getattr(one, f.name), getattr(other, f.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right, check_dtype=False)
        else:
            assert left == right, f.name


def test_a_plan_comes_back_as_it_was(store: Store, plan: Plan) -> None:
    same_plan(store.load_plan(header().id), plan)
    assert store.latest_run() == header()
    assert store.person_numbers() == PERSONS
    assert store.riding(header().id) == set(plan.riders["person"])


def test_a_train_with_its_feeders_and_shuttles_comes_back_as_it_was(store: Store) -> None:
    plan = with_a_train()
    on_train = plan.riders["batch"] == TRAIN
    ticket = [["5", "12F", "E123456789"]] * int(on_train.sum())
    plan.riders.loc[on_train, ["carriage", "seat_no", "order_no"]] = ticket
    store.save_run(header("f" * 12), plan, {})
    loaded = store.load_plan("f" * 12)
    assert loaded.batches == plan.batches
    pd.testing.assert_frame_equal(loaded.riders, plan.riders, check_dtype=False)


def test_an_empty_plan_comes_back_with_the_types_of_its_columns(store: Store, plan: Plan) -> None:
    nothing = {name: getattr(plan, name).iloc[:0] for name in ("riders", "unplanned", "matches")}
    empty = Plan(batches=(), faults=(), sheets=(), employers=(), **nothing)
    store.save_run(header("e" * 12), empty, {})
    same_plan(store.load_plan("e" * 12), empty)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    batch=st.builds(Batch, stops=st.just(()), id=st.just("0222-1")),
    faults=st.lists(st.from_type(Fault), max_size=3),
    sheets=st.lists(st.from_type(SheetReport).map(lambda sheet: replace(sheet, not_read=0)), max_size=2),
    employers=st.lists(st.from_type(EmployerLine), max_size=2),
    rider=st.from_type(Rider),
)
def test_whatever_texts_and_figures_come_back(
    batch: Batch, faults: list[Fault], sheets: list[SheetReport], employers: list[EmployerLine], rider: Rider
) -> None:
    plan = two_batches().plan
    riders = pd.DataFrame([rider]).astype({"earliest": "datetime64[s]", "latest": "datetime64[s]"})
    odd = dataclasses.replace(
        plan,
        batches=(batch,),
        riders=riders.astype(
            {name: "str" for name in riders if riders[name].dtype == object and name != "child_seats"}
        ),
        faults=tuple(faults),
        sheets=tuple(sheets),
        employers=tuple(employers),
    )
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "s.db"), create=True) as store:
        store.save_run(header(), odd, {})
        same_plan(store.load_plan(header().id), odd)


def test_many_riders_come_back_in_their_order(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are read in chunks; a chunk's border is nothing that the reader sees."""
    monkeypatch.setattr("returnplan.store.tables.CHUNK", 3)
    same_plan(store.load_plan(header().id), plan)


def test_the_last_saved_run_is_the_latest(store: Store, plan: Plan) -> None:
    store.save_run(header("b" * 12), plan, {})
    assert [run.id for run in store.runs()] == ["b" * 12, header().id]
    store.save_run(header(), plan, {})
    assert [run.id for run in store.runs()] == [header().id, "b" * 12]


def test_a_run_of_the_same_id_gives_way_whole(store: Store, plan: Plan) -> None:
    other = dataclasses.replace(
        plan, riders=changed(plan.riders, 0, {"note": "晕车"}), batches=plan.batches[:1]
    )
    store.save_run(header(), other, {})
    same_plan(store.load_plan(header().id), other)
    assert list(store.rows("SELECT count(*) FROM stops")) == [(4,)]


def test_riders_and_unplanned_without_pandas_are_those_of_the_plan(store: Store, plan: Plan) -> None:
    riders = store.load_riders(header().id, ["0222-1"])["0222-1"]
    assert [rider.seat for rider in riders] == [1, 2, 3, 4, 5, 6]
    assert (riders[4].child_seats, riders[4].earliest, riders[4].flexed) == ((40,), date(2021, 2, 22), False)
    faulty = list(store.stream_unplanned(header().id))[2]
    assert (faulty.code, faulty.earliest, faulty.person) == ("faulty_row", None, 0)


def test_another_year_is_refused_and_nothing_saved(store: Store, plan: Plan) -> None:
    def year_of(run_id: str, year: int) -> RunHeader:
        return header(run_id, dates={"year": year})

    store.save_run(year_of("a" * 12, 2021), plan, {})
    with pytest.raises(InputRefused, match="holds the campaign of 2021"):
        store.save_run(year_of("b" * 12, 2022), plan, {})
    assert len(store.runs()) == 2


def test_nothing_is_planned_yet(path: Path) -> None:
    with pytest.raises(InputRefused, match="returnplan plan"):
        Store.open(path)
    assert not path.exists()
    with Store.open(path, create=True) as store:
        assert store.latest_run() is None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_store_is_for_its_owner_alone(store: Store, path: Path, plan: Plan) -> None:
    with store.transaction() as connection:
        connection.execute("DELETE FROM faults")
        connection.execute("INSERT INTO persons (number, id_number) VALUES (99, 'x')")
        files = list(path.parent.iterdir())
        assert {file.name for file in files} == {"returnplan.db", "returnplan.db-journal"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_papers_need_no_pandas(store: Store, path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from returnplan.store import Store\n"
        f"with Store.open(Path({str(path)!r})) as store:\n"
        "    run = store.latest_run().id\n"
        "    store.load_riders(run, [batch.id for batch in store.load_batches(run)])\n"
        "    store.load_divisions(run, 'city')\n"
        "assert not {'pandas', 'numpy', 'pypinyin'} & set(sys.modules), 'heavy'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_field_has_its_column(store: Store) -> None:
    """A new field of a plan's object needs a migration."""
    from returnplan.store import tables

    kept: dict[str, Any] = vars(tables)
    for table in (value for value in kept.values() if isinstance(value, tables.Table)):
        columns = {name for _, name, *_ in store.rows(f"PRAGMA table_info({table.name})")}
        assert set(table.columns) <= columns, table.name
