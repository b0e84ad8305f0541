"""Hard rule 4: which dated notices hold for a batch, and the seats and riders that they ask for."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from returnplan.audit.tables import Tables, boarding_prefectures
from returnplan.model.notices import Notice, Notices
from returnplan.places import Division, Gazetteer

_RISKS = {"low": 0, "medium": 1, "high": 2}


def notices_by_batch(tables: Tables) -> list[tuple[Notice, ...]]:
    """Return the notices that hold for each batch on its date: those of any of its riders."""
    notices, found = tables.law.notices, [dict[Notice, None]() for _ in range(len(tables.batches))]
    if not notices.all_rules:
        return [()] * len(found)
    riders = tables.riders[["at", "roster_county", "roster_city"]].assign(
        home=boarding_prefectures(tables),
        date=tables.batches["date"].to_numpy()[tables.riders["at"].to_numpy(np.int64)],
    )
    ways = riders.drop_duplicates()[["at", "home", "roster_county", "roster_city", "date"]]
    for at, home, county, city, day in ways.itertuples(index=False):
        found[at] |= dict.fromkeys(_in_force(notices, home, county, city, day.date()))
    return [tuple(one) for one in found]


def usable_under(seats: int, notices: Sequence[Notice]) -> int:
    """Return the seats that all of the notices leave."""
    left = seats
    for notice in notices:
        share = int((Decimal(int(seats)) * Decimal(str(notice.seat_share))).to_integral_value(ROUND_FLOOR))
        if notice.on_top:
            left = min(left, share - notice.observation_seats)
        else:
            left = min(left, share, seats - notice.observation_seats)
    return left


def _in_force(notices: Notices, home: str, county: str, city: str, day: date) -> Iterator[Notice]:
    """Yield the notices on a journey; overrides set all others aside."""
    ends = [_division(county, home) or _division(home), _division(city)]
    risk = max(
        (
            _RISKS[risk.level]
            for risk in notices.risks
            if risk.since <= day <= (risk.until or day) and any(_inside(end, risk.division) for end in ends)
        ),
        default=0,
    )
    holding = [
        notice
        for notice in notices.all_rules
        if notice.since <= day <= (notice.until or day)
        and risk in {_RISKS[level] for level in notice.risks}
        and _scope(*ends) in notice.scopes
        and all(
            not names or any(_inside(end, name) for name in names)
            for end, names in zip(ends, (notice.origins, notice.destinations), strict=True)
        )
    ]
    overriding = [notice for notice in holding if notice.override]
    yield from overriding or holding


def _division(name: str, within: str = "") -> Division | None:
    gazetteer = Gazetteer.load()
    return gazetteer.read(name, gazetteer.read(within).only if within else None).only


def _inside(end: Division | None, name: str) -> bool:
    whole = _division(name)
    return end is not None and whole is not None and end.inside(whole)


def _scope(origin: Division | None, destination: Division | None) -> str:
    if origin is None or destination is None or origin.code[:2] != destination.code[:2]:
        return "provinces"
    return "within" if origin.code[:4] == destination.code[:4] else "cities"
