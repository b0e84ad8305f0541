"""Riders put on a batch or taken off, and who leaves first when seats are too few; nobody else moves."""

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from itertools import islice
from typing import Any

import pandas as pd

from returnplan.assembly.people import work_of
from returnplan.edits.batches import batch_named, recounted
from returnplan.model.errors import UsageError
from returnplan.model.person import COPIED
from returnplan.model.plan import Batch, Plan, Rider, StopKind, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.texts import Text

SEAT_LOST = "seat_lost"
"""The code of people whom a change by hand has left without a seat; the next plan looks for another one."""


def taken_off(plan: Plan, persons: Collection[int], code: str, reason: Text, suggestion: Text) -> Plan:
    """Return the plan with some people on no batch; their batches keep their stops and hours.

    Parameters
    ----------
    persons : person numbers of riders
    code, reason, suggestion : what their lines in ``unplanned`` say
    """
    leaves = plan.riders["person"].isin(list(persons))
    words = {"reason_zh": reason.zh, "reason_en": reason.en, "suggestion_zh": suggestion.zh}
    left = plan.riders[leaves].assign(code=code, suggestion_en=suggestion.en, group=0, **words)
    lines = left[[field.name for field in fields(Unplanned)]]
    changed = replace(
        plan,
        riders=plan.riders[~leaves].reset_index(drop=True),
        unplanned=pd.concat([plan.unplanned, lines], ignore_index=True),
    )
    return recounted(changed, set(left["batch"]))


def put_on(plan: Plan, batch_id: str, signups: Collection[str], roster: Roster) -> Plan:
    """Return the plan with some people who are on no batch on this one, at their own stops.

    Parameters
    ----------
    signups : their row references

    Raises
    ------
    UsageError : the batch does not stop where they board or alight, or has too few free seats
    """
    batch = batch_named(plan, batch_id)
    aboard = plan.riders[plan.riders["batch"] == batch_id]
    free = free_seats(batch, aboard)
    waiting = plan.unplanned[plan.unplanned["signup"].isin(list(signups))]
    numbers = dict(zip(waiting["signup"].tolist(), waiting["person"].tolist(), strict=True))
    people = roster.people[roster.people["signup"].isin(list(numbers))]
    new = _riders(people, batch, free, roster, numbers)
    changed = replace(
        plan,
        riders=pd.concat([plan.riders, new], ignore_index=True),
        unplanned=plan.unplanned[~plan.unplanned["signup"].isin(list(numbers))].reset_index(drop=True),
    )
    return recounted(changed, {batch_id})


def free_seats(batch: Batch, aboard: pd.DataFrame) -> list[int]:
    """Return the seats of a batch that may still be taken, front to back."""
    taken = set(aboard["seat"].tolist()).union(*aboard["child_seats"])
    free = (seat for seat in range(1, batch.seats + 1) if seat not in taken)
    return list(islice(free, max(0, batch.usable - len(taken))))


def stop_of(batch: Batch, kind: StopKind, place: int, roster: Roster) -> int | None:
    """Return at which stop of a kind a batch calls at a place of the roster; None if it does not."""
    where = roster.places[place]
    spot = (where.name, where.city, where.lat, where.lon)
    of_kind = (stop for stop in batch.stops if stop.kind == kind)
    return next((one.seq for one in of_kind if (one.place, one.city, one.lat, one.lon) == spot), None)


def _riders(
    people: pd.DataFrame, batch: Batch, free: list[int], roster: Roster, numbers: dict[str, int]
) -> pd.DataFrame:
    if (needed := int((1 + people["num_children"]).sum())) > len(free):
        raise UsageError(
            Text(
                f"{batch.id} 还剩 {len(free)} 个座位,需要 {needed} 个",
                f"{batch.id} has {len(free)} free seats, {needed} are needed",
            )
        )
    seats = iter(free)
    works = zip(*work_of(people, roster), strict=True)
    rows = zip(people.to_dict("records"), works, strict=True)
    lines = [_line(row, work, batch, seats, roster, numbers) for row, work in rows]
    return pd.DataFrame(lines, columns=[field.name for field in fields(Rider)])


def _line(
    row: dict[Any, Any],
    work: tuple[str, str],
    batch: Batch,
    seats: Iterable[int],
    roster: Roster,
    numbers: Any,
) -> dict[str, Any]:
    seat, *child_seats = islice(seats, 1 + row["num_children"])
    day = pd.Timestamp(batch.date)
    return {name: row[name] for name in COPIED} | {
        "batch": batch.id,
        "person": numbers[row["signup"]],
        "seat": seat,
        "child_seats": tuple(child_seats),
        "pickup": roster.places[row["pickup"]].name,
        "dropoff": roster.places[row["dropoff"]].name,
        "pickup_seq": _own_stop(batch, "pickup", row, roster),
        "dropoff_seq": _own_stop(batch, "dropoff", row, roster),
        "flexed": not row["flex_from"] <= day <= row["flex_to"],
        "employer": work[0],
        "post": work[1],
        "party": row["party_name"],
        "journey": batch.id,
        "leg": 1,
        "status": "assigned",
        "bound_yuan": 0.0,
        "rent_yuan": 0.0,
        "carriage": "",
        "seat_no": "",
    }


def _own_stop(batch: Batch, kind: StopKind, row: dict[Any, Any], roster: Roster) -> int:
    seq = stop_of(batch, kind, row[kind], roster)
    if seq is None:
        own = roster.places[row[kind]].name
        stops = "、".join(stop.place for stop in batch.stops if stop.kind == kind)
        raise UsageError(
            Text(
                f"{batch.id} 不经过 {own}({row['signup']});停靠:{stops}",
                f"{batch.id} does not call at {own} ({row['signup']}); it stops at {stops}",
            )
        )
    return seq


def without_seat(plan: Plan, batch_id: str, usable: int, roster: Roster) -> list[int]:
    """Return the person numbers of those who cannot ride when only so many seats may be used.

    The lowest class leaves first, in it who can travel latest; parties stay together.
    """
    batch = batch_named(plan, batch_id)
    riders = plan.riders[plan.riders["batch"] == batch.id]
    told = roster.people.set_index("signup")[["rank", "latest", "party"]].reindex(riders["signup"])
    lines = riders[["person"]].assign(
        seats=1 + riders["child_seats"].map(len),
        **{name: told[name].to_numpy() for name in ("rank", "latest", "party")},
    )
    alone = -1 - lines["person"]
    lines["party"] = lines["party"].where(lines["party"] >= 0, alone)
    parties = lines.groupby("party").agg(
        rank=("rank", "min"), latest=("latest", "min"), seats=("seats", "sum"), first=("person", "min")
    )
    order = parties.sort_values(["rank", "latest", "first"], kind="stable")
    left, stays = usable, []
    for party, seats in zip(order.index, order["seats"], strict=True):
        if seats <= left:
            stays.append(party)
            left -= seats
    return sorted(lines.loc[~lines["party"].isin(stays), "person"].tolist())


def party_of(roster: Roster, signup: str) -> pd.DataFrame:
    """Return the lines of ``Roster.people`` of a person and everybody who travels with them."""
    people = roster.people
    own = people[people["signup"] == signup]
    parties = own.loc[own["party"] >= 0, "party"]
    return people[people["party"].isin(parties) | (people["signup"] == signup)]
