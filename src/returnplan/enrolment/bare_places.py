"""Who named no place to board or alight: a coach cannot stop at a county or a city, so the office is told."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.model.roster import Place
from returnplan.model.texts import NO_TEXT, Text

_FEW = 3


def bare_places(people: pd.DataFrame, places: Sequence[Place], hiring: Collection[str]) -> tuple[Text, ...]:
    """Return a note on those who board at a county's bus station, and one on those set down at a centre.

    Parameters
    ----------
    people : with ``pickup`` and ``dropoff`` as indices of ``places``; those with a ``code`` stay at home
    hiring : cities with vacancies, in which whoever looks for work is taken to an employer or stays at home
    """
    going = people[people["code"] == ""]
    is_seeking = (going["employer"] == "") & going["city"].isin(list(hiring))
    is_bare = np.array([place.name in (place.county, place.city) for place in places], dtype=bool)
    notes = []
    for column, who, note in (("pickup", going, _boarding), ("dropoff", going[~is_seeking], _alighting)):
        where = who[column].to_numpy(np.int64)
        where = where[is_bare[where]]
        if len(where):
            notes.append(note(len(where), _names(where, places)))
    return tuple(notes)


def _names(where: npt.NDArray[np.int64], places: Sequence[Place]) -> Text:
    """Return the names of the places that most people are meant to go to."""
    count = np.bincount(where, minlength=len(places))
    most = sorted(np.flatnonzero(count).tolist(), key=lambda i: (-count[i], places[i].name))
    names = [places[i].name for i in most[:_FEW]]
    more = Text("等地", " and others") if len(most) > _FEW else NO_TEXT
    return Text("、".join(names) + more.zh, ", ".join(names) + more.en)


def _boarding(num: int, names: Text) -> Text:
    return Text(
        f"{num} 人没有写上车地点,按县汽车站({names.zh})安排;要到乡镇接人,请填地点里程表的“上车点”",
        f"{num} people named no pick-up and board at the bus station of their county ({names.en}); "
        "fill in the pick-up table to fetch them nearer",
    )


def _alighting(num: int, names: Text) -> Text:
    return Text(
        f"{num} 人没有写下车地点,送到{names.zh}的中心;要送到厂门口,请填下车地点或用工需求表",
        f"{num} people named no drop-off and alight at the centre of {names.en}; "
        "fill in drop-offs or the demand sheet to take them to the factory",
    )
