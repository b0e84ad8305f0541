"""Batches, riders and totals of drafts made by hand."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from returnplan.audit import audit
from returnplan.matching import match
from returnplan.model.faults import Fault
from returnplan.model.person import OWN_WORK
from returnplan.model.plan import Plan, Rider, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.problem.draft import Draft
from tests.assembly.campaigns import (
    ANY_LOAD,
    CHANGAN,
    HUMEN,
    LAW,
    LIUCHENG,
    LONGHUA,
    PLACES,
    RONGAN,
    assembled,
    campaign,
    draft,
    problem_of,
    worker,
)
from tests.specimens.intakes import rejected
from tests.specimens.rosters import FIRST_DAY, vacancy


def broken(plan: Plan, people: Roster) -> list[str]:
    return [found.message.en for found in audit(plan, people, ANY_LOAD, LAW)]


def test_a_batch_has_stops_hours_and_price() -> None:
    people = campaign([worker(), worker(LIUCHENG), worker(LIUCHENG, HUMEN)])
    load = ((0, 1), (1, 1), (2, 1))
    plan = assembled(people, [draft(*load, pickups=(RONGAN, LIUCHENG), dropoffs=(HUMEN, CHANGAN))])
    (batch,) = plan.batches
    assert (batch.id, batch.wave, batch.number, batch.load) == ("0218-001", 1, 1, 3)
    assert [(s.place, s.num_on, s.num_off) for s in batch.stops] == [
        ("融安汽车站", 1, 0),
        ("柳城汽车站", 2, 0),
        ("虎门厂门", 0, 1),
        ("长安厂门", 0, 2),
    ]
    assert (batch.depart, batch.arrive) == (datetime(2021, 2, 18, 6), datetime(2021, 2, 18, 11, 35))
    assert [(rest.after, f"{rest.time:%H:%M}", rest.minutes) for rest in batch.rests] == [(3, "10:05", 20)]
    assert (batch.num_drivers, batch.contract_yuan) == (1, 3000 + 6 * 300)
    assert (batch.km, batch.cost_yuan) == (300.0, 3000 + 6 * 300 + 50 * 2)
    assert broken(plan, people) == []


def test_a_coach_leaves_when_its_pick_ups_are_open() -> None:
    places = list(PLACES)
    places[LIUCHENG] = replace(places[LIUCHENG], hours=("08:00", "18:00"))
    people = campaign([worker(), worker(LIUCHENG)], places=tuple(places))
    plan = assembled(people, [draft((0, 1), (1, 1), pickups=(RONGAN, LIUCHENG))])
    assert [f"{stop.time:%H:%M}" for stop in plan.batches[0].stops] == ["06:30", "08:15", "10:00"]
    assert broken(plan, people) == []


def test_numbers_restart_each_date_and_waves_count_dates() -> None:
    window: dict[str, Any] = {"latest": FIRST_DAY + timedelta(days=3)}
    people = campaign([worker(**window)] * 3)
    plan = assembled(people, [draft((0, 1), day=3), draft((0, 1)), draft((0, 1))])
    assert [(b.id, b.wave) for b in plan.batches] == [("0218-001", 1), ("0218-002", 1), ("0221-001", 2)]
    assert plan.riders["batch"].tolist() == ["0218-001", "0218-002", "0221-001"]
    assert plan.riders["person"].tolist() == [1, 2, 3]


def test_one_day_of_two_years_has_numbers_of_its_own() -> None:
    people = campaign([worker(latest=FIRST_DAY + timedelta(days=365))] * 2)
    plan = assembled(people, [draft((0, 1)), draft((0, 1), day=365)])
    assert [(b.id, b.date.year) for b in plan.batches] == [("0218-001", 2021), ("0218-002", 2022)]


def test_order_of_drafts_does_not_matter() -> None:
    people = campaign([worker(), worker(LIUCHENG), worker(RONGAN, LONGHUA)])
    drafts = [
        draft((0, 1)),
        draft((2, 1), pickups=(LIUCHENG,)),
        draft((1, 1), dropoffs=(LONGHUA,)),
    ]
    one, other = assembled(people, drafts), assembled(people, drafts[::-1])
    assert one.batches == other.batches
    pd.testing.assert_frame_equal(one.riders, other.riders, check_dtype=False)


def test_what_is_wrong_with_two_cells_of_a_row_is_said_once() -> None:
    words = Text("日期没有年份", "the date has no year")
    faults = tuple(
        Fault(
            "报名.xlsx", "报名", cell, "2月3日", "no_year", words, Text("", ""), "error", "报名.xlsx!报名!3"
        )
        for cell in ("F3", "G3")
    )
    people = replace(campaign([worker()], rejected=[rejected("报名.xlsx!报名!3")]), faults=faults)
    (reason,) = assembled(people, [draft((0, 1))]).unplanned["reason_zh"]
    assert reason == "日期没有年份"


def test_fields_are_those_of_the_contract() -> None:
    plan = assembled(campaign([worker(), worker(code="health", reason_zh="红码")]), [draft((0, 1))])
    assert tuple(plan.riders.columns) == Rider.__match_args__
    assert tuple(plan.unplanned.columns) == Unplanned.__match_args__


def test_seats_party_together_and_first_off_in_front() -> None:
    """The couple sits side by side, between no others; Humen is the first stop and sits in front."""
    party = {"party": 0}
    people = campaign([worker(), worker(**party), worker(), worker(**party), worker(RONGAN, HUMEN)])
    plan = assembled(people, [draft((0, 2), (1, 1), (2, 1), dropoffs=(HUMEN, CHANGAN))])
    assert plan.riders["seat"].tolist() == [1, 2, 3, 4, 5]
    assert plan.riders["person"][0] == 5
    seats = sorted(plan.riders.loc[plan.riders["party"] != "", "seat"])
    assert seats[1] == seats[0] + 1


def test_two_couples_do_not_mix() -> None:
    """One of each couple alights at Humen, the other at Chang'an; they sit side by side all the same."""
    drops = (HUMEN, HUMEN, CHANGAN, CHANGAN)
    people = campaign([worker(RONGAN, drop, party=line % 2) for line, drop in enumerate(drops)])
    plan = assembled(people, [draft((0, 1), (1, 1), dropoffs=(HUMEN, CHANGAN))])
    assert plan.riders["party"].tolist() == ["第0组", "第0组", "第1组", "第1组"]


