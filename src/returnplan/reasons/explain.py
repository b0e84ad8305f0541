"""What is said of one person of a plan: why they are on their batch, or on none, and what would place them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from returnplan.model.changed_signups import changed_signups_of
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.problem.model import Problem, Travellers
from returnplan.problem.rules import MIN_LOAD
from returnplan.reasons.answers import batches_of, change_text, price_text, refund_text
from returnplan.reasons.changes import changes_for, saving_yuan
from returnplan.reasons.left_over import LeftOver
from returnplan.reasons.other_days import ask_for_other_days
from returnplan.reasons.standing import cells_of_rows, left_over_of
from returnplan.reasons.trains import seats_refused
from returnplan.reasons.turns import RULE, num_before
from returnplan.reasons.waiting import single_group, waiting_groups

STATUSES = {
    "boarded": Text("已上车(随车名单登记)", "was on board, by the marked list"),
    "absent": Text(
        "未到(随车名单登记)，下次排车会再安排",
        "was absent, by the marked list; the next plan looks for a seat",
    ),
    "arrived": Text("已到岗(签收单登记)", "has arrived at the employer, by the receipt"),
    "other_factory": Text("去了别处(签收单登记)", "went elsewhere, by the receipt"),
}
"""What has become of a rider, as the papers that came back say it."""
DEPARTED = Text(
    "该车已发车，还没有登记上车情况", "the batch has departed; what became of its riders is not entered yet"
)


@dataclass(frozen=True, slots=True)
class PricedChange:
    """A change that would place the person's group, and what the plan would cost more."""

    text: Text
    more_yuan: float

    @property
    def price(self) -> Text:
        """The money in words."""
        return price_text(self.more_yuan)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of one person: ``batch`` None for those on none, ``code`` why not.

    ``lines`` give the reasons, the deciding one first; ``changes`` what would place the person and the
    ``num_waiting`` people of the group, those within the rules first, then those that relax least.
    """

    person: int
    signup: str
    batch: str | None
    code: str
    lines: tuple[Text, ...]
    changes: tuple[PricedChange, ...]
    num_waiting: int = 0


def explain(
    signup: str,
    plan: Plan,
    roster: Roster,
    problem: Problem,
    travellers: Travellers,
) -> Explanation:
    """Return why the person of a sign-up row is on their batch, or on none.

    Parameters
    ----------
    signup : a row reference, of the roster or of a row with an error
    plan : the plan that stands
    roster, problem, travellers : those that it was made from

    Raises
    ------
    KeyError : the plan does not know the row
    """
    left_over = left_over_of(plan, roster, problem, travellers)
    rows = np.flatnonzero((roster.people["signup"] == signup).to_numpy(dtype=bool))
    cell = int(cells_of_rows(roster, travellers)[rows[0]]) if len(rows) else -1
    riding = plan.riders[plan.riders["signup"] == signup]
    if len(riding):
        return _of_rider(riding.sort_values("leg", kind="stable"), plan, left_over, cell, roster)
    left = plan.unplanned[plan.unplanned["signup"] == signup]
    if not len(left):
        raise KeyError(signup)
    return _of_unplanned(left.iloc[0], plan, left_over, cell, roster)


def _queue(num: int) -> Text:
    return Text(f"{RULE.zh}；前面还有 {num} 人", f"{RULE.en}; {num} people go before")


def _of_unplanned(
    left: "pd.Series[Any]", plan: Plan, left_over: LeftOver, cell: int, roster: Roster
) -> Explanation:
    """Return the reason, and where nothing keeps the person back the changes that would help the whole group."""
    reason = Text(left["reason_zh"], left["reason_en"])
    no_seats = tuple(seats_refused(cell, plan, roster, left_over.problem))
    groups = waiting_groups(left_over) if cell >= 0 else []
    group = next((group for group in groups if cell in dict(group.load)), None)
    changes = changes_for(left_over, group) if group else []
    if group is None or not changes:
        fix = Text(left["suggestion_zh"], left["suggestion_en"])
        return Explanation(
            int(left["person"]), left["signup"], None, left["code"], (reason, *no_seats, fix), ()
        )
    persons = group.num_persons(left_over)
    waits = roster.people.merge(
        plan.unplanned.loc[plan.unplanned["group"] > 0, ["signup", "person"]], on="signup"
    )
    queue = _queue(num_before(left["signup"], waits)) if (waits["signup"] == left["signup"]).any() else RULE
    priced = [PricedChange(change_text(one, left_over, roster), one.more_yuan) for one in changes]
    ask = ask_for_other_days(left_over, group, roster, batches_of(changes))
    refund = refund_text(min(change.more_yuan for change in changes), persons)
    lines = (reason, *no_seats, queue, refund, *([ask] if ask.zh else []))
    return Explanation(int(left["person"]), left["signup"], None, left["code"], lines, tuple(priced), persons)


def _of_rider(rides: pd.DataFrame, plan: Plan, left_over: LeftOver, cell: int, roster: Roster) -> Explanation:
    """Return the stops of all rides, and why it is this date and vehicle; each against what else was possible.

    Parameters
    ----------
    rides : the lines of the rider, in the order of travel
    """
    named = {batch.id: batch for batch in plan.batches}
    rider, batches = rides.iloc[0], [named[name] for name in rides["batch"]]
    seqs = zip(rides["pickup_seq"].tolist(), rides["dropoff_seq"].tolist(), strict=True)
    stops = [_stops(batch, *pair) for batch, pair in zip(batches, seqs, strict=True)]
    happened = [STATUSES[rider["status"]]] if rider["status"] in STATUSES else []
    if batches[0].state == "published":
        happened += _not_as_asked(rider, batches, plan, roster)
    if batches[0].state == "departed" and not happened:
        happened = [DEPARTED]
    why: Iterator[Text] = iter(())
    if cell >= 0 and not happened:
        is_direct = batches[0].kind == "direct"
        why = (
            chain(
                _why_this_batch(left_over, batches[0], cell),
                seats_refused(cell, plan, roster, left_over.problem),
            )
            if is_direct
            else _why_by_rail(left_over, batches, cell)
        )
    lines = (*happened, *stops, *why)
    return Explanation(int(rider["person"]), rider["signup"], batches[0].id, "", lines, ())


def _not_as_asked(
    rider: "pd.Series[Any]", batches: Sequence[Batch], plan: Plan, roster: Roster
) -> Iterator[Text]:
    """Yield what sign-up or demand say since the person was told of the seat."""
    news = [one.words for one in changed_signups_of(plan) if one.person == rider["person"]]
    if news:
        yield Text(
            f"座位是按以前的报名排的，报名后来改了：{'，'.join(one.zh for one in news)}；座位没有动，请与本人商定",
            f"the seat is by an earlier sign-up, which has changed since: {', '.join(one.en for one in news)}; it "
            "stays as it was, agree with the person",
        )
    ready = roster.people.loc[roster.people["signup"] == rider["signup"], "reception"]
    if len(ready) and pd.Timestamp(batches[-1].arrive.date()) < ready.iloc[0]:
        yield Text(
            f"企业 {ready.iloc[0]:%m-%d} 才接收；问企业能否提前接收，或与本人改日期",
            f"the employer takes people in from {ready.iloc[0]:%m-%d}; ask the employer, or agree on another day",
        )


def _stops(batch: Batch, pickup_seq: int, dropoff_seq: int) -> Text:
    """Return where and when a ride begins and ends."""
    boards, alights = (batch.stops[seq - 1] for seq in (pickup_seq, dropoff_seq))
    where = Text(
        f"{boards.time:%m-%d %H:%M} 在 {boards.place} 上车(第 {pickup_seq} 站)，"
        f"{alights.time:%m-%d %H:%M} 在 {alights.place} 下车",
        f"boards at {boards.place} at {boards.time:%m-%d %H:%M} (stop {pickup_seq}), alights at {alights.place} at "
        f"{alights.time:%m-%d %H:%M}",
    )
    if batch.kind == "direct":
        return Text(
            f"{where.zh}；该车共 {len(batch.stops)} 站 {batch.km:.0f} 公里",
            f"{where.en}; the batch has {len(batch.stops)} stops and {batch.km:.0f} km",
        )
    by = " ".join(filter(None, (batch.id, batch.service)))
    return Text(f"{by}：{where.zh}", f"{by}: {where.en}")


def _why_by_rail(left_over: LeftOver, batches: Sequence[Batch], cell: int) -> Iterator[Text]:
    """Yield the lines on the date and on what the whole journey costs."""
    yield _window(left_over.problem, batches[0].date, cell)
    parts = [(batch, batch.cost_yuan / max(1, batch.load)) for batch in batches]
    sums = " + ".join(f"{yuan:.0f} ({batch.id})" for batch, yuan in parts)
    whole = sum(yuan for _, yuan in parts)
    yield Text(f"全程人均 {whole:.0f} 元：{sums}", f"the whole journey is {whole:.0f} yuan a head: {sums}")


def _why_this_batch(left_over: LeftOver, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield the lines on date, batch, vehicle and companions."""
    yield _window(left_over.problem, batch.date, cell)
    if batch.id not in left_over.drafts:
        yield Text(
            f"{batch.id} 的车辆不在车辆表中(已人工调整)", f"{batch.id} was changed by hand to another vehicle"
        )
        return
    taken = left_over.drafts[batch.id].leg.num_seats(left_over.problem)
    a_head_yuan = batch.cost_yuan / batch.load
    yield Text(
        f"{batch.id}({batch.date:%m-%d}，{batch.vehicle})：可用 {batch.usable} 座，"
        f"已用 {taken} 座，人均 {a_head_yuan:.0f} 元",
        f"{batch.id} ({batch.date:%m-%d}, {batch.vehicle}): {taken} of {batch.usable} usable seats taken, "
        f"{a_head_yuan:.0f} yuan a head",
    )
    yield from _companions(left_over, batch, cell)
    yield from _against_others(left_over, batch, cell)


