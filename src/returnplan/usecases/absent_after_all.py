"""Who was entered as absent, lost the seat to a later plan, and is ticked on the corrected list of that coach."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from returnplan.model.plan import WalkUp
from returnplan.model.roster import Roster
from returnplan.papers.manifest.marked import Boarding
from returnplan.store import ABSENT, CallRecord


@dataclass(frozen=True, slots=True)
class Absences:
    """The last calls by person number, and the walk-ups entered before."""

    calls: Mapping[int, CallRecord]
    walk_ups: Collection[WalkUp]

    def has(self, one: Boarding, id_number: str) -> bool:
        """Return whether somebody gave up a seat on this batch by being absent, or was entered after all."""
        call = self.calls.get(one.person)
        was_absent = call is not None and (call.result, call.batch) == (ABSENT, one.batch)
        return was_absent or any(
            (each.batch, each.id_number) == (one.batch, id_number) for each in self.walk_ups
        )


def on_board_after_all(
    ticked: Collection[Boarding], absences: Absences, roster: Roster, numbers: Mapping[str, int]
) -> dict[int, WalkUp]:
    """Return as walk-ups of their coach those who were entered as absent from it, by person number.

    Parameters
    ----------
    ticked : ticks at people who do not ride the batch
    numbers : the person number by ID number
    """
    ticks = [one.person for one in ticked]
    people = roster.people.assign(person=roster.people["id_number"].map(numbers))
    line_of = {facts["person"]: facts for facts in people[people["person"].isin(ticks)].to_dict("records")}
    found = {}
    for one in ticked:
        facts = line_of.get(one.person)
        if facts is not None and absences.has(one, facts["id_number"]):
            pickup, dropoff = (roster.places[facts[end]].name for end in ("pickup", "dropoff"))
            told = {name: facts[name] for name in ("name", "id_number", "phone", "employer")}
            found[one.person] = WalkUp(batch=one.batch, pickup=pickup, dropoff=dropoff, **told)
    return found
