"""The places of a roster in numbers, and the given roads between them (里程)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from returnplan.enrolment.columns import Distinct
from returnplan.enrolment.findings import Findings
from returnplan.model.division_names import core
from returnplan.model.records import DistanceRow
from returnplan.model.roster import NO_ROAD_KM, Place
from returnplan.model.texts import Text
from returnplan.places import Gazetteer, tidy
from returnplan.places.distance import Networks, Road

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOWHERE = -1
METRE_KM = 0.001
MOST_NAMED = 3
"""Pairs of places that a note names."""


class Atlas:
    """Places by number; the ``final`` numbers do not depend on the order of the rows."""

    def __init__(self) -> None:
        self._number: dict[Place, int] = {}

    def number(self, place: Place) -> int:
        """Return the number of a place, a new one at its first mention."""
        return self._number.setdefault(place, len(self._number))

    def numbers(self, places: Distinct[Place | None]) -> Ints:
        """Return the number of each line's place, ``NOWHERE`` for none."""
        known = [NOWHERE if place is None else self.number(place) for place in places.values]
        return np.array(known, dtype=np.int64)[places.of]

    def final(self) -> tuple[tuple[Place, ...], Ints]:
        """Return the places in their final order, and the final number of each present number."""
        ordered = sorted(self._number, key=lambda p: (p.city, p.county, p.name, p.lat, p.lon))
        final = np.empty(len(ordered), dtype=np.int64)
        final[[self._number[place] for place in ordered]] = np.arange(len(ordered))
        return tuple(ordered), final


def find_roads(
    rows: Sequence[DistanceRow], places: Sequence[Place], gazetteer: Gazetteer, findings: Findings
) -> list[Road]:
    """Return the given roads between ``places`` (nodes 0..P-1) and junctions (from P on).

    A name means all places of that name if they lie at one point. If they lie apart, the name must include the
    county (融水县县汽车站), else the row is a fault. A name where nobody boards or alights is a junction.
    """
    nodes = _Nodes(places, gazetteer)
    roads: list[Road] = []
    told: dict[tuple[str, str], DistanceRow] = {}
    for row in rows:
        origins, destinations = nodes.called(row.origin), nodes.called(row.destination)
        unclear = [text for text in (row.origin, row.destination) if nodes.unclear(text)]
        for text in unclear:
            findings.add(
                row.ref,
                "origin" if text == row.origin else "destination",
                text,
                "unclear_place",
                Text(f"有几个地点叫“{text}”", f'several places are called "{text}"'),
                Text("在前面写上县名，如“融水县县汽车站”", "write the county in front of the name"),
                signup=False,
            )
        _report_twice(row, told, findings)
        if row.origin == row.destination and not unclear:
            roads += [
                Road(node, node, 0.0, None, row.closed, row.closed_from, row.closed_to) for node in origins
            ]
            if row.closed and min(origins) >= len(places):
                _report_nowhere(row, places, findings)
        elif not unclear:
            roads += [
                Road(origin, destination, row.km, row.minutes, row.closed, row.closed_from, row.closed_to)
                for origin in origins
                for destination in destinations
            ]
    return roads


def far_round(networks: Networks, places: Sequence[Place]) -> tuple[Text, ...]:
    """Return a note on the pairs of places that the roads of the sheet connect only far round, the nearest named."""
    if not len(networks.far_round):
        return ()
    one, other = networks.far_round.T
    nearest = np.argsort(networks.km[0, one, other], kind="stable")[:MOST_NAMED].tolist()
    named = [
        (places[one[i]].name, places[other[i]].name, round(networks.km[0, one[i], other[i]])) for i in nearest
    ]
    num = len(networks.far_round)
    zh = "、".join(f"{start}到{goal} {km} 公里" for start, goal, km in named)
    en = ", ".join(f"{start} to {goal} {km} km" for start, goal, km in named)
    return (
        Text(
            f"里程表没有 {num} 对地点之间的路，绕行表里的路太远，按直线距离估算：{zh} 等；请在里程表补上",
            f"the distances sheet has no road between {num} pairs of places, and its other roads lead far round; these "
            f"are estimated as the crow flies: {en}; add them to the sheet",
        ),
    )


