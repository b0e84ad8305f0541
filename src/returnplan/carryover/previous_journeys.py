"""The drafts of the last plan in the places, vehicles and trains of today, and who took which train by which rides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

import pandas as pd

from returnplan.model.plan import Batch
from returnplan.model.pools import pool_of
from returnplan.model.records import Spot
from returnplan.model.roster import Roster
from returnplan.problem.previous_rides import PreviousJourney, PreviousRide


class PreviousJourneys(NamedTuple):
    """The rides and journeys of the last plan.

    Attributes
    ----------
    rides : one a batch, None where place, vehicle or train are there no more
    journeys : first one a batch, which nobody takes by train, then those by train
    of_person : person number -> the journey by train, a place in ``journeys``
    """

    rides: tuple[PreviousRide | None, ...]
    journeys: tuple[PreviousJourney, ...]
    of_person: Mapping[int, int]


def previous_journeys(batches: Sequence[Batch], riders: pd.DataFrame, roster: Roster) -> PreviousJourneys:
    """Return rides and journeys of some batches.

    Parameters
    ----------
    riders : of the plan, each line a ride
    """
    lines = roster.lines_by_spot()
    rides = tuple(_rides(batches, lines, roster))
    number = {batch.id: nth for nth, batch in enumerate(batches)}
    journeys = {PreviousJourney((nth,)): nth for nth in range(len(batches))}
    of_person: dict[int, int] = {}
    by_train = riders[riders["journey"].isin([batch.id for batch in batches if batch.kind == "train"])]
    columns = ["person", "batch", "pickup_seq", "dropoff_seq"]
    in_order = by_train.sort_values(["person", "leg"])[columns]
    for own in (own for _, own in in_order.groupby("person", sort=True)):
        taken = [number[batch] for batch in own["batch"].tolist()]
        legs = zip(taken, own["pickup_seq"].tolist(), own["dropoff_seq"].tolist(), strict=True)
        (train, board, alight) = next(leg for leg in legs if batches[leg[0]].kind == "train")
        ride, stops = rides[train], batches[train].stops
        if ride is not None:
            spots = [stop.spot for stop in stops if stop.seq in (board, alight)]
            journey = PreviousJourney(tuple(taken), *(lines[spot] for spot in spots))
            of_person[own["person"].iloc[0]] = journeys.setdefault(journey, len(journeys))
    return PreviousJourneys(rides, tuple(journeys), of_person)


def _rides(batches: Sequence[Batch], lines: Mapping[Spot, int], roster: Roster) -> list[PreviousRide | None]:
    services: dict[tuple[object, ...], int] = {
        (one.name, one.product, one.day): line for line, one in enumerate(roster.rail)
    }
    vehicle_of: Counter[str] = Counter()
    found: list[PreviousRide | None] = []
    for batch in batches:
        pool = pool_of(batch, roster.pools)
        service = services.get((batch.service, batch.product, batch.date))
        places = [lines.get(stop.spot) for stop in batch.stops]
        if (service if batch.kind == "train" else pool) is None or None in places:
            found.append(None)
            continue
        if batch.block:
            vehicle_of.setdefault(batch.block, len(vehicle_of) + 1)
        at = [(stop.kind, line) for stop, line in zip(batch.stops, places, strict=True) if line is not None]
        found.append(
            PreviousRide(
                batch.kind,
                batch.date,
                -1 if pool is None else pool,
                -1 if service is None else service,
                tuple(line for kind, line in at if kind == "pickup"),
                tuple(line for kind, line in at if kind == "dropoff"),
                (batch.depart - datetime.combine(batch.date, time())) // timedelta(minutes=1),
                vehicle_of[batch.block] if batch.block else 0,
            )
        )
    return found
