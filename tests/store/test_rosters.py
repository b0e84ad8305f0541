"""The roster of the latest run comes back as it was, so that the plan can be audited from the store alone."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.audit import audit
from returnplan.model.plan import Plan
from returnplan.store import Store
from returnplan.store.rosters import pack, unpack
from tests.specimens.two_batches import MONDAY, two_batches
from tests.store.conftest import PERSONS, header

texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=20)


@pytest.mark.parametrize("dtype", ["str", "object"])
@given(values=texts)
def test_texts_come_back(dtype: str, values: list[str]) -> None:
    series = pd.Series(values, dtype=dtype, name="note")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@given(values=st.lists(st.lists(st.text(max_size=3), max_size=3).map(tuple), max_size=9))
def test_tuples_of_cities_come_back(values: list[tuple[str, ...]]) -> None:
    series = pd.Series(values, dtype=object, name="acceptable")
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([3, -1, 2**40], name="a"),
        pd.Series([True, False], name="a"),
        pd.Series([pd.Timestamp("2021-02-18"), pd.NaT], name="a", dtype="datetime64[s]"),
        pd.Series([], name="a", dtype="int64"),
    ],
)
def test_numbers_and_days_come_back(series: "pd.Series") -> None:
    pd.testing.assert_series_equal(unpack(pack(series)), series, check_dtype=False)


@pytest.mark.parametrize("values", [["a", None, "b"], [None], [("东莞市",), None]])
def test_what_is_missing_comes_back_as_none(values: list[object]) -> None:
    assert unpack(pack(pd.Series(values, dtype=object, name="a"))).tolist() == values


@pytest.mark.parametrize("most_lines", [1, 1000])
def test_a_roster_comes_back(store: Store, most_lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returnplan.store.rosters.MOST_LINES", most_lines)
    case = two_batches()
    roster = replace(
        case.roster,
        km=np.concatenate([case.roster.km, case.roster.km + 0.1]),
        drive_minutes=np.concatenate([case.roster.km * np.nan, case.roster.km + 30.0]),
        network_of={MONDAY: 1},
        not_before=date(2021, 2, 19),
    )
    store.save_run(header(), case.plan, {}, roster)
    kept = store.load_roster(header().id)
    assert kept is not None
    pd.testing.assert_frame_equal(kept.people, roster.people, check_dtype=False)
    np.testing.assert_array_equal(kept.km, roster.km)
    assert kept.drive_minutes is not None
    np.testing.assert_array_equal(kept.drive_minutes, roster.drive_minutes)
    for name in ("places", "pools", "vacancies", "network_of", "has_demand_in", "not_before", "rejected"):
        assert getattr(kept, name) == getattr(roster, name)


def test_a_roster_of_nobody_comes_back(store: Store) -> None:
    whole = two_batches().roster
    nobody = replace(whole, people=whole.people.iloc[:0], places=(), km=np.zeros((1, 0, 0)))
    store.save_run(header(), two_batches().plan, {}, nobody)
    kept = store.load_roster(header().id)
    assert kept is not None
    assert (len(kept.people), kept.km.shape) == (0, (1, 0, 0))


def test_a_stored_plan_can_be_audited(store: Store) -> None:
    case = two_batches()
    store.save_run(header(), case.plan, {}, case.roster)
    roster = store.load_roster(header().id)
    assert roster is not None
    assert audit(store.load_plan(header().id), roster, case.rules, case.law) == ()
    assert audit(
        store.load_plan(header().id), roster, case.rules.model_copy(update={"min_load": 9}), case.law
    )


def test_only_the_latest_roster_is_kept(store: Store, plan: Plan) -> None:
    roster = two_batches().roster
    assert store.load_roster(header().id) is None
    store.save_run(header("b" * 12), plan, {}, roster)
    store.save_run(header("c" * 12), plan, {}, roster)
    assert store.load_roster("b" * 12) is None
    assert store.load_roster("c" * 12) is not None
    assert store.person_numbers() == PERSONS


def test_a_fact_that_nobody_asked_for_then_is_blank(store: Store) -> None:
    """An old store has no column for a fact that was declared since."""
    case = two_batches()
    before = case.roster.people.drop(columns=["township", "num_children", "latest"])
    store.save_run(header(), case.plan, {}, replace(case.roster, people=before))
    roster = store.load_roster(header().id)
    assert roster is not None
    assert set(roster.people["township"]) == {""}
    assert set(roster.people["num_children"]) == {0}
    assert roster.people["latest"].isna().all()
    assert roster.people["latest"].dtype == case.roster.people["latest"].dtype
