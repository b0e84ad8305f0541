"""Parties that came apart: a companion has cancelled, was not at the stop, or has a seat that others have not."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.parties import ALONE

_KEPT, _WAITS, _STAYS = 0, 1, 2
"""What becomes of a companion: has a seat that is kept, is to be planned, or does not travel."""


def parted(people: pd.DataFrame, is_kept: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the people in parties of those who can still travel together.

    Enrolment keeps back the whole of a party that cannot travel whole. What happens later, on the phone or at the stop,
    parts it: the others were asked and go on, and who stays behind waits alone.

    Parameters
    ----------
    people : the columns of ``Roster.people``
    is_kept : who has a seat that is kept
    """
    party = people["party"].to_numpy(np.int64)
    part = np.where(is_kept, _KEPT, np.where((people["code"] == "").to_numpy(), _WAITS, _STAYS))
    several = pd.Series(part).groupby(party).transform("nunique").to_numpy() > 1
    comes_apart = several & (party != ALONE) & (part != _KEPT)
    number = np.where(part == _WAITS, party + 1 + party.max(initial=0), ALONE)
    return people.assign(party=np.where(comes_apart, number, party))
