"""The results as Markdown: a line a kind of corridor, then a line a planner."""

from collections.abc import Sequence
from statistics import mean

from benchmarks.peers.contest import Contest, Result

PLANNERS_HEADER = """\
| corridor | planner | planned | vehicles | yuan | above the cheapest | CPU s | s |
|:--|:--|--:|--:|--:|--:|--:|--:|"""


def kinds_header(peers: Sequence[str]) -> str:
    """Return the head of the first table."""
    above = " | ".join(f"{peer}, a rider, above returnplan" for peer in peers)
    return (
        f"| corridors | {above} | one search as good as the best peer after CPU s | returnplan's CPU s |\n"
        f"|:--|{'--:|' * (len(peers) + 2)}"
    )


def kind_line(kind: str, contests: Sequence[Contest]) -> str:
    """Return one line for all corridors of a kind."""
    above = [_above_returnplan(results) for results in zip(*map(_beside_returnplan, contests), strict=True)]
    after = ", ".join(
        "never" if (s := contest.overtakes_after) is None else f"{s:.2f}" for contest in contests
    )
    cpu_seconds = mean(contest.returnplan.cpu_seconds for contest in contests)
    return f"| {kind} ({len(contests)}) | {' | '.join(above)} | {after} | {cpu_seconds:.1f} |"


def _beside_returnplan(contest: Contest) -> list[tuple[Result, Result]]:
    return [(peer, contest.returnplan) for peer in contest.peers]


def _above_returnplan(results: Sequence[tuple[Result, Result]]) -> str:
    """Return how much dearer a peer is: the mean of those plans that keep the rules, the least and the most."""
    above = [_yuan_a_rider(peer) / _yuan_a_rider(ours) - 1 for peer, ours in results if peer.cost_yuan]
    missing = f"{len(results) - len(above)} without a plan" if len(above) < len(results) else ""
    spread = f"{mean(above):+.2%} ({min(above):+.2%} to {max(above):+.2%})" if above else ""
    return ", ".join(text for text in (spread, missing) if text)


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
