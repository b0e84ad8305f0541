"""The distances sheet (里程) in node numbers: which places its names mean."""

from collections import defaultdict
from collections.abc import Sequence

from returnplan.enrolment.findings import Findings
from returnplan.model.records import DistanceRow
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import Gazetteer, Road, core, tidy


def find_roads(
    rows: Sequence[DistanceRow], places: Sequence[Place], gazetteer: Gazetteer, findings: Findings
) -> list[Road]:
    """Return the given roads between ``places`` (nodes 0..P-1) and junctions (from P on).

    A name means every place of that name that lies at one point; of same-named places apart it must say
    which one (融水县县汽车站), else the row is a fault. A name that nobody boards or alights at is a junction.
    """
    nodes = _Nodes(places, gazetteer)
    roads: list[Road] = []
    told: dict[tuple[str, str], DistanceRow] = {}
    for row in rows:
        origins, destinations = nodes.called(row.origin), nodes.called(row.destination)
        unclear = [text for text in (row.origin, row.destination) if nodes.unclear(text)]
        for text in unclear:
            _report_unclear(row, text, findings)
        _report_twice(row, told, findings)
        if not unclear:
            roads += [
                Road(origin, destination, row.km, row.closed, row.closed_from, row.closed_to)
                for origin in origins
                for destination in destinations
            ]
    return roads


class _Nodes:
    """Node numbers by name; a name with county or city in front says which of several it means."""

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
        """Return the nodes of a name, a centre also under another of its names; else a new junction."""
        name = tidy(text)
        if name not in self._named:
            self._named[name] = self._centre(text) or [self._next]
            self._next += 1
        return self._named[name]

    def _centre(self, text: str) -> list[int]:
        reading = self._gazetteer.city(text)
        if reading.only is None or reading.rest:
            return []
        return self._named.get(tidy(reading.only.name), [])

    def unclear(self, text: str) -> bool:
        """Say whether a name means places that lie apart."""
        points = {
            (self._places[node].lat, self._places[node].lon)
            for node in self._named[tidy(text)]
            if node < len(self._places)
        }
        return len(points) > 1


def _report_twice(row: DistanceRow, told: dict[tuple[str, str], DistanceRow], findings: Findings) -> None:
    """Warn of a pair given before with other km, and remember the row."""
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


def _report_unclear(row: DistanceRow, text: str, findings: Findings) -> None:
    field = "origin" if text == row.origin else "destination"
    findings.add(
        row.ref,
        field,
        text,
        "unclear_place",
        Text(f"有几个地点叫“{text}”", f'several places are called "{text}"'),
        Text("在前面写上县名，如“融水县县汽车站”", "write the county in front of the name"),
        signup=False,
    )
