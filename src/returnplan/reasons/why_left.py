"""Why the planner left a group: hypotheses are tested in order against the problem, and the first that holds answers.

The hard ones (no day, no vehicle, no road) come before those that depend on what else was planned.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from returnplan.model.law import MINUTES_AN_HOUR
from returnplan.model.roster import NO_ROAD_KM
from returnplan.model.texts import Text
from returnplan.problem.draft import Draft
from returnplan.problem.model import Bools, Floats, Ints, Problem, Travellers
from returnplan.problem.rules import pools_for
from returnplan.problem.timetable import Halt
from returnplan.reasons.gathering import gathered, most_companions, sharing
from returnplan.reasons.left_over import LeftOver, alone, with_groups

MOST_TRIED = 30
"""Batches that are tried for a free seat; one group after another is, so it must stay cheap."""

HELP = {
    "driving_hours": Text(
        "就近上下车、减少停靠，或增加驾驶员([drivers] most)、途中过夜(night_stop = true)",
        "board and alight at nearer places with fewer stops, or allow one more driver ([drivers] most) or a stop for "
        "the night (night_stop = true)",
    ),
    "day_cap": Text("放宽出发日期，或提高每日人数上限", "widen the days of departure, or raise the day caps"),
    "too_costly": Text("报销车票，或等待下一批合并", "refund a ticket, or hold for the next batch"),
    "budget": Text("追加预算，或报销车票", "raise the budget, or refund a ticket"),
}
"""What helps where a limit on hours, money or people a day binds."""


class Verdict(NamedTuple):
    """Why somebody is on no batch; ``code`` is one of ``unplanned`` (docs/rules.md)."""

    code: str
    reason: Text
    suggestion: Text


@dataclass(frozen=True)
class Case:
    """One group that was left, of a cell of the problem."""

    left_over: LeftOver
    cell: int

    @property
    def problem(self) -> Problem:
        """What was planned."""
        return self.left_over.problem

    @property
    def base(self) -> str:
        """The full name of the prefecture of departure."""
        return str(self.left_over.bases[self.cell])

    @property
    def city(self) -> str:
        """The full name of the destination city."""
        return str(self.left_over.cities[self.cell])

    @property
    def seats(self) -> int:
        """The seats one group takes."""
        return int(self.problem.cells.num_seats[self.cell])

    @cached_property
    def days(self) -> Ints:
        """The days of the window."""
        cells = self.problem.cells
        return np.arange(cells.earliest[self.cell], cells.latest[self.cell] + 1)

    @cached_property
    def pools(self) -> Ints:
        """The pools that may serve the pick-up, for the whole way, and have a usable seat."""
        serves = pools_for(self.problem, self.cell) & self.left_over.is_direct
        return np.flatnonzero(serves & (self.problem.pools.usable > 0))

    @property
    def big_pools(self) -> Ints:
        """Those of them that hold the whole group."""
        return self.pools[self.problem.pools.usable[self.pools] >= self.seats]

    @property
    def drops(self) -> Ints:
        """The drop-offs of the group."""
        cells = self.problem.cells
        return cells.drop_place[cells.drop_start[self.cell] : cells.drop_start[self.cell + 1]]

    @cached_property
    def direct_km(self) -> Floats:
        """The road to the farthest drop-off on each day of the window."""
        networks = self.problem.network_of_day[self.days]
        roads = self.problem.km[networks, self.problem.cells.pickup[self.cell]]
        return np.asarray(roads[:, self.drops].max(axis=1))

    @cached_property
    def alone_by_day(self) -> list[Draft]:
        """A vehicle for the group alone on each day of the window."""
        pool = int(self.big_pools[0])
        return [alone(self.problem, self.cell, pool, day) for day in self.days.tolist()]

    @property
    def is_near(self) -> bool:
        """Return whether any legal loop of stops leaves the drivers time for the journey, as far as is known."""
        limits, schedule = self.problem.limits, self.problem.schedule
        if self.problem.drive_minutes is not None:
            return False  # a loop may be slow
        loops_km, num_stops = (
            limits.max_pickup_km + limits.max_dropoff_km,
            limits.max_pickups + limits.max_dropoffs,
        )
        longest_minutes = float(schedule.longest_drive_minutes(np.array(num_stops)))
        return (float(self.direct_km.min()) + loops_km) * schedule.minutes_per_km <= longest_minutes

    @cached_property
    def open_days(self) -> Ints:
        """The days of the window on which the day caps leave room."""
        shut = [bool(self.left_over.ledger.caps_exceeded(draft)) for draft in self.alone_by_day]
        return np.asarray(self.days[~np.array(shut, dtype=bool)])

    @cached_property
    def free_pools(self) -> Ints:
        """The pools with a vehicle large enough that could still leave on a day with room."""
        return self.big_pools[self._is_free.any(axis=1)]

    @property
    def free_days(self) -> Ints:
        """The days with room on which such a vehicle could still leave."""
        return self.open_days[self._is_free.any(axis=0)]

    @cached_property
    def _is_free(self) -> Bools:
        return self.left_over.is_free[np.ix_(self.big_pools, self.open_days)]

    @cached_property
    def same_cities(self) -> Ints:
        """The cells that go to the same cities."""
        return self.left_over.same_cities[int(self.problem.cells.city_group[self.cell])]

    @cached_property
    def left_near(self) -> Ints:
        """The cells with people left (itself among them) that may share a vehicle with the group."""
        among = self.same_cities
        return sharing(self.problem, self.cell, among[self.left_over.num_left[among] > 0])

    def companions(self, num_groups: Ints, days: Ints) -> tuple[int, int]:
        """Return how many of the groups could leave with this one on one day, in all and in the stops of a vehicle."""
        return most_companions(self.problem, self.cell, self.same_cities, num_groups, days)

    def cheapest_yuan(self, pools: Ints) -> float:
        """Return the price of the cheapest of the pools for the group's direct road."""
        of = self.problem.pools
        return float((of.fixed_yuan[pools] + of.per_km_yuan[pools] * self.direct_km.min()).min())


