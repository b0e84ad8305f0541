"""Where everyone boards and alights: by their own words, by the pick-up table (乡镇 → 上车点), else at a centre."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct
from returnplan.enrolment.employers import Opening
from returnplan.enrolment.findings import Findings, unclear_name
from returnplan.enrolment.sites import ADD_COORDINATES, Register, Site
from returnplan.enrolment.townships import PickupTable, township_words
from returnplan.model.records import PickupRow
from returnplan.model.roster import Place
from returnplan.model.texts import NO_TEXT, Text
from returnplan.places import Division, Gazetteer, did_you_mean

_APART = r"、，,;；/+"
_BETWEEN_TOWNSHIPS = re.compile(
    rf"[{_APART}]+|(?<![A-Za-z])\s+(?![A-Za-z])|(?<=[镇乡道])[和与及](?=[^{_APART}\s]*[镇乡道](?:[{_APART}\s]|$))"
)
"""One pick-up of several townships: 西山镇、木乐镇, 社步镇和桥圩镇; 和平镇, Da Lang and 江口镇和平村 are one."""

Bools = npt.NDArray[np.bool_]


def pickup_table(rows: Sequence[PickupRow], gazetteer: Gazetteer, findings: Findings) -> PickupTable:
    """Return the table; a row of an unknown county is a fault and is left out."""
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
        for township in filter(None, _BETWEEN_TOWNSHIPS.split(row.township)):
            table[township_words(township, gazetteer).key].append((owner, row.pickup))
    return PickupTable(gazetteer, dict(table))


def find_pickups(
    people: pd.DataFrame, register: Register, table: PickupTable, findings: Findings
) -> Distinct[Place | None]:
    """Return the place where each line boards: its own pick-up, else its township's, else the seat of its county.

    ``people`` has the column ``home``, the code of the smallest known division of the home. A line with neither
    a home nor a known pick-up is a fault.
    """
    divisions = register.gazetteer.by_code

    def resolve(home: str, township: str, pickup: str) -> Site | None:
        area = divisions.get(home)
        if not pickup and (of_township := table.pickup(township, area)):
            return register.find_anywhere(of_township, area)
        if pickup:
            return register.find(pickup, area)
        return Site(register.centre(area)) if area is not None else None

    sites = _one_stop_each(by_distinct(people, ["home", "township", "pickup"], resolve))
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


def _one_stop_each(sites: Distinct[Site | None]) -> Distinct[Site | None]:
    """Return the sites with one stop for each place that is of no county: it lies where most of its riders live."""
    riders: defaultdict[tuple[str, float, float], Counter[str]] = defaultdict(Counter)
    for site, lines in zip(sites.values, sites.count, strict=True):
        if site is not None and not site.place.county and not site.loose:
            riders[_point(site.place)][site.place.city] += int(lines)
    city = {
        point: min(cities, key=lambda name: (not name, -cities[name], name))
        for point, cities in riders.items()
    }
    values = [
        replace(site, place=replace(site.place, city=city[_point(site.place)]))
        if site is not None and not site.place.county and not site.loose
        else site
        for site in sites.values
    ]
    return Distinct(values, sites.of, sites.first, sites.count)


def _point(place: Place) -> tuple[str, float, float]:
    return place.name, place.lat, place.lon


def find_dropoffs(
    people: pd.DataFrame, openings: tuple[Opening, ...], register: Register, findings: Findings
) -> Distinct[Place | None]:
    """Return the place where each line alights: its own drop-off, else its employer's place, its town, its city.

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
    """Warn once of each unknown place, at the first person who named it."""
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


_FEW = 3
_MOST_EMPLOYERS = 5


