"""Markets that share vehicles, each improved alone while the others keep theirs.

A search of all of them together is spread thin: it looks at a few near batches instead of all. Where the vehicles of
the others are fixed, a market is as small as if it had its own (block coordinate descent: Tseng 2001).
"""

from collections.abc import Callable, Sequence

from returnplan.planning import _core
from returnplan.planning.goals import best_plan
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Ints, Problem

Improve = Callable[[Problem, int, Sequence[Draft]], list[Draft]]
"""Improves the plan of a market, given by its number, in a problem that the others have left."""


def take_turns(
    problem: Problem, markets: Sequence[Ints], plan: Sequence[Draft], improve: Improve, watch: _core.Watch
) -> list[Draft]:
    """Return the plan of some markets after each has been improved once, the largest first; none gets worse.

    Parameters
    ----------
    watch : told what the others cost and carry while one is improved
    """
    number = {int(cell): i for i, part in enumerate(markets) for cell in part}
    plans: list[list[Draft]] = [[] for _ in markets]
    for draft in plan:
        plans[number[draft.load[0][0]]].append(draft)
    ledger = Ledger(problem, plan)
    yuan = [sum(draft.cost_yuan(problem) for draft in one) for one in plans]
    people = [sum(draft.num_persons(problem) for draft in one) for one in plans]
    for i in sorted(range(len(markets)), key=lambda i: -len(plans[i])):
        for draft in plans[i]:
            ledger.release(draft)
        watch.others_yuan, watch.others_people = sum(yuan) - yuan[i], sum(people) - people[i]
        plans[i] = best_plan(problem, [plans[i], improve(ledger.left(), i, plans[i])])
        yuan[i] = sum(draft.cost_yuan(problem) for draft in plans[i])
        people[i] = sum(draft.num_persons(problem) for draft in plans[i])
        for draft in plans[i]:
            ledger.take(draft)
    watch.others_yuan = watch.others_people = 0.0
    return [draft for one in plans for draft in one]
