"""What would place a group that waits, in words: which coach, which setting of returnplan.toml, and the price."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import ceil

import numpy as np

from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import NO_TEXT, Text
from returnplan.problem.draft import Load
from returnplan.problem.model import Travellers
from returnplan.problem.rules import (
    BASE,
    COMBINE_CITIES,
    FLEET,
    MIN_LOAD,
    MIX_COUNTIES,
    WINDOW,
    Breach,
    Rule,
)
from returnplan.reasons.changes import Change, Ride, changes_for
from returnplan.reasons.left_over import LeftOver
from returnplan.reasons.other_days import ask_for_other_days
from returnplan.reasons.waiting import WaitingGroup, group_of_rows, waiting_groups


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a waiting group, numbered from 1 in the order of the plan.

    ``helps`` is whether some change would carry the whole group, ``ask`` which batches of other days have seats.
    """

    number: int
    num_persons: int
    text: Text
    helps: bool = True
    ask: Text = NO_TEXT

    def or_else(self, suggestion: Text) -> Text:
        """Return its words; where nothing helps the whole group, what helps one of it, if that is known.

        Seats on other days are said besides.
        """
        text = self.text if self.helps or not suggestion.zh else suggestion
        return Text(f"{text.zh}；{self.ask.zh}", f"{text.en}; {self.ask.en}") if self.ask.zh else text


def answers_to_left(left_over: LeftOver, travellers: Travellers, roster: Roster) -> dict[int, Answer]:
    """Return the answer to each line of ``Roster.people`` that waits, by its group."""
    groups = waiting_groups(left_over)
    said = [_answer(nth, group, left_over, roster) for nth, group in enumerate(groups, start=1)]
    return {row: said[nth] for row, nth in group_of_rows(groups, left_over, travellers).items()}


def _answer(number: int, group: WaitingGroup, left_over: LeftOver, roster: Roster) -> Answer:
    """Return the cheapest of the changes that relax least, and the next that is cheaper, if there is one."""
    changes = changes_for(left_over, group)
    persons = group.num_persons(left_over)
    said = cheaper_and_cheaper(changes)[:MOST_SAID]
    ask = ask_for_other_days(left_over, group, roster, batches_of(said))
    if not changes:
        return Answer(number, persons, NOBODY_HELPS, helps=False, ask=ask)
    words = [_priced(change, left_over, roster) for change in said]
    refund = refund_text(min(change.more_yuan for change in changes), persons)
    zh = "；或".join(text.zh for text in words)
    en = "; or ".join(text.en for text in words)
    return Answer(number, persons, Text(f"{zh}；{refund.zh}", f"{en}; {refund.en}"), ask=ask)


NOBODY_HELPS = Text(
    "没有一项放宽能接走全组，请改期、换上车点，或报销车票",
    "no single change would carry them: another date or pick-up, or a refunded ticket",
)
MOST_SAID = 2
"""Changes that are said of a group where there is little room; ``explain`` says all."""


def batches_of(changes: Iterable[Change]) -> frozenset[str]:
    """Return the batches that people join by some changes."""
    return frozenset(ride.batch for change in changes for ride in change.rides if ride.batch is not None)


def cheaper_and_cheaper(changes: list[Change]) -> list[Change]:
    """Return of changes that relax more and more those that are cheaper than all before."""
    chosen: list[Change] = []
    for change in changes:
        if not chosen or round(change.more_yuan) < round(chosen[-1].more_yuan):
            chosen.append(change)
    return chosen


def _priced(change: Change, left_over: LeftOver, roster: Roster) -> Text:
    text, price = change_text(change, left_over, roster), price_text(change.more_yuan)
    return Text(f"{text.zh}，{price.zh}", f"{text.en}: {price.en}")


def change_text(change: Change, left_over: LeftOver, roster: Roster) -> Text:
    """Return a change as a sentence; its price stands beside it."""
    first_day = left_over.problem.first_day
    vehicle = roster.pools[change.draft.leg.pool].vehicle
    if change.batch is None:
        day = first_day + timedelta(days=change.draft.day)
        what = Text(f"{day:%m-%d} 单独派一辆{vehicle}", f"a vehicle of its own ({vehicle}) on {day:%m-%d}")
    else:
        rides = [
            _ride_text(ride, left_over, first_day, is_one_of=len(change.rides) > 1) for ride in change.rides
        ]
        what = Text(
            f"加入 {'、'.join(text.zh for text in rides)}", f"join {' and '.join(text.en for text in rides)}"
        )
        if change.larger:
            what = Text(f"{what.zh}，换成{vehicle}", f"{what.en} after changing its vehicle to {vehicle}")
    if not change.relaxed:
        return what
    settings = [_setting(breach, change, left_over, roster) for breach in change.relaxed]
    return Text(
        f"{what.zh}，{'、'.join(text.zh for text in settings)}",
        f"{what.en} if {' and '.join(text.en for text in settings)}",
    )


def _ride_text(ride: Ride, left_over: LeftOver, first_day: date, *, is_one_of: bool) -> Text:
    """Return a batch with where it comes from and goes to, and how many of the group it takes if not all."""
    draft = left_over.drafts[str(ride.batch)]
    heads: Counter[tuple[str, str]] = Counter()
    for cell, num in draft.load:
        where = str(left_over.counties[cell]), str(left_over.cities[cell])
        heads[where] += num * int(left_over.problem.cells.num_persons[cell])
    (county, city), _ = min(heads.items(), key=lambda item: (-item[1], item[0]))
    day = first_day + timedelta(days=draft.day)
    name = f"{ride.batch} ({county}→{city}, {day:%m-%d})"
    if not is_one_of:
        return Text(name, name)
    num_persons = persons_in(ride.groups, left_over)
    return Text(f"{name} {num_persons} 人", f"{name} with {num_persons} of them")


