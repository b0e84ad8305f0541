"""Stable person numbers (编号): everybody keeps theirs, also when an ID number is corrected."""

from collections.abc import Mapping

from returnplan.enrolment.identity import corrected_ids
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.usecases.plan.standing import Standing


def number_persons(roster: Roster, standing: Standing) -> tuple[dict[str, int], tuple[Text, ...]]:
    """Return the ID numbers to be entered in the store with their person numbers, and what to tell of them.

    A corrected ID number takes over the person number of the one it replaces; people met for the first time
    come after everybody known, in the order of their ID numbers.
    """
    known = standing.person_numbers
    corrected = corrected_ids(roster.people, standing.people) if standing.people is not None else {}
    kept = {new: known[old] for new, old in corrected.items()}
    met = sorted(set(roster.people["id_number"]) - known.keys() - kept.keys())
    first = max(known.values(), default=0) + 1
    return {**kept, **{id_number: first + i for i, id_number in enumerate(met)}}, _notes(kept)


def _notes(kept: Mapping[str, int]) -> tuple[Text, ...]:
    if not kept:
        return ()
    numbers = sorted(kept.values())
    return (
        Text(
            f"身份证号码已更正、按姓名和电话认定为同一人的 {len(kept)} 人，沿用编号：{'、'.join(map(str, numbers))}",
            f"{len(kept)} people with a corrected ID number, known by name and phone, keep their person number: "
            f"{', '.join(map(str, numbers))}",
        ),
    )
