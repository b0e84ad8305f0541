"""The totals of a plan: the object ``summary`` of docs/contract.md#json, and what each employer asked for and gets."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from returnplan.assembly.people import work_of
from returnplan.assembly.rides import Rides
from returnplan.model.moved_trains import KEY as KEY_OF_MOVED
from returnplan.model.moved_trains import moved_trains
from returnplan.model.plan import Batch, EmployerLine
from returnplan.model.roster import Roster
from returnplan.model.text_column import text_column, words_of

Json = dict[str, Any]
KEY = ["employer", "city", "place"]


def summary_of(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Return the totals; ``lower_bound`` and ``gap`` are 0 as long as nobody has proved one.

    No train of a new plan carries more people than it has seats.
    """
    signups = len(roster.people) + len(roster.rejected)
    first = rides.is_first
    planned = int(first.sum())
    day = np.array([batch.date for batch in batches], dtype="datetime64[D]")[rides.batch[first]]
    resume = roster.people["resume"].to_numpy().astype("datetime64[D]")[rides.person[first]]
    known = ~np.isnat(resume)
    late_days = int(np.maximum(0, (day[known] - resume[known]).astype(np.int64)).sum())
    days: Json = {}
    leave = np.bincount(rides.batch[first], minlength=len(batches)).tolist()
    for batch, riders in zip(batches, leave, strict=True):
        of_day = days.setdefault(batch.date.isoformat(), {"batches": 0, "riders": 0})
        of_day["batches"] += 1
        of_day["riders"] += riders
    return {
        "signups": signups,
        "eligible": int((roster.people["code"] == "").sum()),
        "planned": planned,
        "unplanned": signups - planned,
        "not_read": roster.num_not_read,
        "batches": len(batches),
        "vehicles": dict(sorted(Counter(batch.vehicle for batch in batches).items())),
        "km": round(sum(batch.km for batch in batches), 2),
        "cost": round(sum(batch.cost_yuan for batch in batches), 2),
        "lower_bound": 0.0,
        "gap": 0.0,
        "late_days": late_days,
        "days": days,
        "cities": _cities(batches, rides, roster),
        "origins": _origins(batches, rides, roster),
        KEY_OF_MOVED: moved_trains(batches, roster),
        "seats_cut": {},
    }


def _cities(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Count a batch for each of its cities, a rider for the own one."""
    num_batches = Counter(city for batch in batches for city in batch.cities)
    num_riders = _counted(roster.people["city"], rides)
    return {city: {"batches": num_batches[city], "riders": num_riders[city]} for city in sorted(num_batches)}


def _counted(words: "pd.Series[str]", rides: Rides) -> Counter[str]:
    """Return of how many people planned each word is told, everybody once."""
    number, texts = text_column(words.take(rides.person[rides.is_first])).factorize()
    return Counter(dict(zip(texts.tolist(), np.bincount(number).tolist(), strict=True)))


def _origins(batches: Sequence[Batch], rides: Rides, roster: Roster) -> Json:
    """Count by home prefecture; riders share the cost of their batch equally.

    A vehicle counts for the prefecture most of its riders come from, so that the sums are those of the plan.
    Nobody has boarded yet.
    """
    homes = roster.people["prefecture"].take(rides.person).reset_index(drop=True)
    heads = homes.groupby([homes.rename("home"), rides.batch.copy()]).size().rename("heads")
    table = heads.rename_axis(["home", "batch"]).reset_index()
    planned = _counted(roster.people["prefecture"], rides)
    load = np.array([batch.load for batch in batches])
    cost = np.array([batch.cost_yuan for batch in batches])
    lines = table["batch"].to_numpy(np.int64)
    table["cost"] = cost[lines] / load[lines] * table["heads"] if len(table) else 0.0
    first = table.sort_values(["batch", "heads", "home"], ascending=[True, False, True]).drop_duplicates(
        "batch"
    )
    modes = np.array([batch.mode for batch in batches], dtype=object)[first["batch"].to_numpy(np.int64)]
    vehicles = Counter(zip(first["home"], modes, strict=True))
    sums = table.groupby("home")["cost"].sum()
    return {
        str(home): {
            "coaches": vehicles[home, "coach"],
            "trains": vehicles[home, "train"],
            "planned": planned[str(home)],
            "boarded": 0,
            "walk_ups": 0,
            "cost": round(float(cost), 2),
        }
        for home, cost in sums.items()
    }


def employers_of(batches: Sequence[Batch], rides: Rides, roster: Roster) -> tuple[EmployerLine, ...]:
    """Return what each employer asked for and gets: new hires wanted, matched and planned, and days of arrival.

    One line for each employer and place of the demand sheet or of the people planned, sorted.
    """
    wanted = _wanted(roster)
    people = _workplaces(roster)
    matched = people[people["is_matched"]].groupby(KEY).size()
    arrive = pd.Series(
        np.array([batch.arrive for batch in batches], dtype="datetime64[D]")[
            rides.batch[rides.is_last]
        ].astype("datetime64[s]")
    )
    planned = people.take(rides.person[rides.is_last]).assign(arrive=arrive.to_numpy())
    planned = planned[planned["employer"] != ""].groupby(KEY)["arrive"].agg(["size", "min", "max"])
    lines = wanted.join([matched.rename("matched"), planned], how="outer").sort_index()
    counts = lines[["headcount", "matched", "size"]].fillna(0).astype(np.int64)
    days = lines[["resume", "min", "max"]].astype(object).where(lines[["resume", "min", "max"]].notna(), None)
    return tuple(
        EmployerLine(*key, *numbers, *(day.date() if day else None for day in dates), *[contact])
        for key, numbers, dates, contact in zip(
            lines.index,
            counts.itertuples(index=False),
            days.itertuples(index=False),
            lines["contact"].fillna("").tolist(),
            strict=True,
        )
    )


def _wanted(roster: Roster) -> pd.DataFrame:
    """Return headcount, first resume date and the contact (of several the last by name) by employer and place."""
    rows = [
        (
            line.employer,
            line.city,
            roster.places[line.place].name,
            line.headcount or 0,
            line.resume,
            line.contact,
        )
        for line in roster.vacancies
    ]
    columns = [*KEY, "headcount", "resume", "contact"]
    table = pd.DataFrame(rows, columns=columns).astype({"resume": "datetime64[s]"})
    return table.groupby(KEY).agg(
        headcount=("headcount", "sum"), resume=("resume", "min"), contact=("contact", "max")
    )


def _workplaces(roster: Roster) -> pd.DataFrame:
    """Return for all people where they work, under the name of the demand sheet if it knows the employer."""
    people = roster.people
    vacancy = people["vacancy"].to_numpy(np.int64)
    places = [place.name for place in roster.places]
    columns = {
        "employer": work_of(people, roster)[0],
        "city": text_column(people["city"]),
        "place": words_of(people["dropoff"].to_numpy(np.int64), places),
    }
    offered = {
        "employer": [line.employer for line in roster.vacancies],
        "city": [line.city for line in roster.vacancies],
        "place": [places[line.place] for line in roster.vacancies],
    }
    has_vacancy = vacancy >= 0
    if has_vacancy.any():
        columns = {name: column.copy() for name, column in columns.items()}
        for name, column in columns.items():
            column[has_vacancy] = words_of(vacancy[has_vacancy], offered[name])
    is_seeker = (people["employer"] == "") & (people["code"] == "")
    return pd.DataFrame(columns).assign(is_matched=is_seeker.to_numpy(dtype=bool) & has_vacancy)
