"""Held riders in the new roster: they travel as they were told, whatever the lists say now."""

from collections.abc import Set
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from returnplan.carryover.held import Held
from returnplan.carryover.places import vacancy_lines, with_places
from returnplan.model.person import RENEWED
from returnplan.model.roster import Roster
from returnplan.problem.model import Ints


@dataclass(frozen=True)
class HeldRows:
    """The new roster with the held riders, and they under its references.

    ``missing`` are the person numbers of held riders who are in no list any more.
    """

    roster: Roster
    held: Held
    missing: tuple[int, ...]

    @property
    def is_held(self) -> "pd.Series[bool]":
        """Which people of the roster are held."""
        return self.roster.people["signup"].isin(self.held.riders["signup"])


def with_held_rows(
    roster: Roster, held: Held, old: Roster, person: "pd.Series[int]", circuity: float
) -> HeldRows:
    """Return the new roster in which every held rider has the row of the old one.

    Parameters
    ----------
    roster : from the lists of now, before matching
    held : the batches that stay; the sign-up references of its riders are those of the old roster
    old : the roster of the run they come from
    person : the person number of each line of the new roster's people
    """
    rows = old.people[old.people["signup"].isin(held.riders["signup"])]
    rows = rows.assign(person=rows["signup"].map(held.riders.set_index("signup")["person"]))
    places = np.concatenate([rows["pickup"].to_numpy(np.int64), rows["dropoff"].to_numpy(np.int64)])
    roster, line_of = with_places(roster, old, places, circuity)
    rows = _translated(rows, line_of, vacancy_lines(roster, old), old)
    now = roster.people.assign(person=person)
    rows = _with_personal(rows, now, roster)
    missing = rows.loc[~rows["person"].isin(now["person"]) & ~rows["is_faulty"], "person"]
    others = now[~now["person"].isin(rows["person"])]
    rows["party"] = rows["party"].where(rows["party"] < 0, rows["party"] + 1 + now["party"].max())
    people = pd.concat([others, rows], ignore_index=True)
    people = people.sort_values("id_number", kind="stable", ignore_index=True)
    kept = set(rows["signup"])
    personal = rows.set_index("person").loc[held.riders["person"], list(RENEWED)].reset_index(drop=True)
    changed = replace(
        roster,
        people=people[list(roster.people.columns)].astype(roster.people.dtypes.to_dict()),
        rejected=tuple(row for row in roster.rejected if row.ref not in kept),
    )
    riders = held.riders.reset_index(drop=True).assign(**personal)
    return HeldRows(changed, replace(held, riders=riders), tuple(sorted(missing.tolist())))


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


def _with_personal(rows: pd.DataFrame, now: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """Return the held rows under their newest reference, with the newest phone and remarks.

    A faulty row of now is of the held person whose ID number it writes; a reference that belongs to somebody
    else by now is marked.
    """
    newest = now.drop_duplicates("person").set_index("person")[list(RENEWED)].reindex(rows["person"])
    is_told = newest["signup"].notna().to_numpy()
    rows = rows.copy()
    for name in RENEWED:
        rows[name] = np.where(is_told, newest[name].to_numpy(dtype=object), rows[name].to_numpy(dtype=object))
    faulty = {row.id_number: row.ref for row in reversed(roster.rejected) if row.id_number}
    ref = rows["id_number"].map(faulty).where(~is_told)
    rows["signup"] = ref.where(ref.notna(), rows["signup"])
    is_missing = ~is_told & ref.isna()
    taken = {*now["signup"], *(row.ref for row in roster.rejected)}
    rows["signup"] = rows["signup"].where(~is_missing, _marked(rows.loc[is_missing, "signup"], taken))
    return rows.assign(is_faulty=ref.notna())


def _marked(refs: "pd.Series[str]", taken: Set[str]) -> "pd.Series[str]":
    """Return references with a mark on those that are another's by now, be it of one who is missing longer."""
    while (clash := refs.isin(list(taken)) | refs.duplicated()).any():
        refs = refs.where(~clash, refs + "(原)")
    return refs
