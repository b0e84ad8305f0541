"""The riders of the latest run are read from columns, and are what the rows say whoever has written a row since."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from returnplan.model.plan import Plan, Rider
from returnplan.store import Amendment, Store
from returnplan.store.rider_columns import riders_in_columns
from returnplan.store.tables import RIDERS
from returnplan.usecases.open_plan import objects_of
from tests.specimens.journeys import with_a_train
from tests.specimens.two_batches import TUESDAY
from tests.store.conftest import PERSONS, header

RUN = header().id


def from_columns(store: Store) -> pd.DataFrame:
    """Return the riders as the columns have them, which are those of the rows."""
    riders = riders_in_columns(store, RUN)
    assert riders is not None
    pd.testing.assert_frame_equal(riders, store.frame_of_run(RIDERS, RUN), check_dtype=False)
    return riders


def test_columns_are_what_the_rows_say(store: Store, plan: Plan) -> None:
    pd.testing.assert_frame_equal(from_columns(store), plan.riders, check_dtype=False)


def test_a_journey_by_train_is_kept_too(store: Store) -> None:
    store.save_run(header(), with_a_train(), PERSONS)
    assert len(from_columns(store)) == len(with_a_train().riders)


def test_riders_of_a_changed_batch_are_read_from_its_rows(store: Store, plan: Plan) -> None:
    first, second = (batch.id for batch in plan.batches)
    mine, others = (objects_of(plan.riders[plan.riders["batch"] == one], Rider) for one in (first, second))
    store.amend(RUN, Amendment("changed", riders={first: mine[1:]}))
    assert mine[0].person not in set(from_columns(store)["person"])
    store.amend(RUN, Amendment("changed", gone=[second], riders={first: mine}))
    assert set(from_columns(store)["batch"]) == {first}
    store.amend(RUN, Amendment("changed", riders={second: others}))
    assert len(from_columns(store)) == len(plan.riders)


def test_who_has_boarded_is_read_from_the_rows(store: Store, plan: Plan) -> None:
    person = int(plan.riders["person"].iloc[0])
    store.set_status(RUN, {person: "boarded"})
    riders = from_columns(store)
    assert riders.loc[riders["status"] == "boarded", "person"].tolist() == [person]


def test_columns_of_very_many_riders_are_several_blocks(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returnplan.store.columns.MOST_LINES", 3)
    store.save_run(header(), plan, PERSONS)
    pd.testing.assert_frame_equal(from_columns(store), plan.riders, check_dtype=False)


def test_columns_from_before_a_new_one_are_not_read(store: Store, plan: Plan) -> None:
    with store.transaction() as connection:
        connection.execute("DELETE FROM rider_columns WHERE name = 'order_no'")
    assert riders_in_columns(store, RUN) is None
    pd.testing.assert_frame_equal(store.load_plan(RUN).riders, plan.riders, check_dtype=False)


def test_only_the_latest_run_has_columns(store: Store, plan: Plan) -> None:
    store.save_run(header("b" * 12), plan, PERSONS)
    assert riders_in_columns(store, RUN) is None
    pd.testing.assert_frame_equal(store.load_plan(RUN).riders, plan.riders, check_dtype=False)


def test_a_purge_leaves_no_columns(store: Store, path: Path) -> None:
    store.purge(TUESDAY.replace(year=2022))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM rider_columns").fetchone() == (0,)
    assert set(store.load_plan(RUN).riders["name"]) == {""}
