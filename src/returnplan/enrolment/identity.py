"""Identity: ages by ID number, all rows of one person, and corrected ID numbers."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Set
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.findings import row_ref
from returnplan.model.intake import Intake, RejectedRow
from returnplan.model.text_column import text_column, with_texts
from returnplan.places import tidy


def age_on(id_numbers: pd.Series, days: pd.Series) -> npt.NDArray[np.int64]:
    """Return the full years of each holder on a day; -1 where the number holds no birthday."""
    number, birthdays = text_column(id_numbers).part(6, 14).factorize()
    told = pd.to_datetime(np.asarray(birthdays), format="%Y%m%d", errors="coerce")
    born = pd.Series(told.to_numpy("datetime64[s]")[number], id_numbers.index)
    not_yet = (days.dt.month * 100 + days.dt.day) < (born.dt.month * 100 + born.dt.day)
    years = days.dt.year - born.dt.year - not_yet
    return np.asarray(years.where(born.notna(), -1), dtype=np.int64)


def corrected_ids(people: pd.DataFrame, known: pd.DataFrame) -> dict[str, str]:
    """Return new ID number -> known ID number of the people whose number was corrected since.

    A new number is a correction if exactly one person in the store has the same name and phone and no longer
    has a row. Of several phones in a cell one is enough.

    Parameters
    ----------
    people : id_number, name and phone of everyone in the files now
    known : the same columns of everyone in the store
    """
    fresh = people[~people["id_number"].isin(known["id_number"])]
    gone = known[~known["id_number"].isin(people["id_number"])]
    return _clear_pairs(fresh, gone)


def faulty_rows_of(known: pd.DataFrame, rejected: Iterable[RejectedRow]) -> dict[str, str]:
    """Return ID number -> reference of the faulty row of those who have no other row.

    It is the row with their ID number, else the only one with their name and one of their phones: its number is
    mistyped, or corrected.

    Parameters
    ----------
    known : id_number, name and phone of people who have no row without errors
    """
    ids = set(known["id_number"])
    found: dict[str, str] = {}
    others = []
    for row in rejected:
        if _id(row) in ids:
            found.setdefault(_id(row), row.ref)
        else:
            others.append((row.ref, row.name, row.phone))
    if others:
        rows = pd.DataFrame(others, columns=["id_number", "name", "phone"])
        pairs = _clear_pairs(rows, known[~known["id_number"].isin(list(found))])
        found |= {id_number: ref for ref, id_number in pairs.items()}
    return found


def _clear_pairs(people: pd.DataFrame, known: pd.DataFrame) -> dict[str, str]:
    """Return ``id_number`` -> that of the known person who alone has this name and one of these phones."""
    people, known = people[people["phone"] != ""], known[known["phone"] != ""]
    names = set(known["name"].map(tidy))
    people = people[people["name"].isin([name for name in people["name"].unique() if tidy(name) in names])]
    pairs = _by_number(people).merge(_by_number(known), on=["person", "number"], suffixes=("", "_known"))
    pairs = pairs.drop_duplicates(["id_number", "id_number_known"])
    clear = ~(pairs["id_number"].duplicated(keep=False) | pairs["id_number_known"].duplicated(keep=False))
    return dict(zip(pairs["id_number"][clear], pairs["id_number_known"][clear], strict=True))


def _by_number(people: pd.DataFrame) -> pd.DataFrame:
    """Return ID number, comparable name and phone, a line each mobile number; without one, the cell as it is."""
    lines = [
        (id_number, tidy(name), number)
        for id_number, name, phone in rows_of(people, "id_number", "name", "phone")
        for number in _mobiles(phone) or [phone]
    ]
    return pd.DataFrame(lines, columns=["id_number", "person", "number"], dtype=object)


_PHONE = re.compile(r"1\d{10}")
_BETWEEN_DIGITS = re.compile(r"[\s\-.()]+")
_LEAST_DIGITS = 15
"""The fewest digits of a faulty ID number that still distinguish two people of one name; 4.5E+17 has too few."""

Key = tuple[str, ...]
Name = TypeVar("Name", bound=Hashable)


def several_rows(signups: pd.DataFrame, intake: Intake) -> pd.DataFrame:
    """Return all rows of people with several rows; ``person`` is the ID number or a substitute for it.

    The columns are ref, person, id_number, name (for comparison), faulty, submitted, and the position of the
    row: ``file`` (0 is the oldest), ``sheet``, ``row``.
    """
    good = signups[["ref", "id_number", "name", "submitted"]].assign(
        person=signups["id_number"], faulty=False
    )
    every = pd.concat([good, _faulty_rows(signups, intake)], ignore_index=True) if intake.rejected else good
    rows = every[every["person"].duplicated(keep=False)].reset_index(drop=True)
    parts = [row_ref(ref) for ref in rows["ref"]]
    files, sheets = ages(intake), _numbers((sheet.file, sheet.sheet) for sheet in intake.sheets)
    return rows.assign(
        name=[tidy(name) for name in rows["name"]],
        file=[files.setdefault(part.file, len(files)) for part in parts],
        sheet=[sheets.setdefault((part.file, part.sheet), len(sheets)) for part in parts],
        row=[part.row for part in parts],
    )


def ages(intake: Intake) -> dict[str, int]:
    """Return the rank of each file by age, the oldest 0; without known ages, by the order of the call."""
    return _numbers([file.name for file in intake.files] or [sheet.file for sheet in intake.sheets])


def _numbers(names: Iterable[Name]) -> dict[Name, int]:
    return {name: i for i, name in enumerate(dict.fromkeys(names))}


def _faulty_rows(signups: pd.DataFrame, intake: Intake) -> pd.DataFrame:
    """Return the rows that reading rejected; an unclear row with a faulty ID number is a person of its own."""
    bad_ids = {
        fault.signup
        for fault in intake.faults
        if fault.severity == "error" and fault.code.startswith(("id_", "missing_id"))
    }
    known = _known(signups, intake.rejected, bad_ids)
    rows = [
        (row.ref, row.id_number, row.name, _person(row, known) if row.ref in bad_ids else _id(row) or row.ref)
        for row in intake.rejected
    ]
    names = ["ref", "id_number", "name", "person"]
    columns = with_texts(pd.DataFrame(rows, columns=names, dtype=object), names)
    return columns.assign(submitted=pd.Series(pd.NaT, columns.index, dtype="datetime64[s]"), faulty=True)


def _known(
    signups: pd.DataFrame, rejected: Iterable[RejectedRow], bad_ids: Set[str | None]
) -> Mapping[Key, set[str]]:
    """Return the valid ID numbers of people who have the name and phone of a row in ``bad_ids``."""
    asked = {key for row in rejected if row.ref in bad_ids for key in _calls(row.name, row.phone)}
    names = {name for name, _ in asked}
    known: defaultdict[Key, set[str]] = defaultdict(set)
    if not asked:
        return known
    for row in rejected:
        if row.ref not in bad_ids and _id(row):
            for key in _calls(row.name, row.phone):
                known[key].add(_id(row))
    compared = signups["name"].map({name: tidy(name) for name in signups["name"].unique()})
    for name, phone, id_number in rows_of(signups[compared.isin(names)], "name", "phone", "id_number"):
        for key in _calls(name, phone):
            known[key].add(id_number)
    return known


def _person(row: RejectedRow, known: Mapping[Key, set[str]]) -> str:
    """Return the person of a row with a faulty ID number: a known ID number, else a key made of the row."""
    calls = _calls(row.name, row.phone)
    ids = {id_number for key in calls for id_number in known.get(key, ())}
    if len(ids) == 1:
        return ids.pop()
    if calls and not ids:
        return " ".join(calls[0])
    if sum(map(str.isdigit, row.id_number)) >= _LEAST_DIGITS:
        return f"{tidy(row.name)} {_id(row)}"
    return row.ref


def _id(row: RejectedRow) -> str:
    return tidy(row.id_number).upper()


def _calls(name: str, phone: str) -> list[Key]:
    """Return a name with each mobile number of a cell, in order."""
    return [(tidy(name), number) for number in _mobiles(phone)] if tidy(name) else []


def _mobiles(phone: str) -> list[str]:
    plain = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", phone))
    return sorted(set(_PHONE.findall(plain)))
