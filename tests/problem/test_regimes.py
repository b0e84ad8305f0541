"""Dated rules on seats: which notices hold for whom on which day, and what they leave of each vehicle."""

from datetime import date, timedelta
from typing import Any

import pytest

from returnplan.audit import audit
from returnplan.model.law import Law
from returnplan.model.notices import Notice, Notices, Risk, presets
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve
from returnplan.problem.build import build_problem
from returnplan.problem.regimes import Way
from returnplan.problem.seats import usable_seats
from tests.assembly.campaigns import ANY_LOAD, CHANGAN, LAW, LIUCHENG, LONGHUA, RONGAN, campaign, worker
from tests.specimens.rosters import FIRST_DAY, pool

QUICK = Effort(base_work=2_000, work_per_group=50, replicas=1)
LIUZHOU_TO_DONGGUAN = Way.between("柳州市", "融安县", "东莞市")
WITHIN_GUANGXI = Way.between("柳州市", "融安县", "南宁市")
SPRING = Notices(presets=("2021-spring",))
DAY = date(2021, 2, 18)


def noticed(*rules: dict[str, Any], risks: tuple[Risk, ...] = (), presets: tuple[str, ...] = ()) -> Law:
    made = tuple(Notice.model_validate({"since": FIRST_DAY} | rule) for rule in rules)
    return LAW.model_copy(
        update={"notices": Notices.model_validate({"presets": presets, "rules": made, "risks": risks})}
    )


def planned(roster: Roster, law: Law, rules: Rules = ANY_LOAD) -> Plan:
    """Return the audited plan of everybody."""
    from returnplan.assembly.assemble import assemble

    problem, travellers = build_problem(roster, rules, law)
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    plan = assemble(roster, problem, travellers, solve(problem, QUICK), numbers)
    assert [found.message.en for found in audit(plan, roster, rules, law) if found.code not in STATED] == []
    return plan


STATED = {"wrong_summary"}
"""The caller adds the totals of the store."""


def loads(plan: Plan) -> list[tuple[int, int]]:
    """Return usable seats and riders of each batch."""
    return sorted((batch.usable, batch.load) for batch in plan.batches)


@pytest.mark.parametrize(("share", "usable"), [(0.5, 24), (0.7, 34), (0.9, 44)])
def test_a_share_of_49_seats_is_rounded_down(share: float, usable: int) -> None:
    assert usable_seats(49, Rules(), [Notice(since=DAY, seat_share=share)]) == usable


def test_observation_seats_come_out_of_the_free_ones_or_on_top_and_the_strictest_counts() -> None:
    half = Notice(since=DAY, seat_share=0.9, observation_seats=8)
    on_top = half.model_copy(update={"on_top": True})
    assert [usable_seats(49, Rules(), notices) for notices in ([half], [on_top], [half, on_top])] == [
        41,
        36,
        36,
    ]
    assert usable_seats(49, Rules(load_factor=0.5, crew_seats=1), [half]) == 23


def test_the_presets_hold_on_their_days() -> None:
    early = Notices(presets=("2020-02",))
    for day, num in (
        (date(2020, 2, 6), 0),
        (date(2020, 2, 7), 1),
        (date(2020, 2, 11), 2),
        (date(2020, 2, 28), 0),
    ):
        assert len(LIUZHOU_TO_DONGGUAN.notices(early, day)) == num
    assert set(presets()) == {"2020-02", "2021-spring", "2023-spring", "2024-spring"}


@pytest.mark.parametrize(
    ("risks", "share"),
    [
        ((), 0.9),
        ((Risk(division="东莞市", level="medium", since=DAY),), 0.7),
        (
            (
                Risk(division="广东省", level="medium", since=DAY),
                Risk(division="融安县", level="high", since=DAY),
            ),
            0.5,
        ),
        ((Risk(division="融水县", level="high", since=DAY),), 0.9),
        ((Risk(division="东莞市", level="high", since=DAY, until=DAY - timedelta(days=1)),), 0.9),
    ],
    ids=["low", "destination", "the higher one", "a neighbour county", "over"],
)
def test_the_higher_risk_of_both_ends_counts(risks: tuple[Risk, ...], share: float) -> None:
    (number,) = LIUZHOU_TO_DONGGUAN.notices(SPRING.model_copy(update={"risks": risks}), DAY)
    assert SPRING.all_rules[number].seat_share == share


