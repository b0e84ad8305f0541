"""The order in which batches are numbered: by date, then as a clerk would read them out."""

from collections import Counter
from collections.abc import Sequence

from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem, Travellers


def in_reading_order(
    drafts: Sequence[Draft], problem: Problem, travellers: Travellers, roster: Roster
) -> tuple[Draft, ...]:
    """Return the drafts by date, destination city, prefecture and county of departure, stops, vehicle.

    Names decide, not the numbers behind them, so that the order of input rows does not matter.
    """
    city_of = roster.people["city"].to_numpy(dtype=object)[travellers.first_member].tolist()

    def key(draft: Draft) -> tuple[object, ...]:
        stops = [roster.places[place] for place in draft.leg.stops]
        heads: Counter[str] = Counter()
        for cell, num_groups in draft.load:
            heads[city_of[cell]] += num_groups * int(problem.cells.num_persons[cell])
        main_city = min(heads, key=lambda name: (-heads[name], name))
        names = [(stop.city, stop.county, stop.name) for stop in stops]
        return draft.day, main_city, names, roster.pools[draft.leg.pool].vehicle, draft.load

    return tuple(sorted(drafts, key=key))
