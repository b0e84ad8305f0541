"""The distances sheet (里程) in node numbers: which places its names mean."""

from collections import defaultdict
from collections.abc import Sequence

from returnplan.distance import Road
from returnplan.enrolment.findings import Findings
from returnplan.places import tidy
from returnplan.records import DistanceRow
from returnplan.roster import Place
from returnplan.texts import Text


def find_roads(rows: Sequence[DistanceRow], places: Sequence[Place], findings: Findings) -> list[Road]:
    """Return the given roads between ``places`` (nodes 0..P-1) and junctions (from P on).

    A name means every place of that name that lies at one point; of same-named places apart it must say
    which one (融水苗族自治县县汽车站), else the row is a fault. A name that nobody boards or alights at is a junction.
    """
    nodes = _Nodes(places)
    roads = []
    for row in rows:
        origins, destinations = nodes.called(row.origin), nodes.called(row.destination)
        unclear = [text for text in (row.origin, row.destination) if nodes.unclear(text)]
        for text in unclear:
            _report_unclear(row, text, findings)
        if not unclear:
            roads += [
                Road(origin, destination, row.km, row.closed, row.closed_from, row.closed_to)
                for origin in origins
                for destination in destinations
            ]
    return roads


class _Nodes:
    """Node numbers by name; a name with county or city in front says which of several it means."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._next = len(places)
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for node, place in enumerate(places):
            for name in {
                place.name,
                place.county + place.name,
                place.city + place.name,
                place.city + place.county + place.name,
            }:
                self._named[tidy(name)].append(node)

    def called(self, text: str) -> list[int]:
        """Return the nodes of a name; an unknown name becomes a junction."""
        name = tidy(text)
        if name not in self._named:
            self._named[name].append(self._next)
            self._next += 1
        return self._named[name]

    def unclear(self, text: str) -> bool:
        """Say whether a name means places that lie apart."""
        points = {
            (self._places[node].lat, self._places[node].lon)
            for node in self._named[tidy(text)]
            if node < len(self._places)
        }
        return len(points) > 1


def _report_unclear(row: DistanceRow, text: str, findings: Findings) -> None:
    field = "origin" if text == row.origin else "destination"
    findings.add(
        row.ref,
        field,
        text,
        "unclear_place",
        Text(f"有几个地点叫“{text}”", f'several places are called "{text}"'),
        Text("在前面写上县名，如“融水苗族自治县县汽车站”", "write the county in front of the name"),
        signup=False,
    )
