"""Parties that came apart: who still travels together."""

import numpy as np
import pandas as pd
import pytest

from returnplan.carryover import parted


@pytest.mark.parametrize(
    ("code", "is_kept", "party"),
    [
        (["", ""], [False, False], [3, 3]),
        (["cancelled", ""], [False, False], [-1, 7]),
        (["", ""], [True, False], [3, 7]),
        (["", "", ""], [True, False, False], [3, 7, 7]),
        (["party_split", "no_vehicle"], [False, False], [3, 3]),
        (["travelled", "", "", ""], [False, True, True, False], [-1, 3, 3, 7]),
    ],
)
def test_those_stay_together_who_still_travel_together(
    code: list[str], is_kept: list[bool], party: list[int]
) -> None:
    people = pd.DataFrame({"party": [3] * len(code) + [-1, -1], "code": [*code, "", "cancelled"]})
    assert parted(people, np.array([*is_kept, False, True]))["party"].tolist() == [*party, -1, -1]