def test_scopes_and_divisions_decide_for_whom_a_notice_holds() -> None:
    def holds(way: Way, **rule: Any) -> bool:
        return bool(way.notices(Notices(rules=(Notice(since=DAY, **rule),)), DAY))

    assert holds(LIUZHOU_TO_DONGGUAN, scopes=("provinces",))
    assert not holds(WITHIN_GUANGXI, scopes=("provinces",))
    assert holds(WITHIN_GUANGXI, scopes=("cities",))
    assert holds(Way.between("柳州市", "融安县", "柳州市"), scopes=("within",))
    assert holds(LIUZHOU_TO_DONGGUAN, origins=("广西",), destinations=("东莞",))
    assert not holds(LIUZHOU_TO_DONGGUAN, origins=("玉林市",))
    assert not holds(LIUZHOU_TO_DONGGUAN, destinations=("深圳市",))


def test_a_notice_for_all_decides_how_many_coaches_leave() -> None:
    people = campaign([worker()] * 48)
    assert loads(planned(people, LAW)) == [(49, 48)]
    assert loads(planned(people, noticed({"seat_share": 0.5}))) == [(24, 24), (24, 24)]


@pytest.mark.parametrize(
    ("level", "usable", "num_coaches"), [("low", 44, 1), ("medium", 34, 2), ("high", 24, 2)]
)
def test_the_risk_at_the_goal_decides_how_many_coaches_leave(
    level: str, usable: int, num_coaches: int
) -> None:
    """44 people fill 90 % of 49 seats; at medium risk 34 may ride in one coach, at high risk 24."""
    at_goal = (Risk.model_validate({"division": "东莞市", "level": level, "since": FIRST_DAY}),)
    found = loads(planned(campaign([worker()] * 44), noticed(presets=("2021-spring",), risks=at_goal)))
    assert [seats for seats, _ in found] == [usable] * num_coaches


def test_observation_seats_on_top_decide_how_many_coaches_leave() -> None:
    """9 of 49 seats stay free: the five that 90 % leave are among them, or not."""
    people = campaign([worker()] * 38)
    among = {"seat_share": 0.9, "observation_seats": 9}
    assert loads(planned(people, noticed(among))) == [(40, 38)]
    on_top = loads(planned(people, noticed(among | {"on_top": True})))
    assert [usable for usable, _ in on_top] == [35, 35]


def test_who_may_wait_leaves_when_the_notice_is_over() -> None:
    people = campaign([worker(latest=FIRST_DAY + timedelta(days=1))] * 48)
    (batch,) = planned(people, noticed({"seat_share": 0.5, "until": FIRST_DAY})).batches
    assert (batch.date, batch.load) == (FIRST_DAY + timedelta(days=1), 48)


def test_riders_under_a_stricter_notice_bind_the_coach_they_share() -> None:
    """20 and 20 fit one coach of 49; with half of the seats for those of Rong'an they need two."""
    people = campaign([worker()] * 20 + [worker(LIUCHENG)] * 20)
    law = noticed({"seat_share": 0.5, "origins": ("融安县",)})
    assert loads(planned(people, LAW)) == [(49, 40)]
    assert [load for _, load in loads(planned(people, law))] in ([20, 20], [16, 24], [18, 22], [24, 16])
    assert {
        batch.notices for batch in planned(people, noticed({"number": "1号", "origins": ("融安县",)})).batches
    } == {("1号",)}


def test_a_minimum_group_keeps_small_batches_at_home() -> None:
    people = campaign([worker()] * 12 + [worker(RONGAN, LONGHUA)] * 25)
    law = noticed({"min_group": 20, "destinations": ("广东省",)})
    assert [load for _, load in loads(planned(people, LAW))] == [12, 25]
    assert [load for _, load in loads(planned(people, law))] == [25]


def test_an_override_sets_other_notices_aside() -> None:
    people = campaign([worker(RONGAN, CHANGAN)] * 48)
    law = noticed({"override": "指挥部同意满员"}, presets=("2020-02", "2021-spring"))
    (batch,) = planned(people, law).batches
    assert (batch.usable, batch.notices) == (49, ("※指挥部同意满员",))


def test_vehicles_that_a_notice_leaves_no_seat_are_not_used() -> None:
    people = campaign([worker()] * 5, pools=[pool("9座", 9)])
    assert planned(people, noticed({"observation_seats": 9})).batches == ()
