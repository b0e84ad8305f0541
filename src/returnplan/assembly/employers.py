"""What each employer asked for and gets: new hires wanted, people matched and planned, days of arrival."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from returnplan.assembly.riders import work_of
from returnplan.assembly.rides import Rides
from returnplan.model.plan import Batch, EmployerLine
from returnplan.model.roster import Roster

KEY = ["employer", "city", "place"]


def employers_of(batches: Sequence[Batch], rides: Rides, roster: Roster) -> tuple[EmployerLine, ...]:
    """Return one line for each employer and place of the demand sheet or of the people planned, sorted."""
    wanted = _wanted(roster)
    people = _workplaces(roster)
    matched = people[people["is_matched"]].groupby(KEY).size()
    arrive = pd.Series(
        np.array([batch.arrive for batch in batches], dtype="datetime64[D]")[rides.batch].astype(
            "datetime64[s]"
        )
    )
    planned = people.take(rides.person).assign(arrive=arrive.to_numpy())
    planned = planned[planned["employer"] != ""].groupby(KEY)["arrive"].agg(["size", "min", "max"])
    lines = wanted.join([matched.rename("matched"), planned], how="outer").sort_index()
    counts = lines[["headcount", "matched", "size"]].fillna(0).astype(np.int64)
    days = lines[["resume", "min", "max"]].astype(object).where(lines[["resume", "min", "max"]].notna(), None)
    return tuple(
        EmployerLine(*key, *numbers, *(day.date() if day else None for day in dates))
        for key, numbers, dates in zip(
            lines.index, counts.itertuples(index=False), days.itertuples(index=False), strict=True
        )
    )


def _wanted(roster: Roster) -> pd.DataFrame:
    """Return headcount and first resume date by employer and place."""
    rows = [
        (line.employer, line.city, roster.places[line.place].name, line.headcount or 0, line.resume)
        for line in roster.vacancies
    ]
    table = pd.DataFrame(rows, columns=[*KEY, "headcount", "resume"]).astype({"resume": "datetime64[s]"})
    return table.groupby(KEY).agg(headcount=("headcount", "sum"), resume=("resume", "min"))


def _workplaces(roster: Roster) -> pd.DataFrame:
    """Return for all people where they work, under the name of the demand sheet if it knows the employer."""
    people = roster.people
    vacancy = people["vacancy"].to_numpy(np.int64)
    places = np.array([place.name for place in roster.places], dtype=object)
    own = {
        "employer": work_of(people, roster)[0],
        "city": people["city"].to_numpy(dtype=object),
        "place": places[people["dropoff"].to_numpy(np.int64)],
    }
    offered = {
        "employer": [line.employer for line in roster.vacancies],
        "city": [line.city for line in roster.vacancies],
        "place": [places[line.place] for line in roster.vacancies],
    }
    columns = {
        name: np.where(vacancy >= 0, np.array([*offered[name], ""], dtype=object)[vacancy], own[name])
        for name in KEY
    }
    is_seeker = (people["employer"] == "") & (people["code"] == "")
    return pd.DataFrame(columns).assign(is_matched=is_seeker.to_numpy(dtype=bool) & (vacancy >= 0))
