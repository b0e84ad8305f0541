"""What to do of a draft tonight: publish it, or hold it for the sign-ups of tomorrow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from returnplan.model.plan import Overview, Plan

KEY = "nights"
"""Under it the summary of a plan keeps the advice on its batches."""

AdviceReason = Literal["last_evening", "full", "waiting_saves", "not_yet_due"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do of one draft; nothing is published by it.

    Attributes
    ----------
    send : publish it tonight; else hold it
    by : the last evening on which its riders can be told in time
    reason : tonight is that evening; or nobody can join it any more; or people wait for it who could leave earlier; or
        later sign-ups can still join it
    num_waiting : how many of its riders could leave on the first day already
    saving_yuan, num_cheaper, num_futures : what waiting saves on average, and in how many of the futures drawn
    no_shows : how many of its riders are likely not to come, by the class of each; 0 where little is known
    standby : person numbers of people without a seat who could be told to be ready; none of them is promised one
    """

    send: bool
    by: date
    reason: AdviceReason
    num_waiting: int = 0
    saving_yuan: float = 0.0
    num_cheaper: int = 0
    num_futures: int = 0
    no_shows: float = 0.0
    standby: tuple[int, ...] = ()


def by_evening(advised: Mapping[str, Advice]) -> dict[tuple[str, ...], Advice]:
    """Return the batches that are to be treated alike, the most urgent first, with one advice for all of them."""
    alike: dict[tuple[date, AdviceReason], list[str]] = {}
    for batch, one in sorted(advised.items(), key=lambda item: (not item[1].send, item[1].by, item[0])):
        alike.setdefault((one.by, one.reason), []).append(batch)
    return {tuple(batches): _together([advised[batch] for batch in batches]) for batches in alike.values()}


def _together(advices: Sequence[Advice]) -> Advice:
    """Return one advice for batches of one evening; batches that wait for the same people save once together."""
    savings = {(one.saving_yuan, one.num_cheaper): one.saving_yuan for one in advices}
    return replace(
        advices[0],
        num_waiting=sum(one.num_waiting for one in advices),
        saving_yuan=sum(savings.values()),
        num_cheaper=min(one.num_cheaper for one in advices),
        no_shows=sum(one.no_shows for one in advices),
        standby=tuple(sorted({number for one in advices for number in one.standby})),
    )


def with_advice(plan: Plan, advice: Mapping[str, Advice]) -> Plan:
    """Return the plan with the advice on its batches in its summary."""
    kept = {batch: asdict(one) | {"by": one.by.isoformat()} for batch, one in advice.items()}
    return replace(plan, summary=plan.summary | {KEY: kept})


def advice_on(plan: Plan | Overview) -> dict[str, Advice]:
    """Return the advice on the drafts of a plan by batch, none if nobody asked for it."""
    drafts = {batch.id for batch in plan.batches if batch.state == "draft"}
    kept: Mapping[str, dict[str, Any]] = plan.summary.get(KEY, {})
    return {
        batch: Advice(**one | {"by": date.fromisoformat(one["by"]), "standby": tuple(one["standby"])})
        for batch, one in kept.items()
        if batch in drafts
    }


def advice_of(plan: Plan | Overview, tonight: date, notice_days: int) -> dict[str, Advice]:
    """Return what to do of the drafts on an evening: what is known without any search, and the advice that still holds.

    Drafts whose riders can be told in time tonight for the last time are to be published: the next plan loses them.
    """
    days = range(min(notice_days, 1), notice_days + 1)
    due = {
        batch.id: Advice(True, tonight, "last_evening")
        for batch in plan.batches
        if batch.state == "draft" and (batch.date - tonight).days in days
    }
    holds = {
        batch: one
        for batch, one in advice_on(plan).items()
        if one.by >= tonight and (batch not in due or one.reason == "last_evening")
    }
    return due | holds
