"""What an ID number (GB 11643) tells about its holder."""

import numpy as np
import numpy.typing as npt
import pandas as pd


def age_on(id_numbers: pd.Series, days: pd.Series) -> npt.NDArray[np.int64]:
    """Return the full years of each holder on a day; -1 where the number holds no birthday."""
    born = pd.to_datetime(id_numbers.str[6:14], format="%Y%m%d", errors="coerce")
    not_yet = (days.dt.month * 100 + days.dt.day) < (born.dt.month * 100 + born.dt.day)
    years = days.dt.year - born.dt.year - not_yet
    return np.asarray(years.where(born.notna(), -1), dtype=np.int64)
