"""What the newest rows of kept riders ask for that their seats do not give: nobody is moved by it, so it is said."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from returnplan.carryover.kept import Kept
from returnplan.model.changed_signups import ChangedSignUp, What
from returnplan.model.roster import Roster

_DAYS = ["earliest", "latest"]
_HOME = ["prefecture", "county", "township"]


def changed_signups(
    kept: Kept, rows: pd.DataFrame, now: pd.DataFrame, roster: Roster
) -> tuple[ChangedSignUp, ...]:
    """Return what the sign-ups of riders on published batches say anew, by batch and person.

    What people agreed to on the phone is in the rows of now, so it is no change.

    Parameters
    ----------
    rows : the rows by which the riders got their seats, with ``person``, at the places of the new roster
    now : the people of the new roster, with ``person``
    roster : the new one
    """
    published = {batch.id: batch.date for batch in kept.batches if batch.state == "published"}
    if not published:
        return ()
    riders = kept.riders[kept.riders["batch"].isin(published)].sort_values(
        "leg", ascending=False, kind="stable"
    )
    batch_of = dict(
        zip(riders["person"].tolist(), riders["batch"].tolist(), strict=True)
    )  # of the first ride
    columns = ["person", "city", "acceptable", "pickup", "employer", *_DAYS, *_HOME]
    own, newest = (
        lines.loc[lines["person"].isin(list(batch_of)), told].drop_duplicates("person")
        for lines, told in ((rows, columns), (now, [*columns, "names_pickup"]))
    )
    places = [place.name for place in roster.places]
    found = []
    for row in own.merge(newest, on="person", suffixes=("", "_now")).to_dict("records"):
        batch = batch_of[row["person"]]
        day = pd.Timestamp(published[batch])
        found += [ChangedSignUp(int(row["person"]), batch, *one) for one in _differences(row, day, places)]
    return tuple(sorted(found, key=lambda one: (one.batch, one.person)))


def _differences(
    row: Mapping[Hashable, Any], day: pd.Timestamp, places: Sequence[str]
) -> Iterator[tuple[What, str, str]]:
    """Yield what differs, as it was and as it is now."""
    # Who was matched to a city that they accept has changed nothing.
    is_open = not row["employer_now"] and row["city"] in row["acceptable_now"]
    if row["city_now"] and row["city_now"] != row["city"] and not is_open:
        yield "city", row["city"], row["city_now"]
    first, last = row["earliest_now"], row["latest_now"]
    is_new = (first, last) != (row["earliest"], row["latest"])
    if is_new and not first <= day <= last:
        days = dict.fromkeys(f"{one:%m-%d}" for one in (first, last))
        yield "day", f"{day:%m-%d}", " / ".join(days)
    was, now = (places[row[name]] for name in ("pickup", "pickup_now"))
    # Who names no pick-up has asked for none: a nearer stop of the pick-up sheet is no word of theirs.
    asks = row["names_pickup"] or any(row[name] != row[f"{name}_now"] for name in _HOME)
    if was != now and asks:
        yield "pickup", was, now
    if row["employer"] and row["employer_now"] and row["employer_now"] != row["employer"]:
        yield "employer", row["employer"], row["employer_now"]
