"""The results as Markdown: a line a kind of corridor, then a line a planner."""

from collections.abc import Sequence
from statistics import mean

from benchmarks.peers.contest import Contest, Result

KINDS_HEADER = """\
| corridor | how many | best peer above returnplan, yuan a rider | as good after CPU s, at the latest | peers' CPU s |
|:--|--:|--:|--:|--:|"""
PLANNERS_HEADER = """\
| corridor | planner | planned | vehicles | yuan | above the cheapest | CPU s | s |
|:--|:--|--:|--:|--:|--:|--:|--:|"""


def kind_line(kind: str, contests: Sequence[Contest]) -> str:
    """Return one line for all corridors of a kind; a peer without a plan counts for nothing."""
    above = [_yuan_a_rider(contest.best_peer) / _yuan_a_rider(contest.returnplan) - 1 for contest in contests]
    after = [contest.overtakes_after for contest in contests]
    latest = "never" if None in after else f"{max(s for s in after if s is not None):.2f}"
    peer_seconds = max(contest.best_peer.cpu_seconds for contest in contests)
    spread = f"{mean(above):+.2%}" + (f" ({min(above):+.2%} to {max(above):+.2%})" if len(above) > 1 else "")
    return f"| {kind} | {len(contests)} | {spread} | {latest} | {peer_seconds:.0f} |"


def planner_lines(contest: Contest) -> list[str]:
    """Return a line for each planner of a contest."""
    results = [*contest.peers, contest.returnplan, *([contest.command] if contest.command else [])]
    costs = [result.cost_yuan for result in results if result.cost_yuan is not None]
    return [f"| {contest.corridor} | {_cells(result, min(costs))} |" for result in results]


def _cells(result: Result, cheapest_yuan: float) -> str:
    took = f"{result.cpu_seconds:.1f} | {result.seconds:.1f}"
    if result.cost_yuan is None:
        return f"{result.planner} | {result.broken} | | | | {took}"
    return " | ".join(
        [
            result.planner,
            f"{result.num_planned:,}",
            f"{result.num_vehicles}",
            f"{result.cost_yuan:,.0f}",
            f"{result.cost_yuan / cheapest_yuan - 1:.2%}",
            took,
        ]
    )


def _yuan_a_rider(result: Result) -> float:
    return result.cost_yuan / result.num_planned if result.cost_yuan and result.num_planned else float("inf")
