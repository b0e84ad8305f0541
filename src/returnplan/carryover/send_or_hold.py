"""Send or hold: who should leave on the first day that people can still be told of, and who should wait.

People who need not leave on that day may share a vehicle with others who sign up tomorrow. So the rest of the campaign
is planned for futures drawn by chance, each with all who are known; of the departures of the first day in these plans
that one is chosen which agrees most with all others. It replaces the departures of the plan of the known people only if
it costs less over the futures, by more than chance.

This is the dispatch waves problem of Klapp, Erera and Toriello (2018, "The dynamic dispatch waves problem for same-day
delivery"), decided by consensus of sampled scenarios (Bent and Van Hentenryck 2004, "Scenario-based planning for
partially dynamic vehicle routing with stochastic customers"; Lan et al. 2024, "An iterative sample scenario approach
for the dynamic dispatch waves problem"). Voccia, Campbell and Thomas (2019, "The same-day delivery problem for online
purchases") let vehicles wait by the same means; here the plan of tonight stands unless waiting is worth it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from returnplan.carryover.futures import Arrivals, drawn
from returnplan.carryover.kept import less_kept
from returnplan.model.law import Law
from returnplan.model.plan import Batch
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve
from returnplan.problem import build_problem
from returnplan.problem.ledger import without_vehicles
from returnplan.problem.model import Bools, Floats, Ints

NUM_FUTURES = 10
MOST_PEOPLE = 5_000
"""Of whom futures are planned: where there are more, that takes longer than the plan itself, and later sign-ups find a
coach of their day all the same."""
SEED = 2018
IN_SMALL = Effort(base_work=30_000, most_base_per_person=200, work_per_group=30, replicas=1)
"""The effort of planning a future: it is planned many times, and what counts are differences."""
LEAST_ERRORS = 2.0
"""Standard errors by which a departure has to be cheaper over the futures: plans of the futures are rough, and chosen
by the same futures it looks better than it is."""
STRICT_YUAN = 1e6
"""What a day after the resume date counts where it is put before any money."""

Flow = tuple[str, str]
"""Prefecture of departure, if each vehicle has a base, and a city of the destinations that may share a vehicle."""


class Leaving(NamedTuple):
    """A coach that leaves on the first day in the plan of tonight: lines of the roster's people, pool, cost."""

    lines: Ints
    pool: int
    yuan: float


@dataclass(frozen=True)
class Departure:
    """Who leaves on the first day in some plan.

    Attributes
    ----------
    leaves : whether each line of the roster's people does
    yuan : what it costs by flow, days after the resume date included
    pools : lines of the vehicles' pools by flow
    """

    leaves: Bools
    yuan: dict[Flow, float]
    pools: dict[Flow, list[int]]


class Verdict(NamedTuple):
    """What to do on a flow: who leaves on the first day (lines of the roster's people), who waits, what that saves.

    ``saving_yuan`` is the mean over ``num_futures``, in ``num_cheaper`` of which it is cheaper.
    """

    leave: Ints
    wait: Ints
    saving_yuan: float
    num_cheaper: int
    num_futures: int


@dataclass(frozen=True)
class Outlook:
    """All that the planning of a future needs: who is known, which batches are promised, rules and law.

    Attributes
    ----------
    flow : of each eligible line of the roster's people
    """

    roster: Roster
    flow: Sequence[Flow | None]
    taken: Sequence[Batch]
    rules: Rules
    law: Law
    futures: Sequence[pd.DataFrame]

    @property
    def day(self) -> date:
        """The first day on which people can travel."""
        assert self.roster.not_before is not None
        return self.roster.not_before