def _window(problem: Problem, day: date, cell: int) -> Text:
    cells = problem.cells
    first, last = (problem.first_day + timedelta(days=int(d[cell])) for d in (cells.earliest, cells.latest))
    if first >= last:
        return Text(f"只能在 {day:%m-%d} 出发", f"{day:%m-%d} is the only possible day")
    late = cells.late_days[cell]
    lateness = float(late[(day - problem.first_day).days])
    words = Text(f"可在 {first:%m-%d} 至 {last:%m-%d} 出发", f"may leave from {first:%m-%d} to {last:%m-%d}")
    if lateness == 0 and late[(last - problem.first_day).days] > 0:
        return Text(f"{words.zh}；再晚会误复工日期", f"{words.en}; later days would miss the resume date")
    if lateness > 0:
        return Text(
            f"{words.zh}；晚于复工日期 {lateness:.0f} 天",
            f"{words.en}; {lateness:.0f} days after the resume date",
        )
    return words


def _companions(left_over: LeftOver, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield how many of the others could leave on no other day than this."""
    cells, draft = left_over.problem.cells, left_over.drafts[batch.id]
    last_call = sum(
        int(cells.num_persons[c]) * n for c, n in draft.load if cells.latest[c] == draft.day and c != cell
    )
    if last_call:
        yield Text(
            f"同车 {last_call} 人当天是最后期限",
            f"for {last_call} of those aboard it is the last possible day",
        )
    saving, staying = saving_yuan(left_over, batch.id, cell)
    least = MIN_LOAD.limit(left_over.problem, draft.leg)
    if staying < least:
        yield Text(
            f"少了他(们)，该车只剩 {staying} 人，不足最低 {least} 人",
            f"without them the batch would carry {staying}, fewer than the minimum of {least}",
        )
    if saving > 0:
        yield Text(
            f"该车为此多花 {saving:.0f} 元(停靠、绕行)", f"the batch spends {saving:.0f} yuan on their stops"
        )


def _against_others(left_over: LeftOver, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield what other batches would cost, by how many person-days they come later after the resume date."""
    saving, _ = saving_yuan(left_over, batch.id, cell)
    day = (batch.date - left_over.problem.first_day).days
    others = [
        c
        for c in changes_for(left_over, single_group(left_over, cell), skip=batch.id)
        if c.batch and not c.relaxed
    ]
    if not others:
        yield Text("没有别的车次能在规定之内接走", "no other batch could take them within the rules")
    late = left_over.problem.cells.late_days[cell]
    for change in others:
        money, other = price_text(change.more_yuan - saving), str(change.batch)
        later = float(late[change.draft.day] - late[day])
        if later > 0:
            money = Text(
                f"{money.zh}，但误复工日期再多 {later:.0f} 人天",
                f"{money.en}, and miss the resume date by {later:.0f} person-days more",
            )
        if change.draft.day == day:
            where = Text(f"同一天的 {other}", f"{other} on the same day")
        else:
            where = Text(f"改乘 {other}", other)
        yield Text(f"{where.zh}：{money.zh}", f"{where.en} would cost {money.en}")