def persons_in(groups: Load, left_over: LeftOver) -> int:
    """Return how many people stand behind groups of cells."""
    return int(sum(num * left_over.problem.cells.num_persons[cell] for cell, num in groups))


def _setting(breach: Breach, change: Change, left_over: LeftOver, roster: Roster) -> Text:
    """Return what has to be set otherwise for one rule."""
    rule = breach.rule
    if rule is MIN_LOAD:
        is_of_sheet = roster.pools[change.draft.leg.pool].min_load is not None
        key = Text("车辆表的最低人数", "its least load in the fleet sheet") if is_of_sheet else _named(rule)
        figure, limit = f"{breach.figure:.0f}", f"{breach.limit:.0f}"
        return Text(f"{key.zh} 改为 {figure}(现 {limit})", f"{key.en} is {figure} (now {limit})")
    if rule is COMBINE_CITIES:
        cities = sorted(_cities(change, left_over))
        return Text(
            f"可同车的城市 combine_cities 加上 [{'、'.join(cities)}]",
            f"combine_cities has [{', '.join(cities)}]",
        )
    if words := _IN_WORDS.get(rule.name):
        return words.with_values(figure=breach.figure)
    figure, limit = f"{ceil(breach.figure - 1e-6)}", f"{breach.limit:g}"
    key = _named(rule)
    return Text(f"{key.zh} 改为 {figure}(现 {limit})", f"{key.en} is {figure} (now {limit})")


def _named(rule: Rule) -> Text:
    """Return a rule as returnplan.toml explains it, with its key."""
    words = _RULES.get(rule.name)
    return Text(f"{words} {rule.name}" if words else rule.name, rule.name)


_RULES: Mapping[str, str] = {
    "min_load": "起运人数",
    "max_pickups": "每车上车点个数",
    "max_dropoffs": "每车下车点个数",
    "max_pickup_km": "上车点之间的公里数",
    "max_dropoff_km": "下车点之间的公里数",
    "max_cost_per_head": "人均费用上限",
}


_IN_WORDS: Mapping[str, Text] = {
    WINDOW.name: Text("出发日期放宽 {figure:.0f} 天", "their days of departure are widened by {figure:.0f}"),
    MIX_COUNTIES.name: Text("允许不同县的人同车，mix_counties 改为 true", "mix_counties is true"),
    BASE.name: Text("该车可到外市接人(车辆表的所在市)", "its base in the fleet sheet lets it"),
    FLEET.name: Text("增租一辆该类车(车辆表)", "one more of its type is hired (fleet sheet)"),
}


def _cities(change: Change, left_over: LeftOver) -> set[str]:
    """Return the cities that would share a vehicle, with those that may share one with them already."""
    city_group = left_over.problem.cells.city_group
    on_board = [cell for ride in change.rides for cell, _ in ride.draft.load]
    return set(left_over.cities[np.isin(city_group, city_group[on_board])].tolist())


def price_text(more_yuan: float) -> Text:
    """Return what the plan would cost more; less where a larger vehicle is the cheaper one."""
    yuan = round(more_yuan)
    if yuan < 0:
        return Text(f"少花 {-yuan:,} 元", f"{-yuan:,} yuan less")
    return Text(f"多花 {yuan:,} 元", f"{yuan:,} yuan more")


def refund_text(cheapest_yuan: float, persons: int) -> Text:
    """Return up to which price a ticket is the better answer, if any."""
    a_head = cheapest_yuan / persons
    if round(a_head) <= 0:
        return Text(
            "报销车票：不划算，有不用多花钱的安排",
            "refund a ticket: never cheaper, a change costs nothing more",
        )
    return Text(
        f"报销车票：票价低于每人 {a_head:.0f} 元时比上述办法便宜",
        f"refund a ticket: cheaper than the above below {a_head:.0f} yuan a head",
    )


def cities_never_combined(roster: Roster, rules: Rules) -> list[Text]:
    """Return a note for every two cities of ``combine_cities`` whose drop-offs no vehicle may join."""
    people = roster.people[roster.people["code"] == ""]
    drops = {str(city): np.unique(own) for city, own in people.groupby("city")["dropoff"]}
    km = roster.km.min(axis=0)
    notes = []
    for one, other in (pair for group in rules.combine_cities for pair in combinations(group, 2)):
        if one not in drops or other not in drops:
            continue
        between = np.minimum(km[np.ix_(drops[one], drops[other])], km[np.ix_(drops[other], drops[one])].T)
        if (nearest_km := float(between.min())) > rules.max_dropoff_km:
            least, limit = ceil(nearest_km), f"{rules.max_dropoff_km:g}"
            notes.append(
                Text(
                    f"{one}、{other} 可以同车(combine_cities)，但下车点最近也相隔 {least} 公里，"
                    f"超过 max_dropoff_km {limit}，实际不会同车",
                    f"{one} and {other} may share a vehicle (combine_cities), but their nearest drop-offs are {least} "
                    f"km apart and max_dropoff_km is {limit}, so none will serve both",
                )
            )
    return notes
