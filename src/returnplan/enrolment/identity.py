"""What ID numbers (GB 11643) tell about their holders, and who stands behind a corrected one."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.places import tidy


def age_on(id_numbers: pd.Series, days: pd.Series) -> npt.NDArray[np.int64]:
    """Return the full years of each holder on a day; -1 where the number holds no birthday."""
    born = pd.to_datetime(id_numbers.str[6:14], format="%Y%m%d", errors="coerce")
    not_yet = (days.dt.month * 100 + days.dt.day) < (born.dt.month * 100 + born.dt.day)
    years = days.dt.year - born.dt.year - not_yet
    return np.asarray(years.where(born.notna(), -1), dtype=np.int64)


def corrected_ids(people: pd.DataFrame, known: pd.DataFrame) -> dict[str, str]:
    """Return new ID number -> known ID number of the people whose number was corrected since.

    A number is a correction when nobody had it before and exactly one known person of the same name and
    phone has no row any more.

    Parameters
    ----------
    people : id_number, name and phone of everyone who stands in the files now
    known : the same of everyone whom the store knows
    """
    fresh = _told(people[~people["id_number"].isin(known["id_number"])])
    gone = _told(known[~known["id_number"].isin(people["id_number"])])
    pairs = fresh.merge(gone, on=["person", "phone"], suffixes=("", "_known"))
    clear = ~(pairs["id_number"].duplicated(keep=False) | pairs["id_number_known"].duplicated(keep=False))
    return dict(zip(pairs["id_number"][clear], pairs["id_number_known"][clear], strict=True))


def _told(people: pd.DataFrame) -> pd.DataFrame:
    """Return id_number, phone and comparable name of those who left a phone."""
    called = people.loc[people["phone"] != "", ["id_number", "name", "phone"]]
    return called.assign(person=called["name"].map(tidy)).drop_duplicates("id_number")