class _Nodes:
    """Node numbers by name; each place also has its name with county or city in front."""

    def __init__(self, places: Sequence[Place], gazetteer: Gazetteer) -> None:
        self._places = places
        self._gazetteer = gazetteer
        self._next = len(places)
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for node, place in enumerate(places):
            county = {place.county, core(place.county), core(place.county) + "县"} if place.county else set()
            owners = {"", place.city, *county, *(place.city + name for name in county)}
            for name in {tidy(owner + place.name) for owner in owners}:
                self._named[name].append(node)

    def called(self, text: str) -> list[int]:
        """Return the nodes of a name (a centre may have several names), else a new junction."""
        name = tidy(text)
        if name not in self._named:
            city = self._gazetteer.city(text)
            centre = self._named.get(tidy(city.only.name), []) if city.only and not city.rest else []
            self._named[name] = centre or [self._next]
            self._next += 1
        return self._named[name]

    def unclear(self, text: str) -> bool:
        """Return whether a name means several places that lie apart."""
        points = {
            (self._places[node].lat, self._places[node].lon)
            for node in self._named[tidy(text)]
            if node < len(self._places)
        }
        return len(points) > 1


def _report_nowhere(row: DistanceRow, places: Sequence[Place], findings: Findings) -> None:
    """Warn that a place is closed at which nobody boards or alights; with those whose names have this one in them."""
    text = core(tidy(row.origin))
    near = list(dict.fromkeys(place.name for place in places if text and text in tidy(place.name)))[
        :MOST_NAMED
    ]
    findings.add(
        row.ref,
        "origin",
        row.origin,
        "closes_nothing",
        Text(
            "这个地点没有人上下车，写了封闭也不起作用",
            "nobody boards or alights there, so this closes nothing",
        ),
        Text(
            f"是不是“{'”“'.join(near)}”？名称要和上车点、下车点一样"
            if near
            else "名称要和上车点、下车点一样",
            f"did you mean {', '.join(near)}? write the name of a pick-up or drop-off"
            if near
            else "write the name of a pick-up or drop-off",
        ),
        "warning",
        signup=False,
    )


def closed_in_vain(
    networks: Networks, roads: Sequence[Road], places: Sequence[Place], days: Sequence[date]
) -> tuple[Text, ...]:
    """Return a note on roads that are closed while another way leads from one end to the other, with the way."""
    passed: dict[frozenset[int], Text] = {}
    for road in roads:
        ends = frozenset((road.origin, road.destination))
        shut = next((day for day in days if road.shut_on(day)), None)
        if shut is None or len(ends) == 1 or max(ends) >= len(places) or ends in passed:
            continue
        km = networks.km[networks.network_of.get(shut, 0)]
        left = km[road.origin, road.destination]
        if left < NO_ROAD_KM:
            passed[ends] = _way_round(road, km, places)
    if not passed:
        return ()
    named = list(passed.values())[:MOST_NAMED]
    more = "…" * (len(passed) > MOST_NAMED)
    return (
        Text(
            "里程表里有 {num} 条封闭的路拦不住车，两头之间还有别的路：{named}{more}。"
            "这就是要走的绕行路的，不用改；整个地点都到不了的：只写起点，终点和公里空着，封闭写是",
            "{num} closed {num:road of the distances sheet stops|roads of the distances sheet stop} nothing, as "
            "another way leads from one end to the other: {named}{more}. If that is the detour to take, leave it; to "
            "close a place whole, write it alone: destination and km blank, yes under 封闭",
        ).with_values(num=len(passed), named=_joined(named), more=more),
    )


def _joined(texts: Sequence[Text]) -> Text:
    return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts))


def _way_round(road: Road, km: Floats, places: Sequence[Place]) -> Text:
    """Return the ends of a road and the way that is left between them, with a place on it if there is one."""
    start, goal, left = road.origin, road.destination, km[road.origin, road.destination]
    by_way_of = km[start, :] + km[:, goal]
    by_way_of[[start, goal]] = np.inf
    via = int(by_way_of.argmin()) if len(places) > 2 else start
    is_via = via not in (start, goal) and by_way_of[via] <= left + METRE_KM
    one, other, third = places[start].name, places[goal].name, places[via].name
    return Text(
        f"{one}到{other}"
        + (f"可经{third}" if is_via else "")
        + f"，{left:.0f} 公里(封闭的 {road.km:.0f} 公里)",
        f"{one} to {other}"
        + (f" by way of {third}" if is_via else "")
        + f", {left:.0f} km (closed: {road.km:.0f})",
    )


def _report_twice(row: DistanceRow, told: dict[tuple[str, str], DistanceRow], findings: Findings) -> None:
    """Remember the row of a pair, and warn if an earlier row has other km."""
    pair = (tidy(row.origin), tidy(row.destination))
    before = told.get(pair)
    told[pair] = row
    if before is not None and before.km != row.km:
        findings.add(
            row.ref,
            "km",
            f"{row.km:g}",
            "distance_twice",
            Text(
                f"前面已填 {before.km:g} 公里（{findings.place_of(before.ref, 'km')}），以本行为准",
                f"given before as {before.km:g} km ({findings.place_of(before.ref, 'km')}); this row counts",
            ),
            Text("删去错的一行", "delete the wrong row"),
            "warning",
            signup=False,
        )