def bare_places(
    people: pd.DataFrame, places: Sequence[Place], hiring: Collection[str], table: PickupTable
) -> tuple[Text, ...]:
    """Return a note on people who board at the bus station of a county, and one on people taken to a centre.

    Parameters
    ----------
    people : with ``pickup`` and ``dropoff`` as indices of ``places``; those with a ``code`` stay at home
    hiring : cities with vacancies, where people without an employer are matched to one or stay at home
    table : the pick-up sheet; where it has rows, the note says why it did not help
    """
    going = people[people["code"] == ""]
    is_seeking = (going["employer"] == "") & going["city"].isin(list(hiring))
    boarding, at_centre = _centres(going["pickup"], places)
    alighting, at_city = _centres(going.loc[~is_seeking, "dropoff"], places)
    num_boarding, num_alighting = int(at_centre.sum()), int(at_city.sum())
    notes = []
    if num_boarding:
        nearer = _how_nearer(going.loc[at_centre, "township"], table)
        notes.append(
            Text(
                f"{num_boarding} 人没有写上车地点，按县汽车站({boarding.zh})安排；要到乡镇接人，{nearer.zh}",
                f"{num_boarding} people named no pick-up and board at the bus station of their county "
                f"({boarding.en}); to fetch them nearer, {nearer.en}",
            )
        )
    if num_alighting:
        unknown = _not_in_demand(going.loc[~is_seeking][at_city], hiring)
        notes.append(
            Text(
                f"{num_alighting} 人没有写下车地点，送到{alighting.zh}的中心；要送到厂门口，请填下车地点或用工需求表"
                f"{unknown.zh}",
                f"{num_alighting} people named no drop-off and alight at the centre of {alighting.en}; "
                f"fill in drop-offs or the demand sheet to take them to the factory{unknown.en}",
            )
        )
    return tuple(notes)


def _not_in_demand(people: pd.DataFrame, hiring: Collection[str]) -> Text:
    """Return which employers people have named and no demand sheet knows, if there is one: it may have another name."""
    if not hiring:
        return NO_TEXT
    counts = people.loc[(people["employer"] != "") & (people["vacancy"] < 0), "employer"].value_counts()
    if counts.empty:
        return NO_TEXT
    shown = [
        f"{employer} {num}" for employer, num in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    more = "…" * (len(shown) > _MOST_EMPLOYERS)
    return Text(
        f"。用工需求表里没有的企业(是不是改了名？)：{'、'.join(shown[:_MOST_EMPLOYERS])}{more}",
        f". Employers that no demand sheet has (another name?): {', '.join(shown[:_MOST_EMPLOYERS])}{more}",
    )


def _how_nearer(townships: pd.Series, table: PickupTable) -> Text:
    """Return what would give people a nearer pick-up: the pick-up sheet, their townships, or more rows of the sheet."""
    if not table.rows:
        return Text("请填地点里程表的“上车点”", "fill in the pick-up table")
    num_untold = int((townships == "").sum())
    unknown = [town for town in townships.value_counts().index if town and not table.knows(town)]
    said = []
    if num_untold:
        said.append(Text(f"请给 {num_untold} 人补上“乡镇”列", f"tell the township of {num_untold} of them"))
    if unknown:
        more = Text(" 等", " and others") if len(unknown) > _FEW else NO_TEXT
        said.append(
            Text(
                f"上车点表请补上{'、'.join(unknown[:_FEW])}{more.zh}",
                f"add {', '.join(unknown[:_FEW])}{more.en} to the pick-up table",
            )
        )
    if not said:
        return Text("请核对上车点表的县", "check the counties of the pick-up table")
    return Text("，".join(one.zh for one in said), " and ".join(one.en for one in said))


def _centres(stops: pd.Series, places: Sequence[Place]) -> tuple[Text, Bools]:
    """Return the centres of counties and cities with the most people, and which stops are centres."""
    is_centre = np.array([place.name in (place.county, place.city) for place in places], dtype=bool)
    where = stops.to_numpy(np.int64)
    count = np.bincount(where[is_centre[where]], minlength=len(places))
    most = sorted(np.flatnonzero(count).tolist(), key=lambda i: (-count[i], places[i].name))
    names = [places[i].name for i in most[:_FEW]]
    more = Text("等地", " and others") if len(most) > _FEW else NO_TEXT
    return Text("、".join(names) + more.zh, ", ".join(names) + more.en), is_centre[where]