def test_who_boards_first_sits_farther_back() -> None:
    people = campaign([worker(), worker(LIUCHENG)])
    plan = assembled(people, [draft((0, 1), (1, 1), pickups=(RONGAN, LIUCHENG))])
    assert plan.riders["pickup"].tolist() == ["柳城汽车站", "融安汽车站"]


def test_pairs_start_on_odd_seats() -> None:
    people = campaign([worker(), worker(party=0), worker(party=0)])
    plan = assembled(people, [draft((0, 1), (1, 1))])
    assert plan.riders["party"].tolist() == ["第0组", "第0组", ""]


def test_children_have_the_seats_after_their_parent() -> None:
    people = campaign([worker(num_children=2), worker()])
    plan = assembled(people, [draft((0, 1), (1, 1))])
    parent = plan.riders.set_index("person").loc[1]
    assert parent["child_seats"] == (parent["seat"] + 1, parent["seat"] + 2)
    assert plan.batches[0].load == 2
    assert broken(plan, people) == []


def test_flexed_marks_a_day_that_was_not_named() -> None:
    later = FIRST_DAY + timedelta(days=1)
    people = campaign([worker(latest=later, flex_to=FIRST_DAY), worker(latest=later)])
    plan = assembled(people, [draft((0, 2), day=1)])
    assert plan.riders.set_index("person")["flexed"].to_dict() == {1: True, 2: False}


def test_matched_people_carry_the_vacancy() -> None:
    seeker = worker(employer="", post="随便")
    people = match(campaign([seeker], vacancies=[vacancy("甲厂", CHANGAN, post="焊工")]))
    plan = assembled(people, [draft((0, 1))])
    assert plan.riders[["employer", "post"]].to_numpy().tolist() == [["甲厂", "焊工"]]
    assert plan.matches.to_numpy().tolist() == [[1, people.people["signup"][0], "甲厂", "焊工"]]