def verdicts(
    roster: Roster,
    taken: Sequence[Batch],
    leaving: Sequence[Leaving],
    arrivals: Arrivals,
    tonight: date,
    rules: Rules,
    law: Law,
) -> dict[Flow, Verdict]:
    """Return for each flow who should leave on the first day, where that is not what the plan of tonight says.

    Without a night of sign-ups after the first nothing is known of the nights to come. Above ``MOST_PEOPLE`` none is
    drawn.

    Parameters
    ----------
    roster : with the people of kept batches masked, and ``not_before`` the first day on which people can travel
    taken : kept batches
    leaving : the coaches of the first day in the plan of tonight
    """
    num_known = int((roster.people["code"] == "").sum())
    if roster.not_before is None or arrivals.people.empty or num_known > MOST_PEOPLE:
        return {}
    random = np.random.default_rng(SEED)
    futures = [drawn(arrivals, tonight, roster.not_before, random) for _ in range(NUM_FUTURES)]
    flow = _flow_of_lines(roster, rules)
    outlook = Outlook(roster, flow, taken, rules, law, futures)
    now = _as_planned(outlook, leaving)
    agreed = _consensus(now, [_departure(outlook, future) for future in futures], flow)
    if (agreed.leaves == now.leaves).all():
        return {}
    before, after = _worth(outlook, now), _worth(outlook, agreed)
    latest = roster.people["latest"].to_numpy()
    found = {}
    for name in before.keys() & after.keys():
        saved = before[name][:, 1] - after[name][:, 1]
        is_own = np.array([one == name for one in flow])
        if not _is_cheaper(saved) or (after[name][:, 0] < before[name][:, 0]).any():
            continue
        is_free = is_own & (latest > np.datetime64(roster.not_before))
        leave, wait = agreed.leaves & is_own, ~agreed.leaves & is_free
        if (agreed.leaves != now.leaves)[is_own].any():
            found[name] = Verdict(
                np.flatnonzero(leave),
                np.flatnonzero(wait),
                float(saved.mean()),
                int((saved > 0).sum()),
                len(saved),
            )
    return found


def _is_cheaper(saved: Floats) -> bool:
    """Return whether what is saved in each future is more than chance."""
    return bool(saved.mean() > LEAST_ERRORS * saved.std(ddof=1) / np.sqrt(len(saved)))


def _flow_of_lines(roster: Roster, rules: Rules) -> list[Flow | None]:
    """Return the flow of each eligible line of the roster's people."""
    people = roster.people
    homes = roster.boarding_prefectures()
    is_based = all(pool.base for pool in roster.pools)
    return [
        ((home if is_based else ""), _leader(city, rules)) if code == "" else None
        for home, city, code in zip(homes, people["city"], people["code"], strict=True)
    ]


def _leader(city: str, rules: Rules) -> str:
    return next((group[0] for group in rules.combine_cities if city in group), city)


def _as_planned(outlook: Outlook, leaving: Sequence[Leaving]) -> Departure:
    """Return who leaves on the first day in the plan of tonight."""
    resume = outlook.roster.people["resume"].to_numpy().astype("datetime64[D]")
    departure = Departure(np.zeros(len(resume), dtype=np.bool_), {}, {})
    for one in leaving:
        flow = outlook.flow[int(one.lines[0])]
        assert flow
        late = (np.datetime64(outlook.day) - resume[one.lines]).astype(
            np.float64
        )  # no resume date: not a number
        departure.leaves[one.lines] = True
        yuan = one.yuan + _late_day_yuan(outlook.rules) * float(np.fmax(late, 0).sum())
        departure.yuan[flow] = departure.yuan.get(flow, 0.0) + yuan
        departure.pools.setdefault(flow, []).append(one.pool)
    return departure


def _late_day_yuan(rules: Rules) -> float:
    return STRICT_YUAN if rules.late_day_yuan is None else rules.late_day_yuan