def verdicts_on_left(travellers: Travellers, left_over: LeftOver) -> dict[int, Verdict]:
    """Return the verdict on each line of ``Roster.people`` that is eligible and rides in no draft."""
    of_cell = {cell: why_left(Case(left_over, cell)) for cell in np.flatnonzero(left_over.num_left).tolist()}
    waits = left_over.waits[travellers.group_of_member]
    rows, cells = travellers.member_row[waits], travellers.cell_of_group[travellers.group_of_member[waits]]
    return {row: of_cell[cell] for row, cell in zip(rows.tolist(), cells.tolist(), strict=True)}


def why_left(case: Case) -> Verdict:
    """Return the verdict on a group that no batch takes."""
    for hypothesis in HYPOTHESES:
        if verdict := hypothesis(case):
            return verdict
    # Every single rule could be met, but no batch was found that meets all.
    return Verdict(
        "no_route",
        Text(
            f"在停靠站数和绕行里程限制内，没有找到去{case.city}的合适车次",
            f"no batch to {case.city} was found within the limits of stops and loops",
        ),
        Text("放宽停靠站数或绕行里程，或放宽出发日期", "relax the stop or loop limits, or widen the days"),
    )


def _cannot_travel_whole(case: Case) -> Verdict | None:
    """A party has no common pick-up, city or day, or no vehicle holds it."""
    cells = case.problem.cells
    differs = min(cells.pickup[case.cell], cells.city_group[case.cell]) < 0
    if differs or not len(case.days):
        if differs:
            reason = Text(
                "同行人上车地点或务工城市不同，不能同车", "the party has different pick-ups or cities"
            )
        else:
            reason = Text("没有可以出发的共同日期", "there is no day on which all could leave")
        fix = Text(
            "统一上车地点、城市和日期，或分开报名", "agree on pick-up, city and days, or sign up separately"
        )
        return Verdict("party_split", reason, fix)
    largest = int(case.problem.pools.usable[case.pools].max(initial=0))
    if not 0 < largest < case.seats:
        return None
    return Verdict(
        "party_split",
        Text(
            f"同行需 {case.seats} 座，最大车辆可用 {largest} 座",
            f"the party needs {case.seats} seats of {largest} at most",
        ),
        Text("分成几组报名，或调用更大的车", "sign up in smaller parties, or charter a larger vehicle"),
    )


def _no_vehicle_at_all(case: Case) -> Verdict | None:
    """The fleet has nothing for the place and days."""
    if case.problem.pools.available[np.ix_(case.big_pools, case.days)].any():
        return None
    return Verdict(
        "no_vehicle",
        Text(
            f"可出发日期内{case.base}没有可用车辆",
            f"no vehicle of {case.base or 'any base'} is on offer in the window",
        ),
        Text("在车辆表中增加该市车辆或日期", "add vehicles or days for this prefecture to the fleet sheet"),
    )


