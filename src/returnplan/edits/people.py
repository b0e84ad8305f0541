"""Riders put on a batch or taken off, and who leaves first when seats are too few; nobody else moves."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pandas as pd

from returnplan.assembly.people import work_of
from returnplan.edits.batches import batch_named, recounted
from returnplan.edits.itineraries import Ride, Seats, itinerary, too_few
from returnplan.model.person import COPIED
from returnplan.model.plan import Plan, Rider, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.texts import Text

SEAT_LOST = "seat_lost"
"""The code of people whom a change by hand has left without a seat; the next plan looks for another one."""


def taken_off(plan: Plan, persons: Collection[int], code: str, reason: Text, suggestion: Text) -> Plan:
    """Return the plan with some people on no batch; their batches keep their stops and hours.

    Whoever leaves one ride of a journey leaves all of them.

    Parameters
    ----------
    persons : person numbers of riders
    code, reason, suggestion : what their lines in ``unplanned`` say
    """
    leaves = plan.riders["person"].isin(list(persons))
    words = {"reason_zh": reason.zh, "reason_en": reason.en, "suggestion_zh": suggestion.zh}
    left = plan.riders[leaves].assign(code=code, suggestion_en=suggestion.en, group=0, **words)
    lines = left.drop_duplicates("person")[[field.name for field in fields(Unplanned)]]
    changed = replace(
        plan,
        riders=plan.riders[~leaves].reset_index(drop=True),
        unplanned=pd.concat([plan.unplanned, lines], ignore_index=True),
    )
    return recounted(changed, set(left["batch"]))


def put_on(plan: Plan, batch_id: str, signups: Collection[str], roster: Roster) -> Plan:
    """Return the plan with some people who are on no batch on this one, at their own stops.

    Onto a train, a feeder or a shuttle they are put for the whole journey.

    Parameters
    ----------
    signups : their row references

    Raises
    ------
    UsageError : no ride of the journey stops where they board or alight, or has enough free seats
    """
    batch = batch_named(plan, batch_id)
    waiting = set(plan.unplanned["signup"]).intersection(signups)
    people = roster.people[roster.people["signup"].isin(list(waiting))]
    seats = Seats(plan)
    needed = int((1 + people["num_children"]).sum())
    if needed > (num_free := len(seats.free(batch))):
        raise too_few(batch, num_free, needed)
    journeys = {
        row["signup"]: itinerary(row, batch, plan, seats, roster) for row in people.to_dict("records")
    }
    return on_journeys(plan, journeys, roster)


def on_journeys(plan: Plan, journeys: Mapping[str, tuple[str, tuple[Ride, ...]]], roster: Roster) -> Plan:
    """Return the plan with some people who are on no batch on the rides of their journeys.

    Parameters
    ----------
    journeys : the id of the journey and its rides in their order, by row reference
    """
    waiting = plan.unplanned[plan.unplanned["signup"].isin(list(journeys))]
    numbers = dict(zip(waiting["signup"].tolist(), waiting["person"].tolist(), strict=True))
    people = roster.people[roster.people["signup"].isin(list(numbers))]
    works = zip(*work_of(people, roster), strict=True)
    lines = [
        _line(row, work, ride, leg, journey, numbers)
        for row, work in zip(people.to_dict("records"), works, strict=True)
        for journey, rides in [journeys[row["signup"]]]
        for leg, ride in enumerate(rides, 1)
    ]
    new = pd.DataFrame(lines, columns=[field.name for field in fields(Rider)])
    changed = replace(
        plan,
        riders=pd.concat([plan.riders, new], ignore_index=True),
        unplanned=plan.unplanned[~plan.unplanned["signup"].isin(list(numbers))].reset_index(drop=True),
    )
    return recounted(changed, set(new["batch"]))


def _line(
    row: dict[Any, Any],
    work: tuple[str, str],
    ride: Ride,
    leg: int,
    journey: str,
    numbers: Any,
) -> dict[str, Any]:
    day = pd.Timestamp(ride.batch.date)
    return {name: row[name] for name in COPIED} | {
        "batch": ride.batch.id,
        "person": numbers[row["signup"]],
        "seat": ride.seat,
        "child_seats": ride.child_seats,
        "pickup": ride.pickup.place,
        "dropoff": ride.dropoff.place,
        "pickup_seq": ride.pickup.seq,
        "dropoff_seq": ride.dropoff.seq,
        "flexed": not row["flex_from"] <= day <= row["flex_to"],
        "employer": work[0],
        "post": work[1],
        "party": row["party_name"],
        "journey": journey,
        "leg": leg,
        "status": "assigned",
        "bound_yuan": 0.0,
        "rent_yuan": 0.0,
        "carriage": "",
        "seat_no": "",
        "order_no": "",
    }


def without_seat(plan: Plan, batch_id: str, usable: int, roster: Roster) -> list[int]:
    """Return the person numbers of those who cannot ride when only so many seats may be used."""
    batch = batch_named(plan, batch_id)
    riders = plan.riders[plan.riders["batch"] == batch.id]
    needed = 1 + riders["child_seats"].map(len)
    if needed.sum() <= usable:
        return []
    people = roster.people[roster.people["signup"].isin(riders["signup"])]
    told = people.set_index("signup")[["rank", "latest", "party"]].reindex(riders["signup"])
    lines = riders[["person"]].assign(
        seats=needed,
        **{name: told[name].to_numpy() for name in ("rank", "latest", "party")},
    )
    left, stranded = usable, list[int]()
    for party in parties_in_need(lines):
        seats = int(party["seats"].sum())
        if seats <= left:
            left -= seats
        else:
            stranded += party["person"].tolist()
    return sorted(stranded)


def parties_in_need(people: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield those who travel together in the order in which they keep a seat where a vehicle has too few.

    First by class, then who must leave soonest, then who signed up first (docs/nights.md). Free seats go by another
    order (:mod:`returnplan.reasons.turns`), as nobody who waits for them loses a seat.

    Parameters
    ----------
    people : with the columns ``rank``, ``latest``, ``party`` (-1: alone) and ``person``, the person number
    """
    together = people["party"].where(people["party"] >= 0, -1 - people["person"])
    of_party = people.groupby(together)
    keys = {name: of_party[name].transform("min") for name in ("rank", "latest", "person")}
    order = pd.DataFrame(keys).sort_values(list(keys), kind="stable").index
    for _, party in people.loc[order].groupby(together.loc[order], sort=False):
        yield party


def party_of(roster: Roster, signup: str) -> pd.DataFrame:
    """Return the lines of ``Roster.people`` of a person and everybody who travels with them."""
    people = roster.people
    own = people[people["signup"] == signup]
    parties = own.loc[own["party"] >= 0, "party"]
    return people[people["party"].isin(parties) | (people["signup"] == signup)]