def _departure(outlook: Outlook, future: pd.DataFrame) -> Departure:
    """Return who leaves on the first day in a quick plan of all who are known and those of a future."""
    num = len(outlook.roster.people)
    departure = Departure(np.zeros(num, dtype=np.bool_), {}, {})
    for one in _planned(outlook, outlook.roster, future, ()):
        if one.day == outlook.day:
            departure.leaves[one.lines[one.lines < num]] = True
            departure.yuan[one.flow] = departure.yuan.get(one.flow, 0.0) + one.yuan
            departure.pools.setdefault(one.flow, []).append(one.pool)
    return departure


def _consensus(now: Departure, then: Sequence[Departure], flow: Sequence[Flow | None]) -> Departure:
    """Return for each flow the departure that agrees with most others on who leaves."""
    leaves = now.leaves.copy()
    yuan: dict[Flow, float] = {}
    pools: dict[Flow, list[int]] = {}
    for name in sorted({one for one in flow if one}):
        is_own = np.array([one == name for one in flow])
        sets = np.array([one.leaves[is_own] for one in then])
        differences = (sets[:, None, :] != sets[None, :, :]).sum(axis=(1, 2))
        best = then[int(differences.argmin())]
        leaves[is_own] = best.leaves[is_own]
        yuan[name], pools[name] = best.yuan.get(name, 0.0), best.pools.get(name, [])
    return Departure(leaves, yuan, pools)


def _worth(outlook: Outlook, departure: Departure) -> dict[Flow, Floats]:
    """Return (futures, 2) by flow: people who travel and their cost if these alone leave on the first day."""
    roster = outlook.roster
    code = roster.people["code"].mask(departure.leaves, "sent")
    rest = replace(roster, people=roster.people.assign(code=code), not_before=outlook.day + timedelta(days=1))
    sent = [pool for pools in departure.pools.values() for pool in pools]
    worth = {flow: np.zeros((len(outlook.futures), 2)) for flow in outlook.flow if flow}
    for line in np.flatnonzero(departure.leaves).tolist():
        flow = outlook.flow[line]
        assert flow
        worth[flow] += 1, 0
    for flow, yuan in departure.yuan.items():
        worth[flow] += 0, yuan
    for nth, future in enumerate(outlook.futures):
        for one in _planned(outlook, rest, future, sent):
            if one.flow in worth:
                worth[one.flow][nth] += len(one.lines), one.yuan
    return worth


class _Ride(NamedTuple):
    """A batch of a quick plan; ``lines`` are its people, those of the future come after all who are known."""

    flow: Flow
    day: date
    pool: int
    lines: Ints
    yuan: float


def _planned(outlook: Outlook, roster: Roster, future: pd.DataFrame, sent: Sequence[int]) -> Iterator[_Ride]:
    """Yield the batches of a quick plan.

    Parameters
    ----------
    sent : pools of vehicles that leave on the first day
    """
    rules, law = outlook.rules, outlook.law
    roster = replace(roster, people=pd.concat([roster.people, future], ignore_index=True))
    problem, travellers = build_problem(replace(roster, rail=()), rules, law)
    problem = less_kept(problem, outlook.taken, roster.pools)
    at = (outlook.day - problem.first_day).days
    problem = replace(problem, pools=without_vehicles(problem.pools, [(pool, at) for pool in sent]))
    is_based = all(pool.base for pool in roster.pools)
    city = roster.people["city"].to_numpy(dtype=object)
    next_group = travellers.group_start[:-1].copy()
    for draft in solve(problem, IN_SMALL):
        lines = []
        for cell, num in draft.load:
            begin = next_group[cell]
            next_group[cell] = end = begin + num
            lines.append(travellers.member_row[travellers.member_start[begin] : travellers.member_start[end]])
        on_board = np.concatenate(lines)
        base = roster.pools[draft.leg.pool].base if is_based else ""
        flow = base, _leader(str(city[on_board[0]]), rules)
        yuan = draft.cost_yuan(problem) + _late_day_yuan(rules) * draft.late_days(problem)
        yield _Ride(flow, problem.first_day + timedelta(days=draft.day), draft.leg.pool, on_board, yuan)