def _no_road(case: Case) -> Verdict | None:
    """No road leads to the drop-off on any day, or a party alights at more places than a batch may serve."""
    if case.direct_km.min() >= NO_ROAD_KM:
        return Verdict(
            "no_route",
            Text(
                f"可出发日期内上车点到{case.city}的路封闭，里程表里没有别的路",
                f"in the window the road from the pick-up to {case.city} is closed, and the distances sheet has no "
                "other",
            ),
            Text(
                "改期，或到封路以外的地方上车，或在里程表里补上绕行的路",
                "choose other days or another pick-up, or add the road that leads round to the distances sheet",
            ),
        )
    limit = case.problem.limits.max_dropoffs
    if len(case.drops) <= limit:
        return None
    return Verdict(
        "no_route",
        Text(
            f"同行人有 {len(case.drops)} 个下车地点，一车最多 {limit} 个",
            f"the party alights at {len(case.drops)} places, a batch has {limit} at most",
        ),
        Text("合并下车地点，或分开报名", "agree on fewer drop-offs, or sign up separately"),
    )


def _no_legal_journey(case: Case) -> Verdict | None:
    """The road takes longer than the drivers of a coach may drive, even where nobody else gets on."""
    if any(draft.leg.is_legal(case.problem) for draft in case.alone_by_day):
        return None
    km, schedule = float(case.direct_km.min()), case.problem.schedule
    if km > (most_km := schedule.law.most_km):  # on a quick road the hours might do
        return Verdict(
            "driving_hours",
            Text(
                f"到{case.city} {km:.0f} 公里，单程超过 {most_km:g} 公里要 2 名驾驶员，规则文件里最多 1 名",
                f"{km:.0f} km to {case.city}: above {most_km:g} km a coach needs 2 drivers, the rules file allows 1",
            ),
            Text(
                "配 2 名驾驶员([drivers] most = 2)，或改到近处下车、转乘火车",
                "2 drivers ([drivers] most = 2), a nearer drop-off, or a train",
            ),
        )
    quickest = min(sum(d.leg.minutes_between(case.problem, d.leg.stops)) for d in case.alone_by_day)
    drivers, halts = schedule.law.drivers, (Halt(0.0), Halt(km, drive_minutes=quickest))
    timing, hours = schedule.timing(halts, case.problem.first_day), quickest / MINUTES_AN_HOUR
    needed, whole = timing.num_drivers, (timing.times[-1] - timing.times[0]) / timedelta(hours=1)
    return Verdict(
        "driving_hours",
        Text(
            f"到{case.city} {km:.0f} 公里，按白天车速行车 {hours:.1f} 小时以上，连停靠、夜间减速和休息共 "
            f"{whole:.1f} 小时；{drivers.most} 名驾驶员 24 小时内最多开 {drivers.most * drivers.hours_a_day:g} 小时",
            f"{km:.0f} km to {case.city} take {hours:.1f} hours at the wheel by day or more, {whole:.1f} with stops, "
            f"rests and the slower night; {drivers.most} drivers may drive {drivers.most * drivers.hours_a_day:g} in "
            "a day",
        ),
        Text(
            f"配 {needed} 名驾驶员([drivers] most = {needed})，或途中过夜(night_stop = true)，或改到近处下车、转乘火车",
            f"{needed} drivers ([drivers] most = {needed}), a stop for the night (night_stop = true), a nearer "
            "drop-off, or a train",
        ),
    )


def _too_costly_at_best(case: Case) -> Verdict | None:
    """Even a full vehicle costs more a head than the ceiling."""
    pools = case.problem.pools
    full = pools.fixed_yuan[case.big_pools] + pools.per_km_yuan[case.big_pools] * case.direct_km.min()
    return _too_costly(case, float((full / pools.usable[case.big_pools]).min()))


