"""The pick-up table (乡镇 → 上车点): where townships board."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from returnplan.enrolment.findings import Findings
from returnplan.enrolment.unclear import unclear_name
from returnplan.model.records import PickupRow
from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer, core, tidy


@dataclass(frozen=True)
class PickupTable:
    """Where townships board (乡镇 → 上车点); ``rows`` by the core of the township's name."""

    rows: dict[str, list[tuple[Division | None, str]]]

    def pickup(self, township: str, area: Division | None) -> str:
        """Return the pick-up of a township of ``area``, "" when the table does not tell one."""
        fits = {
            pickup
            for owner, pickup in self.rows.get(core(tidy(township)), ())
            if owner is None or area is None or owner.inside(area) or area.inside(owner)
        }
        return fits.pop() if len(fits) == 1 else ""


def pickup_table(rows: Sequence[PickupRow], gazetteer: Gazetteer, findings: Findings) -> PickupTable:
    """Return the table; a row whose county is unknown is a fault and left out."""
    table: defaultdict[str, list[tuple[Division | None, str]]] = defaultdict(list)
    for row in rows:
        told = row.prefecture + row.county
        owner = gazetteer.read(told).only
        if told and owner is None:
            findings.add(
                row.ref,
                "county",
                told,
                "unknown_county",
                unclear_name(told, [], gazetteer),
                Text("改成县的全称", "write the full name of the county"),
                signup=False,
            )
            continue
        table[core(tidy(row.township))].append((owner, row.pickup))
    return PickupTable(dict(table))
