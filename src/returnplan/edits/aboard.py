"""A plan whose totals count who was on board (:mod:`returnplan.model.aboard`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from returnplan.model.aboard import is_aboard, without_a_seat
from returnplan.model.plan import Plan, WalkUp


def with_aboard(plan: Plan, walk_ups: Sequence[WalkUp]) -> Plan:
    """Return the plan with its totals by home prefecture counting who was on board.

    ``boarded`` are all of them, ``walk_ups`` those among them who had no seat. As nobody wrote down where these
    live, they count for the prefecture that most riders of their batch come from, as its vehicle does; on a
    batch that the plan does not know they count nowhere.
    """
    riders = plan.riders
    listed = riders[is_aboard(riders)].drop_duplicates("person")["prefecture"].value_counts()
    homes = riders[riders["batch"].isin([one.batch for one in walk_ups])].groupby("batch")["prefecture"]
    home_of = {batch: own.mode().iloc[0] for batch, own in homes}  # the first by name where two are equal
    added = Counter(home_of.get(one.batch) for one in without_a_seat(walk_ups, riders))
    origins = {
        home: {**line, "boarded": int(listed.get(home, 0)) + added[home], "walk_ups": added[home]}
        for home, line in plan.summary["origins"].items()
    }
    return replace(plan, summary={**plan.summary, "origins": origins})
