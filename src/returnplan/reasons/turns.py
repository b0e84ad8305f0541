"""Who gets a seat that becomes free on a published batch: one order for carry-over and ``explain`` (docs/nights.md)."""

import pandas as pd

from returnplan.model.texts import Text

RULE = Text(
    "已通知的车空出座位时：先按人员类别，同类别先给坐得下的整组同行人，再按等待时间",
    "a seat that becomes free on a published batch goes by class, in a class to whole parties that fit, then to those "
    "who have waited longest",
)


def in_turn(people: pd.DataFrame) -> pd.DataFrame:
    """Return people in the order in which they get free seats; who travels together stands together.

    A party has the class of its first member by class, and has waited as long as the one who signed up first: person
    numbers grow from night to night.

    Parameters
    ----------
    people : with the columns ``rank``, ``party`` (-1: alone) and ``person``, the person number
    """
    together = people["party"].where(people["party"] >= 0, -1 - people.index.to_series())
    of_party = people.groupby(together)
    keys = pd.DataFrame(
        {
            "rank": of_party["rank"].transform("min"),
            "is_alone": people["party"] < 0,
            "since": of_party["person"].transform("min"),
            "together": together,
            "person": people["person"],
        }
    )
    return people.loc[keys.sort_values(list(keys.columns), kind="stable").index]


def num_before(signup: str, waiting: pd.DataFrame) -> int:
    """Return how many of those who wait for the same city, with days in common, get a free seat before this person.

    Parameters
    ----------
    waiting : people as for :func:`in_turn`, with ``signup``, ``city``, ``earliest`` and ``latest``
    """
    own = waiting[waiting["signup"] == signup].iloc[0]
    rivals = waiting[
        (waiting["city"] == own["city"])
        & (waiting["earliest"] <= own["latest"])
        & (waiting["latest"] >= own["earliest"])
    ]
    order = in_turn(rivals)
    if own["party"] >= 0:  # the party itself is not before its member
        order = order[(order["party"] != own["party"]) | (order["signup"] == signup)]
    return int((order["signup"] == signup).to_numpy().argmax())
