"""Whatever an office asks for, its plan keeps every promise, and depends on nothing that is no wish of anybody."""

from dataclasses import replace
from random import Random

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.model.records import FleetRow
from returnplan.model.rules import Rules
from tests.property.campaigns import FACTORY, Campaign, campaigns, journeys, planned
from tests.specimens.intakes import signup
from tests.sweeps import cases

WORDS = ["code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en"]
CENT = 0.01


def examples(few: int, *, of: int) -> settings:
    return settings(
        max_examples=cases(few, of=of), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


TO_BE_ASKED = "arrives_early"
"""No promise of the plan: whose window ends before their employer takes them in, the office asks the employer."""


@examples(12, of=48)
@given(campaigns())
def test_every_plan_keeps_every_promise(campaign: Campaign) -> None:
    outcome = planned(campaign)
    plan = outcome.plan
    assert [one for one in outcome.violations if one.code != TO_BE_ASKED] == []
    everybody = sorted([*plan.riders["signup"], *plan.unplanned["signup"]])
    assert everybody == sorted(row for row in campaign.intake().signups["ref"])
    assert (plan.unplanned[WORDS] != "").all(axis=None)
    assert plan.summary["lower_bound"] <= plan.summary["cost"] + CENT * (1 + len(plan.batches))


@examples(6, of=36)
@given(campaigns(), campaigns(), st.integers(0, 9))
def test_a_new_run_after_changes_keeps_every_promise(one: Campaign, other: Campaign, gone: int) -> None:
    """Some people are gone, some are new, and fleet and rules are others."""
    last = planned(one)
    news = [row for row in other.signups if row.id_number not in {old.id_number for old in one.signups}]
    changed = replace(other, signups=one.signups[gone:] + tuple(news))
    outcome, again = planned(changed, last), planned(changed, last, processes=2)
    assert [one for one in outcome.violations if one.code != TO_BE_ASKED] == []
    assert outcome.plan.batches == again.plan.batches
    pd.testing.assert_frame_equal(outcome.plan.riders, again.plan.riders)


@examples(4, of=18)
@given(campaigns(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(campaign: Campaign, random: Random) -> None:
    rows = list(campaign.signups)
    random.shuffle(rows)
    one, other = planned(campaign).plan, planned(replace(campaign, signups=tuple(rows))).plan
    assert journeys(one) == journeys(other)
    assert sorted(one.unplanned["code"]) == sorted(other.unplanned["code"])


@examples(3, of=12)
@given(campaigns())
def test_a_rerun_is_identical_whatever_the_number_of_cores(campaign: Campaign) -> None:
    one, other = planned(campaign).plan, planned(campaign, processes=2).plan
    assert one.batches == other.batches
    assert one.summary == other.summary
    for name in ("riders", "unplanned", "matches"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@examples(4, of=18)
@given(campaigns())
def test_names_do_not_matter(campaign: Campaign) -> None:
    """Everybody is called otherwise, and what was one county is the other's name, pick-ups and all."""
    one, other = planned(campaign).plan.summary, planned(_renamed(campaign)).plan.summary
    assert (one["planned"], one["late_days"], one["batches"]) == (
        other["planned"],
        other["late_days"],
        other["batches"],
    )
    assert abs(one["cost"] - other["cost"]) <= CENT


def _renamed(campaign: Campaign) -> Campaign:
    swap = {"融水县": "三江县", "三江县": "融水县"}
    return replace(
        campaign,
        signups=tuple(
            row.model_copy(update={"name": f"莫{row.name}", "county": swap.get(row.county, row.county)})
            for row in campaign.signups
        ),
        places=tuple(
            row.model_copy(update={"owner": swap.get(row.owner, row.owner)}) for row in campaign.places
        ),
    )


def test_more_job_seekers_than_vacancies() -> None:
    """Random campaigns found it: the third of three was written into columns that pandas lends for reading."""
    seekers = tuple(signup(serial, county="融水县", pickup="融水东站") for serial in (1, 2, 3))
    coach = FleetRow(ref="车辆.xlsx!车辆!2", vehicle="7座", seats=7, fixed_yuan=500.0, per_km_yuan=1.0)
    rules = Rules(min_load=1)
    outcome = planned(
        Campaign(
            seekers,
            (coach,),
            (FACTORY.model_copy(update={"resume": None, "reception_from": None}),),
            rules,
            None,
        )
    )
    assert outcome.plan.unplanned["code"].tolist() == ["no_vacancy"]
    assert outcome.plan.summary["planned"] == 2
