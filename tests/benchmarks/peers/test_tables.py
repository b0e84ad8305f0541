"""The tables name the loser, whoever it is."""

from benchmarks.peers.contest import Contest, Result
from benchmarks.peers.tables import kind_line, planner_lines

PEER = Result("peer", 31.0, 30.0, 600, 12, 90_000.0)
LOST = Result("other", 31.0, 30.0, broken="no plan")
OURS = Result("returnplan", 2.0, 3.0, 600, 12, 88_000.0)


def test_the_best_peer_is_the_one_with_a_plan() -> None:
    assert Contest("plain 1", (LOST, PEER), OURS, 0.5).best_peer is PEER


def test_more_people_come_before_less_money() -> None:
    fewer = Result("fewer", 31.0, 30.0, 599, 12, 80_000.0)
    assert Contest("plain 1", (fewer, PEER), OURS, 0.5).best_peer is PEER


def test_a_kind_says_how_far_ahead_and_after_how_long() -> None:
    contests = [Contest("plain 1", (PEER,), OURS, 0.5), Contest("plain 2", (OURS,), PEER, 0.7)]
    assert kind_line("plain", contests) == "| plain | 2 | +0.03% (-2.22% to +2.27%) | 0.70 | 30 |"


def test_a_kind_with_one_corridor_not_reached_is_never_reached() -> None:
    contests = [Contest("plain 1", (PEER,), OURS, 0.5), Contest("plain 2", (PEER,), OURS, None)]
    assert "| never |" in kind_line("plain", contests)


def test_a_planner_without_a_plan_says_why() -> None:
    lines = planner_lines(Contest("plain 1", (LOST, PEER), OURS, 0.5))
    assert lines[0] == "| plain 1 | other | no plan | | | | 30.0 | 31.0 |"
    assert lines[1] == "| plain 1 | peer | 600 | 12 | 90,000 | 2.27% | 30.0 | 31.0 |"
