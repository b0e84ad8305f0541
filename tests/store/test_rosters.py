"""The roster of the latest run comes back as it was, so that the plan can be audited from the store alone."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from returnplan.audit import audit
from returnplan.model.plan import Plan
from returnplan.store import Store
from tests.specimens.two_batches import MONDAY, two_batches
from tests.store.conftest import PERSONS, header


@pytest.mark.parametrize("most_lines", [1, 1000])
def test_a_roster_comes_back(store: Store, most_lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returnplan.store.columns.MOST_LINES", most_lines)
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


def test_the_cities_with_demand_are_kept_in_their_order(store: Store) -> None:
    """A set of texts has another order in each process, and the same plan is the same file."""
    cities = sorted(f"{letter}市" for letter in "abcdefghijklmnop")
    case = two_batches()
    store.save_run(header(), case.plan, {}, replace(case.roster, has_demand_in=frozenset(cities)))
    (facts,) = store._connection.execute("SELECT facts FROM rosters").fetchone()
    assert json.loads(facts)["has_demand_in"] == cities


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
