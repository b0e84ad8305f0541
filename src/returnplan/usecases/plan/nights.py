"""Which drafts to publish tonight, and with ``plan --nights`` which to hold for the sign-ups of tomorrow."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from returnplan.carryover.futures import arrivals_of
from returnplan.carryover.outlook import Flow, Leaving
from returnplan.carryover.send_or_hold import Verdict, verdicts
from returnplan.carryover.standby import absent_shares, expected_no_shows, standby_for
from returnplan.edits.spare_vehicles import spare_pools
from returnplan.model.aboard import is_aboard
from returnplan.model.advice import KEY, Advice, advice_of, by_evening, with_advice
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.papers.wording import say_advice, say_batches
from returnplan.store import ABSENT
from returnplan.usecases.plan.guard import StoreState
from returnplan.usecases.plan.keep import Prepared
from returnplan.usecases.plan.solve import Solved


def send_or_hold(
    solved: Solved,
    prepared: Prepared,
    standing: StoreState,
    person: "pd.Series[int]",
    tonight: date,
    rules: Rules,
    law: Law,
    plan_again: Callable[[Prepared], Solved],
) -> Solved:
    """Return the plan in which people wait where that is likely to save money, with advice on each draft.

    If fewer people would have a seat in it, the plan stays as it is.

    Parameters
    ----------
    solved : the plan of the people who are known
    person : the person number of each line of the roster's people
    plan_again : plans a prepared run
    """
    hidden = prepared.hidden
    arrivals = arrivals_of(prepared.roster, person, standing.first_seen, tonight)
    kept = {batch.id for batch in prepared.kept.batches}
    found = verdicts(
        _without_trains(solved.plan, hidden),
        prepared.kept.batches,
        _leaving(solved.plan, hidden, kept),
        arrivals,
        tonight,
        rules,
        law,
    )
    if found and hidden.not_before:
        again = plan_again(prepared.deciding(found.values(), hidden.not_before))
        if again.plan.summary["planned"] >= solved.plan.summary["planned"]:
            return _advised(again, found, prepared, standing, person, tonight, rules)
    return _advised(solved, {}, prepared, standing, person, tonight, rules)


def _without_trains(plan: Plan, roster: Roster) -> Roster:
    """Return the roster without those who take a train in the plan: they neither wait nor leave sooner."""
    coaches = [batch.id for batch in plan.batches if batch.kind == "direct"]
    by_train = plan.riders.loc[~plan.riders["batch"].isin(coaches), "signup"]
    code = roster.people["code"].mask(roster.people["signup"].isin(by_train), "by_train")
    return replace(roster, people=roster.people.assign(code=code))


def _leaving(plan: Plan, roster: Roster, kept: Set[str]) -> list[Leaving]:
    """Return the coaches of the first day that nobody has promised yet."""
    line = pd.Series(roster.people.index, index=roster.people["signup"])
    of_batch = plan.riders.groupby("batch")["signup"]
    first = [
        batch
        for batch in plan.batches
        if batch.kind == "direct" and batch.date == roster.not_before and batch.id not in kept
    ]
    pools = [pool_of(batch, roster.pools) for batch in first]
    return [
        Leaving(line[of_batch.get_group(batch.id)].to_numpy(), pool, batch.cost_yuan)
        for batch, pool in zip(first, pools, strict=True)
        if pool is not None
    ]


def _advised(
    solved: Solved,
    found: Mapping[Flow, Verdict],
    prepared: Prepared,
    standing: StoreState,
    person: "pd.Series[int]",
    tonight: date,
    rules: Rules,
) -> Solved:
    """Return the plan with the advice on its drafts in the summary."""
    plan, first_day = solved.plan, prepared.hidden.not_before or tonight
    people = prepared.hidden.people
    waits: dict[str, Verdict] = {}
    for verdict in (one for one in found.values() if one.saving_yuan > 0):
        could = verdict.wait[(people["earliest"].to_numpy()[verdict.wait] <= np.datetime64(first_day))]
        waits |= dict.fromkeys(people["signup"].to_numpy(dtype=object)[could].tolist(), verdict)
    shares = _shares(standing)
    advice, of_batch = {}, plan.riders.groupby("batch").indices
    for batch in plan.batches:
        if batch.state != "draft":
            continue
        riders = plan.riders.iloc[of_batch[batch.id]]
        waiting = [waits[signup] for signup in riders["signup"].tolist() if signup in waits]
        by = batch.date - (first_day - tonight)
        if by <= tonight:
            no_shows = expected_no_shows(riders, shares)
            standby = standby_for(batch, plan, prepared.roster, person, int(no_shows), rules)
            one = Advice(True, tonight, "last_evening", no_shows=round(no_shows, 1), standby=standby)
        elif _is_full(batch, riders, plan, prepared.roster):
            one = Advice(True, by, "full")
        elif waiting:
            why = waiting[0]
            saving = round(why.saving_yuan, 2)
            one = Advice(False, by, "waiting_saves", len(waiting), saving, why.num_cheaper, why.num_futures)
        else:
            one = Advice(False, by, "not_yet_due")
        advice[batch.id] = one
    return solved._replace(plan=with_advice(plan, advice))


def _is_full(batch: Batch, riders: pd.DataFrame, plan: Plan, roster: Roster) -> bool:
    """Return whether nobody can join a batch, not in a larger vehicle either, so that waiting changes nothing."""
    num_seats = len(riders) + int(riders["child_seats"].map(len).sum())
    return (
        batch.kind == "direct"
        and num_seats >= batch.usable
        and not any(pool.seats > batch.seats for pool in spare_pools(plan, batch, batch.date, roster))
    )


def _shares(standing: StoreState) -> "pd.Series[float]":
    """Return the share of absent people by class, of all who were expected so far."""
    if standing.plan is None or standing.roster is None:
        return absent_shares(pd.Series(dtype=str), pd.Series(dtype=bool))
    riders = standing.plan.riders.drop_duplicates("person")
    departed = [batch.id for batch in standing.plan.batches if batch.state == "departed"]
    came = riders.loc[riders["batch"].isin(departed) & is_aboard(riders)]
    absent = {number for number, call in standing.calls.items() if call.result == ABSENT}
    number = standing.roster.people["id_number"].map(standing.person_numbers)
    missed = standing.roster.people.loc[number.isin(list(absent)), "category"]
    category = pd.concat([came.loc[~came["person"].isin(list(absent)), "category"], missed])
    return absent_shares(category, pd.Series(np.arange(len(category)) >= len(category) - len(missed)))


def say_due(plan: Plan, tonight: date, notice_days: int) -> list[Text]:
    """Return which drafts the next plan loses unless they are published, where no advice in the plan says it."""
    if KEY in plan.summary:
        return []
    due = by_evening(advice_of(plan, tonight, notice_days))
    words = [(say_batches(batches), say_advice(one)) for batches, one in due.items()]
    return [Text(f"{which.zh}：{what.zh}", f"{which.en}: {what.en}") for which, what in words]


def never_published(old: Plan | None, plan: Plan, first_day: date | None) -> list[Text]:
    """Return which drafts of the last plan nobody published in time, and how many of their riders have a seat now."""
    if old is None or first_day is None:
        return []
    gone = [batch.id for batch in old.batches if batch.state == "draft" and batch.date < first_day]
    if not gone:
        return []
    riders = old.riders.loc[old.riders["batch"].isin(gone), "person"].drop_duplicates()
    num_seated = int(riders.isin(plan.riders["person"]).sum())
    num_left, which = len(riders) - num_seated, say_batches(gone)
    return [
        Text(
            f"上次方案的 {which.zh} 没有按时锁定，来不及通知，已不在方案里：{num_seated} 人另排，{num_left} 人没有座位",
            f"{which.en} of the last plan: not published in time and gone; {num_seated} riders have another seat, "
            f"{num_left} have none",
        )
    ]
