"""Who owns a place (所属): a prefecture, a county, or both; an ambiguous name is decided by the coordinates."""

from dataclasses import dataclass

import numpy as np

from returnplan.enrolment.findings import Findings
from returnplan.enrolment.unclear import unclear_name
from returnplan.model.records import PlaceRow
from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer, great_circle_km

FAR_KM = 300.0
"""No point lies farther from the seat of its prefecture."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a place; None: nobody was named, the place serves whoever names it."""

    division: Division | None


def find_owner(row: PlaceRow, gazetteer: Gazetteer, findings: Findings) -> Owner | None:
    """Return the owner of a place, or None after reporting that its name is unknown."""
    if not row.owner:
        return Owner(None)
    found = [division for division in gazetteer.read(row.owner).divisions if division.city]
    if not found:
        findings.add(
            row.ref,
            "owner",
            row.owner,
            "unknown_owner",
            unclear_name(row.owner, [], gazetteer),
            Text("改成地级市或县的全称", "write the full name of the prefecture or county"),
            signup=False,
        )
        return None
    away_km = {division.code: _km(row, division) for division in found}
    nearest = min(found, key=lambda division: (away_km[division.code], division.code))
    if away_km[nearest.code] > FAR_KM:
        _warn_far(row, nearest, away_km[nearest.code], findings)
    return Owner(nearest)


def _km(row: PlaceRow, division: Division) -> float:
    lat, lon = np.array([row.lat, division.lat]), np.array([row.lon, division.lon])
    return float(great_circle_km(lat, lon)[0, 1])


def _warn_far(row: PlaceRow, division: Division, km: float, findings: Findings) -> None:
    findings.add(
        row.ref,
        "lat",
        f"{row.lat}, {row.lon}",
        "far_from_owner",
        Text(
            f"坐标离{division.name}约 {km:.0f} 公里",
            f"the coordinates lie some {km:.0f} km from {division.name}",
        ),
        Text("核对纬度、经度（可能填反）", "check latitude and longitude, they may be swapped"),
        "warning",
        signup=False,
    )