def test_employers_are_reconciled_with_the_demand() -> None:
    offers = [
        vacancy("甲厂", CHANGAN, headcount=3, wage_yuan=5000, resume=date(2021, 2, 20)),
        vacancy("乙厂", HUMEN),
    ]
    returning = worker(employer="甲厂有限公司", vacancy=0)
    people = match(campaign([returning, worker(employer=""), worker(employer="丙厂")], vacancies=offers))
    plan = assembled(people, _all_aboard(people))
    lines = {line.employer: (line.headcount, line.matched, line.planned) for line in plan.employers}
    assert lines == {"甲厂": (3, 1, 2), "乙厂": (1, 0, 0), "丙厂": (0, 0, 1)}
    first = next(line for line in plan.employers if line.employer == "甲厂")
    assert (first.resume, first.first_arrival) == (date(2021, 2, 20), FIRST_DAY)


def _all_aboard(people: Roster) -> list[Draft]:
    """Send every cell on its own, direct, on the first day of its window."""
    problem, _ = problem_of(people, ANY_LOAD)
    cells = problem.cells
    drafts = []
    for cell in range(len(cells)):
        drops = tuple(cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]].tolist())
        day, left = int(cells.earliest[cell]), int(cells.num_groups[cell])
        most = 49 // int(cells.num_seats[cell])
        while left > 0:
            load = (cell, min(left, most))
            drafts.append(Draft.direct(day, 0, (int(cells.pickup[cell]),), drops, (load,)))
            left -= most
    return drafts


def test_origins_share_cost_by_heads_and_count_a_coach_once() -> None:
    people = campaign([worker(), worker(), worker(), worker(prefecture="桂林市")])
    summary = assembled(people, [draft((0, 4))]).summary
    assert summary["cost"] == 3600.0
    assert summary["origins"] == {
        "柳州市": {"coaches": 1, "trains": 0, "planned": 3, "boarded": 0, "walk_ups": 0, "cost": 2700.0},
        "桂林市": {"coaches": 0, "trains": 0, "planned": 1, "boarded": 0, "walk_ups": 0, "cost": 900.0},
    }


def test_late_days_count_people_after_their_resume_date() -> None:
    days: dict[str, Any] = {"latest": FIRST_DAY + timedelta(days=2), "resume": FIRST_DAY}
    people = campaign([worker(**days), worker(**days)])
    assert assembled(people, [draft((0, 2), day=2)]).summary["late_days"] == 4


def test_an_empty_plan_has_empty_tables() -> None:
    people = campaign(
        [worker(code="health", reason_zh="a", reason_en="b", suggestion_zh="c", suggestion_en="d")]
    )
    plan = assembled(people, [])
    assert (plan.batches, len(plan.riders), len(plan.unplanned)) == ((), 0, 1)
    assert plan.summary["gap"] == 0.0
    assert broken(plan, people) == []


@pytest.mark.parametrize("seed", range(10))
def test_every_plan_passes_the_audit(seed: int) -> None:
    dice = random.Random(seed)
    people = campaign([_anybody(dice, line) for line in range(120)])
    plan = assembled(people, _all_aboard(people))
    assert broken(plan, people) == []
    assert len(plan.riders) == 120


def _anybody(dice: random.Random, line: int) -> dict[str, Any]:
    """Return a random worker; every sixth line and the next are a couple with the same wishes."""
    twin = random.Random(line // 2) if line % 6 < 2 else dice
    earliest = FIRST_DAY + timedelta(days=twin.randrange(3))
    return worker(
        twin.choice([RONGAN, LIUCHENG]),
        twin.choice([CHANGAN, HUMEN, LONGHUA]),
        earliest=earliest,
        latest=earliest + timedelta(days=twin.randrange(3)),
        num_children=dice.choice([0, 0, 0, 1, 2]),
        party=line // 6 if line % 6 < 2 else -1,
        resume=dice.choice([None, FIRST_DAY]),
        prefecture=dice.choice(["柳州市", "桂林市"]),
    )


def test_who_finds_work_alone_is_of_no_employer() -> None:
    people = match(
        campaign([worker(employer=OWN_WORK), worker(employer="丙厂")], vacancies=[vacancy("甲厂", CHANGAN)])
    )
    plan = assembled(people, _all_aboard(people))
    assert plan.riders["employer"].tolist() == ["", "丙厂"]
    assert {line.employer: line.planned for line in plan.employers} == {"甲厂": 0, "丙厂": 1}
    assert broken(plan, people) == []
