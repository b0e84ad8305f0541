"""What an ID number (GB 11643) tells about its holder: birthday and sex."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.findings import Findings
from returnplan.texts import Text


def age_on(id_numbers: pd.Series, days: pd.Series) -> npt.NDArray[np.int64]:
    """Return the full years of each holder on a day; -1 where the number holds no birthday."""
    born = pd.to_datetime(id_numbers.str[6:14], format="%Y%m%d", errors="coerce")
    not_yet = (days.dt.month * 100 + days.dt.day) < (born.dt.month * 100 + born.dt.day)
    years = days.dt.year - born.dt.year - not_yet
    return np.asarray(years.where(born.notna(), -1), dtype=np.int64)


def find_sex(people: pd.DataFrame, findings: Findings) -> pd.Series:
    """Return 男 or 女, as told, else by the 17th digit; a contradiction is a warning, the sheet counts."""
    digit = pd.to_numeric(people["id_number"].str[16:17], errors="coerce")
    by_id = pd.Series(
        np.where(digit.isna(), "", np.where(digit % 2 == 1, "男", "女")), people.index, dtype=object
    )
    wrong = (people["sex"] != "") & (by_id != "") & (people["sex"] != by_id)
    for ref, told, sex in zip(people["ref"][wrong], people["sex"][wrong], by_id[wrong], strict=True):
        findings.add(
            ref,
            "sex",
            told,
            "sex_mismatch",
            Text(f"与身份证号码不符（{sex}）", f"the ID number says {sex}"),
            Text("核对性别和身份证号码", "check sex and ID number"),
            "warning",
        )
    return people["sex"].where(people["sex"] != "", by_id)
