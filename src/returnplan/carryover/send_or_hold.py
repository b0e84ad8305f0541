"""Send or hold: who should leave on the first day that people can still be told of, and who should wait.

A coach on which nobody has to leave waits, and a coach that leaves takes along whoever rides for nothing
(``last_moment``). Beyond that, people who need not leave may share a vehicle with others who sign up tomorrow. So the
rest of the campaign is planned for futures drawn by chance, each with all who are known; of the departures of the first
day in these plans that one is chosen which agrees most with all others. It is taken only if it costs less over the
futures, by more than chance.

This is the dispatch waves problem of Klapp, Erera and Toriello (2018, "The dynamic dispatch waves problem for same-day
delivery"), decided by consensus of sampled scenarios (Bent and Van Hentenryck 2004, "Scenario-based planning for
partially dynamic vehicle routing with stochastic customers"; Lan et al. 2024, "An iterative sample scenario approach
for the dynamic dispatch waves problem"). Voccia, Campbell and Thomas (2019, "The same-day delivery problem for online
purchases") let vehicles wait by the same means.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from returnplan.carryover.futures import Arrivals, drawn
from returnplan.carryover.last_moment import at_the_last_moment
from returnplan.carryover.outlook import Coach, Flow, Leaving, Outlook, Worth, loads
from returnplan.model.law import Law
from returnplan.model.plan import Batch
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.model import Floats, Ints

NUM_FUTURES = 20
MOST_PEOPLE = 5_000
"""Of whom futures are planned: where there are more, that takes longer than the plan itself, and later sign-ups find a
coach of their day all the same."""
SEED = 2018
LAST_MOMENT = 1
"""Place of that departure among those that are compared."""
LEAST_ERRORS = 2.0
"""Standard errors by which a departure has to be cheaper over the futures: plans of the futures are rough, and chosen
by the same futures it looks better than it is."""


class Verdict(NamedTuple):
    """What to do on a flow: who leaves on the first day (lines of the roster's people), who waits, what that saves.

    ``saving_yuan`` is the mean over ``num_futures``, in ``num_cheaper`` of which it is cheaper; 0 where it is no more
    than chance.
    """

    leave: Ints
    wait: Ints
    saving_yuan: float
    num_cheaper: int
    num_futures: int


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

    Without a night of sign-ups after the first nothing is known of the nights to come: nobody comes in the only future
    then, and no consensus is looked for. Above ``MOST_PEOPLE`` nothing is said.

    Parameters
    ----------
    roster : with the people of kept batches masked, and ``not_before`` the first day on which people can travel
    taken : kept batches
    leaving : the coaches of the first day in the plan of tonight
    """
    num_known = int((roster.people["code"] == "").sum())
    if roster.not_before is None or not 0 < num_known <= MOST_PEOPLE:
        return {}
    num_futures = 1 if arrivals.people.empty else NUM_FUTURES
    future = drawn(arrivals, tonight, roster.not_before, num_futures, np.random.default_rng(SEED))
    outlook = Outlook.of(roster, taken, future, num_futures, rules, law)
    planned = [outlook.coach_of(one) for one in leaving]
    departures = [planned, at_the_last_moment(outlook, planned)]
    if not arrivals.people.empty:
        departures.append(_consensus(outlook))
    leave = [{flow: _leaving(outlook, one, flow) for flow in set(outlook.flow)} for one in departures]
    differs = [any((one[flow] != leave[0][flow]).any() for flow in one) for one in leave]
    if not any(differs):
        return {}
    worth = [outlook.worth(one) if nth == 0 or differs[nth] else {} for nth, one in enumerate(departures)]
    found = {}
    for flow in sorted(set(outlook.flow)):
        chosen = _chosen([one[flow] for one in leave], [one.get(flow) for one in worth])
        if (leave[chosen][flow] != leave[0][flow]).any():
            saved = worth[0][flow].yuan - worth[chosen][flow].yuan
            saving_yuan = float(saved.mean()) if num_futures > 1 and _is_cheaper(saved) else 0.0
            who = outlook.lines(flow, leave[chosen][flow])
            found[flow] = Verdict(*who, saving_yuan, int((saved > 0).sum()), num_futures)
    return found


def _leaving(outlook: Outlook, departure: Sequence[Coach], flow: Flow) -> Ints:
    """Return (C,) how many groups of each cell leave on the coaches of a flow."""
    return loads([coach for coach in departure if coach.flow == flow], outlook.known)


def _chosen(leave: Sequence[Ints], worth: Sequence[Worth | None]) -> int:
    """Return which departure of a flow to take: that of tonight, the one at the last moment, or the consensus.

    The second is taken unless it is dearer than the first, the third if it is cheaper than that.
    """
    chosen = 0
    for nth, (groups, one) in enumerate(zip(leave, worth, strict=True)):
        stands = worth[chosen]
        if not one or not stands or (groups == leave[chosen]).all() or (one.people < stands.people).any():
            continue
        saved = stands.yuan - one.yuan
        if _is_cheaper(saved) or (nth == LAST_MOMENT and not _is_cheaper(-saved)):
            chosen = nth
    return chosen


def _is_cheaper(saved: Floats) -> bool:
    """Return whether what is saved in each future is more than chance."""
    error = saved.std(ddof=1) / np.sqrt(len(saved)) if len(saved) > 1 else 0.0
    return bool(saved.mean() > LEAST_ERRORS * error)


def _consensus(outlook: Outlook) -> list[Coach]:
    """Return for each flow the departure that agrees with most others on who leaves."""
    departures = [at_the_last_moment(outlook, outlook.leaving_in(future)) for future in outlook.futures]
    found = []
    for flow in sorted(set(outlook.flow)):
        sets = np.array([_leaving(outlook, one, flow) for one in departures])
        differences = np.abs(sets[:, None, :] - sets[None, :, :]).sum(axis=(1, 2))
        found += [coach for coach in departures[int(differences.argmin())] if coach.flow == flow]
    return found
