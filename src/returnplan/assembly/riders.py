"""The riders as columns, with the fields of :class:`~returnplan.model.plan.Rider`; and the matches found."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.model.person import COPIED
from returnplan.model.plan import Batch, Match, Rider
from returnplan.model.roster import Roster
from returnplan.problem.model import Ints


def riders_frame(
    rides: Rides, batches: Sequence[Batch], roster: Roster, number: "pd.Series[int]"
) -> pd.DataFrame:
    """Return the riders, batch by batch and seat by seat.

    Parameters
    ----------
    number : of each line of ``Roster.people``, the person number (编号)
    """
    people = roster.people.take(rides.person)
    batch = np.array([batch.id for batch in batches], dtype=object)[rides.batch]
    day = np.array([batch.date for batch in batches], dtype="datetime64[s]")[rides.batch]
    places = np.array([place.name for place in roster.places], dtype=object)
    employer, post = work_of(people, roster)
    columns = {
        "batch": batch,
        "person": number.to_numpy(np.int64)[rides.person],
        "seat": rides.seat,
        "child_seats": _child_seats(rides.seat, people["num_children"].to_numpy(np.int64)),
        "pickup": places[people["pickup"].to_numpy(np.int64)],
        "dropoff": places[people["dropoff"].to_numpy(np.int64)],
        "pickup_seq": rides.pickup_seq,
        "dropoff_seq": rides.dropoff_seq,
        "flexed": (day < people["flex_from"].to_numpy()) | (day > people["flex_to"].to_numpy()),
        "employer": employer,
        "post": post,
        "party": people["party_name"].to_numpy(dtype=object),
        # A direct journey is its batch; feeder, train and shuttle will share one.
        "journey": batch,
        "leg": np.ones(len(people), dtype=np.int64),
        "status": np.full(len(people), "assigned", dtype=object),
        "bound_yuan": np.zeros(len(people)),
        "rent_yuan": np.zeros(len(people)),
        **{name: people[name].to_numpy() for name in COPIED},
    }
    return pd.DataFrame({field.name: columns[field.name] for field in fields(Rider)})


def _child_seats(seat: Ints, num_children: Ints) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    seats = np.empty(len(seat), dtype=object)
    seats.fill(())
    for line in np.flatnonzero(num_children):
        first = int(seat[line]) + 1
        seats[line] = tuple(range(first, first + int(num_children[line])))
    return seats


def work_of(
    people: pd.DataFrame, roster: Roster
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.object_]], ...]":
    """Return employer and post of each line of people: of job seekers those of the vacancy found."""
    own = people["employer"].to_numpy(dtype=object)
    vacancy = people["vacancy"].to_numpy(np.int64)
    found = (own == "") & (vacancy >= 0)
    # -1 is the empty name at the end.
    employers = np.array([*(line.employer for line in roster.vacancies), ""], dtype=object)
    posts = np.array([*(line.post for line in roster.vacancies), ""], dtype=object)
    return (
        np.where(found, employers[vacancy], own),
        np.where(found, posts[vacancy], people["post"].to_numpy(dtype=object)),
    )


def matches_frame(roster: Roster, number: "pd.Series[int]") -> pd.DataFrame:
    """Return the job seekers for whom a vacancy was found, with the vacancy's own names."""
    people = roster.people
    matched = people[(people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")]
    employer, post = work_of(matched, roster)
    columns = {
        "person": number.to_numpy(np.int64)[matched.index],
        "signup": matched["signup"].to_numpy(),
        "employer": employer,
        "post": post,
    }
    return pd.DataFrame({field.name: columns[field.name] for field in fields(Match)})
