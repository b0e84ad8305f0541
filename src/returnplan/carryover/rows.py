"""Kept riders in the new roster: their journey stays, and their name, ID, phone and remarks follow the newest row."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from returnplan.carryover.changed_signups import changed_signups
from returnplan.carryover.kept import Kept
from returnplan.enrolment.identity import faulty_rows_of
from returnplan.model.changed_signups import ChangedSignUp
from returnplan.model.person import RENEWED
from returnplan.model.roster import Roster, Vacancy
from returnplan.places.distance import great_circle_km
from returnplan.problem.model import Floats, Ints


@dataclass(frozen=True)
class KeptRows:
    """The new roster with the kept riders, and they under its references.

    ``missing`` are the person numbers of kept riders who are in no list any more, ``changed`` what the rows of others
    say anew.
    """

    roster: Roster
    kept: Kept
    missing: tuple[int, ...]
    changed: tuple[ChangedSignUp, ...] = ()

    @property
    def is_kept(self) -> "pd.Series[bool]":
        """Which people of the roster are kept."""
        return self.roster.people["signup"].isin(self.kept.riders["signup"])


def with_kept_rows(
    roster: Roster, kept: Kept, old: Roster, person: "pd.Series[int]", circuity: float
) -> KeptRows:
    """Return the new roster in which every kept rider has the row of the old one.

    Parameters
    ----------
    roster : from the lists of now, before matching
    kept : the batches that stay; the sign-up references of its riders are those of the old roster
    old : the roster of the run they come from
    person : the person number of each line of the new roster's people
    """
    rows = old.people[old.people["signup"].isin(kept.riders["signup"])]
    rows = rows.assign(
        person=rows["signup"].map(kept.riders.drop_duplicates("signup").set_index("signup")["person"])
    )
    places = np.concatenate([rows["pickup"].to_numpy(np.int64), rows["dropoff"].to_numpy(np.int64)])
    roster, line_of = with_places(roster, old, places, circuity)
    rows = _translated(rows, line_of, vacancy_lines(roster, old), old)
    now = roster.people.assign(person=person)
    changed = changed_signups(kept, rows, now, roster)
    rows = _with_reception(rows, now, kept)
    rows = _with_personal(rows, now, roster)
    missing = rows.loc[~rows["person"].isin(now["person"]) & ~rows["is_faulty"], "person"]
    others = now[~now["person"].isin(rows["person"])]
    rows["party"] = rows["party"].where(rows["party"] < 0, rows["party"] + 1 + now["party"].max())
    people = pd.concat([others, rows], ignore_index=True)
    people = people.sort_values("id_number", kind="stable", ignore_index=True)
    refs = set(rows["signup"])
    personal = rows.set_index("person").loc[kept.riders["person"], list(RENEWED)].reset_index(drop=True)
    everybody = replace(
        roster,
        people=people[list(roster.people.columns)].astype(roster.people.dtypes.to_dict()),
        rejected=tuple(row for row in roster.rejected if row.ref not in refs),
    )
    riders = kept.riders.reset_index(drop=True).assign(**personal)
    return KeptRows(everybody, replace(kept, riders=riders), tuple(sorted(missing.tolist())), changed)


def _translated(rows: pd.DataFrame, line_of: Ints, vacancies: Ints, old: Roster) -> pd.DataFrame:
    """Return rows of the old roster with the lines of the new one; an employer that is gone keeps its name."""
    vacancy = rows["vacancy"].to_numpy(np.int64)
    now = np.append(vacancies, -1)[vacancy]
    names = np.array([*(line.employer for line in old.vacancies), ""], dtype=object)
    is_lost = (vacancy >= 0) & (now < 0) & (rows["employer"] == "").to_numpy()
    return rows.assign(
        pickup=line_of[rows["pickup"].to_numpy(np.int64)],
        dropoff=line_of[rows["dropoff"].to_numpy(np.int64)],
        vacancy=now,
        employer=np.where(is_lost, names[vacancy], rows["employer"]),
    )


def _with_reception(rows: pd.DataFrame, now: pd.DataFrame, kept: Kept) -> pd.DataFrame:
    """Return the kept rows with the day on which the employer takes people in now, where they are still to leave."""
    coming = [batch.id for batch in kept.batches if batch.state != "departed"]
    persons = kept.riders.loc[kept.riders["batch"].isin(coming), "person"]
    newest = rows["person"].map(now.drop_duplicates("person").set_index("person")["reception"])
    is_new = rows["person"].isin(persons) & rows["person"].isin(now["person"])
    return rows.assign(reception=rows["reception"].where(~is_new, newest).astype("datetime64[s]"))


def _with_personal(rows: pd.DataFrame, now: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """Return the kept rows under their newest reference, with the newest phone and remarks.

    A faulty row of now may be that of a kept person; a reference that belongs to somebody else by now is marked.
    """
    newest = now.drop_duplicates("person").set_index("person")[list(RENEWED)].reindex(rows["person"])
    is_told = newest["signup"].notna().to_numpy()
    rows = rows.copy()
    for name in RENEWED:
        rows[name] = np.where(is_told, newest[name].to_numpy(dtype=object), rows[name].to_numpy(dtype=object))
    faulty = faulty_rows_of(rows[~is_told].drop_duplicates("id_number"), roster.rejected)
    ref = rows["id_number"].map(faulty).where(~is_told)
    rows["signup"] = ref.where(ref.notna(), rows["signup"])
    is_missing = ~is_told & ref.isna()
    taken = {*now["signup"], *(row.ref for row in roster.rejected)}
    refs = rows.loc[is_missing, "signup"]
    while (clash := refs.isin(list(taken)) | refs.duplicated()).any():  # also of one who is missing longer
        refs = refs.where(~clash, refs + "(原)")
    rows["signup"] = rows["signup"].where(~is_missing, refs)
    return rows.assign(is_faulty=ref.notna())


def with_places(roster: Roster, old: Roster, needed: Ints, circuity: float) -> tuple[Roster, Ints]:
    """Return the roster with the needed places of an old one, and the new line of each old place.

    The roads between two old places are the old ones; those to all others are great-circle km times the circuity,
    driven at the usual speed. A place that is not needed and not known has the line -1.
    """
    line_of = {place: line for line, place in enumerate(roster.places)}
    missing = [line for line in np.unique(needed).tolist() if old.places[line] not in line_of]
    for line in missing:
        line_of[old.places[line]] = len(line_of)
    new_line = np.array([line_of.get(place, -1) for place in old.places], dtype=np.int64)
    if not missing:
        return roster, new_line
    places = (*roster.places, *(old.places[line] for line in missing))
    lat, lon = (np.array([getattr(place, name) for place in places]) for name in ("lat", "lon"))
    km = _extended(roster.km, old.km, new_line, great_circle_km(lat, lon) * circuity)
    minutes = roster.drive_minutes
    if minutes is not None or old.drive_minutes is not None:
        unknown = np.full_like(km[0], np.nan)
        minutes = _extended(_told_minutes(roster), _told_minutes(old), new_line, unknown)
    return replace(roster, places=places, km=km, drive_minutes=minutes), new_line


def _extended(now: Floats, old: Floats, new_line: Ints, otherwise: Floats) -> Floats:
    """Return what is known now of the ways between places, else of old when open, ``otherwise`` (P, P) elsewhere."""
    known, num = np.flatnonzero(new_line >= 0), now.shape[1]
    otherwise[np.ix_(new_line[known], new_line[known])] = np.fmin.reduce(old)[np.ix_(known, known)]
    every = np.repeat(otherwise[None], len(now), axis=0)
    every[:, :num, :num] = now
    return every


def _told_minutes(roster: Roster) -> Floats:
    return np.full_like(roster.km, np.nan) if roster.drive_minutes is None else roster.drive_minutes


def vacancy_lines(roster: Roster, old: Roster) -> Ints:
    """Return for each vacancy of the old roster its line in the new one, -1 where it is gone."""
    line_of = {_sight(line, roster): at for at, line in reversed(list(enumerate(roster.vacancies)))}
    return np.array([line_of.get(_sight(line, old), -1) for line in old.vacancies], dtype=np.int64)


def _sight(line: Vacancy, roster: Roster) -> tuple[Any, ...]:
    """Return what makes a vacancy the same one in a later demand sheet."""
    return (
        line.employer,
        line.city,
        roster.places[line.place],
        line.post,
        line.sex,
        line.min_age,
        line.max_age,
    )