def _too_few_in_all(case: Case) -> Verdict | None:
    """All who could go along, on other vehicles or not, do not fill the smallest load."""
    least = int(case.problem.pools.min_load[case.big_pools].min())
    most, in_stops = case.companions(case.problem.cells.num_groups, case.days)
    if most < least:
        return _below_min_load(most, least, case.cheapest_yuan(case.big_pools))
    if in_stops >= least:
        return None
    return Verdict(
        "no_route",
        Text(
            f"受停靠站数和绕行里程限制，一车最多凑到 {in_stops} 人，不足最低 {least} 人",
            f"within the limits of stops and loops one vehicle gathers {in_stops} of at least {least}",
        ),
        Text(
            "放宽停靠站数或绕行里程，或改到邻近上车点",
            "relax the stop or loop limits, or board at a nearby place",
        ),
    )


def _day_caps(case: Case) -> Verdict | None:
    """The day caps are used up on every day of the window."""
    if len(case.open_days):
        return None
    reason = Text(
        f"可出发日期内，{case.base}每日出发人数或{case.city}每日到达人数已达上限",
        f"on every day of the window {case.base or 'the origin'} or {case.city} has all departures or "
        "arrivals allowed",
    )
    return Verdict("day_cap", reason, HELP["day_cap"])


def _free_seat(case: Case) -> Verdict | None:
    """The search went past a free seat (it is cut short, or heuristic); the clerk who reads this can use it."""
    problem = case.problem
    for batch, draft in islice(case.left_over.with_seats(case.cell), MOST_TRIED):
        joined = with_groups(problem, draft, ((case.cell, 1),))
        if case.left_over.breaches(joined, batch) or not case.left_over.may_call(batch, joined):
            continue
        more_yuan = joined.cost_yuan(problem) - draft.cost_yuan(problem)
        if no_money := _over_budget(case, more_yuan):
            return no_money
        # The search is not to blame where batches had to be called off for want of money.
        if no_money := _over_budget(case, case.cheapest_yuan(case.big_pools)):
            join_or_raise_budget = Text(
                f"加入 {batch}(多花 {more_yuan:.0f} 元)，或追加预算",
                f"let them join {batch} ({more_yuan:.0f} yuan more), or raise the budget",
            )
            return no_money._replace(suggestion=join_or_raise_budget)
        return Verdict(
            "free_seat",
            Text(
                f"本次排车没有排上，但 {batch} 还有空座，按规定可以坐",
                f"this plan has none for them, but {batch} has a free seat that the rules allow them",
            ),
            Text(
                f"加入 {batch}(多花 {more_yuan:.0f} 元)：returnplan change {batch} --add 姓名；或延长计算时间重排",
                f"let them join {batch} ({more_yuan:.0f} yuan more): returnplan change {batch} --add NAME; or plan "
                "again with more time",
            ),
        )
    return None


def _vehicles_used_up(case: Case) -> Verdict | None:
    """All vehicles of the window are taken."""
    if len(case.free_pools):
        return None
    return Verdict(
        "no_vehicle",
        Text(
            f"可出发日期内{case.base}的车辆已全部排满",
            f"every vehicle of {case.base or 'the fleet'} in the window is taken",
        ),
        Text("增租车辆，或放宽出发日期", "charter one more vehicle, or widen the days of departure"),
    )


def _too_few_left(case: Case) -> Verdict | None:
    """A vehicle could still go, but the others of these roads have their seats already."""
    riders = min(case.companions(case.left_over.num_left, case.days))
    least = int(case.problem.pools.min_load[case.free_pools].min())
    price_yuan = case.cheapest_yuan(case.free_pools)
    return (
        _below_min_load(riders, least, price_yuan)
        if riders < least
        else _too_costly(case, price_yuan / riders)
    )


def _too_few_beside_free_vehicles(case: Case) -> Verdict | None:
    """On the days on which enough people could leave all vehicles are taken."""
    riders = min(case.companions(case.left_over.num_left, case.free_days))
    least = int(case.problem.pools.min_load[case.free_pools].min())
    if riders >= least:
        return None
    return Verdict(
        "no_vehicle",
        Text(
            f"{case.base}的车辆在人数够的日子已全部排满；还有车的日子可同行只有 {riders} 人，最低 {least} 人",
            f"every vehicle of {case.base or 'the fleet'} is taken on the days with enough people; on those with a "
            f"vehicle left {riders} could go together, the minimum is {least}",
        ),
        Text("增租车辆，或放宽出发日期", "charter one more vehicle, or widen the days of departure"),
    )


def _no_money_for_a_vehicle(case: Case) -> Verdict | None:
    return _over_budget(case, case.cheapest_yuan(case.free_pools))


