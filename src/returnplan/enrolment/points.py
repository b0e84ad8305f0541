"""Where everyone boards and alights."""

from collections import defaultdict

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct
from returnplan.enrolment.demand import Opening
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.pickup_table import PickupTable
from returnplan.enrolment.sites import ADD_COORDINATES, Register, Site
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import did_you_mean


def find_pickups(
    people: pd.DataFrame, register: Register, table: PickupTable, findings: Findings
) -> Distinct[Place | None]:
    """Return where each line boards: its own pick-up, else its township's, else the seat of its county.

    ``people`` has the column ``home``, the code of the most that is known of it. Nobody's home and no known
    pick-up is a fault.
    """
    divisions = register.gazetteer.by_code

    def resolve(home: str, township: str, pickup: str) -> Site | None:
        area = divisions.get(home)
        text = pickup or table.pickup(township, area)
        if text:
            return register.find(text, area)
        return Site(register.centre(area)) if area is not None else None

    sites = by_distinct(people, ["home", "township", "pickup"], resolve)
    lost = people[sites.column(lambda site: site is None).astype(bool)]
    for ref, pickup, number in zip(lost["ref"], lost["pickup"], lost["id_number"], strict=True):
        findings.add(
            ref,
            "pickup" if pickup else "id_number",
            pickup or number,
            "no_pickup",
            Text(
                f"没有户籍县，也查不到上车地点（身份证号码前六位 {number[:6]} 不是哪个市县的代码）",
                f"neither a home county nor a known pick-up ({number[:6]} of the ID number is no county's code)",
            ),
            Text("填写户籍县或上车地点", "fill in the home county or the pick-up"),
        )
    _warn_loose(people, sites, "pickup", register, findings)
    return Distinct(
        [site.place if site else None for site in sites.values], sites.of, sites.first, sites.count
    )


def find_dropoffs(
    people: pd.DataFrame, openings: tuple[Opening, ...], register: Register, findings: Findings
) -> Distinct[Place | None]:
    """Return where each line alights: its own text, else its employer's place, its town, its city.

    ``people`` has the columns ``area``, the code of the named part of the city, ``loose_town``, a town that
    no table knows, and ``line`` of ``openings``.
    """
    divisions = register.gazetteer.by_code

    def resolve(area: str, loose_town: str, dropoff: str, line: int) -> Site:
        if not dropoff and line >= 0:
            return Site(openings[line].place)
        text = dropoff or loose_town
        return register.find(text, divisions[area]) if text else Site(register.centre(divisions[area]))

    sites = by_distinct(people, ["area", "loose_town", "dropoff", "line"], resolve)
    _warn_loose(people, sites, "dropoff", register, findings)
    return Distinct([site.place for site in sites.values], sites.of, sites.first, sites.count)


def _warn_loose(
    people: pd.DataFrame,
    sites: Distinct[Site] | Distinct[Site | None],
    field: str,
    register: Register,
    findings: Findings,
) -> None:
    """Warn once of every place that no table knows, at the first person who named it."""
    first: dict[Place, int] = {}
    count: defaultdict[Place, int] = defaultdict(int)
    for site, line, lines in zip(sites.values, sites.first, sites.count, strict=True):
        if site is not None and site.loose:
            first.setdefault(site.place, int(line))
            count[site.place] += int(lines)
    for place, line in first.items():
        where = place.county or place.city
        offer = did_you_mean(register.near(place.name))
        findings.add(
            people["ref"].iloc[line],
            field,
            place.name,
            "unknown_place",
            Text(
                f"没有“{place.name}”的坐标，{count[place]} 人按{where}中心计算{offer.zh}",
                f'"{place.name}" has no coordinates; {count[place]} people are taken to the centre of {where}'
                f"{offer.en}",
            ),
            ADD_COORDINATES,
            "warning",
        )
