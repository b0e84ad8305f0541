"""What batches were before marked papers are entered: what a boarding that is taken back gives back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from returnplan.model.plan import Plan, WalkUp
from returnplan.store import CallRecord, LastBoarding


class WalkUps(NamedTuple):
    """The walk-ups of all batches before, and those of the papers."""

    known: Sequence[WalkUp]
    added: Sequence[WalkUp]


class GivenUp(NamedTuple):
    """Who gives up a seat by these papers, and the last calls of before, by person number."""

    absences: Sequence[CallRecord]
    calls: Mapping[int, CallRecord]


def before_these(
    before: Plan, after: Plan, walk_ups: WalkUps, departed: Set[str], given_up: GivenUp
) -> list[LastBoarding]:
    """Return what each batch was of which the papers say something new.

    Parameters
    ----------
    before, after : the plan without and with the statuses of the papers
    departed : batches that have departed by these papers
    """
    statuses = _changed(before, after)
    of_batch: dict[str, list[WalkUp]] = defaultdict(list)
    for one in walk_ups.known:
        of_batch[one.batch].append(one)
    added: dict[str, list[WalkUp]] = defaultdict(list)
    for one in walk_ups.added:
        added[one.batch].append(one)
    other = {batch for batch, own in added.items() if set(own) != set(of_batch[batch])}
    state_of = {batch.id: batch.state for batch in before.batches}
    left = {batch for batch in departed if state_of[batch] != "departed"}
    number = dict(zip(before.riders["id_number"].tolist(), before.riders["person"].tolist(), strict=True))
    boardings = []
    for batch in sorted((left | other | statuses.keys()) & state_of.keys()):
        people = {*statuses[batch], *(number.get(one.id_number) for one in added[batch])}
        entered = tuple(one for one in given_up.absences if one.person in people)
        calls = (given_up.calls.get(one.person) for one in entered)
        here = {one.id_number for one in added[batch]}
        taken_over = (one for one in walk_ups.known if one.id_number in here and one.batch != batch)
        boardings.append(
            LastBoarding(
                batch,
                state_of[batch],
                statuses[batch],
                (*of_batch[batch], *taken_over),
                entered,
                tuple(call for call in calls if call),
            )
        )
    return boardings


def _changed(before: Plan, after: Plan) -> dict[str, dict[int, str]]:
    """Return the status of before of each rider whose status changes, by batch and person number."""
    was = before.riders[before.riders["status"] != after.riders["status"]]
    statuses: dict[str, dict[int, str]] = defaultdict(dict)
    for batch, person, status in zip(was["batch"], was["person"].tolist(), was["status"], strict=True):
        statuses[batch][person] = status
    return statuses