def _caps_below_least_load(case: Case) -> Verdict | None:
    """The caps leave room for the group, but on no day for as many as a vehicle has to take."""
    room = max(case.left_over.ledger.room(draft.leg, case.left_near) for draft in case.alone_by_day)
    least = int(case.problem.pools.min_load[case.big_pools].min())
    return _none_within(case, "day_cap") if room < least else None


def _limits_exceeded(case: Case) -> Verdict | None:
    """Vehicles gather their least load within stops and loops, but exceed a limit on hours, money or people a day."""
    left_over, limits = case.left_over, case.problem.limits
    is_any = case.problem.caps.bind or not np.isinf([limits.max_yuan_per_head, limits.budget_yuan]).all()
    if not is_any and case.is_near:
        return None
    tried = gathered(left_over, case.cell, case.left_near, case.big_pools, case.days)
    exceeded = [left_over.exceeded(draft) for draft in tried]
    if not exceeded or () in exceeded:
        return None
    ((code, _),) = Counter(chain.from_iterable(exceeded)).most_common(1)
    return _none_within(case, code)


HYPOTHESES: tuple[Callable[[Case], Verdict | None], ...] = (
    _cannot_travel_whole,
    _no_vehicle_at_all,
    _no_road,
    _no_legal_journey,
    _too_costly_at_best,
    _too_few_in_all,
    _day_caps,
    _free_seat,
    _vehicles_used_up,
    _too_few_left,
    _too_few_beside_free_vehicles,
    _no_money_for_a_vehicle,
    _caps_below_least_load,
    _limits_exceeded,
)


def _over_budget(case: Case, more_yuan: float) -> Verdict | None:
    """The money of the campaign is spent."""
    left_yuan = case.left_over.budget_left_yuan
    if more_yuan <= left_yuan:
        return None
    reason = Text(
        f"至少还需 {more_yuan:.0f} 元，预算只剩 {left_yuan:.0f} 元",
        f"it takes {more_yuan:.0f} yuan more, {left_yuan:.0f} are left of the budget",
    )
    return Verdict("budget", reason, HELP["budget"])


def _too_costly(case: Case, a_head_yuan: float) -> Verdict | None:
    """A seat costs more than the office pays."""
    limit_yuan = case.problem.limits.max_yuan_per_head
    if a_head_yuan <= limit_yuan:
        return None
    reason = Text(
        f"人均约 {a_head_yuan:.0f} 元，超过上限 {limit_yuan:g} 元",
        f"about {a_head_yuan:.0f} yuan a head of {limit_yuan:g}",
    )
    return Verdict("too_costly", reason, HELP["too_costly"])


def _none_within(case: Case, code: str) -> Verdict:
    """Return the verdict where a batch could be filled, and a limit on money or people a day is in its way."""
    most_a_head_yuan, left_yuan = case.problem.limits.max_yuan_per_head, case.left_over.budget_left_yuan
    limit = {
        "driving_hours": Text("驾驶员行车时限", "the hours that drivers may drive"),
        "day_cap": Text("每日人数上限", "the day caps"),
        "too_costly": Text(f"人均 {most_a_head_yuan:g} 元", f"{most_a_head_yuan:g} yuan a head"),
        "budget": Text(f"预算余额 {left_yuan:.0f} 元", f"the {left_yuan:.0f} yuan left of the budget"),
    }[code]
    reason = Text(
        f"在{limit.zh}以内，没有找到去{case.city}的合适车次",
        f"no batch to {case.city} was found within {limit.en}",
    )
    return Verdict(code, reason, HELP[code])


def _below_min_load(riders: int, least: int, price_yuan: float) -> Verdict:
    """Return the verdict on too few companions, with the four answers of the field."""
    a_head = price_yuan / max(1, riders)
    short = least - riders
    return Verdict(
        "below_min_load",
        Text(
            f"可同行只有 {riders} 人，比最低 {least} 人少 {short} 人",
            f"{riders} people could go together, {short} fewer than the minimum of {least}",
        ),
        Text(
            f"等下一批(再有 {short} 人即可成行)；放宽日期与邻县合并；换更小的车；"
            f"或报销车票(单独派车约 {price_yuan:.0f} 元，人均 {a_head:.0f} 元)",
            f"hold for the next batch ({short} more make one); widen the days and merge with a neighbour county; "
            f"a smaller vehicle; or refund tickets (a vehicle alone costs about {price_yuan:.0f} yuan, "
            f"{a_head:.0f} a head)",
        ),
    )
